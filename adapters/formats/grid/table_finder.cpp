#include "adapters/formats/grid/table_finder.hpp"

#include "hub/model/problem.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::uint32_t rows_that_end_a_body = 2;
constexpr std::size_t most_header_rows = 12, most_title_rows = 8, most_group_rows = 200;
constexpr std::size_t longest_unit = 40, longest_name = 1'000;
constexpr std::uint32_t no_value = 0xFFFFFFFF;

bool holds_number(const Cell& cell)
{
    return cell.kind == CellKind::number || cell.kind == CellKind::percent || cell.kind == CellKind::number_text;
}

/// Signs that stand for a figure that is not there.
bool is_placeholder(std::string_view text)
{
    return text.find_first_not_of("-.:*xX \"'") == std::string_view::npos || text == "…" || text == "–" || text == "—";
}

std::optional<unsigned> digits_alone(std::string_view text)
{
    if (text.starts_with('(') && text.ends_with(')'))
        text = text.substr(1, text.size() - 2);
    unsigned out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool sum = end != text.data() + text.size() && *end == '=';  // "3=2/1" numbers a column and says what it is
    return error == std::errc{} && (end == text.data() + text.size() || sum) ? std::optional(out) : std::nullopt;
}

/// A year in a header is a number by its cell, not by its meaning.
bool is_year(const Cell& cell)
{
    const auto number = holds_number(cell) && cell.text.size() == 4 ? digits_alone(cell.text) : std::nullopt;
    return number && *number >= 1900 && *number <= 2100;
}

bool is_words(const Cell& cell)
{
    return !cell.blank && !holds_number(cell) && !is_placeholder(cell.text);
}

bool says_unit(std::string_view folded)
{
    return folded == "%" || folded.starts_with("đơn vị") || folded.starts_with("đvt") || folded.starts_with("unit");
}

/// "A", "b" or "(C)" where it is the next of its kind: forms number the columns that name rows by letters.
bool is_letter_number(std::string_view text, unsigned before)
{
    const char letter = text.size() == 3 ? text[1] : text[0];
    return static_cast<char>(letter | 0x20) == static_cast<char>('a' + before);
}

}  // namespace

TableFinder::TableFinder(const Sheet& sheet, const Layout& layout, TidyText& tidy)
    : sheet_(sheet), layout_(layout), tidy_(tidy), seen_(layout.header.size(), false), unit_rows_(sheet.rows.size(), false)
{
    for (const std::string& text : layout.title)
        titles_.push_back(tidy.folded(text));
    for (const std::string& text : layout.header)
        headers_.push_back(tidy.folded(text));
}

/// Empty rows that are seen between a row and the one before it.
std::uint32_t TableFinder::gap_before(std::size_t row) const
{
    if (row == 0)
        return 0;
    const std::uint32_t above = sheet_.rows[row - 1].number, here = sheet_.rows[row].number;
    if (here - above <= 1)
        return 0;
    const auto& hidden = sheet_.hidden_rows;
    const auto from = std::lower_bound(hidden.begin(), hidden.end(), above), to = std::lower_bound(hidden.begin(), hidden.end(), here);
    return here - above - 1 - static_cast<std::uint32_t>(to - from);
}

bool TableFinder::has_stub_text(std::size_t row, std::uint32_t stub) const
{
    const auto& cells = sheet_.rows[row].cells;
    return std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column < stub && !cell.blank; });
}

bool TableFinder::is_stub_only(std::size_t row, std::uint32_t stub) const
{
    const auto& cells = sheet_.rows[row].cells;
    return std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column < stub || cell.blank; });
}

/// "A | B | 1 | 2 | 3": forms number their columns.
bool TableFinder::is_numbering(std::size_t row, std::uint32_t stub) const
{
    unsigned last = 0, letters = 0;
    std::size_t count = 0;
    for (const Cell& cell : sheet_.rows[row].cells) {
        if (cell.blank)
            continue;
        const auto number = digits_alone(cell.text);
        const bool letter = cell.text.size() == 1 || (cell.text.size() == 3 && cell.text.front() == '(' && cell.text.back() == ')');
        if (!number && letter && count == 0 && (cell.column < stub || is_letter_number(cell.text, letters))) {
            ++letters;
            continue;
        }
        if (!number || (count == 0 && *number > 3) || (count > 0 && *number != last + 1))
            return false;
        last = *number;
        ++count;
    }
    return count >= 2 || (count == 1 && letters >= 2);
}

