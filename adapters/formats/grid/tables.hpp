/// The tables of a grid, and the tree that mappings read them from.
///
///     {"tables": [{"sheet": …, "title": …, "unit": …, "records": [ … ]}, …]}
///
/// A record is a row, `{"row": …, "group": "a | b", "<column>": …}`, or with `records: cells` a cell,
/// `{"row": …, "group": …, "column": "a | b", "value": …, "raw": …, "kind": …}`. What is not there is left out. mappings/README.md,
/// "Documents of rows", says how a table is found and what each member holds.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "hub/model/layout.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/format.hpp"

#include <optional>

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

}  // namespace lienthong::adapters
