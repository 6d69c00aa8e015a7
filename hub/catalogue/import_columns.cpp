// Matches headings, and tells rows that are data from those that only look like it.
#include "hub/catalogue/import_columns.hpp"

#include "hub/catalogue/tables.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

std::string place_of_cell(const std::string& file, const Cell& cell)
{
    return place_of(file, cell.line, cell.column);
}

bool same_headings(const CsvRow& a, const CsvRow& b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const Cell& x, const Cell& y) {
               return heading_key(x.text) == heading_key(y.text);
           });
}

/// "(1)", "2", "A": what forms write under each heading to number the columns. Names are longer than that.
bool numbers_columns(const CsvRow& row)
{
    std::size_t filled = 0;
    for (const Cell& cell : row) {
        std::string_view text = cell.text;
        if (is_blank(text))
            continue;
        ++filled;
        if (text.front() == '(' && text.back() == ')' && text.size() > 2)
            text = text.substr(1, text.size() - 2);
        const bool number = text.size() <= 2 && text.find_first_not_of("0123456789") == std::string_view::npos;
        const bool letter = text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z';
        if (!number && !letter)
            return false;
    }
    return filled >= 3;
}

/// What is said by hand comes before what is listed.
std::optional<std::string> said(const ImportTerms& terms, std::string_view heading)
{
    for (const auto& [written, column] : terms.columns)
        if (heading_key(written) == heading_key(heading))
            return column;
    return std::nullopt;
}

bool blank_below(const SourceTable& source, std::size_t at)
{
    return std::all_of(source.rows.begin() + static_cast<std::ptrdiff_t>(source.header) + 1, source.rows.end(),
                       [&](const CsvRow& row) { return at >= row.size() || is_blank(row[at].text); });
}

}  // namespace

std::vector<std::string> matched_columns(const SourceTable& source, const std::string& file, const FileForm& form,
                                         const ImportTerms& terms, const Headings& headings, ImportedRows& out)
{
    std::vector<std::string> columns;
    const CsvRow& header = source.rows[source.header];
    for (std::size_t at = 0; at < header.size(); ++at) {
        const Cell& cell = header[at];
        const bool blank = is_blank(cell.text);
        if (blank && blank_below(source, at)) {
            columns.emplace_back();
            continue;
        }
        const auto by_hand = said(terms, cell.text);
        const auto column = by_hand ? by_hand : headings.column(form, cell.text);
        const auto refuse = [&](std::string detail, std::string expected) {
            out.problems.push_back({.code = "import.heading",
                                    .detail = std::move(detail),
                                    .place = place_of_cell(file, cell),
                                    .found = shortened(cell.text),
                                    .expected = std::move(expected)});
        };
        const std::string written = text::tidied(cell.text);
        if (!column) {
            const auto near = text::nearest(cell.text, headings.known(form));
            const auto meant = near.empty() ? std::nullopt : headings.column(form, near.front());
            refuse(blank ? "cells stand below a heading that is blank" : "nobody knows the heading",
                   near.empty() ? "--columns \"" + written + "=COLUMN\", or \"" + written +
                                      "=-\" to leave it out; columns: " + listed(form.columns)
                                : "near is '" + near.front() + "': --columns \"" + written + "=" + meant.value_or("COLUMN") +
                                      "\", or \"" + written + "=-\" to leave it out");
        } else if (*column != no_column && std::find(columns.begin(), columns.end(), *column) != columns.end()) {
            const std::size_t first =
                static_cast<std::size_t>(std::find(columns.begin(), columns.end(), *column) - columns.begin());
            refuse("two headings mean the column " + *column + "; the other is '" + text::tidied(header[first].text) + "'",
                   "--columns \"" + written + "=-\", or another column for one of them");
        } else if (terms.set.contains(*column)) {
            refuse("the column " + *column + " is given with --set too",
                   "the heading with \"" + written + "=-\", or no --set " + *column);
        }
        columns.push_back(column.value_or(""));
        out.headings.push_back({written, column.value_or(""), cell.line, cell.column});
    }
    for (const auto& [written, column] : terms.columns)
        if (std::none_of(header.begin(), header.end(),
                         [named = heading_key(written)](const Cell& cell) { return heading_key(cell.text) == named; })) {
            std::vector<std::string> names;
            for (const Cell& cell : header)
                names.push_back(text::tidied(cell.text));
            out.problems.push_back({.code = "import.heading",
                                    .detail = "the file has no heading that --columns names",
                                    .place = place_of_cell(file, header.front()),
                                    .found = shortened(written),
                                    .expected = listed(names)});
        }
    return columns;
}

std::vector<const CsvRow*> rows_below(const SourceTable& source, const std::string& file, ImportedRows& out)
{
    std::vector<const CsvRow*> rows;
    const CsvRow& header = source.rows[source.header];
    if (source.header > 0)
        out.notes.push_back({.code = "import.lines_above",
                             .detail = "what stands above the header is not read",
                             .place = place_of_cell(file, source.rows.front().front()),
                             .found = std::to_string(source.header) + (source.header == 1 ? " row" : " rows")});
    const auto skip = [&](const CsvRow& row, const char* why) {
        out.notes.push_back({.code = "import.rows_skipped", .detail = why, .place = place_of_cell(file, row.front())});
    };
    for (std::size_t at = source.header + 1; at < source.rows.size(); ++at) {
        const CsvRow& row = source.rows[at];
        if (same_headings(row, header)) {
            skip(row, "the header stands again, as on the next page");
            continue;
        }
        if (numbers_columns(row) && (at == source.header + 1 || same_headings(source.rows[at - 1], header))) {
            skip(row, "the row only numbers the columns");
            continue;
        }
        const auto refuse = [&](const char* detail, const Cell& cell, std::string found) {
            out.problems.push_back({.code = "import.cells",
                                    .detail = detail,
                                    .place = place_of_cell(file, cell),
                                    .found = std::move(found),
                                    .expected = std::to_string(header.size()) + " cells, as the header has"});
        };
        const auto extra = row.size() <= header.size()
                               ? row.end()
                               : std::find_if(row.begin() + static_cast<std::ptrdiff_t>(header.size()), row.end(),
                                              [](const Cell& cell) { return !is_blank(cell.text); });
        if (extra != row.end())
            refuse("the row has more cells than the header", *extra, shortened(extra->text));
        else if (row.size() < header.size())
            refuse("the row has fewer cells than the header, as one that was cut off", row.back(), std::to_string(row.size()));
        else
            rows.push_back(&row);
    }
    if (rows.empty() && out.problems.empty())
        out.problems.push_back({.code = "import.file",
                                .detail = "no rows stand below the header",
                                .place = place_of_cell(file, header.front()),
                                .expected = "a row"});
    return rows;
}

}  // namespace lienthong::catalogue
