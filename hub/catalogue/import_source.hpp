/// A table as an office keeps it, read for importing: any of three separators, either line end, with or without a byte order
/// mark, in any Unicode form. What was put right on the way is said, what cannot be is refused.
///
/// All functions are thread-safe.
#pragma once

#include "hub/catalogue/csv.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// Most that is taken in: bytes of a file, bytes of a line, cells. All of Vietnam's communes, old and new, are a tenth of it.
inline constexpr std::size_t most_source_bytes = std::size_t{16} << 20U;
inline constexpr std::size_t most_source_line = std::size_t{1} << 20U;
inline constexpr std::size_t most_source_cells = 2'000'000;

/// "comma", "semicolon" or "tab", or nothing.
[[nodiscard]] std::optional<char> separator_from(std::string_view word);
[[nodiscard]] std::string_view separator_word(char separator);

struct SourceText
{
    std::string text;            ///< UTF-8 in NFC, LF line ends, no byte order mark.
    std::vector<Problem> notes;  ///< import.mark_dropped, import.composed
};

/// Fails with: import.file (cannot be read, or empty), import.too_large.
[[nodiscard]] Result<std::string> read_source(const std::string& path);

/// `file` is what places begin with. Lines stay where they are; columns are counted in composed characters.
/// Fails with: import.file (empty), import.too_large, import.encoding.
[[nodiscard]] Result<SourceText> source_text(std::string_view bytes, const std::string& file);

struct SourceTable
{
    char separator = ',';
    std::vector<CsvRow> rows;  ///< Those with a cell that is not blank.
    std::size_t header = 0;    ///< Of `rows`.
};

/// The table in the text. `known` says how many cells of a row are headings somebody knows; the header is the first row with
/// the most of them, at least two, among the first hundred. With no separator declared each is tried, and the one is taken
/// under which a header is found.
/// Fails with: import.csv, import.header, import.separator (more than one would do).
[[nodiscard]] Result<SourceTable> source_table(const SourceText& source, const std::string& file, std::optional<char> declared,
                                               const std::function<std::size_t(const CsvRow&)>& known);

/// A sheet of a workbook: every row with as many cells as it reaches, empty ones too; lines and columns are the sheet's.
struct SourceSheet
{
    std::string name;
    std::vector<CsvRow> rows;
};

struct ChosenSheet
{
    std::string name;
    SourceTable table;
};

/// The same for a workbook: the table in the sheet `wanted`, or in the only one that has a header when none is named.
/// Fails with: import.header (place is the first sheet's), import.sheet (no such sheet, or several that would do).
[[nodiscard]] Result<ChosenSheet> source_table(const std::vector<SourceSheet>& sheets, const std::string& file, const std::string& wanted,
                                               const std::function<std::size_t(const CsvRow&)>& known);

/// What places in a sheet begin with: "bang.xlsx 'Sheet1'".
[[nodiscard]] std::string name_of(const std::string& file, const std::string& sheet);

/// Whether nothing but blanks stands in it.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace lienthong::catalogue
