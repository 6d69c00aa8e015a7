/// The tables of a grid, and the tree that mappings read them from.
///
///     {"tables": [{"sheet": …, "title": …, "unit": …, "records": [ … ]}, …]}
///
/// A record is a row, `{"row": …, "group": "a | b", "<column>": …}`, or with `records: cells` a cell,
/// `{"row": …, "group": …, "<column that names rows>": …, "column": "a | b", "value": …, "raw": …, "kind": …}`. What is not there
/// is left out. mappings/README.md, "Documents of rows", says how a table is found and what each member holds.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "hub/model/layout.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/format.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace lienthong::adapters {

/// Where the document comes to hang, when it is part of another.
struct TablesPlace
{
    NodeId under = no_node;            ///< An element, or no_node: the document is the tree's own.
    std::string_view marks_behind{};  ///< What stands before every mark, so that two such parts are told apart.
};

/// Appends the document to a tree, which keeps the grid's texts already. `list` is for documents that are one table from
/// their first row on, when no header is declared. Time is linear in what the grid holds.
/// Fails with: format.too_many_nodes, format.grid.no_table (a header or title is declared that stands nowhere).
[[nodiscard]] std::optional<Problem> put_tables(const Grid& grid, const Layout& layout, const FormatLimits& limits, Tree& tree,
                                                bool list = false, const TablesPlace& place = {});

/// A document that is one table from its first row on, when its rows come in parts and none of its columns names them
/// (`stub: 0`): a record is then made of its row and the header alone. Texts of rows need to live as long as their records.
/// Not thread-safe.
class ListedRows
{
public:
    /// Appends the document without a table. The limits and the tree must outlive it.
    ListedRows(const Layout& layout, const FormatLimits& limits, Tree& tree);
    ~ListedRows();
    ListedRows(const ListedRows&) = delete;
    ListedRows& operator=(const ListedRows&) = delete;

    /// Appends the table; its list of records.
    NodeId begin(Row header);
    /// Appends the records of the next row. Fails with: format.too_many_nodes.
    [[nodiscard]] std::optional<Problem> put(const Row& row);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace lienthong::adapters
