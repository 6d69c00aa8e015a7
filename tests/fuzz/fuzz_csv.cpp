/// Fuzz target: any bytes as CSV. What is read, written again strictly, reads the same.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/csv/csv_reader.hpp"
#include "hub/model/utf8.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/fuzz/streamed.hpp"

#include <string>

namespace {

using namespace lienthong;
using fuzz::require;

FormatLimits small_limits()
{
    FormatLimits limits;
    limits.nodes = 2'000;
    return limits;
}

/// Cells by row and column, quoted, so that separators and line ends in them are told apart.
std::string cells_of(const adapters::Grid& grid)
{
    std::string out;
    for (const adapters::Row& row : grid.sheets.front().rows)
        for (const adapters::Cell& cell : row.cells)
            out += std::to_string(cell.column) + "=" + std::string(cell.text) + (&cell == &row.cells.back() ? "\n\n" : "\n");
    return out;
}

std::string written(const adapters::Grid& grid)
{
    std::string out;
    for (const adapters::Row& row : grid.sheets.front().rows) {
        std::uint32_t column = 0;
        for (const adapters::Cell& cell : row.cells) {
            for (; column < cell.column; ++column)
                out += ',';
            out += '"';
            for (const char c : cell.text)
                out += c == '"' ? std::string("\"\"") : std::string(1, c);
            out += '"';
        }
        for (std::uint32_t width = 64; column < width; ++column)
            out += ',';
        out += "\r\n";
    }
    return out;
}

void check_twice(std::string_view input)
{
    if (first_not_utf8(input) != input.size())
        return;
    Tree first_texts, second_texts;
    adapters::CsvRules rules;
    rules.columns = 64;
    const auto first = adapters::read_csv(input, rules, first_texts);
    if (!first)
        return;
    rules.columns = 65;
    const std::string again = written(*first);
    const auto second = adapters::read_csv(again, rules, second_texts);
    require(second.ok(), "what was read can be written and read again", again);
    require(cells_of(*first) == cells_of(*second), "and says the same", input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const FormatLimits limits = small_limits();
    const char* encoding = size % 2 == 0 && input.starts_with("\xFF\xFE") ? "utf-16" : size % 3 == 1 ? "detect" : size % 3 == 2 ? "tcvn3" : "utf-8";
    for (const bool cells : {false, true})
        for (const char* header : {"", "tháng"}) {
            Layout layout;
            layout.cells = cells;
            layout.separator = cells ? ';' : ',';
            layout.encoding = encoding;
            if (*header != '\0')
                layout.header = {header};
            const auto tree = adapters::CsvFormat().read(input, layout, limits);
            if (!tree) {
                require(tree.problem().code.starts_with("format."), "a refusal has a code of its room", tree.problem().code);
                require(tree.problem().place.find(':') != std::string::npos || tree.problem().code == "format.grid.no_table" ||
                            tree.problem().code == "format.too_large",
                        "a refusal has a place", input);
                continue;
            }
            require(tree->size() <= limits.nodes + 2 * 16'384, "no more nodes than allowed, the last row's own apart", input);
            for (NodeId id = 0; id < tree->size(); ++id)
                require(first_not_utf8(tree->node(id).text) == tree->node(id).text.size(), "every text is UTF-8", input);
        }
    check_twice(input);
    Layout rows;
    rows.stub = 0;
    rows.cells = size % 2 == 1;
    const RecordPath path{{{.name = "tables"}, {.all = true}, {.name = "records"}, {.all = true}}};
    fuzz::check_streamed(adapters::CsvFormat(), input, path, limits, adapters::CsvFormat().read(input, rows, limits), 1 + size % 7, rows);
    return 0;
}
