// Writes found tables as a tree.
#include "adapters/formats/grid/tables.hpp"

#include "adapters/formats/grid/table_finder.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::adapters {
namespace {

constexpr std::size_t most_levels = 16, longest_group = 1'000;
constexpr float indent_width = 2, left_of_all = -1;

constexpr std::string_view separator = " | ";
/// Of the members of a cell's record, which no column's name takes the place of.
constexpr std::array<std::string_view, 6> own_names = {"row", "group", "column", "value", "raw", "kind"};

class TreeWriter
{
public:
    TreeWriter(const Layout& layout, const FormatLimits& limits, Tree& tree, TidyText& tidy, const TablesPlace& place)
        : layout_(layout), limits_(limits), tree_(tree), tidy_(tidy), marks_behind_(place.marks_behind)
    {
        const NodeId root = place.under != no_node ? place.under : tree_.append(no_node, NodeKind::object, {}, 0);
        tables_ = tree_.append(root, NodeKind::array, "tables", 0);
    }

    std::optional<Problem> put(const Sheet& sheet, const Table& table)
    {
        begin(sheet, table);
        return put_rows(table);
    }

    /// The table without its rows; its list of records.
    NodeId begin(const Sheet& sheet, const Table& table)
    {
        sheet_ = &sheet;
        at_line_ = sheet.name.empty() && marks_behind_.empty();
        const NodeId node = tree_.append(tables_, NodeKind::object, {}, 0);
        text(node, "sheet", sheet.name);
        text(node, "title", table.title);
        text(node, "unit", table.unit);
        records_ = tree_.append(node, NodeKind::array, "records", 0);
        levels_.clear();
        group_ = {};
        return records_;
    }

    std::optional<Problem> put_rows(const Table& table)
    {
        for (std::size_t i = table.body_begin; i < table.body_end; ++i)
            if (auto problem = put_next(table, sheet_->rows[i]))
                return problem;
        return std::nullopt;
    }

    std::optional<Problem> put_next(const Table& table, const Row& row)
    {
        if (!table.list && is_band(row, table.stub)) {
            begin_band(row);
            return std::nullopt;
        }
        if (!table.list || table.stub > 0)
            name_row(table, row);
        if (layout_.cells)
            put_cells(records_, table, row);
        else
            put_row(records_, table, row);
        if (tree_.size() > limits_.nodes || tidy_.exhausted())
            return Problem{"format.too_many_nodes", "the tables hold too much", row.cells.empty() ? "" : mark(row.cells.front()), {}, {}, {}};
        return std::nullopt;
    }

private:
    struct Level
    {
        float at;  ///< How far from the left edge its text begins.
        bool group;
        std::string_view name;
        bool deeper = false;  ///< What it holds begins further right, so that a text as far left as it ends it.
    };

    /// A text lies below what begins further left, and below what stands above it without a value of its own.
    void name_row(const Table& table, const Row& row)
    {
        const bool values = table.list || std::any_of(row.cells.begin(), row.cells.end(),
                                                      [&](const Cell& cell) { return cell.column >= table.stub && !cell.blank; });
        label_ = {};
        bool changed = false;
        for (const Cell& cell : row.cells) {
            if (cell.column >= table.stub || cell.blank)
                continue;
            const std::string_view name = tidy_.tidied(cell.text);
            if (name.empty())
                continue;
            const float at = sheet_->start_of(cell.column) + static_cast<float>(leading_blanks(cell.text)) + indent_width * cell.indent;
            const bool continues = !values && name.ends_with(':');  // "Trong đó:" speaks of the row above
            while (!levels_.empty() && ends(levels_.back(), at, values, continues))
                levels_.pop_back();
            if (levels_.size() >= most_levels)
                levels_.pop_back();
            if (!levels_.empty())
                levels_.back().deeper = levels_.back().deeper || at > levels_.back().at;
            levels_.push_back({at, false, name});
            label_ = name;
            changed = true;
        }
        if (changed)
            levels_.back().group = !values;
        if (changed || row_had_label_ != changed)
            join(changed);
        row_had_label_ = changed;
    }

