/// Fuzz target: any bytes as a mapping, a document and a look-up table, parted by 0x1E; a part that is left out is a plain one.
/// Whatever is wrong with a mapping has its place inside it; whatever loads runs within its budget, the same way twice, and as
/// the plain interpreter of the tests runs it.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/text/unicode.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/unit/mapping/reference/reference.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace {

using namespace lienthong;
using fuzz::require;

const std::string file = "thu.yaml";
const std::string plain_table = "key,vintage,vi\nUT,estimated,ước tính\nSB,preliminary,sơ bộ\nCPI,A_I_1,A_I_1\nTR,,\n";
constexpr std::size_t most_field_bytes = 4096;

const catalogue::Catalogue& catalogue_of_the_house()
{
    static const std::shared_ptr<const catalogue::Catalogue> loaded = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(
            LIENTHONG_SOURCE_DIR "/mappings/catalogue", [](std::string_view) { return std::string(); }, problems);
    }();
    require(loaded != nullptr, "the published catalogue loads");
    return *loaded;
}

struct Input
{
    std::string mapping, document, table;
    bool own_table = false;
};

Input parts_of(std::string_view bytes)
{
    const std::size_t first = bytes.find('\x1E'), second = first == bytes.npos ? first : bytes.find('\x1E', first + 1);
    Input out{.mapping = std::string(bytes.substr(0, first)), .document = "{}", .table = plain_table};
    if (first != bytes.npos)
        out.document = bytes.substr(first + 1, second == bytes.npos ? second : second - first - 1);
    if (second != bytes.npos && second + 1 < bytes.size()) {
        out.table = bytes.substr(second + 1);
        out.own_table = true;
    }
    return out;
}

/// Line and column behind the last two colons; 0 where there are none.
std::pair<std::size_t, std::size_t> position(std::string_view place)
{
    std::pair<std::size_t, std::size_t> out;
    for (std::size_t* number : {&out.second, &out.first}) {
        const std::size_t colon = place.rfind(':');
        if (colon == place.npos)
            return {};
        std::from_chars(place.data() + colon + 1, place.data() + place.size(), *number);
        place = place.substr(0, colon);
    }
    return out;
}

/// A place lies inside the text it names: in one of its lines, at most one character behind its end.
bool lies_inside(std::string_view text, std::size_t line, std::size_t column)
{
    for (std::size_t i = 1; i < line; ++i) {
        const std::size_t end = text.find('\n');
        if (end == text.npos)
            return false;
        text.remove_prefix(end + 1);
    }
    return line != 0 && column != 0 && column <= text.substr(0, text.find('\n')).size() + 1;
}

void check_told(const std::vector<Problem>& problems, const Input& input)
{
    const bool readable = text::is_utf8(input.mapping);
    for (const Problem& problem : problems) {
        const auto [line, column] = position(problem.place);
        const bool in_mapping = problem.place.starts_with(file + ":");
        // A table may be called as the mapping likes; its columns are counted in NFC.
        require(in_mapping || (line != 0 && lies_inside(input.table, line, 1)), "a problem is in the mapping or in its table",
                problem.sentence());
        require(!in_mapping || !readable || lies_inside(input.mapping, line, column), "a place lies inside the mapping",
                problem.sentence() + "\n" + input.mapping);
        require(problem.found.size() <= 210, "what was found is shortened", problem.found);
    }
}

void check_verdict(const Verdict& verdict)
{
    require(verdict.accepted() == !(verdict.observations.empty() && verdict.facts.empty()),
            "a record is refused or gives something");
    for (const Problem& problem : verdict.problems)
        require(!problem.rule.empty() && problem.found.size() <= 210, "a problem names its rule", problem.sentence());
    for (const Observation& observation : verdict.observations)
        for (const std::string* text :
             {&observation.key.indicator, &observation.key.breakdown, &observation.unit, &observation.source})
            require(text->size() <= most_field_bytes, "a field is short", *text);
    for (const Fact& fact : verdict.facts) {
        require(!fact.key.empty() && fact.key.size() <= most_field_bytes, "a fact has a short key", fact.key);
        for (const auto& [name, text] : fact.fields)
            require(!text.empty() && text.size() <= most_field_bytes, "a field is short", text);
    }
}