/// A row that names something and has a number to the right of the name. Where the columns declared to name rows are
/// empty, the first text does.
bool TableFinder::may_begin_body(std::size_t row, std::uint32_t& stub) const
{
    const Cell* first = nullptr;
    std::size_t numbers = 0, years = 0;
    for (const Cell& cell : sheet_.rows[row].cells) {
        if (cell.blank)
            continue;
        if (first == nullptr) {
            first = &cell;
            if (cell.column >= stub) {
                if (holds_number(cell))
                    return false;
                stub = cell.column + 1;
                continue;
            }
        }
        if (cell.column >= stub && holds_number(cell)) {
            ++numbers;
            years += is_year(cell) ? 1 : 0;
        }
    }
    return numbers > 0 && years < numbers && !is_numbering(row, stub);
}

/// One text alone above a header's last column, or one that says that it is a unit.
bool TableFinder::is_unit_line(std::size_t row, std::uint32_t stub, std::size_t below_end) const
{
    const Cell* only = nullptr;
    for (const Cell& cell : sheet_.rows[row].cells) {
        if (cell.blank || cell.column < stub)
            continue;
        if (only != nullptr)
            return false;
        only = &cell;
    }
    if (only == nullptr || only->text.size() > longest_unit || holds_number(*only))
        return false;
    if (says_unit(tidy_.folded(only->text)))
        return true;
    if (has_stub_text(row, stub) || row + 1 >= below_end || gap_before(row + 1) > 0)
        return false;
    if (right_end(sheet_.rows[row].number, only->column) > only->column)
        return only->text.starts_with('(');
    std::uint32_t last = 0;
    for (const Cell& cell : sheet_.rows[row + 1].cells)
        last = cell.blank ? last : right_end(sheet_.rows[row + 1].number, cell.column);
    return only->column >= last && !only->across;
}

/// The last column of the merged range that begins here, or the column itself.
std::uint32_t TableFinder::right_end(std::uint32_t row_number, std::uint32_t column) const
{
    const auto found = std::lower_bound(sheet_.merges.begin(), sheet_.merges.end(), std::pair(row_number, column),
                                        [](const Merge& merge, const auto& at) { return std::pair(merge.top, merge.left) < at; });
    const bool here = found != sheet_.merges.end() && found->top == row_number && found->left == column;
    return here ? std::max(found->right, column) : column;
}

/// More figures than words outside the stub: no row of a header. Drafts beside a table are figures too, but few.
bool TableFinder::is_figures(std::size_t row, std::uint32_t stub) const
{
    std::size_t figures = 0, words = 0;
    for (const Cell& cell : sheet_.rows[row].cells) {
        if (cell.column < stub || cell.blank)
            continue;
        figures += holds_number(cell) && !is_year(cell) ? 1 : 0;
        words += is_words(cell) || is_year(cell) ? 1 : 0;
    }
    return figures > 0 && figures >= words && !is_numbering(row, stub);
}

/// Words in columns that held numbers, and not one number beside them: another header.
bool TableFinder::begins_header(std::size_t row, const Table& table, const std::vector<bool>& numbers) const
{
    std::size_t words = 0;
    auto column = table.columns.begin();
    for (const Cell& cell : sheet_.rows[row].cells) {
        if (cell.blank || cell.column < table.stub)
            continue;
        if (holds_number(cell) && !is_year(cell))
            return false;
        while (column != table.columns.end() && column->index < cell.column)
            ++column;
        const bool inside = column != table.columns.end() && column->index == cell.column;
        const bool counts = inside && numbers[static_cast<std::size_t>(column - table.columns.begin())];
        if (counts && !is_placeholder(cell.text))
            ++words;
    }
    return words >= 2;
}