    static bool ends(const Level& level, float at, bool values, bool continues)
    {
        if (level.at != at)
            return level.at > at;
        if (continues)
            return level.group;
        return !level.group || level.deeper || !values;
    }

    void begin_band(const Row& row)
    {
        const auto cell = std::find_if(row.cells.begin(), row.cells.end(), [](const Cell& one) { return !one.blank; });
        levels_.assign(1, {left_of_all, true, tidy_.tidied(cell->text)});
        row_had_label_ = true;
    }

    void join(bool has_label)
    {
        std::string group;
        for (std::size_t i = 0; i + (has_label ? 1 : 0) < levels_.size() && group.size() <= longest_group; ++i)
            group += (group.empty() ? "" : std::string(separator)) + std::string(levels_[i].name);
        group = shortened(group, longest_group);
        if (group != group_)
            group_ = tidy_.keep(group);
    }

    static std::size_t leading_blanks(std::string_view text)
    {
        return std::min<std::size_t>(text.find_first_not_of(" \t\n\r"), 40);
    }

    template <class Each>
    void each_column(const Table& table, const Row& row, Each each) const
    {
        auto column = table.columns.begin();
        for (const Cell& cell : row.cells) {
            while (column != table.columns.end() && column->index < cell.column)
                ++column;
            if (column == table.columns.end())
                return;
            if (column->index == cell.column && !cell.blank)
                each(*column, cell);
        }
    }

    NodeId text(NodeId parent, std::string_view name, std::string_view value)
    {
        if (value.empty())
            return no_node;
        const NodeId node = tree_.append(parent, NodeKind::text, name, 0);
        tree_.set_text(node, value);
        return node;
    }

    [[nodiscard]] std::string mark(const Cell& cell) const
    {
        return std::string(marks_behind_) + (marks_behind_.empty() ? "" : " ") + mark_of(*sheet_, cell);
    }

    void mark(NodeId node, const Cell& cell)
    {
        if (node == no_node)
            return;
        if (at_line_)
            tree_.set_mark(node, cell.line, cell.place);
        else
            tree_.set_mark(node, tidy_.keep(mark(cell)));
    }

    void names(NodeId record, const Table& table)
    {
        if (table.stub == 0)
            return;
        text(record, "row", label_);
        text(record, "group", group_);
    }

    void put_row(NodeId records, const Table& table, const Row& row)
    {
        bool any = table.list;
        if (!any)
            each_column(table, row, [&](const Column& column, const Cell&) { any = any || column.index >= table.stub; });
        if (!any)
            return;
        const NodeId record = tree_.append(records, NodeKind::object, {}, 0);
        mark(record, row.cells.front());
        names(record, table);
        each_column(table, row, [&](const Column& column, const Cell& cell) {
            const bool own_name = table.stub > 0 && (column.name == "row" || column.name == "group");
            if (!own_name && at_line_ && !cell.text.empty())
                tree_.append_at_line(record, column.name, cell.text, cell.line, cell.place);
            else if (!own_name)
                mark(text(record, column.name, cell.text), cell);
        });
    }

    void put_cells(NodeId records, const Table& table, const Row& row)
    {
        beside_.clear();
        each_column(table, row, [&](const Column& column, const Cell& cell) {
            if (column.index < table.stub && std::find(own_names.begin(), own_names.end(), column.name) == own_names.end())
                beside_.emplace_back(column.name, &cell);
        });
        each_column(table, row, [&](const Column& column, const Cell& cell) {
            if (column.index < table.stub)
                return;
            const NodeId record = tree_.append(records, NodeKind::object, {}, 0);
            mark(record, cell);
            names(record, table);
            for (const auto& [name, beside] : beside_)
                mark(text(record, name, beside->text), *beside);
            text(record, "column", column.name);
            text(record, "value", cell.text);
            text(record, "raw", cell.raw);
            text(record, "kind", name_of(cell.kind));
        });
    }

