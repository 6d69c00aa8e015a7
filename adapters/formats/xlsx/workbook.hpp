/// The parts of a workbook: which sheets it has and in what order, its styles, its shared texts, and a sheet's cells.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "adapters/formats/xlsx/number_format.hpp"
#include "adapters/formats/zip/zip_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct SheetPart
{
    std::string name;  ///< As on its tab.
    std::string part;  ///< Its name in the package.
};

struct Workbook
{
    std::vector<SheetPart> sheets;  ///< Those that are seen, in the order of their tabs.
    std::string shared_texts;       ///< Names of parts; empty when there is none.
    std::string styles;
    DateSystem dates = DateSystem::from_1900;
};

/// How a cell is written.
struct CellStyle
{
    NumberFormat number;
    std::uint8_t indent = 0;     ///< Steps to the right.
    bool across = false;         ///< Centred over the empty cells beside it.
};

/// A text of the shared table, looked at once.
struct SharedText
{
    std::string_view text;
    bool blank = false;
    bool number = false;
};

/// What may be in one workbook.
inline constexpr std::size_t most_sheets = 256, most_styles = 65'536, most_merges = 50'000, most_columns = 16'384, most_rows = 1'048'576;
/// Longest text of one cell, in bytes: 32 767 characters.
inline constexpr std::size_t longest_cell = 4 * 32'767;

/// Fails with: format.xlsx.not_workbook, format.xlsx.macros, format.xlsx.damaged, and what ZipReader and read_xml fail with.
[[nodiscard]] Result<Workbook> read_workbook(const ZipReader& package);
[[nodiscard]] Result<std::vector<CellStyle>> read_styles(const ZipReader& package, const std::string& part);
/// Texts are kept in `texts`; rich text is joined, what tells how to pronounce it left out.
[[nodiscard]] Result<std::vector<SharedText>> read_shared_texts(const ZipReader& package, const std::string& part, Tree& texts);

/// What the sheets of one workbook share.
struct SheetContext
{
    const ZipReader& package;
    const std::vector<CellStyle>& styles;
    const std::vector<SharedText>& shared;
    DateSystem dates;
    Tree& texts;
    std::size_t& cells_left;  ///< Counted down over all sheets.
};

[[nodiscard]] Result<Sheet> read_sheet(const SheetContext& context, const SheetPart& part);

/// Characters that XML cannot hold are written "_x000D_".
[[nodiscard]] std::string without_escapes(std::string text);

[[nodiscard]] Problem damaged_workbook(std::string place, std::string detail, std::string_view found = {});

}  // namespace lienthong::adapters
