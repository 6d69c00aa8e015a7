/// Grid: a document of rows as it lies before the eye, whatever format it was written in.
///
/// Only what is seen and holds something is in it: no hidden sheet, row or column, no empty cell. Rows and cells are in
/// order; a row that is not there is empty. Texts live in the arena of the tree that will be made of the grid, so that
/// nothing is copied twice. Not thread-safe.
#pragma once

#include "hub/model/tree.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

enum class CellKind : std::uint8_t {
    text,
    number_text,  ///< A number that was stored as text; it stands as its writer wrote it.
    number,       ///< A plain decimal: point, no grouping, '-' before it.
    percent,      ///< The same, times a hundred as it is printed, without the sign.
    date,         ///< ISO 8601: "2025-03-31", with a time "2025-03-31T09:12:03", a time alone "09:12:03".
    boolean,      ///< "true" or "false".
    error,        ///< "#N/A" and its like, or "=…": a formula whose value was not saved.
};

[[nodiscard]] std::string_view name_of(CellKind kind);

struct Cell
{
    std::uint32_t column = 0;  ///< From 0.
    std::uint32_t line = 0;    ///< As people count, for the mark: a sheet's row, or the line of a text document.
    std::uint32_t place = 0;   ///< The same: a sheet's column from 1, or the character in the line.
    CellKind kind = CellKind::text;
    bool blank = false;      ///< Holds blanks only; kept because such a cell may end a text that runs over its neighbours.
    bool across = false;     ///< Its text is centred over the empty cells to its right that say the same.
    std::uint8_t indent = 0;
    std::string_view text;   ///< As printed; see CellKind.
    std::string_view raw;    ///< As stored, where that differs from `text`, else empty.
};

struct Row
{
    std::uint32_t number = 0;  ///< From 0; numbers may be left out, which is an empty row.
    std::vector<Cell> cells;
};

/// One text that stands over several rows and columns; all four inclusive, from 0, by number.
struct Merge
{
    std::uint32_t top = 0, left = 0, bottom = 0, right = 0;
};

struct Sheet
{
    std::string_view name;      ///< Empty where the document has no sheets.
    std::vector<Row> rows;
    std::vector<Merge> merges;  ///< Those of which something is seen, by their top row.
    /// Where columns begin, in characters from the left edge; a column beyond the last begins where it would at eight each.
    std::vector<float> starts;
    /// Numbers of rows that are there but hidden: between two seen rows they are no gap. Sorted.
    std::vector<std::uint32_t> hidden_rows;

    [[nodiscard]] float start_of(std::uint32_t column) const;
};

struct Grid
{
    std::vector<Sheet> sheets;
};

/// "A" for 0, "XFD" for 16383.
[[nodiscard]] std::string column_letters(std::uint32_t column);
/// `'IIP'!B7`, or "5:12" where the sheet has no name.
[[nodiscard]] std::string mark_of(const Sheet& sheet, const Cell& cell);

/// Whether a text is a number as someone would write it: digits with points, commas and blanks between, a sign before
/// or a percent sign behind. Says nothing of what it means. Looks at 64 bytes at most.
[[nodiscard]] bool is_number_like(std::string_view text);
/// Whether it holds blanks only, the unbreakable one among them.
[[nodiscard]] bool holds_blanks_only(std::string_view text);
/// The same; most texts say so by their first byte.
[[nodiscard]] inline bool is_blank_text(std::string_view text)
{
    constexpr unsigned char first_of_unbreakable = 0xC2;
    const auto first = text.empty() ? first_of_unbreakable : static_cast<unsigned char>(text.front());
    return (first <= ' ' || first == first_of_unbreakable) && holds_blanks_only(text);
}

}  // namespace lienthong::adapters
