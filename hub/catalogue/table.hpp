/// One catalogue file as a table: named columns, and cells read as codes, days, lists, with every fault kept.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/csv.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// Which characters a code may have: A–Z 0–9 _ and these.
inline constexpr std::string_view plain_code = "";
inline constexpr std::string_view agency_code = ".";
inline constexpr std::string_view area_code = ":";

class Table
{
public:
    /// Reads `directory`/`file`, whose header must name exactly `columns`, in any order.
    Table(const std::string& directory, std::string file, std::vector<std::string> columns, std::vector<Problem>& problems);

    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] const std::string& text(std::size_t row, std::string_view column) const { return cell(row, column).text; }
    [[nodiscard]] std::string line_place(std::size_t row) const;

    /// A text that must not be empty.
    [[nodiscard]] std::string required(std::size_t row, std::string_view column) const;
    /// A non-empty code.
    [[nodiscard]] std::string code(std::size_t row, std::string_view column, std::string_view also) const;
    /// A list parted by ';', in which nothing is empty or stands twice.
    [[nodiscard]] std::vector<std::string> list(std::size_t row, std::string_view column) const;
    /// "yes" or empty.
    [[nodiscard]] bool flag(std::size_t row, std::string_view column) const;
    [[nodiscard]] unsigned number(std::size_t row, std::string_view column) const;
    /// valid_from and valid_to.
    [[nodiscard]] Validity validity(std::size_t row) const;

    /// Keeps a problem at a cell; `found` is the cell's text.
    void report(std::size_t row, std::string_view column, std::string code, std::string detail, std::string expected = {}) const;

    /// The rows in a form that spelling, order of rows and order of columns do not touch: what the digest is over.
    [[nodiscard]] std::string canonical() const;

private:
    [[nodiscard]] const Cell& cell(std::size_t row, std::string_view column) const;
    [[nodiscard]] Day day(std::size_t row, std::string_view column) const;
    void take_header(const CsvRow& header);
    void take_row(CsvRow row);

    std::string file_;
    std::vector<std::string> columns_;  ///< In the order the file has them.
    std::vector<CsvRow> rows_;
    std::vector<Problem>& problems_;
};

/// Each key and validity of a file once: reports catalogue.duplicate where a row repeats one, catalogue.overlap where
/// two rows of one key hold on the same day. `key` and `validity` give those of a row.
void check_once(const Table& table, std::string_view column, const std::function<std::string(std::size_t)>& key,
                const std::function<Validity(std::size_t)>& validity);

}  // namespace lienthong::catalogue
