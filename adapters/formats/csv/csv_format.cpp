// Format "csv".
#include "adapters/formats/csv/csv_format.hpp"

#include "adapters/formats/csv/csv_reader.hpp"
#include "adapters/formats/csv/encoding.hpp"
#include "adapters/formats/grid/tables.hpp"
#include "adapters/formats/place/place.hpp"

#include <utility>

namespace lienthong::adapters {

Result<Tree> CsvFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    auto document = decoded(bytes, layout.encoding);
    if (!document)
        return document.problem();
    const CsvRules rules = csv_rules(layout, limits);
    Tree tree;
    if (document->conversion)
        tree.set_conversion(*std::move(document->conversion));
    const auto grid = read_csv(tree.keep(document->text), rules, tree);
    if (!grid)
        return grid.problem();
    if (auto problem = put_tables(*grid, layout, limits, tree, rules.one_table))
        return *std::move(problem);
    return tree;
}

}  // namespace lienthong::adapters
