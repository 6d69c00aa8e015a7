// Catalogue files as tables of typed cells.
#include "hub/catalogue/table.hpp"

#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace lienthong::catalogue {

Table::Table(const std::string& directory, const FileForm& form, std::vector<Problem>& problems)
    : file_(form.name), optional_(form.optional), problems_(problems)
{
    for (const std::string& column : form.columns)
        if (std::find(optional_.begin(), optional_.end(), column) == optional_.end())
            columns_.push_back(column);
    if (form.presence == Presence::optional && !std::filesystem::exists(directory + "/" + file_)) {
        absent_ = true;
        return;
    }
    std::ifstream in(directory + "/" + file_, std::ios::binary);
    if (!in) {
        problems_.push_back({.code = "catalogue.file", .detail = "the file cannot be read", .place = file_, .found = directory});
        return;
    }
    std::ostringstream bytes;
    bytes << in.rdbuf();
    auto rows = read_csv(bytes.view(), file_);
    if (!rows.ok()) {
        problems_.push_back(rows.problem());
        return;
    }
    if (!rows->empty() && !bytes.view().ends_with('\n')) {
        const Cell& last = rows->back().back();
        problems_.push_back({.code = "catalogue.csv",
                             .detail = "the file ends in the middle of a line, as one that was cut off",
                             .place = place_of(file_, last.line, last.column),
                             .found = shortened(last.text),
                             .expected = "a line feed after the last row: fetch or save the whole file again"});
        return;
    }
    if (rows->empty()) {
        problems_.push_back({.code = "catalogue.columns",
                             .detail = "the file has no header row",
                             .place = place_of(file_, 1, 1),
                             .expected = listed(columns_)});
        return;
    }
    const std::size_t before = problems_.size();
    take_header(rows->front());
    if (problems_.size() != before)
        return;
    // Most files are in NFC as a whole, which costs far less to find out than cell by cell.
    const bool composed = text::is_nfc(bytes.view());
    rows_.reserve(rows->size() - 1);
    for (std::size_t i = 1; i < rows->size(); ++i)
        take_row(std::move((*rows)[i]), composed);
}

void Table::take_header(const CsvRow& header)
{
    if (const std::string& text = header.front().text; header.size() == 1 && text.find(';') != std::string::npos) {
        problems_.push_back({.code = "catalogue.csv",
                             .detail = "the cells are parted by semicolons, as a spreadsheet with Vietnamese settings saves them",
                             .place = place_of(file_, header.front().line, static_cast<unsigned>(text.find(';') + 1)),
                             .found = shortened(text),
                             .expected = "commas: set ',' as list separator and save as 'CSV UTF-8'"});
        return;
    }
    std::vector<std::string> names;
    for (const Cell& cell : header) {
        const bool known = std::find(columns_.begin(), columns_.end(), cell.text) != columns_.end() ||
                           std::find(optional_.begin(), optional_.end(), cell.text) != optional_.end();
        if (!known || std::find(names.begin(), names.end(), cell.text) != names.end())
            problems_.push_back({.code = "catalogue.columns",
                                 .detail = known ? "the column stands twice" : "the column is unknown",
                                 .place = place_of(file_, cell.line, cell.column),
                                 .found = shortened(cell.text),
                                 .expected = listed(columns_)});
        names.push_back(cell.text);
    }
    for (const std::string& column : columns_)
        if (std::find(names.begin(), names.end(), column) == names.end())
            problems_.push_back({.code = "catalogue.columns",
                                 .detail = "a column is missing",
                                 .place = place_of(file_, header.front().line, 1),
                                 .expected = column});
    columns_ = std::move(names);
}

void Table::take_row(CsvRow row, bool composed)
{
    if (row.size() != columns_.size()) {
        keep({.code = "catalogue.csv",
              .detail = "the row has another number of cells than the header",
              .place = place_of(file_, row.front().line, 1),
              .found = std::to_string(row.size()),
              .expected = std::to_string(columns_.size())});
        return;
    }
    for (const Cell& cell : row)
        if (!composed && !text::is_nfc(cell.text))
            keep({.code = "catalogue.not_nfc",
                  .detail = "the text is not in Unicode form NFC",
                  .place = place_of(file_, cell.line, cell.column),
                  .found = shortened(cell.text),
                  .expected = text::to_nfc(cell.text).value_or("")});
    rows_.push_back(std::move(row));
}

const Cell& Table::cell(std::size_t row, std::string_view column) const
{
    const std::size_t count = columns_.size();
    const std::string* const names = columns_.data();
    for (std::size_t i = 0; i < count; ++i)
        if (names[i] == column)
            return rows_.at(row).at(i);
    throw std::logic_error(file_ + " has no column " + std::string(column));
}

const std::string& Table::text(std::size_t row, std::string_view column) const
{
    static const std::string nothing;
    const bool lacking = std::find(optional_.begin(), optional_.end(), column) != optional_.end() &&
                         std::find(columns_.begin(), columns_.end(), column) == columns_.end();
    return lacking ? nothing : cell(row, column).text;
}

std::string Table::line_place(std::size_t row) const
{
    return file_ + ':' + std::to_string(rows_.at(row).front().line);
}

void Table::report(std::size_t row, std::string_view column, std::string code, std::string detail, std::string expected) const
{
    const Cell& at = cell(row, column);
    keep({.code = std::move(code),
          .detail = std::move(detail),
          .place = place_of(file_, at.line, at.column),
          .found = shortened(at.text),
          .expected = std::move(expected)});
}

