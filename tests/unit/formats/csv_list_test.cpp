// A list of rows becomes its tree row by row: the tree that the grid of its rows makes, or the same refusal.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/csv/csv_reader.hpp"
#include "adapters/formats/grid/tables.hpp"
#include "hub/model/utf8.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

using namespace lienthong;

namespace {

std::string written(const Tree& tree)
{
    std::string out;
    for (NodeId id = 0; id < tree.size(); ++id) {
        const Tree::Node& node = tree.node(id);
        out += std::to_string(static_cast<int>(node.kind)) + " " + std::string(node.name) + "=" + std::string(node.text) + " under " +
               std::to_string(node.parent) + " before " + std::to_string(node.next) + " at " + tree.place(id) + " marked " + tree.mark(id) + "\n";
    }
    return out;
}

std::string by_row(std::string_view document, const Layout& layout, const FormatLimits& limits)
{
    const auto tree = adapters::CsvFormat().read(document, layout, limits);
    return tree ? written(*tree) : tree.problem().sentence() + tree.problem().found;
}

std::string by_grid(std::string_view document, const Layout& layout, const FormatLimits& limits)
{
    Tree tree;
    const adapters::CsvRules rules = adapters::csv_rules(layout, limits);
    const auto grid = adapters::read_csv(document, rules, tree);
    if (!grid)
        return grid.problem().sentence() + grid.problem().found;
    const auto problem = adapters::put_tables(*grid, layout, limits, tree, rules.one_table);
    return problem ? problem->sentence() + problem->found : written(tree);
}

}  // namespace

TEST(CsvList, IsTheTreeThatTheGridOfItsRowsMakesOrTheSameRefusal)
{
    const std::vector<std::string> signs = {"a", "đ", "1", "-2,5", "\xC2\xA0", "\xE2\x88\x92", ",", ",", ",", "\"", "\n", "\n", "\r\n", "\r", ";", " ",
                                            "\"\"", "\"b,\"\"c\n\"", std::string(1, '\0'), "a,b,c\n1,2,3\n", "a,a,\n", "\xC3"};
    std::mt19937 random(8);
    for (int round = 0; round < 20'000; ++round) {
        std::string document = random() % 2 == 0 ? "mã,tên,x\n" : "";
        for (std::size_t i = random() % 24; i > 0; --i)
            document += random() % 3 == 0 ? "1,\"hai\",ba\n" : signs[random() % signs.size()];
        Layout layout;
        layout.stub = 0;
        layout.cells = random() % 4 == 0;
        FormatLimits limits;
        limits.nodes = random() % 2 == 0 ? 10 + random() % 60 : limits.nodes;
        if (first_not_utf8(document) == document.size()) {
            ASSERT_EQ(by_row(document, layout, limits), by_grid(document, layout, limits)) << document << "\nmost nodes " << limits.nodes;
        }
    }
}
