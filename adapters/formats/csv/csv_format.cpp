// Format "csv".
#include "adapters/formats/csv/csv_format.hpp"

#include "adapters/formats/csv/csv_reader.hpp"
#include "adapters/formats/csv/encoding.hpp"
#include "adapters/formats/grid/tables.hpp"
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {

Result<Tree> CsvFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    const auto text = utf8_of(bytes, layout.encoding);
    if (!text)
        return text.problem();
    CsvRules rules;
    rules.separator = layout.separator;
    rules.one_table = layout.header.empty() && layout.title.empty();
    rules.cells = std::min(rules.cells, limits.nodes);
    Tree tree;
    const auto grid = read_csv(tree.keep(*text), rules, tree);
    if (!grid)
        return grid.problem();
    if (auto problem = put_tables(*grid, layout, limits, tree, rules.one_table))
        return *std::move(problem);
    return tree;
}

}  // namespace lienthong::adapters