void Table::keep(Problem problem) const
{
    constexpr unsigned most_kept = 100;  // One slip in a column of thousands of rows must not bury what else is wrong.
    if (++kept_ == most_kept + 1)
        problems_.push_back({.code = problem.code, .detail = "the file has more faults, which are not listed", .place = file_});
    if (kept_ <= most_kept)
        problems_.push_back(std::move(problem));
}

bool Table::has(std::string_view column) const
{
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

std::string Table::required(std::size_t row, std::string_view column) const
{
    const std::string& out = text(row, column);
    if (out.empty())
        report(row, column, "catalogue.value", "the column " + std::string(column) + " must not be empty");
    return out;
}

std::string Table::code(std::size_t row, std::string_view column, std::string_view also) const
{
    const std::string& out = text(row, column);
    const bool fits = std::all_of(out.begin(), out.end(), [&](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || also.find(c) != std::string_view::npos;
    });
    if (out.empty() || !fits)
        report(row, column, "catalogue.code", "not a code", "A-Z 0-9 _" + (also.empty() ? "" : " " + std::string(also)));
    return out;
}

std::vector<std::string> Table::list(std::size_t row, std::string_view column) const
{
    std::vector<std::string> out;
    std::string_view rest = text(row, column);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view part = rest.substr(0, end);
        const bool last_is_empty = end + 1 == rest.size();
        if (part.empty() || part.front() == ' ' || part.back() == ' ' || last_is_empty ||
            std::find(out.begin(), out.end(), part) != out.end())
            report(row, column, "catalogue.value", "a part of the list is empty, blank at an end, or stands twice",
                   "parts parted by ;");
        else
            out.emplace_back(part);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

bool Table::flag(std::size_t row, std::string_view column) const
{
    const std::string& out = text(row, column);
    if (!out.empty() && out != "yes")
        report(row, column, "catalogue.value", "not a flag", "yes or nothing");
    return out == "yes";
}

unsigned Table::number(std::size_t row, std::string_view column) const
{
    const std::string& digits = text(row, column);
    if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos) {
        report(row, column, "catalogue.value", "not a whole number", "digits");
        return 0;
    }
    return static_cast<unsigned>(std::stoul(digits));
}

Day Table::day(std::size_t row, std::string_view column) const
{
    static const Day open_end{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};
    const std::string& written = text(row, column);
    if (written == "9999-12-31")
        return open_end;
    // Thousands of rows share a handful of days.
    if (const auto known = days_.find(written); known != days_.end())
        return known->second;
    const auto period = text::period_from(written);
    if (!period.ok() || period->kind != text::PeriodKind::day) {
        report(row, column, "catalogue.date", "not a date that exists", "yyyy-MM-dd, or 9999-12-31 for an open end");
        return open_end;
    }
    return days_.emplace(written, text::first_day(*period)).first->second;
}

Mark Table::mark(std::size_t row) const
{
    static constexpr std::array<std::pair<std::string_view, Mark>, 4> marks = {{{"confirmed", Mark::confirmed},
                                                                                {"secondary", Mark::secondary},
                                                                                {"inferred", Mark::inferred},
                                                                                {"unverified", Mark::unverified}}};
    return choice(row, "mark", marks);
}

Validity Table::validity(std::size_t row) const
{
    const Validity out{.from = day(row, "valid_from"), .to = day(row, "valid_to")};
    if (!(out.from < out.to) && text(row, "valid_from") >= text(row, "valid_to"))
        report(row, "valid_to", "catalogue.validity", "the row ends before it begins", "a day after " + text(row, "valid_from"));
    return out;
}

std::string Table::canonical() const
{
    if (absent_)
        return {};
    std::vector<std::size_t> order(columns_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return columns_[a] < columns_[b]; });
    std::vector<std::string> lines;
    lines.reserve(rows_.size());
    std::size_t size = file_.size() + 1;
    for (const CsvRow& row : rows_) {
        std::string line;
        line.reserve(200);
        // Cells hold no control characters but LF, so these two part cells and rows without doubt.
        for (const std::size_t column : order)
            line.append(columns_[column]).append(1, '\x1D').append(row[column].text).append(1, '\x1E');
        size += line.size() + 1;
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    out.reserve(size);
    out.append(file_).append(1, '\x1C');
    for (const std::string& line : lines)
        out.append(line).append(1, '\x1F');
    return out;
}

void check_once(const Table& table, std::string_view column, const std::vector<std::string>& keys,
                const std::vector<Validity>& validities)
{
    constexpr auto none = static_cast<std::size_t>(-1);
    std::unordered_map<std::string_view, std::size_t> latest;
    latest.reserve(table.size());
    std::vector<std::size_t> before(table.size(), none);  ///< The row of the same key above this one.
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto [known, fresh] = latest.try_emplace(keys[row], row);
        if (fresh)
            continue;
        before[row] = std::exchange(known->second, row);
        const Validity& now = validities[row];
        for (std::size_t other = before[row]; other != none; other = before[other]) {
            const Validity& then = validities[other];
            if (now.from == then.from)
                table.report(row, column, "catalogue.duplicate", "the code stands twice",
                             "once; also at " + table.line_place(other));
            else if (now.from < then.to && then.from < now.to)
                table.report(row, column, "catalogue.overlap", "two rows of one code hold on the same day",
                             "a validity apart from that at " + table.line_place(other));
            else
                continue;
            break;
        }
    }
}

}  // namespace lienthong::catalogue
