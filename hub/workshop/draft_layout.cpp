// Reads a document of rows in every way it may be laid out, and keeps the way that puts most of it into records.
#include "hub/workshop/draft_layout.hpp"

#include "hub/text/period.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace lienthong::workshop {
namespace {

constexpr std::array<std::pair<char, std::string_view>, 4> separators = {{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "bar"}}};
constexpr unsigned most_stub = 8;
constexpr std::size_t most_header_texts = 4, longest_header_text = 60;

/// The whole of the text between two signs, or what is behind the last: "So với | tháng trước" is called by its lowest cell.
std::string lowest(std::string_view name)
{
    const std::size_t bar = name.rfind(" | ");
    return std::string(bar == std::string_view::npos ? name : name.substr(bar + 3));
}

bool is_of_its_row(std::string_view member)
{
    return member == "row" || member == "group";
}

/// One table of a document as it was read.
struct ReadTable
{
    std::vector<std::string> columns;  ///< In their order.
    std::vector<std::string> labels;   ///< What names each record that holds half of the columns; others name groups.
    std::size_t records = 0, cells = 0;
};

ReadTable table_from(const Tree& tree, NodeId node)
{
    ReadTable out;
    std::vector<std::pair<std::string, std::size_t>> labels;
    const NodeId records = tree.child(node, "records");
    for (NodeId record = records == no_node ? no_node : tree.node(records).first_child; record != no_node; record = tree.node(record).next) {
        ++out.records;
        std::string label;
        auto last = out.columns.begin();
        std::size_t cells = 0;
        for (NodeId cell = tree.node(record).first_child; cell != no_node; cell = tree.node(cell).next) {
            const std::string name(tree.node(cell).name);
            if (name == "row")
                label = tree.node(cell).text;
            if (is_of_its_row(name))
                continue;
            ++cells;
            // What is empty is not there: a column that is seen late belongs behind the one before it in its row.
            const auto at = std::find(out.columns.begin(), out.columns.end(), name);
            last = (at == out.columns.end() ? out.columns.insert(last, name) : at) + 1;
        }
        // A figure wants something beside it.
        out.cells += cells < 2 ? 0 : cells;
        labels.emplace_back(std::move(label), cells);
    }
    for (auto& [label, cells] : labels)
        if (cells * 2 >= out.columns.size())
            out.labels.push_back(std::move(label));
    return out;
}

std::vector<ReadTable> tables_of(const Tree& tree)
{
    std::vector<ReadTable> out;
    const NodeId tables = tree.empty() ? no_node : tree.child(root_node, "tables");
    for (NodeId table = tables == no_node ? no_node : tree.node(tables).first_child; table != no_node; table = tree.node(table).next)
        out.push_back(table_from(tree, table));
    return out;
}

struct Held
{
    std::size_t cells = 0, records = 0;
    ReadTable largest;
};

Held held_in(const Tree& tree)
{
    Held out;
    for (ReadTable& table : tables_of(tree)) {
        out.cells += table.cells;
        out.records += table.records;
        if (table.cells > out.largest.cells)
            out.largest = std::move(table);
    }
    return out;
}

bool is_digits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool has_digits(std::string_view text)
{
    return text.find_first_of("0123456789") != std::string_view::npos;
}

bool has_letters(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
    });
}

/// Whether a column that would name rows holds figures instead; numbers that rise are a list's own.
bool are_figures(const std::vector<std::string>& labels)
{
    std::size_t numbers = 0;
    bool rise = true;
    const std::string* last = nullptr;
    for (const std::string& label : labels) {
        if (label.empty() || has_letters(label))
            continue;
        ++numbers;
        const bool above = last == nullptr || label.size() > last->size() || (label.size() == last->size() && label > *last);
        rise = rise && is_digits(label) && (above || label == "1");
        last = &label;
    }
    return numbers * 2 > labels.size() && !rise;
}

/// "Quý I/2026", "Doanh thu | Tháng 3/2026", "03/2026", or of no year: "Tháng 3".
bool speaks_of_a_period(const std::string& column)
{
    const auto within = text::period_within(column);
    const std::string name = lowest(column);
    return within.ok() || within.problem().code == "period.no_year" || text::period_from_vietnamese(name + "/2000").ok() ||
           text::period_by_pattern(name, "M/yyyy").ok();
}

class LayoutSearch
{
public:
    LayoutSearch(const Format& format, std::string_view bytes, const FormatLimits& limits) : format_(format), bytes_(bytes), limits_(limits) {}

    Result<FoundLayout> search()
    {
        if (format_.name() == "csv") {
            const bool wide = bytes_.starts_with("\xFF\xFE") || bytes_.starts_with("\xFE\xFF");
            best_.encoding = wide ? "utf-16" : text::is_utf8(bytes_) ? "utf-8" : "detect";
            if (auto problem = find_separator())
                return *std::move(problem);
        }
        if (format_.name() != "csv" || !is_list_)
            find_table();
        else if (auto one = held(best_))
            see_periods(one->largest.columns);
        auto tree = format_.read(bytes_, best_, limits_);
        if (!tree.ok())
            return tree.problem();
        FoundLayout out{.layout = best_, .tree = {}, .separated = format_.name() == "csv", .encoding_told = {}};
        if (const Tree::Conversion* conversion = tree->conversion(); conversion != nullptr) {
            out.encoding_told = conversion->how;
            if (!conversion->misread && !conversion->encoding.empty())
                out.layout.encoding = conversion->encoding;
        }
        out.tree = std::move(tree).value();
        return out;
    }

private:
    [[nodiscard]] std::optional<Held> held(const Layout& layout) const
    {
        const auto tree = format_.read(bytes_, layout, limits_);
        return tree.ok() ? std::optional(held_in(*tree)) : std::nullopt;
    }

