/// Reads RFC 4180 text with a declared separator into a grid; strictly, and in one pass.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "hub/model/result.hpp"

#include <cstddef>
#include <string_view>

namespace lienthong::adapters {

struct CsvRules
{
    char separator = ',';
    bool one_table = true;         ///< Every row has as many cells as the first; else only rows of more than one cell are alike.
    std::size_t cells = 1'000'000;
    std::size_t columns = 16'384;
    std::size_t cell_bytes = 4 * 32'767;
};

/// `text` is UTF-8 and lives as long as `tree`, which keeps what is quoted. Marks are "line:column" of a cell's first character.
/// Fails with: format.csv.syntax, format.csv.separator, format.csv.ragged, format.not_utf8 (a NUL), format.too_many_nodes; place
/// "line:column".
[[nodiscard]] Result<Grid> read_csv(std::string_view text, const CsvRules& rules, Tree& tree);

}  // namespace lienthong::adapters