/// Goes up from a row of the body over rows that only name groups, then over the header.
bool TableFinder::header_above(std::size_t body, std::size_t from, std::uint32_t stub, std::uint32_t first_value, Header& out)
{
    std::size_t last = body;
    const std::size_t highest = std::max(from, body - std::min(body, most_group_rows));
    while (last > highest && is_stub_only(last - 1, std::max(stub, first_value)))
        --last;
    if (last == from)
        return false;
    // One text alone across the columns, apart from what is above, is a band over the rows below: "Nghìn người".
    if (gap_before(last - 1) > 0 && is_band(sheet_.rows[last - 1], stub) && header_above(last - 1, from, stub, first_value, out) &&
        out.columns.size() > 1)
        return true;
    out = {};
    out.end = last;
    out.begin = last;
    out.stub = stub;
    while (out.begin > from && out.end - out.begin < most_header_rows && !is_stub_only(out.begin - 1, stub) &&
           !is_figures(out.begin - 1, stub) && (out.begin == out.end || gap_before(out.begin) == 0)) {
        if (is_unit_line(out.begin - 1, stub, out.end)) {
            unit_rows_[out.begin - 1] = true;
            break;
        }
        --out.begin;
    }
    if (out.begin == out.end)
        return false;
    name_columns(out);
    return !out.columns.empty();
}

void TableFinder::name_columns(Header& header)
{
    std::map<std::uint32_t, std::vector<std::string_view>> names;
    std::uint32_t last_column = 0;
    for (std::size_t row = header.begin; row < std::min(header.end + 1, sheet_.rows.size()); ++row)
        last_column = std::max(last_column, sheet_.rows[row].cells.back().column);
    for (std::size_t row = header.begin; row < header.end; ++row) {
        if (header.end > header.begin + 1 && is_numbering(row, header.stub))
            continue;
        const auto& cells = sheet_.rows[row].cells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Cell& cell = cells[i];
            if (cell.blank || (header.figures_name_nothing && holds_number(cell) && !is_year(cell)))
                continue;
            std::uint32_t right = std::min(right_end(sheet_.rows[row].number, cell.column), last_column);
            for (std::size_t k = i + 1; cell.across && k < cells.size() && cells[k].across && cells[k].blank && cells[k].column == right + 1; ++k)
                right = cells[k].column;
            const auto next = std::find_if(cells.begin() + static_cast<std::ptrdiff_t>(i) + 1, cells.end(), [](const Cell& one) { return !one.blank; });
            if (next != cells.end())
                right = std::min(right, next->column - 1);
            const std::string_view text = tidy_.tidied(cell.text);
            for (std::uint32_t column = cell.column; column <= std::max(right, cell.column); ++column) {
                auto& parts = names[column];
                if (!text.empty() && std::find(parts.begin(), parts.end(), text) == parts.end())
                    parts.push_back(text);
            }
        }
    }
    // What stands left of the first column with a name, names rows: offices spread their labels over narrow columns.
    std::uint32_t stub = header.stub;
    for (const auto& [column, parts] : names)
        if (column >= header.stub && !parts.empty()) {
            stub = column;
            break;
        }
    header.stub = stub;
    std::set<std::string> taken;
    for (const auto& [column, parts] : names) {
        std::string name;
        for (const std::string_view part : parts)
            name += (name.empty() ? "" : " | ") + std::string(part);
        if (name.empty())
            continue;
        name = shortened(name, longest_name);
        header.texts += tidy_.folded(name) + "\n";
        std::string one = name;
        for (unsigned again = 2; !taken.insert(one).second; ++again)
            one = name + " (" + std::to_string(again) + ")";
        header.columns.push_back({column, tidy_.keep(one), column < stub});
    }
}

/// The lines right above the header, and the unit among them.
void TableFinder::titles(const Header& header, std::size_t from, Table& out)
{
    std::vector<std::string_view> lines;
    for (std::size_t row = header.begin; row > from && header.begin - row < most_title_rows; --row) {
        const std::size_t above = row - 1;
        if (!lines.empty() && gap_before(row) > 0 && row != header.begin)
            break;
        const auto& cells = sheet_.rows[above].cells;
        std::string line;
        for (const Cell& cell : cells) {
            const std::string_view text = cell.blank ? std::string_view{} : tidy_.tidied(cell.text);
            const bool unit = !text.empty() && out.unit.empty() && lines.empty() &&
                              ((unit_rows_[above] && cell.column >= header.stub) || says_unit(tidy_.folded(text)) ||
                               (cell.column >= header.stub && text.size() <= longest_unit && cells.size() > 1 && !holds_number(cell)));
            if (unit) {
                const std::size_t colon = text.find(':');
                out.unit = tidy_.keep(colon == std::string_view::npos ? text : text.substr(std::min(text.find_first_not_of(' ', colon + 1), text.size())));
            } else if (!text.empty()) {
                line += (line.empty() ? "" : " ") + std::string(text);
            }
        }
        if (!line.empty())
            lines.push_back(tidy_.keep(line));
    }
    std::string title;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        title += (title.empty() ? "" : " ") + std::string(*line);
    // A table without a title of its own, or with the same again, goes on with the one before.
    if (out.unit.empty() && (title.empty() || title == title_))
        out.unit = unit_;
    if (!title.empty() && title != title_)
        title_ = tidy_.keep(title);
    out.title = title_;
    unit_ = out.unit;
}

