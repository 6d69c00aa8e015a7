// Lays the cells of a workbook's sheets out as rows.
#include "hub/cli/workbook_sheets.hpp"

#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <fstream>

namespace lienthong::cli {
namespace {

/// A column merged over several rows names each of them.
void say_in_each_row(const adapters::Merge& merge, std::vector<catalogue::CsvRow>& rows, const std::vector<std::uint32_t>& numbers)
{
    const auto from = std::lower_bound(numbers.begin(), numbers.end(), merge.top);
    if (from == numbers.end() || *from != merge.top)
        return;
    const catalogue::CsvRow& first = rows[static_cast<std::size_t>(from - numbers.begin())];
    if (first.size() <= merge.left)
        return;
    const std::string text = first[merge.left].text;
    for (auto at = from + 1; at != numbers.end() && *at <= merge.bottom; ++at) {
        catalogue::CsvRow& row = rows[static_cast<std::size_t>(at - numbers.begin())];
        if (row.size() > merge.left && row[merge.left].text.empty())
            row[merge.left].text = text;
    }
}

catalogue::SourceSheet rows_of(const adapters::Sheet& sheet)
{
    catalogue::SourceSheet out{.name = text::to_nfc(sheet.name).value_or(std::string(sheet.name)), .rows = {}};
    std::vector<std::uint32_t> numbers;
    for (const adapters::Row& row : sheet.rows) {
        if (row.cells.empty())
            continue;
        catalogue::CsvRow cells;
        for (const adapters::Cell& cell : row.cells) {
            while (cells.size() < cell.column)
                cells.push_back({.text = "", .line = row.number + 1, .column = static_cast<unsigned>(cells.size()) + 1});
            cells.push_back({.text = text::to_nfc(cell.text).value_or(std::string(cell.text)), .line = row.number + 1, .column = cell.column + 1});
        }
        out.rows.push_back(std::move(cells));
        numbers.push_back(row.number);
    }
    for (const adapters::Merge& merge : sheet.merges)
        say_in_each_row(merge, out.rows, numbers);
    // A table's rows are as wide as its widest: cells at the end that are empty are not there in a workbook.
    std::size_t width = 0;
    for (const catalogue::CsvRow& row : out.rows)
        width = std::max(width, row.size());
    for (catalogue::CsvRow& row : out.rows)
        while (row.size() < width)
            row.push_back({.text = "", .line = row.front().line, .column = static_cast<unsigned>(row.size()) + 1});
    return out;
}

}  // namespace

bool is_workbook(const std::string& path)
{
    if (path.ends_with(".xlsx"))
        return true;
    std::ifstream in(path, std::ios::binary);
    std::string start(4, '\0');
    in.read(start.data(), 4);
    return in.gcount() == 4 && start == "PK\x03\x04";
}

Result<std::vector<catalogue::SourceSheet>> sheets_of_workbook(const std::string& path)
{
    const auto bytes = catalogue::read_source(path);
    if (!bytes)
        return bytes.problem();
    Tree texts;
    const auto grid = adapters::grid_of_workbook(*bytes, texts);
    if (!grid) {
        Problem problem = grid.problem();
        problem.place = path + (problem.place.empty() ? "" : " " + problem.place);
        return problem;
    }
    std::vector<catalogue::SourceSheet> out;
    for (const adapters::Sheet& sheet : grid->sheets)
        out.push_back(rows_of(sheet));
    return out;
}

}  // namespace lienthong::cli
