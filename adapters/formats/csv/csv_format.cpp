// Format "csv".
#include "adapters/formats/csv/csv_format.hpp"

#include "adapters/formats/csv/csv_reader.hpp"
#include "adapters/formats/csv/encoding.hpp"
#include "adapters/formats/grid/tables.hpp"
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

/// Of the tree of a list of rows: a node a cell and one a row, as many in all of the text as in its beginning.
std::size_t nodes_about(std::string_view text, char separator)
{
    constexpr std::size_t sample_bytes = 8 * 1024;
    const std::string_view sample = text.substr(0, sample_bytes);
    const auto parted = std::count(sample.begin(), sample.end(), separator), ended = std::count(sample.begin(), sample.end(), '\n');
    const auto nodes = static_cast<std::size_t>(parted + 2 * ended) + 16;
    return text.size() <= sample_bytes ? nodes : nodes * (text.size() / sample_bytes + 1);
}

/// Each row becomes its record as it is read. What is wrong with the text is told before what is too much of it, wherever it
/// stands.
std::optional<Problem> put_list(std::string_view text, const Layout& layout, const CsvRules& rules, const FormatLimits& limits, Tree& tree)
{
    tree.reserve(std::min(nodes_about(text, rules.separator), limits.nodes));
    CsvReader reader(rules, tree);
    ListedRows list(layout, limits, tree);
    std::optional<Problem> too_much;
    bool at_header = true;
    auto problem = reader.read(text, [&](Row& row) {
        if (std::exchange(at_header, false))
            static_cast<void>(list.begin(std::move(row)));
        else if (!too_much)
            too_much = list.put(row);
    });
    problem = problem ? std::move(problem) : reader.finish();
    return problem ? problem : too_much;
}

}  // namespace

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
    const std::string_view text = tree.adopt(std::move(document->text));
    if (rules.one_table && layout.stub == 0) {
        if (auto problem = put_list(text, layout, rules, limits, tree))
            return *std::move(problem);
        return tree;
    }
    const auto grid = read_csv(text, rules, tree);
    if (!grid)
        return grid.problem();
    if (auto problem = put_tables(*grid, layout, limits, tree, rules.one_table))
        return *std::move(problem);
    return tree;
}

}  // namespace lienthong::adapters
