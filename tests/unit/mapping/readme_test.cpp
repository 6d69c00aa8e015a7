// Every example on mappings/README.md is run: what the page says comes out is what comes out.
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

struct Block
{
    std::string info;  ///< "yaml example=let", "csv codes.csv"
    std::string text;
    int line = 0;
};

std::string readme()
{
    std::ifstream in(LIENTHONG_SOURCE_DIR "/mappings/README.md");
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<Block> blocks()
{
    std::vector<Block> out;
    std::istringstream in(readme());
    bool inside = false;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.starts_with("```") && !inside) {
            out.push_back({line.substr(3), "", number});
            inside = true;
        } else if (line.starts_with("```")) {
            inside = false;
        } else if (inside) {
            out.back().text += line + "\n";
        }
    }
    return out;
}

/// A whole example: a mapping, the files beside it, what goes in and what must come out.
struct Example
{
    std::string name{}, mapping{}, input{}, input_kind{}, expected{};
    Files tables{};
    int line = 0;
};

std::vector<Example> examples()
{
    std::vector<Example> out;
    for (const Block& block : blocks()) {
        if (block.info.starts_with("yaml example=")) {
            out.push_back({.name = block.info.substr(13), .mapping = block.text, .line = block.line});
        } else if (!out.empty() && block.info.starts_with("csv ") && block.info != "csv document") {
            out.back().tables[block.info.substr(4)] = block.text;
        } else if (!out.empty() && block.info.starts_with("yaml ") && block.info.ends_with(".yaml")) {
            out.back().tables[block.info.substr(5)] = block.text;
        } else if (block.info.ends_with(" document") || block.info == "json parcel") {
            out.back().input = block.text;
            out.back().input_kind = block.info;
        } else if (block.info == "json result" || block.info == "json packet") {
            out.back().expected = block.text;
        }
    }
    return out;
}

/// A row of the table of functions.
struct Row
{
    std::string expression, record, result;
};

std::vector<Row> rows()
{
    std::vector<Row> out;
    std::istringstream in(readme());
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> cells;
        for (std::size_t at = 1; at < line.size() && line.starts_with("|");) {
            const std::size_t end = line.find(" |", at);
            if (end == std::string::npos)
                break;
            cells.push_back(line.substr(at, end - at));
            at = end + 2;
        }
        if (cells.size() != 4 || cells[2].find("`{") == std::string::npos)
            continue;
        const auto code = [](const std::string& cell) {
            const std::size_t from = cell.find('`'), to = cell.rfind('`');
            return cell.substr(from + 1, to - from - 1);
        };
        const bool refused = cells[3].find("refused:") != std::string::npos;
        out.push_back({code(cells[1]), code(cells[2]), (refused ? "refused: " : "") + code(cells[3])});
    }
    return out;
}

std::string words_table()
{
    for (const Block& block : blocks())
        if (block.info == "csv words.csv")
            return block.text;
    return "";
}

/// What an expression makes of a record, or "refused: code".
std::string outcome(const std::string& expression, const std::string& record)
{
    const bool is_area = expression.starts_with("area") || expression.starts_with("crosswalk("), is_agency = expression.starts_with("agency(");
    std::string text = "mapping: doc/row\nversion: 1\nformat: json\nrecords: /*\n";
    if (expression.find("words") != std::string::npos)
        text += "tables:\n  words:\n";
    if (is_area || is_agency)
        text += "observe:\n  indicator: \"A_I_1\"\n  measure: \"VS_DECEMBER\"\n  period: period(\"2025-03\")\n  area: " +
                (is_area ? expression : "area(\"GSO\", \"33\")") + "\n  agency: " + (is_agency ? expression : "agency(\"H31\")") +
                "\n  value: 1\n  unit: \"%\"\n";
    else
        text += "fact: row\nkey: key\nset:\n  out: " + expression + "\n";
    const Compiled compiled = compile(text, {{"words.csv", words_table()}});
    if (!compiled.mapping)
        return "not loaded: " + compiled.sentences();
    const auto tree = format("json").read("[" + record.substr(0, record.rfind('}')) + ", \"key\": \"k\"}]", FormatLimits{});
    if (!tree)
        return "not read: " + tree.problem().sentence();
    mapping::Run run(*compiled.mapping, *tree, the_catalogue());
    const auto verdict = run.record(compiled.mapping->records(*tree).value().front(), 0);
    if (!verdict->accepted())
        return "refused: " + verdict->problems.front().code;
    if (is_area)
        return verdict->observations.front().key.area;
    if (is_agency)
        return verdict->observations.front().key.agency;
    return verdict->facts.front().fields.empty() ? "missing" : verdict->facts.front().fields.front().second;
}

}  // namespace

TEST(Readme, ExamplesGiveWhatThePageSays)
{
    const auto all = examples();
    EXPECT_GE(all.size(), 8U);
    for (const Example& example : all) {
        SCOPED_TRACE("example " + example.name + " at line " + std::to_string(example.line));
        const Compiled compiled = compile(example.mapping, example.tables);
        ASSERT_TRUE(compiled.mapping) << compiled.sentences();
        const auto actual = workshop::run_sample(*compiled.mapping, format(compiled.mapping->format()), format("json"),
                                                 example.input, the_catalogue());
        ASSERT_TRUE(actual) << actual.problem().sentence();
        for (const Problem& problem : workshop::differences(example.expected, *actual, format("json")))
            ADD_FAILURE() << problem.sentence();
        if (compiled.mapping->renders()) {
            EXPECT_EQ(*actual + "\n", example.expected);
        }
    }
}

TEST(Readme, EveryRowOfTheTableOfFunctionsComesOutSo)
{
    const auto all = rows();
    EXPECT_GE(all.size(), 35U);
    for (const Row& row : all)
        EXPECT_EQ(outcome(row.expression, row.record), row.result) << row.expression << " of " << row.record;
}

TEST(Readme, TheBrokenExampleIsToldAsThePageSays)
{
    std::string broken, problems;
    for (const Block& block : blocks()) {
        if (block.info == "yaml broken")
            broken = block.text;
        if (block.info == "text problems")
            problems = block.text;
    }
    ASSERT_FALSE(broken.empty());
    EXPECT_EQ(compile(broken, {}, "broken.yaml").sentences(), problems);
}
