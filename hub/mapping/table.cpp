// Reads look-up tables, saying where each cell stands.
#include "hub/mapping/table.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

std::string trimmed(const std::string& text)
{
    const std::size_t from = text.find_first_not_of(" \t\n\r");
    return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(" \t\n\r") - from + 1);
}

/// What parts the names of the first line: a Vietnamese Excel saves with semicolons.
char separator_of(std::string_view csv)
{
    const std::string_view line = csv.substr(0, csv.find('\n'));
    return line.find(',') == std::string_view::npos && line.find(';') != std::string_view::npos ? ';' : ',';
}

}  // namespace

Table::Table(std::string name, std::string file, std::string_view csv, std::vector<Problem>& problems)
    : name_(std::move(name)), file_(std::move(file))
{
    const auto report = [&](const char* code, const Cell& cell, std::string detail, std::string expected) {
        problems.push_back({.code = code,
                            .detail = std::move(detail),
                            .place = place(cell),
                            .found = shortened(cell.text),
                            .expected = std::move(expected)});
    };
    const auto normalized = text::to_nfc(csv);
    const std::string_view text = normalized ? std::string_view(*normalized) : csv;
    auto read = catalogue::read_csv(text, file_, separator_of(text));
    if (!read) {
        problems.push_back(read.problem());
        problems.back().code = "table.malformed";
        return;
    }
    for (auto& row : *read) {
        for (Cell& cell : row)
            cell.text = trimmed(cell.text);
        if (columns_.empty())
            take_header(row, report);
        else if (row.size() != columns_.size())
            report("table.ragged", row.front(), "this row has " + std::to_string(row.size()) + " cells",
                   std::to_string(columns_.size()) + " cells, as in the first row");
        else
            rows_.push_back(std::move(row));
    }
    if (columns_.size() < 2 || rows_.empty())
        report("table.empty", Cell{}, "the table gives nothing",
               "a first row with the names of at least two columns, and rows below it");
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto [at, fresh] = index_.emplace(rows_[i].front().text, i);
        if (!fresh)
            report("table.duplicate_key", rows_[i].front(), "the key '" + rows_[i].front().text + "' stands twice",
                   "each key once; the first is in line " + std::to_string(rows_[at->second].front().line));
    }
}

template <class Report>
void Table::take_header(const std::vector<Cell>& row, Report report)
{
    for (const Cell& cell : row) {
        if (cell.text.empty())
            report("table.malformed", cell, "a column of the table has no name", "a name in the first row");
        else if (std::find(columns_.begin(), columns_.end(), cell.text) != columns_.end())
            report("table.duplicate_column", cell, "two columns of the table are called '" + cell.text + "'",
                   "a name of its own for each column");
        columns_.push_back(cell.text);
        header_.push_back(cell);
    }
}

const std::vector<Cell>* Table::find(std::string_view key) const
{
    const auto it = index_.find(key);
    return it == index_.end() ? nullptr : &rows_[it->second];
}

std::string Table::place(const Cell& cell) const
{
    return catalogue::place_of(file_, cell.line, cell.column);
}

}  // namespace lienthong::mapping
