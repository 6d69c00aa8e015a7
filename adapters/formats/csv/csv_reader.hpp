/// Reads RFC 4180 text with a declared separator into rows; strictly, and in one pass.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "hub/model/layout.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/format.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct CsvRules
{
    char separator = ',';
    bool one_table = true;         ///< Every row has as many cells as the first; else only rows of more than one cell are alike.
    bool kinds = true;             ///< Somebody asks which cells are numbers.
    std::size_t cells = 1'000'000;  ///< That hold something, in the whole document.
    std::size_t columns = 16'384;
    std::size_t cell_bytes = 4 * 32'767;
};

/// As a mapping lays its documents out. The tree of a document has a node for each cell and one for each row, so half of them
/// may be cells.
[[nodiscard]] CsvRules csv_rules(const Layout& layout, const FormatLimits& limits);

/// The separators people write CSV with, as another than the declared one is looked for among them.
inline constexpr std::string_view csv_separators = ",;\t|";

/// Texts are UTF-8 and live as long as the rows; `tree` keeps what is quoted with doubled quotes. Marks are "line:column" of a
/// cell's first character. Fails with: format.csv.syntax, format.csv.separator, format.csv.ragged, format.not_utf8 (a NUL),
/// format.too_many_nodes; place "line:column". Not thread-safe.
class CsvReader
{
public:
    CsvReader(const CsvRules& rules, Tree& tree);

    /// Takes a row until it returns, or moves it away.
    using TakeRow = std::function<void(Row& row)>;
    /// Hands over those rows that hold something. The text is of whole rows, and follows what was read before.
    [[nodiscard]] std::optional<Problem> read(std::string_view text, const TakeRow& take);
    /// At the document's end: whether it was written with the separator that was declared.
    [[nodiscard]] std::optional<Problem> finish() const;

private:
    [[nodiscard]] Problem at(const char* code, std::string detail, std::uint32_t line, std::uint32_t place, std::string found = {},
                             std::string expected = {}) const;
    [[nodiscard]] Problem here(const char* code, std::string detail) const { return at(code, std::move(detail), line_, place_); }
    void step();
    std::optional<Problem> row(const TakeRow& take);
    std::optional<Problem> alike(const Row& row, std::uint32_t count, std::uint32_t line);
    void look_for_separators(const Row& row, std::uint32_t count);
    std::optional<Problem> read_cell(Cell& cell);
    std::optional<Problem> quoted(Cell& cell);

    const CsvRules rules_;
    Tree& tree_;
    std::string_view text_;
    Row row_;  ///< The one in hand.
    /// What a byte is to a cell that is not quoted.
    enum class Role : std::uint8_t { begins = 0, continues = 1, ends = 2 };  ///< A character; the cell, or breaks it.
    std::array<Role, 256> roles_{};
    std::array<bool, csv_separators.size()> stands_{};  ///< Which separators stand in rows of one cell.
    std::size_t at_ = 0, cells_ = 0;
    std::uint32_t line_ = 1, place_ = 1, rows_ = 0, width_ = 0, width_line_ = 0, widest_ = 0;
    std::uint32_t first_line_ = 0, first_place_ = 0;  ///< Of the first cell that holds something.
};

/// A whole document.
[[nodiscard]] Result<Grid> read_csv(std::string_view text, const CsvRules& rules, Tree& tree);

}  // namespace lienthong::adapters
