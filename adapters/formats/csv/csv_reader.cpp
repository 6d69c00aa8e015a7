#include "adapters/formats/csv/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::array<std::string_view, csv_separators.size()> separator_names = {"comma", "semicolon", "tab", "bar"};

std::string name_of_separator(char sign)
{
    const std::size_t at = csv_separators.find(sign);
    return at == std::string_view::npos ? std::string(1, sign) : std::string(separator_names[at]);
}

std::string without_doubled(std::string_view inside)
{
    std::string out;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        out += inside[i];
        i += inside[i] == '"' ? 1 : 0;
    }
    return out;
}

}  // namespace

CsvRules csv_rules(const Layout& layout, const FormatLimits& limits)
{
    CsvRules rules;
    rules.separator = layout.separator;
    rules.one_table = layout.header.empty() && layout.title.empty();
    rules.kinds = !rules.one_table || layout.cells;
    rules.cells = limits.nodes / 2;
    return rules;
}

CsvReader::CsvReader(const CsvRules& rules, Tree& tree) : rules_(rules), tree_(tree)
{
    for (std::size_t byte = 0x80; byte < 0xC0; ++byte)
        roles_[byte] = Role::continues;
    for (const char sign : {rules.separator, '\n', '\r', '"', '\0'})
        roles_[static_cast<unsigned char>(sign)] = Role::ends;
}

std::optional<Problem> CsvReader::read(std::string_view text, const TakeRow& take)
{
    text_ = text;
    at_ = 0;
    while (at_ < text_.size())
        if (auto problem = row(take))
            return problem;
    return std::nullopt;
}

Problem CsvReader::at(const char* code, std::string detail, std::uint32_t line, std::uint32_t place, std::string found, std::string expected) const
{
    return {code, std::move(detail), std::to_string(line) + ":" + std::to_string(place), std::move(found), std::move(expected), "RFC 4180"};
}

/// One character on; a column counts characters, not bytes.
void CsvReader::step()
{
    if (text_[at_] == '\n') {
        ++line_;
        place_ = 1;
    } else {
        place_ += (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U ? 1 : 0;
    }
    ++at_;
}

std::optional<Problem> CsvReader::row(const TakeRow& take)
{
    const std::uint32_t first_line = line_;
    row_.number = rows_++;
    row_.cells.clear();
    row_.cells.reserve(width_);
    std::uint32_t count = 0;
    bool more = true;
    while (more) {
        Cell& cell = row_.cells.emplace_back();
        cell.column = count++;
        cell.line = line_;
        cell.place = place_;
        if (auto problem = read_cell(cell))
            return problem;
        if (count > rules_.columns)
            return here("format.too_many_nodes", "a row has too many cells");
        if (is_blank_text(cell.text)) {
            row_.cells.pop_back();
        } else {
            if (++cells_ > rules_.cells)
                return at("format.too_many_nodes", "the document has too many cells", cell.line, cell.place);
            if (rules_.kinds && is_number_like(cell.text))
                cell.kind = CellKind::number_text;
        }
        more = at_ < text_.size() && text_[at_] == rules_.separator;
        at_ += more ? 1 : 0;
        place_ += more ? 1 : 0;
    }
    if (at_ < text_.size() && text_[at_] == '\r')
        step();
    if (at_ < text_.size())
        step();
    if (row_.cells.empty())
        return std::nullopt;  // an empty line, or one of separators alone
    if (auto problem = alike(row_, count, first_line))
        return problem;
    look_for_separators(row_, count);
    take(row_);
    return std::nullopt;
}

std::optional<Problem> CsvReader::alike(const Row& row, std::uint32_t count, std::uint32_t line)
{
    widest_ = std::max(widest_, count);
    if (!rules_.one_table && count == 1)
        return std::nullopt;
    if (width_ == 0) {
        width_ = count;
        width_line_ = line;
    }
    if (count == width_)
        return std::nullopt;
    return at("format.csv.ragged", "the row has another number of cells than the row in line " + std::to_string(width_line_), line,
              row.cells.back().line == line ? row.cells.back().place : 1, std::to_string(count) + " cells",
              std::to_string(width_) + " cells");
}

std::optional<Problem> CsvReader::read_cell(Cell& cell)
{
    if (at_ < text_.size() && text_[at_] == '"')
        return quoted(cell);
    const char* const from = text_.data() + at_;
    const char* const end = from + std::min(text_.size() - at_, rules_.cell_bytes + 1);
    const char* i = from;
    std::uint32_t continued = 0;
    for (Role role = Role::begins; i != end && (role = roles_[static_cast<unsigned char>(*i)]) != Role::ends; ++i)
        continued += static_cast<std::uint32_t>(role);
    cell.text = {from, static_cast<std::size_t>(i - from)};
    at_ += cell.text.size();
    place_ += static_cast<std::uint32_t>(cell.text.size()) - continued;
    if (i != end && (*i == rules_.separator || *i == '\n'))
        return std::nullopt;
    if (at_ < text_.size()) {
        if (text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))
            return here("format.csv.syntax", "a carriage return alone ends no line");
        if (text_[at_] == '"')
            return here("format.csv.syntax", "a quotation mark inside a cell that is not quoted");
        if (text_[at_] == '\0')
            return here("format.not_utf8", "the document holds a NUL byte; another encoding?");
        if (text_[at_] != '\r')
            return at("format.csv.syntax", "a cell is longer than a cell may be", cell.line, cell.place);
    }
    return std::nullopt;
}

