/// Reads every workbook of a folder and says what was found; with a list of published figures, how many of them stand in the
/// tables where the list says, printed so. Workbooks of others are not in this project: the folder is named on the command line.
///
///     try_workbooks FOLDER [FIGURES.csv]
///
/// The list has the columns locator ("sheet 'IIP'!B7"), value_text_as_published and source_url_or_repo_path, whose end is the
/// workbook's name.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace lienthong;

namespace {

std::string bytes_of(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

struct Figure
{
    std::string mark, printed, column;
};

FormatLimits generous()
{
    FormatLimits limits;
    limits.bytes = 100 * 1024 * 1024;
    limits.nodes = 20'000'000;
    return limits;
}

std::string text_of(const Tree& tree, NodeId record, std::string_view name)
{
    const NodeId node = tree.child(record, name);
    return node == no_node ? "" : std::string(tree.node(node).text);
}

/// By workbook.
std::map<std::string, std::vector<Figure>> figures_of(const std::string& path)
{
    Layout layout;
    layout.stub = 0;
    const auto tree = adapters::CsvFormat().read(bytes_of(path), layout, generous());
    if (!tree) {
        std::printf("%s: %s\n", path.c_str(), tree.problem().sentence().c_str());
        return {};
    }
    std::map<std::string, std::vector<Figure>> out;
    const NodeId records = tree->child(tree->node(tree->child(root_node, "tables")).first_child, "records");
    for (NodeId record = tree->node(records).first_child; record != no_node; record = tree->node(record).next) {
        const std::string source = text_of(*tree, record, "source_url_or_repo_path"), locator = text_of(*tree, record, "locator");
        if (locator.starts_with("sheet "))
            out[source.substr(source.rfind('/') + 1)].push_back(
                {locator.substr(6), text_of(*tree, record, "value_text_as_published"), text_of(*tree, record, "note")});
    }
    return out;
}

std::string plain(std::string text)
{
    std::replace(text.begin(), text.end(), ',', '.');
    return text;
}

/// Lists of figures name sheets without the blanks that stand behind their names.
std::string without_blank_before_quote(std::string mark)
{
    for (std::size_t quote = mark.rfind("'!"); quote != std::string::npos && quote > 1 && mark[quote - 1] == ' '; --quote)
        mark.erase(quote - 1, 1);
    return mark;
}

struct Totals
{
    std::size_t found = 0, wanted = 0;
};

void compare(const Tree& tree, const std::vector<Figure>& figures, Totals& totals)
{
    std::map<std::string, NodeId> cells;
    const NodeId tables = tree.child(root_node, "tables");
    for (NodeId table = tree.node(tables).first_child; table != no_node; table = tree.node(table).next)
        for (NodeId record = tree.node(tree.child(table, "records")).first_child; record != no_node; record = tree.node(record).next)
            cells.emplace(without_blank_before_quote(tree.mark(record)), record);
    std::size_t found = 0;
    for (const Figure& figure : figures) {
        const auto cell = cells.find(figure.mark);
        const std::string value = cell == cells.end() ? "(in no table)" : text_of(tree, cell->second, "value");
        if (plain(value) == plain(figure.printed))
            ++found;
        else
            std::printf("    %s: published %s, read %s; %s\n", figure.mark.c_str(), figure.printed.c_str(), value.c_str(), figure.column.c_str());
    }
    std::printf("    %zu of %zu figures\n", found, figures.size());
    totals.found += found;
    totals.wanted += figures.size();
}

}  // namespace

int main(int count, char** arguments)
{
    if (count < 2) {
        std::printf("try_workbooks FOLDER [FIGURES.csv]\n");
        return 2;
    }
    const auto figures = count > 2 ? figures_of(arguments[2]) : std::map<std::string, std::vector<Figure>>{};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[1]))
        if (entry.path().extension() == ".xlsx")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Layout layout;
    layout.cells = true;
    Totals totals;
    std::size_t refused = 0;
    for (const auto& file : files) {
        const std::string bytes = bytes_of(file);
        const auto begin = std::chrono::steady_clock::now();
        const auto tree = adapters::XlsxFormat().read(bytes, layout, generous());
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
        if (!tree) {
            std::printf("%s: REFUSED %s\n", file.filename().c_str(), tree.problem().sentence().c_str());
            ++refused;
            continue;
        }
        std::size_t tables = 0, cells = 0;
        std::vector<std::string> sheets;
        const NodeId all = tree->child(root_node, "tables");
        for (NodeId table = tree->node(all).first_child; table != no_node; table = tree->node(table).next, ++tables) {
            sheets.push_back(text_of(*tree, table, "sheet"));
            std::size_t own = 0;
            std::vector<std::string> names;
            for (NodeId record = tree->node(tree->child(table, "records")).first_child; record != no_node; record = tree->node(record).next, ++own)
                if (const std::string name = text_of(*tree, record, "column"); std::find(names.begin(), names.end(), name) == names.end())
                    names.push_back(name);
            cells += own;
            if (count > 3) {
                std::printf("  [%s] '%s' unit '%s': %zu cells\n", sheets.back().c_str(), text_of(*tree, table, "title").c_str(),
                            text_of(*tree, table, "unit").c_str(), own);
                for (const std::string& name : names)
                    std::printf("      %s\n", name.c_str());
            }
        }
        sheets.erase(std::unique(sheets.begin(), sheets.end()), sheets.end());
        std::printf("%s: %lld ms, %zu sheets with tables, %zu tables, %zu cells\n", file.filename().c_str(), static_cast<long long>(spent.count()),
                    sheets.size(), tables, cells);
        if (const auto list = figures.find(file.filename().string()); list != figures.end())
            compare(*tree, list->second, totals);
    }
    std::printf("%zu workbooks, %zu refused; %zu of %zu figures\n", files.size(), refused, totals.found, totals.wanted);
    return refused == 0 ? 0 : 1;
}