    const Layout& layout_;
    const FormatLimits& limits_;
    Tree& tree_;
    TidyText& tidy_;
    std::string_view marks_behind_;
    NodeId tables_ = no_node, records_ = no_node;
    const Sheet* sheet_ = nullptr;
    std::vector<Level> levels_;
    std::vector<std::pair<std::string_view, const Cell*>> beside_;  ///< Of the row in hand: what names it, by column.
    std::string_view label_;
    std::string_view group_;
    bool row_had_label_ = false;
    bool at_line_ = false;  ///< Of a document without sheets and alone: a place is a line and a column.
};

/// What a layout asked for and no table has.
Problem no_table(const Layout& layout, const std::vector<bool>& seen)
{
    std::string missing;
    for (std::size_t i = 0; i < layout.header.size(); ++i)
        if (i >= seen.size() || !seen[i])
            missing += (missing.empty() ? "'" : ", '") + layout.header[i] + "'";
    std::string titles;
    for (const std::string& title : layout.title)
        titles += (titles.empty() ? "'" : "' or '") + title;
    Problem problem{"format.grid.no_table", "no table of the document is as the mapping's layout says", {}, {}, {}, {}};
    if (!missing.empty())
        problem.detail += "; in no header stands " + missing;
    problem.expected = shortened(titles.empty() ? "a header with every text of the layout" : "a table under " + titles + "'");
    return problem;
}

}  // namespace

struct ListedRows::Parts
{
    Parts(const Layout& declared, const FormatLimits& limits, Tree& tree) : layout(declared), tidy(tree), writer(layout, limits, tree, tidy, {}) {}

    const Layout layout;
    TidyText tidy;
    TreeWriter writer;
    Sheet sheet;
    Table table;
};

ListedRows::ListedRows(const Layout& layout, const FormatLimits& limits, Tree& tree)
    : parts_(std::make_unique<Parts>(layout, limits, tree))
{
}

ListedRows::~ListedRows() = default;

NodeId ListedRows::begin(Row header)
{
    parts_->sheet.rows.push_back(std::move(header));
    parts_->table = std::move(TableFinder(parts_->sheet, parts_->layout, parts_->tidy).list().front());
    return parts_->writer.begin(parts_->sheet, parts_->table);
}

std::optional<Problem> ListedRows::put(const Row& row)
{
    return parts_->writer.put_next(parts_->table, row);
}

std::optional<Problem> put_tables(const Grid& grid, const Layout& layout, const FormatLimits& limits, Tree& tree, bool list, const TablesPlace& place)
{
    if (list && !layout.cells) {
        std::size_t nodes = 16;
        for (const Sheet& sheet : grid.sheets)
            for (const Row& row : sheet.rows)
                nodes += 1 + row.cells.size() + (layout.stub == 0 ? 0 : 2);
        tree.reserve(std::min(nodes, limits.nodes));
    }
    TidyText tidy(tree);
    TreeWriter writer(layout, limits, tree, tidy, place);
    std::vector<bool> seen(layout.header.size(), false);
    std::size_t count = 0;
    for (const Sheet& sheet : grid.sheets) {
        TableFinder finder(sheet, layout, tidy);
        const auto tables = list && layout.header.empty() && layout.title.empty() ? finder.list() : finder.find();
        for (std::size_t i = 0; i < seen.size(); ++i)
            seen[i] = seen[i] || finder.headers_seen()[i];
        for (const Table& table : tables) {
            if (auto problem = writer.put(sheet, table))
                return problem;
            ++count;
        }
    }
    if (count == 0 && (!layout.header.empty() || !layout.title.empty()))
        return no_table(layout, seen);
    return std::nullopt;
}

}  // namespace lienthong::adapters
