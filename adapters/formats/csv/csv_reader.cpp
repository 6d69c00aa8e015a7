#include "adapters/formats/csv/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

struct Separator
{
    char sign;
    std::string_view name;
};
constexpr std::array<Separator, 4> separators = {{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "bar"}}};

std::string name_of_separator(char sign)
{
    for (const Separator& one : separators)
        if (one.sign == sign)
            return std::string(one.name);
    return std::string(1, sign);
}

class CsvReader
{
public:
    CsvReader(std::string_view text, const CsvRules& rules, Tree& tree) : text_(text), rules_(rules), tree_(tree)
    {
        for (const char sign : {rules.separator, '\n', '\r', '"', '\0'})
            ends_run_[static_cast<unsigned char>(sign)] = true;
    }

    Result<Grid> read()
    {
        std::optional<Problem> problem;
        while (!problem && at_ < text_.size())
            problem = row();
        if (!problem)
            problem = other_separator();
        if (problem)
            return *std::move(problem);
        Grid grid;
        grid.sheets.push_back(std::move(sheet_));
        return grid;
    }

private:
    Problem at(const char* code, std::string detail, std::uint32_t line, std::uint32_t place, std::string found = {}, std::string expected = {}) const
    {
        return {code, std::move(detail), std::to_string(line) + ":" + std::to_string(place), std::move(found), std::move(expected), "RFC 4180"};
    }

    Problem here(const char* code, std::string detail) const { return at(code, std::move(detail), line_, place_); }

    /// One character on; a column counts characters, not bytes.
    void step()
    {
        if (text_[at_] == '\n') {
            ++line_;
            place_ = 1;
        } else {
            place_ += (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U ? 1 : 0;
        }
        ++at_;
    }

    std::optional<Problem> row()
    {
        const std::uint32_t first_line = line_;
        Row row;
        row.number = rows_++;
        row.cells.reserve(width_);
        std::uint32_t count = 0;
        bool more = true;
        while (more) {
            Cell cell;
            cell.column = count++;
            cell.line = line_;
            cell.place = place_;
            if (auto problem = read_cell(cell))
                return problem;
            if (count > rules_.columns)
                return here("format.too_many_nodes", "a row has too many cells");
            if (!is_blank_text(cell.text)) {
                if (++cells_ > rules_.cells)
                    return here("format.too_many_nodes", "the document has too many cells");
                cell.kind = is_number_like(cell.text) ? CellKind::number_text : CellKind::text;
                row.cells.push_back(cell);
            }
            more = at_ < text_.size() && text_[at_] == rules_.separator;
            if (more)
                step();
        }
        if (at_ < text_.size() && text_[at_] == '\r')
            step();
        if (at_ < text_.size())
            step();
        if (row.cells.empty())
            return std::nullopt;  // an empty line, or one of separators alone
        if (auto problem = alike(row, count, first_line))
            return problem;
        sheet_.rows.push_back(std::move(row));
        return std::nullopt;
    }

    std::optional<Problem> alike(const Row& row, std::uint32_t count, std::uint32_t line)
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

    std::optional<Problem> read_cell(Cell& cell)
    {
        if (at_ < text_.size() && text_[at_] == '"')
            return quoted(cell);
        const std::size_t from = at_, end = std::min(text_.size(), from + rules_.cell_bytes + 1);
        while (at_ < end && !ends_run_[static_cast<unsigned char>(text_[at_])])
            ++at_;
        for (std::size_t i = from; i < at_; ++i)
            place_ += (static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U ? 1 : 0;
        if (at_ < text_.size() && text_[at_] != rules_.separator && text_[at_] != '\n') {
            if (text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))
                return here("format.csv.syntax", "a carriage return alone ends no line");
            if (text_[at_] == '"')
                return here("format.csv.syntax", "a quotation mark inside a cell that is not quoted");
            if (text_[at_] == '\0')
                return here("format.not_utf8", "the document holds a NUL byte; another encoding?");
            if (text_[at_] != '\r')
                return at("format.csv.syntax", "a cell is longer than a cell may be", cell.line, cell.place);
        }
        cell.text = text_.substr(from, at_ - from);
        return std::nullopt;
    }

    std::optional<Problem> quoted(Cell& cell)
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

    static std::string without_doubled(std::string_view inside)
    {
        std::string out;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            out += inside[i];
            i += inside[i] == '"' ? 1 : 0;
        }
        return out;
    }

    /// Rows of one cell each in which another separator stands were written with that one.
    [[nodiscard]] std::optional<Problem> other_separator() const
    {
        if (widest_ > 1 || sheet_.rows.empty())
            return std::nullopt;
        const Cell& first = sheet_.rows.front().cells.front();
        for (const Separator& one : separators) {
            const auto has = [&](const Row& row) { return row.cells.front().text.find(one.sign) != std::string_view::npos; };
            const bool everywhere = rules_.one_table ? has(sheet_.rows.front()) : std::any_of(sheet_.rows.begin(), sheet_.rows.end(), has);
            if (one.sign != rules_.separator && everywhere)
                return at("format.csv.separator", "the cells are not parted by what the layout declares", first.line, first.place,
                          std::string(one.name), "separator: " + name_of_separator(rules_.separator));
        }
        return std::nullopt;
    }

    std::string_view text_;
    const CsvRules& rules_;
    Tree& tree_;
    Sheet sheet_;
    std::array<bool, 256> ends_run_{};  ///< Bytes at which a cell that is not quoted ends, or is broken.
    std::size_t at_ = 0, cells_ = 0;
    std::uint32_t line_ = 1, place_ = 1, rows_ = 0, width_ = 0, width_line_ = 0, widest_ = 0;
};

}  // namespace

Result<Grid> read_csv(std::string_view text, const CsvRules& rules, Tree& tree)
{
    return CsvReader(text, rules, tree).read();
}

}  // namespace lienthong::adapters