    /// Any table, whatever its header: every header holds the text of no letters.
    [[nodiscard]] Layout any_table(unsigned stub) const
    {
        Layout out = best_;
        out.header = {""};
        out.stub = stub;
        return out;
    }

    [[nodiscard]] Layout list() const
    {
        Layout out = best_;
        out.header.clear();
        out.stub = 0;
        return out;
    }

    /// Sets the separator under which most cells stand in records, and whether the first row is the header.
    std::optional<Problem> find_separator()
    {
        std::size_t most = 0, most_signs = 0;
        char sign = ',', likeliest = ',';
        for (const auto& [candidate, name] : separators) {
            best_.separator = candidate;
            const auto as_list = held(list()), as_table = held(any_table(1));
            const std::size_t in_list = as_list ? as_list->cells : 0, in_table = as_table ? as_table->cells : 0;
            if (std::max(in_list, in_table) > most) {
                most = std::max(in_list, in_table);
                is_list_ = in_list >= in_table;
                sign = candidate;
            }
            const auto signs = static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), candidate));
            if (signs > most_signs) {
                most_signs = signs;
                likeliest = candidate;
            }
        }
        best_.separator = most > 0 ? sign : likeliest;
        if (most == 0)
            is_list_ = true;
        best_ = list();
        if (most > 0)
            return std::nullopt;
        const auto tree = format_.read(bytes_, best_, limits_);
        return tree.ok() ? std::nullopt : std::optional(tree.problem());
    }

    /// Sets how many columns name a row: up to the one with the most different and longest names, and no further than the first
    /// with figures. Then texts of the header.
    void find_table()
    {
        std::pair<std::size_t, std::size_t> most;
        std::optional<Held> chosen;
        for (unsigned stub = 1; stub <= most_stub; ++stub) {
            auto one = held(any_table(stub));
            if (!one || (stub > 1 && are_figures(one->largest.labels)))
                break;
            std::set<std::string> names;
            std::size_t length = 0;
            for (const std::string& label : one->largest.labels)
                if (has_letters(label)) {
                    names.insert(label);
                    length += label.size();
                }
            const std::pair here(names.size(), length);
            if (one->records == 0 || (chosen && here <= most))
                continue;
            most = here;
            best_.stub = stub;
            chosen = std::move(one);
        }
        if (!chosen)
            return;
        see_periods(chosen->largest.columns);
        for (const bool digits : {false, true})
            if (best_.header.empty())
                best_.header = header_texts(chosen->largest.columns, digits);
    }

    /// Where most columns behind those that name rows are periods, every cell is a figure of its own.
    void see_periods(const std::vector<std::string>& columns)
    {
        const auto first = std::find_if(columns.begin(), columns.end(), speaks_of_a_period);
        const auto named = static_cast<unsigned>(first - columns.begin());
        const auto periods = std::count_if(first, columns.end(), speaks_of_a_period);
        if (periods < 2 || periods * 2 <= columns.end() - first || named == 0 || named > most_stub)
            return;
        best_.cells = true;
        best_.stub = std::max(best_.stub, named);
    }

    static std::vector<std::string> header_texts(const std::vector<std::string>& columns, bool digits)
    {
        std::vector<std::string> out;
        for (const std::string& column : columns) {
            std::string text = lowest(column);
            const bool known = std::find(out.begin(), out.end(), text) != out.end();
            if (!known && text.size() > 3 && text.size() <= longest_header_text && (digits || !has_digits(text)) && out.size() < most_header_texts)
                out.push_back(std::move(text));
        }
        return out;
    }

    const Format& format_;
    std::string_view bytes_;
    const FormatLimits& limits_;
    Layout best_;
    bool is_list_ = false;
};

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

}  // namespace

bool has_layout(std::string_view format)
{
    return format == "csv" || format == "xlsx";
}

Result<FoundLayout> layout_of(const Format& format, std::string_view bytes, const FormatLimits& limits)
{
    return LayoutSearch(format, bytes, limits).search();
}

std::string layout_text(const FoundLayout& found)
{
    const Layout& layout = found.layout;
    std::string out = layout.header.empty() ? "# how the document was found to be laid out: its first row names the columns\n"
                                            : "# how the document was found to be laid out: the table is the one whose header has these texts\n";
    out += "layout:\n";
    if (layout.encoding != "utf-8")
        out += "  encoding: " + layout.encoding + (found.encoding_told.empty() ? "" : "  # told by its syllables: " + found.encoding_told) + "\n";
    if (found.separated) {
        const auto sign = std::find_if(separators.begin(), separators.end(), [&](const auto& one) { return one.first == layout.separator; });
        out += "  separator: " + std::string(sign->second) + "\n";
    }
    if (!layout.header.empty()) {
        out += "  header: [";
        for (const std::string& text : layout.header)
            out += (&text == &layout.header.front() ? "" : ", ") + quoted(text);
        out += "]\n";
    }
    out += "  stub: " + std::to_string(layout.stub) + "\n";
    return out + (layout.cells ? "  records: cells  # its columns are periods\n" : "");
}

}  // namespace lienthong::workshop
