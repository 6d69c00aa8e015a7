/// TableFinder: where the tables of a sheet are, told by what stands in them and never by the number of a row.
#pragma once

#include "adapters/formats/grid/grid.hpp"
#include "adapters/formats/grid/tidy_text.hpp"
#include "hub/model/layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct Column
{
    std::uint32_t index = 0;
    std::string_view name;  ///< Header texts from above joined by " | "; unique in its table.
    bool names_rows = false;///< Stands in the stub and has a caption.
};

/// Rows are indices into Sheet::rows.
struct Table
{
    std::size_t body_begin = 0, body_end = 0;
    std::uint32_t stub = 0;       ///< Columns left of this one name the rows.
    std::vector<Column> columns;  ///< By index. What has no name is no part of the table.
    std::string_view title, unit;
    bool list = false;            ///< Every row is a record, whether it holds a value or not.
};

/// One text alone outside the stub: it stands over the rows below it.
[[nodiscard]] bool is_band(const Row& row, std::uint32_t stub);

/// Time is linear in the sheet. Not thread-safe.
class TableFinder
{
public:
    TableFinder(const Sheet& sheet, const Layout& layout, TidyText& tidy);

    /// All tables that the layout wants, from above.
    [[nodiscard]] std::vector<Table> find();
    /// The one table of a document whose header is its first row.
    [[nodiscard]] std::vector<Table> list();
    /// Which of the layout's header texts have stood in no header so far; all are folded.
    [[nodiscard]] const std::vector<std::string>& headers() const noexcept { return headers_; }
    [[nodiscard]] const std::vector<bool>& headers_seen() const noexcept { return seen_; }

private:
    struct Header
    {
        std::size_t begin = 0, end = 0;       ///< Its rows.
        std::vector<Column> columns;
        std::uint32_t stub = 0;
        std::string texts;                    ///< All its names, folded, for looking things up.
        bool figures_name_nothing = true;     ///< But years; other figures in a header are drafts.
    };

    [[nodiscard]] std::uint32_t gap_before(std::size_t row) const;
    [[nodiscard]] bool has_stub_text(std::size_t row, std::uint32_t stub) const;
    [[nodiscard]] bool is_stub_only(std::size_t row, std::uint32_t stub) const;
    [[nodiscard]] bool is_numbering(std::size_t row, std::uint32_t stub) const;
    [[nodiscard]] bool may_begin_body(std::size_t row, std::uint32_t& stub) const;
    [[nodiscard]] bool is_figures(std::size_t row, std::uint32_t stub) const;
    [[nodiscard]] std::uint32_t right_end(std::uint32_t row_number, std::uint32_t column) const;
    [[nodiscard]] bool is_unit_line(std::size_t row, std::uint32_t stub, std::size_t below_end) const;
    [[nodiscard]] bool begins_header(std::size_t row, const Table& table, const std::vector<bool>& numbers) const;
    [[nodiscard]] bool header_above(std::size_t body, std::size_t from, std::uint32_t stub, std::uint32_t first_value, Header& out);
    void name_columns(Header& header);
    void titles(const Header& header, std::size_t from, Table& out);
    [[nodiscard]] std::size_t end_of_body(const Table& table) const;
    [[nodiscard]] bool is_wanted(const Header& header, const Table& table);

    const Sheet& sheet_;
    const Layout& layout_;
    TidyText& tidy_;
    std::vector<std::string> titles_, headers_;  ///< Of the layout, folded.
    std::vector<bool> seen_;
    std::vector<bool> unit_rows_;
    std::string_view title_, unit_;              ///< The last of them.
};

}  // namespace lienthong::adapters