/// What came out, in the words of the reference.
std::vector<std::string> run(const mapping::Mapping& mapping, const Tree& tree)
{
    const auto records = mapping.records(tree);
    if (!records)
        return {records.problem().code + " " + records.problem().place};
    std::vector<std::string> out;
    mapping::Run run(mapping, tree, catalogue_of_the_house());
    for (std::uint32_t i = 0; i < records->size(); ++i) {
        const auto verdict = run.record((*records)[i], i);
        require(run.spent().steps <= mapping::steps_of_record && run.spent().text_bytes <= mapping::text_bytes_of_record,
                "a record keeps to its budget");
        const std::string head = std::to_string(i) + " " + tree.place((*records)[i]) + " ";
        if (!verdict) {
            out.push_back(head + "skipped");
            continue;
        }
        check_verdict(*verdict);
        std::set<std::string> problems;
        for (const Problem& problem : verdict->problems)
            problems.insert(head + problem.code + " " + problem.place);
        out.insert(out.end(), problems.begin(), problems.end());
        for (const Observation& observation : verdict->observations)
            out.push_back(head + reference::line_of(observation));
        for (const Fact& fact : verdict->facts)
            out.push_back(head + reference::line_of(fact));
    }
    return out;
}

/// The reference works everything out anew each time, knows no budget and reads tables in their plainest form only.
bool is_for_reference(const Input& input, const std::vector<std::string>& outcome)
{
    const auto has = [](const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; };
    return !input.own_table && input.mapping.size() < 8192 && std::count(input.mapping.begin(), input.mapping.end(), '$') < 12 &&
           !has(input.document, "\\u001") && !has(input.mapping, "\\x1") && !has(input.mapping, "\\u001") &&
           std::none_of(outcome.begin(), outcome.end(), [&](const std::string& line) { return has(line, "record.budget"); });
}

void check_against_reference(const Input& input, const Tree& tree, const std::vector<std::string>& outcome)
{
    // Every word that may be the name of a table's file; the reference says when it wants another.
    std::map<std::string, std::string, std::less<>> tables;
    for (std::size_t at = input.mapping.find("tables:"); at != std::string::npos && at < input.mapping.size();) {
        const std::size_t end = std::min(input.mapping.find('\n', at), input.mapping.size());
        std::string line = input.mapping.substr(at, end - at);
        at = end + 1;
        std::erase_if(line, [](char c) { return c == ' ' || c == '"' || c == '\'' || c == '\r'; });
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos)
            continue;
        tables[line.substr(0, colon) + ".csv"] = plain_table;
        tables[line.substr(colon + 1)] = plain_table;
    }
    std::vector<std::string> wanted;
    try {
        wanted = reference::outcome(input.mapping, tables, tree, catalogue_of_the_house());
    } catch (const reference::TableNotGiven&) {
        return;
    }
    std::string shown = input.mapping + "\n---\n" + input.document + "\nhub:\n";
    for (const std::string& line : outcome)
        shown += line + "\n";
    shown += "reference:\n";
    for (const std::string& line : wanted)
        shown += line + "\n";
    require(wanted == outcome, "the hub and the reference agree", shown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Input input = parts_of({reinterpret_cast<const char*>(data), size});
    std::vector<Problem> problems, findings;
    const auto mapping = mapping::Mapping::compile(
        file, input.mapping, [&](std::string_view) { return std::optional(input.table); }, catalogue_of_the_house(),
        [](std::string_view) { return std::string("digest"); }, problems, findings);
    require((mapping == nullptr) == !problems.empty(), "a mapping loads or is told why not", input.mapping);
    check_told(problems, input);
    check_told(findings, input);
    if (mapping == nullptr)
        return 0;
    if (mapping->renders()) {
        const auto packet = mapping->render({}, catalogue_of_the_house(), {{"id", "1"}, {"time", "2025-04-10T09:12:03+07:00"}});
        require(packet.ok() || !packet.problem().code.empty(), "a packet is rendered or refused");
        return 0;
    }
    FormatLimits limits;
    limits.depth = 24;
    limits.nodes = 5'000;
    const bool xml = mapping->format().ends_with("xml");
    const auto tree =
        xml ? adapters::XmlFormat().read(input.document, limits) : adapters::JsonFormat().read(input.document, limits);
    if (!tree)
        return 0;
    const std::vector<std::string> outcome = run(*mapping, *tree);
    require(outcome == run(*mapping, *tree), "the same comes out twice", input.mapping);
    if (is_for_reference(input, outcome))
        check_against_reference(input, *tree, outcome);
    return 0;
}