std::size_t TableFinder::end_of_body(const Table& table) const
{
    std::vector<bool> numbers(table.columns.size(), false);
    bool any = false;
    std::size_t row = table.body_begin;
    for (; row < sheet_.rows.size(); ++row) {
        if (any && (gap_before(row) >= rows_that_end_a_body || begins_header(row, table, numbers)))
            break;
        auto column = table.columns.begin();
        for (const Cell& cell : sheet_.rows[row].cells) {
            while (column != table.columns.end() && column->index < cell.column)
                ++column;
            if (column != table.columns.end() && column->index == cell.column && cell.column >= table.stub && holds_number(cell)) {
                numbers[static_cast<std::size_t>(column - table.columns.begin())] = true;
                any = true;
            }
        }
    }
    // What only names something behind the last value is a note, or the title of what follows.
    std::size_t end = row;
    while (end > table.body_begin && is_stub_only(end - 1, table.stub))
        --end;
    return end;
}

bool TableFinder::is_wanted(const Header& header, const Table& table)
{
    bool all = true;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        const bool found = header.texts.find(headers_[i]) != std::string::npos;
        seen_[i] = seen_[i] || found;
        all = all && found;
    }
    if (titles_.empty() || !all)
        return all;
    const std::string title = tidy_.folded(table.title);
    return std::any_of(titles_.begin(), titles_.end(), [&](const std::string& text) {
        return title.find(text) != std::string::npos || header.texts.find(text) != std::string::npos;
    });
}

std::vector<Table> TableFinder::find()
{
    std::vector<Table> out;
    std::size_t from = 0;
    for (std::size_t row = 0; row < sheet_.rows.size() && !tidy_.exhausted(); ++row) {
        std::uint32_t stub = layout_.stub;
        if (!may_begin_body(row, stub))
            continue;
        std::uint32_t first_value = no_value;
        for (const Cell& cell : sheet_.rows[row].cells)
            if (cell.column >= stub && holds_number(cell))
                first_value = std::min(first_value, cell.column);
        Header header;
        if (!header_above(row, from, stub, first_value, header))
            continue;
        Table table;
        table.stub = header.stub;
        table.columns = header.columns;
        table.body_begin = header.end;
        const bool under_a_name = std::any_of(sheet_.rows[row].cells.begin(), sheet_.rows[row].cells.end(), [&](const Cell& cell) {
            return cell.column >= table.stub && holds_number(cell) &&
                   std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) { return column.index == cell.column; });
        });
        if (!under_a_name)
            continue;
        table.body_end = end_of_body(table);
        titles(header, from, table);
        from = table.body_end;
        row = std::max(row, table.body_end == 0 ? 0 : table.body_end - 1);
        if (is_wanted(header, table))
            out.push_back(std::move(table));
    }
    return out;
}

std::vector<Table> TableFinder::list()
{
    if (sheet_.rows.empty())
        return {};
    Header header;
    header.end = 1;
    header.stub = layout_.stub;
    header.figures_name_nothing = false;
    name_columns(header);
    Table table;
    table.stub = layout_.stub;
    table.columns = std::move(header.columns);
    for (Column& column : table.columns)
        column.names_rows = column.index < table.stub;
    table.body_begin = 1;
    table.body_end = sheet_.rows.size();
    table.list = true;
    return {std::move(table)};
}

bool is_band(const Row& row, std::uint32_t stub)
{
    const Cell* only = nullptr;
    for (const Cell& cell : row.cells) {
        if (cell.blank)
            continue;
        if (only != nullptr)
            return false;
        only = &cell;
    }
    return only != nullptr && only->column >= stub && is_words(*only);
}

}  // namespace lienthong::adapters
