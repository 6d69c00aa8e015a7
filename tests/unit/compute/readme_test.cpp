// The examples of "Computed indicators" on mappings/README.md are run: what the page says comes out is what comes out.
#include "adapters/formats/json/json_format.hpp"
#include "tests/unit/compute/fixture.hpp"

#include <fstream>
#include <sstream>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

/// The text of the block that begins with "```" and this.
std::string block(const std::string& info)
{
    std::ifstream in(LIENTHONG_SOURCE_DIR "/mappings/README.md");
    std::string out;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (inside && line == "```")
            return out;
        if (inside)
            out += line + "\n";
        inside = inside || line == "```" + info;
    }
    return out;
}

std::vector<FactVersion> facts(const std::string& json)
{
    std::vector<FactVersion> out;
    const auto tree = adapters::JsonFormat().read(json, FormatLimits{});
    EXPECT_TRUE(tree.ok()) << tree.problem().sentence();
    for (NodeId item = tree->node(root_node).first_child; item != no_node; item = tree->node(item).next) {
        FactVersion& fact = out.emplace_back();
        fact.id = static_cast<FactVersionId>(out.size());
        for (NodeId field = tree->node(item).first_child; field != no_node; field = tree->node(field).next)
            if (tree->node(field).name == "key")
                fact.key = tree->node(field).text;
            else
                fact.fields.emplace_back(tree->node(field).name, tree->node(field).text);
    }
    return out;
}

}  // namespace

TEST(Readme, TheComputationOfThePageGivesWhatThePageSays)
{
    const Computed made = computed(block("yaml computation"), {{"dossier_units.csv", block("csv dossier_units.csv")},
                                                               {"dossier_terms.csv", block("csv dossier_terms.csv")}});
    ASSERT_TRUE(made.computation) << made.sentences();
    compute::Book book(made.computation, shared_catalogue(), 1000);
    const auto all = facts(block("json facts"));
    ASSERT_GE(all.size(), 4U);
    for (const FactVersion& fact : all)
        ASSERT_TRUE(book.put(fact).ok());
    std::string out;
    for (const compute::Figure& figure : book.all())
        out += line(figure) + "   facts " + figure.versions + "; " + figure.observation.source + "\n";
    for (const auto& [key, problem] : book.set_aside())
        out += "set aside " + problem.place + ": " + problem.code + "\n";
    EXPECT_EQ(out, block("text figures"));
}
