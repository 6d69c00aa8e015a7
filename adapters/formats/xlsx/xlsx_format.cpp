// Format "xlsx".
#include "adapters/formats/xlsx/xlsx_format.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xlsx/workbook.hpp"

#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0";
constexpr std::string_view zip_file = "PK";
constexpr std::size_t most_cells = 1'000'000;

Problem not_a_workbook(std::string detail)
{
    return {"format.xlsx.not_workbook", std::move(detail), {}, {}, "a workbook saved as .xlsx", "ECMA-376 part 1"};
}

}  // namespace

Result<Grid> grid_of_workbook(std::string_view bytes, Tree& texts)
{
    if (bytes.starts_with(compound_file))
        return not_a_workbook("the file is an older workbook (.xls), or one with a password");
    if (!bytes.starts_with(zip_file))
        return not_a_workbook("the file is no workbook");
    const auto package = ZipReader::open(bytes);
    if (!package)
        return package.problem();
    const auto workbook = read_workbook(*package);
    if (!workbook)
        return workbook.problem();
    const auto styles = read_styles(*package, workbook->styles);
    if (!styles)
        return styles.problem();
    const auto shared = read_shared_texts(*package, workbook->shared_texts, texts);
    if (!shared)
        return shared.problem();
    std::size_t cells_left = most_cells;
    const SheetContext context{*package, *styles, *shared, workbook->dates, texts, cells_left};
    Grid grid;
    for (const SheetPart& part : workbook->sheets) {
        auto sheet = read_sheet(context, part);
        if (!sheet)
            return sheet.problem();
        grid.sheets.push_back(std::move(*sheet));
    }
    return grid;
}

std::optional<Problem> append_workbook(std::string_view bytes, const Layout& layout, const FormatLimits& limits, Tree& tree,
                                       const TablesPlace& place)
{
    const auto grid = grid_of_workbook(bytes, tree);
    return grid ? put_tables(*grid, layout, limits, tree, false, place) : std::optional(grid.problem());
}

Result<Tree> XlsxFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    Tree tree;
    if (auto problem = append_workbook(bytes, layout, limits, tree, {}))
        return *std::move(problem);
    return tree;
}

}  // namespace lienthong::adapters
