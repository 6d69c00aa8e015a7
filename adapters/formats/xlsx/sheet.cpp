// One sheet's part: its cells as they are seen.
#include "adapters/formats/xlsx/workbook.hpp"
#include "adapters/formats/xlsx/xml_events.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::uint32_t columns_measured = 64;  // where names of rows stand; others need no place
constexpr float usual_width = 8.43F, least_width = 0.1F;
constexpr std::size_t merge_rows_looked_at = 5'000'000;
constexpr std::size_t longest_formula_shown = 60;

/// A length in a sheet's own units; these are no figures.
std::optional<float> length_of(std::string_view text)
{
    float out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

struct Address
{
    std::uint32_t row = 0, column = 0;  // from 0
};

/// "B7".
std::optional<Address> address_of(std::string_view text)
{
    std::uint32_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
        column = column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
    const auto row = whole_number(text.substr(at));
    if (at == 0 || column > most_columns || !row || *row == 0 || *row > most_rows)
        return std::nullopt;
    return Address{*row - 1, column - 1};
}

std::optional<Merge> merge_of(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const auto from = address_of(text.substr(0, colon));
    const auto to = colon == std::string_view::npos ? from : address_of(text.substr(colon + 1));
    if (!from || !to || to->row < from->row || to->column < from->column)
        return std::nullopt;
    return Merge{from->row, from->column, to->row, to->column};
}

/// Columns that are not seen, and where the others begin.
class Columns
{
public:
    Columns() : widths_(columns_measured, usual_width) {}

    void set_default(std::string_view width)
    {
        if (const auto length = length_of(width)) {
            all_hidden_ = *length < least_width;
            std::fill(widths_.begin(), widths_.end(), *length);
        }
    }

    void take(const XmlAttributes& attributes)
    {
        const auto from = whole_number(attributes.of("min")), to = whole_number(attributes.of("max"));
        if (!from || !to || *from == 0 || *from > *to || *from > most_columns)
            return;
        const auto width = length_of(attributes.of("width"));
        const bool hidden = is_set(attributes.of("hidden")) || (width && *width < least_width);
        ranges_.push_back({*from - 1, std::min<std::uint32_t>(*to, most_columns) - 1, hidden});
        for (std::uint32_t i = *from - 1; i < std::min(*to, columns_measured); ++i)
            widths_[i] = width.value_or(usual_width);
    }

    void finish()
    {
        seen_from_.assign(most_columns + 1, 0);
        std::vector<bool> hidden(most_columns, all_hidden_);
        for (const Range& range : ranges_)
            for (std::uint32_t i = range.from; i <= range.to; ++i)
                hidden[i] = range.hidden;
        seen_from_[most_columns] = most_columns;
        for (std::uint32_t i = most_columns; i-- > 0;)
            seen_from_[i] = hidden[i] ? seen_from_[i + 1] : i;
    }

    /// The first column seen at or behind this one.
    [[nodiscard]] std::uint32_t seen_from(std::uint32_t column) const { return seen_from_[column]; }
    [[nodiscard]] bool is_seen(std::uint32_t column) const { return seen_from_[column] == column; }
    /// Ranges stand in order and apart; otherwise marking them could take long.
    [[nodiscard]] bool in_order() const
    {
        for (std::size_t i = 1; i < ranges_.size(); ++i)
            if (ranges_[i].from <= ranges_[i - 1].to)
                return false;
        return true;
    }
    [[nodiscard]] std::vector<float> starts() const
    {
        std::vector<float> out;
        float at = 0;
        for (std::uint32_t i = 0; i < columns_measured; ++i) {
            out.push_back(at);
            at += is_seen(i) ? widths_[i] : 0;
        }
        return out;
    }

private:
    struct Range
    {
        std::uint32_t from, to;
        bool hidden;
    };
    std::vector<Range> ranges_;
    std::vector<float> widths_;
    std::vector<std::uint32_t> seen_from_;
    bool all_hidden_ = false;
};

class SheetReader final : public XmlReader
{
public:
    SheetReader(const SheetContext& context, const SheetPart& part) : context_(context), part_(part)
    {
        sheet_.name = context.texts.keep(part.name);
    }

    std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "c")
            return open_cell(attributes);
        if (name == "v" || name == "f" || name == "t") {
            into_ = name == "v" ? &value_ : name == "f" ? &formula_ : phonetic_ ? nullptr : &inline_;
            has_formula_ = has_formula_ || name == "f";
        } else if (name == "row") {
            return open_row(attributes);
        } else if (name == "rPh") {
            phonetic_ = true;
        } else if (name == "sheetFormatPr") {
            columns_.set_default(attributes.of("defaultColWidth"));
        } else if (name == "col") {
            columns_.take(attributes);
        } else if (name == "sheetData") {
            if (!columns_.in_order())
                return damaged("the sheet's columns are not in order", {});
            columns_.finish();
            begun_ = true;
        } else if (name == "mergeCell") {
            return merge(attributes.of("ref"));
        }
        return std::nullopt;
    }

    std::optional<Problem> closed(std::string_view name) override
    {
        if (name == "v" || name == "f" || name == "t")
            into_ = nullptr;
        else if (name == "rPh")
            phonetic_ = false;
        else if (name == "c")
            return close_cell();
        return std::nullopt;
    }

    void characters(std::string_view text) override
    {
        if (into_ != nullptr && into_->size() <= longest_cell)
            *into_ += text;
    }

    Result<Sheet> take()
    {
        if (!begun_ && !columns_.in_order())
            return damaged("the sheet's columns are not in order", {});
        if (!begun_)
            columns_.finish();
        std::sort(sheet_.hidden_rows.begin(), sheet_.hidden_rows.end());
        sheet_.starts = columns_.starts();
        if (auto problem = settle_merges())
            return *std::move(problem);
        return std::move(sheet_);
    }