std::optional<Problem> CsvReader::quoted(Cell& cell)
{
    step();
    const std::size_t from = at_;
    bool doubled = false;
    for (;; step()) {
        if (at_ >= text_.size())
            return at("format.csv.syntax", "a quoted cell does not end", cell.line, cell.place);
        if (text_[at_] == '\0')
            return here("format.not_utf8", "the document holds a NUL byte; another encoding?");
        if (at_ - from > rules_.cell_bytes)
            return at("format.csv.syntax", "a cell is longer than a cell may be; does its quotation end?", cell.line, cell.place);
        if (text_[at_] != '"')
            continue;
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"')
            break;
        doubled = true;
        step();
    }
    const std::string_view inside = text_.substr(from, at_ - from);
    step();
    const bool ends = at_ >= text_.size() || text_[at_] == rules_.separator || text_[at_] == '\n' ||
                      (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
    if (!ends)
        return here("format.csv.syntax", "something stands behind the end of a quoted cell");
    cell.text = doubled ? tree_.keep(without_doubled(inside)) : inside;
    return std::nullopt;
}

/// Rows of one cell each in which another separator stands were written with that one.
void CsvReader::look_for_separators(const Row& row, std::uint32_t count)
{
    const Cell& first = row.cells.front();
    const bool is_first = first_line_ == 0;
    if (is_first) {
        first_line_ = first.line;
        first_place_ = first.place;
    }
    if (count > 1 || widest_ > 1 || (rules_.one_table && !is_first))
        return;
    for (std::size_t i = 0; i < csv_separators.size(); ++i)
        stands_[i] = stands_[i] || first.text.find(csv_separators[i]) != std::string_view::npos;
}

std::optional<Problem> CsvReader::finish() const
{
    if (widest_ > 1)
        return std::nullopt;
    for (std::size_t i = 0; i < csv_separators.size(); ++i)
        if (stands_[i] && csv_separators[i] != rules_.separator)
            return at("format.csv.separator", "the cells are not parted by what the layout declares", first_line_, first_place_,
                      std::string(separator_names[i]), "separator: " + name_of_separator(rules_.separator));
    return std::nullopt;
}

Result<Grid> read_csv(std::string_view text, const CsvRules& rules, Tree& tree)
{
    Grid grid;
    Sheet& sheet = grid.sheets.emplace_back();
    CsvReader reader(rules, tree);
    if (auto problem = reader.read(text, [&](Row& row) { sheet.rows.push_back(std::move(row)); }))
        return *std::move(problem);
    if (auto problem = reader.finish())
        return *std::move(problem);
    return grid;
}

}  // namespace lienthong::adapters
