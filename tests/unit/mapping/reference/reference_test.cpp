// Two readings of the mapping language, held against each other on random mappings and documents.
//
// LIENTHONG_REFERENCE_CASES=N tries N cases, LIENTHONG_REFERENCE_SEED=N begins at another seed; without them a fixed few
// hundred. A disagreement is made smaller before it is shown, and its seed is named.
#include "tests/unit/mapping/reference/reference.hpp"
#include "tests/unit/mapping/fixture.hpp"
#include "tests/unit/mapping/reference/generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::uint64_t asked(const char* name, std::uint64_t otherwise)
{
    const char* given = std::getenv(name);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

/// What the hub makes of a document, in the words of the reference.
std::vector<std::string> hub_outcome(const mapping::Mapping& mapping, const Tree& tree)
{
    std::vector<std::string> out;
    const auto records = mapping.records(tree);
    if (!records)
        return {records.problem().code + " " + records.problem().place};
    mapping::Run run(mapping, tree, the_catalogue());
    for (std::uint32_t i = 0; i < records->size(); ++i) {
        const auto verdict = run.record((*records)[i], i);
        const std::string head = std::to_string(i) + " " + (verdict ? verdict->place : tree.place((*records)[i])) + " ";
        if (!verdict) {
            out.push_back(head + "skipped");
            continue;
        }
        std::set<std::string> problems;
        for (const Problem& problem : verdict->problems)
            problems.insert(problem.code + " " + problem.place);
        for (const std::string& problem : problems)
            out.push_back(head + problem);
        for (const Observation& observation : verdict->observations)
            out.push_back(head + reference::line_of(observation));
        for (const Fact& fact : verdict->facts)
            out.push_back(head + reference::line_of(fact));
    }
    return out;
}

struct Compared
{
    bool loaded = false, read = false, agree = true;
    std::vector<std::string> hub{}, reference{};
    std::string why{};
};

Compared compared(const reference::Case& one)
{
    Compared out;
    const std::string mapping = one.mapping();
    const Compiled compiled = compile(mapping, reference::tables_of_cases());
    out.why = compiled.sentences();
    if (!compiled.mapping)
        return out;
    out.loaded = true;
    const auto tree = format(one.format).read(one.document_text(), FormatLimits{});
    if (!tree)
        return out;
    out.read = true;
    out.hub = hub_outcome(*compiled.mapping, *tree);
    out.reference = reference::outcome(mapping, reference::tables_of_cases(), *tree, the_catalogue());
    out.agree = out.hub == out.reference;
    return out;
}

/// The smallest case that still disagrees, as far as taking parts away one by one leads.
reference::Case smallest(reference::Case one)
{
    for (bool again = true; again;) {
        again = false;
        for (const reference::Case& less : reference::smaller(one))
            if (!compared(less).agree) {
                one = less;
                again = true;
                break;
            }
    }
    return one;
}

std::string shown(const std::vector<std::string>& lines)
{
    std::string out;
    for (const std::string& line : lines)
        out += "  " + line + "\n";
    return out;
}

std::string shown(const reference::Case& one)
{
    const Compared both = compared(one);
    return one.mapping() + "---\n" + one.document_text() + "\nhub:\n" + shown(both.hub) + "reference:\n" + shown(both.reference);
}

}  // namespace

TEST(Reference, AgreesOnRandomMappingsAndDocuments)
{
    const std::uint64_t first = asked("LIENTHONG_REFERENCE_SEED", 1), cases = asked("LIENTHONG_REFERENCE_CASES", 600);
    std::size_t loaded = 0, accepted = 0, refused = 0, skipped = 0, disagreed = 0;
    std::uint64_t seed = first;
    // A case that the checker refuses, as for a condition no record can change, has nothing to agree on.
    for (; loaded < cases && seed < first + 2 * cases; ++seed) {
        const reference::Case one = reference::random_case(seed);
        const Compared both = compared(one);
        if (std::getenv("LIENTHONG_REFERENCE_SHOW") != nullptr && !both.loaded)
            std::cerr << "seed " << seed << " does not load: " << both.why << one.mapping();
        loaded += both.loaded && both.read ? 1U : 0U;
        if (std::getenv("LIENTHONG_REFERENCE_SHOW") != nullptr)
            std::cerr << shown(both.hub);
        std::string last;
        for (const std::string& line : both.hub) {
            const std::string record = line.substr(0, line.find(' '));
            if (record == last)
                continue;
            last = record;
            const bool made = line.find(" observation [") != std::string::npos || line.find(" fact ") != std::string::npos;
            ++(made ? accepted : line.ends_with(" skipped") ? skipped : refused);
        }
        if (!both.agree && ++disagreed <= 5)
            ADD_FAILURE() << "seed " << seed << "\n" << shown(smallest(one));
    }
    RecordProperty("loaded", static_cast<int>(loaded));
    std::cout << loaded << " of " << seed - first << " cases loaded; " << accepted << " records accepted, " << refused << " refused, "
              << skipped << " passed over\n";
    EXPECT_EQ(loaded, cases) << "most mappings must load";
    EXPECT_GT(accepted * 3, refused * 2) << "a good part of the records must be accepted";
}