private:
    [[nodiscard]] Problem damaged(std::string detail, std::string_view found) const
    {
        return damaged_workbook(cell_.line == 0 ? "'" + part_.name + "'" : mark_of(sheet_, cell_), std::move(detail), found);
    }

    std::optional<Problem> open_row(const XmlAttributes& attributes)
    {
        const std::string_view written = attributes.of("r");
        const auto number = written.empty() ? std::optional(next_row_ + 1) : whole_number(written);
        if (!number || *number == 0 || *number > most_rows || *number <= next_row_)
            return damaged("a row has no number of its own, or stands out of order", written);
        next_row_ = *number;
        next_column_ = 0;
        const auto height = length_of(attributes.of("ht"));
        row_hidden_ = is_set(attributes.of("hidden")) || (height && *height < least_width);
        if (row_hidden_)
            sheet_.hidden_rows.push_back(next_row_ - 1);
        return std::nullopt;
    }

    std::optional<Problem> open_cell(const XmlAttributes& attributes)
    {
        if (next_row_ == 0 || !begun_)
            return damaged("a cell stands in no row", {});
        const std::string_view written = attributes.of("r");
        const auto address = written.empty() ? std::optional(Address{next_row_ - 1, next_column_}) : address_of(written);
        if (!address || address->row + 1 != next_row_ || address->column < next_column_ || address->column >= most_columns)
            return damaged("a cell's name does not fit its row, or stands out of order", written);
        next_column_ = address->column + 1;
        cell_ = {};
        cell_.column = address->column;
        cell_.line = next_row_;
        cell_.place = next_column_;
        type_ = attributes.of("t");
        const auto style = attributes.of("s").empty() ? std::optional(0U) : whole_number(attributes.of("s"));
        if (!style || (*style >= context_.styles.size() && !context_.styles.empty()))
            return damaged("a cell has a style that is not there", attributes.of("s"));
        style_ = context_.styles.empty() ? nullptr : &context_.styles[*style];
        value_.clear();
        inline_.clear();
        formula_.clear();
        has_formula_ = false;
        return std::nullopt;
    }

    std::optional<Problem> close_cell()
    {
        if (cell_.line == 0)
            return std::nullopt;
        if (auto problem = read_value())
            return problem;
        const bool spans = style_ != nullptr && style_->across;
        if (cell_.text.empty() && spans)
            cell_.blank = true;
        if ((cell_.text.empty() || cell_.blank) && !spans)
            return std::nullopt;
        if (context_.cells_left == 0)
            return Problem{"format.too_many_nodes", "the workbook has too many cells", mark_of(sheet_, cell_), {}, {}, {}};
        --context_.cells_left;
        cell_.indent = style_ == nullptr ? std::uint8_t{0} : style_->indent;
        cell_.across = spans;
        if (sheet_.rows.empty() || sheet_.rows.back().number + 1 != next_row_)
            sheet_.rows.push_back({next_row_ - 1, {}});
        sheet_.rows.back().cells.push_back(cell_);
        return std::nullopt;
    }

    std::optional<Problem> read_value()
    {
        if (value_.size() > longest_cell || inline_.size() > longest_cell)
            return damaged("a cell holds more than a cell may", std::to_string(std::max(value_.size(), inline_.size())) + " bytes");
        if (type_ == "inlineStr") {
            write(without_escapes(inline_));
        } else if (value_.empty()) {
            if (has_formula_ && type_ != "str")
                set(CellKind::error, "=" + shortened(formula_, longest_formula_shown));
        } else if (type_ == "s") {
            return shared();
        } else if (type_ == "str") {
            write(without_escapes(value_));
        } else if (type_ == "b") {
            set(CellKind::boolean, value_ == "1" ? "true" : "false");
        } else if (type_ == "e") {
            set(CellKind::error, value_);
        } else if (type_ == "d") {
            set(CellKind::date, value_);
        } else {
            return number();
        }
        return std::nullopt;
    }

    std::optional<Problem> shared()
    {
        const auto index = whole_number(value_);
        if (!index || *index >= context_.shared.size())
            return damaged("a cell's text is not in the workbook's table", value_);
        const SharedText& text = context_.shared[*index];
        cell_.text = text.text;
        cell_.blank = text.blank;
        cell_.kind = text.number ? CellKind::number_text : CellKind::text;
        return std::nullopt;
    }

    std::optional<Problem> number()
    {
        static const NumberFormat usual{};
        const auto printed = print_number(value_, style_ == nullptr ? usual : style_->number, context_.dates);
        if (!printed)
            return damaged("this is no number a sheet can hold", value_);
        set(printed->kind, printed->text);
        if (printed->text != value_)
            cell_.raw = context_.texts.keep(value_);
        return std::nullopt;
    }

    void write(const std::string& text)
    {
        cell_.blank = is_blank_text(text);
        set(is_number_like(text) ? CellKind::number_text : CellKind::text, text);
    }

    void set(CellKind kind, std::string_view text)
    {
        cell_.kind = kind;
        cell_.text = context_.texts.keep(text);
    }

    std::optional<Problem> merge(std::string_view ref)
    {
        const auto merge = merge_of(ref);
        cell_.line = 0;
        if (!merge)
            return damaged("a merged range has no place", ref);
        if (sheet_.merges.size() >= most_merges)
            return damaged("the sheet has too many merged ranges", "more than " + std::to_string(most_merges));
        if (merge->bottom > merge->top || merge->right > merge->left)
            sheet_.merges.push_back(*merge);
        return std::nullopt;
    }

    /// The first row seen at or behind this one.
    [[nodiscard]] std::uint32_t seen_row(std::uint32_t row) const
    {
        const auto& hidden = sheet_.hidden_rows;
        const auto found = std::lower_bound(hidden.begin(), hidden.end(), row);
        return found == hidden.end() || *found != row ? row : row_behind_[static_cast<std::size_t>(found - hidden.begin())];
    }

    void find_rows_behind()
    {
        const auto& hidden = sheet_.hidden_rows;
        row_behind_.resize(hidden.size());
        for (std::size_t i = hidden.size(); i-- > 0;)
            row_behind_[i] = i + 1 < hidden.size() && hidden[i + 1] == hidden[i] + 1 ? row_behind_[i + 1] : hidden[i] + 1;
    }

    /// What a merged range shows is the text of its first cell, at its first cell that is seen; what lies under it is not seen.
    std::optional<Problem> settle_merges()
    {
        find_rows_behind();
        std::vector<Merge> seen;
        std::map<std::uint32_t, std::vector<Cell>> moved;
        std::size_t looked_at = 0;
        const auto before = [](const Row& row, std::uint32_t number) { return row.number < number; };
        for (const Merge& merge : sheet_.merges) {
            const Merge shown{seen_row(merge.top), columns_.seen_from(merge.left), merge.bottom, merge.right};
            std::optional<Cell> anchor;
            for (auto row = std::lower_bound(sheet_.rows.begin(), sheet_.rows.end(), merge.top, before);
                 row != sheet_.rows.end() && row->number <= merge.bottom; ++row) {
                looked_at += 1 + row->cells.size();
                if (looked_at > merge_rows_looked_at)
                    return damaged("the sheet's merged ranges cover too much, or each other", {});
                for (Cell& cell : row->cells)
                    if (cell.column >= merge.left && cell.column <= merge.right) {
                        if (row->number == merge.top && cell.column == merge.left)
                            anchor = cell;
                        cell.column = most_columns;  // gone
                    }
            }
            if (shown.top > merge.bottom || shown.left > merge.right)
                continue;
            seen.push_back(shown);
            if (!anchor || anchor->blank)
                continue;
            anchor->column = shown.left;
            anchor->line = shown.top + 1;
            anchor->place = shown.left + 1;
            moved[shown.top].push_back(*anchor);
        }
        std::sort(seen.begin(), seen.end(), [](const Merge& a, const Merge& b) { return std::pair(a.top, a.left) < std::pair(b.top, b.left); });
        sheet_.merges = std::move(seen);
        put_together(std::move(moved));
        return std::nullopt;
    }

    void put_together(std::map<std::uint32_t, std::vector<Cell>> moved)
    {
        std::vector<Row> rows;
        rows.reserve(sheet_.rows.size() + moved.size());
        auto next = moved.begin();
        const auto take_moved = [&](std::uint32_t below) {
            for (; next != moved.end() && next->first < below; ++next)
                rows.push_back({next->first, std::move(next->second)});
        };
        for (Row& row : sheet_.rows) {
            take_moved(row.number);
            if (seen_row(row.number) != row.number)
                continue;
            std::erase_if(row.cells, [&](const Cell& cell) { return cell.column >= most_columns || !columns_.is_seen(cell.column); });
            if (next != moved.end() && next->first == row.number) {
                row.cells.insert(row.cells.end(), next->second.begin(), next->second.end());
                ++next;
            }
            if (!row.cells.empty())
                rows.push_back(std::move(row));
        }
        take_moved(std::numeric_limits<std::uint32_t>::max());
        for (Row& row : rows) {
            const auto by_column = [](const Cell& a, const Cell& b) { return a.column < b.column; };
            if (!std::is_sorted(row.cells.begin(), row.cells.end(), by_column))
                std::stable_sort(row.cells.begin(), row.cells.end(), by_column);
        }
        sheet_.rows = std::move(rows);
    }

    const SheetContext& context_;
    const SheetPart& part_;
    Sheet sheet_;
    Columns columns_;
    std::vector<std::uint32_t> row_behind_;
    Cell cell_;
    const CellStyle* style_ = nullptr;
    std::string type_, value_, inline_, formula_;
    std::string* into_ = nullptr;
    std::uint32_t next_row_ = 0, next_column_ = 0;
    bool has_formula_ = false, phonetic_ = false, row_hidden_ = false, begun_ = false;
};

}  // namespace

Result<Sheet> read_sheet(const SheetContext& context, const SheetPart& part)
{
    const auto bytes = context.package.read(part.part);
    if (!bytes)
        return bytes.problem();
    SheetReader reader(context, part);
    if (const auto read = read_xml(part.part, *bytes, reader); !read)
        return read.problem();
    return reader.take();
}

}  // namespace lienthong::adapters
