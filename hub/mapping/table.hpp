/// Table: a look-up table beside a mapping, a CSV file whose first column is the key.
#pragma once

#include "hub/catalogue/csv.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::mapping {

using catalogue::Cell;

/// A read table never changes; reading it is thread-safe.
class Table
{
public:
    /// Reads RFC 4180 CSV with a header row, its columns parted by commas, or by semicolons as the first line says; cells are taken in NFC and without blanks around them. Appends every problem:
    /// table.malformed, table.ragged, table.duplicate_key, table.duplicate_column, table.empty.
    Table(std::string name, std::string file, std::string_view csv, std::vector<Problem>& problems);

    Table(Table&&) noexcept = default;
    Table& operator=(Table&&) noexcept = default;
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& file() const { return file_; }  ///< As places say it.
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
    [[nodiscard]] const Cell& header(std::size_t column) const { return header_[column]; }
    [[nodiscard]] const std::vector<std::vector<Cell>>& rows() const { return rows_; }
    /// The row whose first cell is `key`, or null.
    [[nodiscard]] const std::vector<Cell>* find(std::string_view key) const;
    [[nodiscard]] std::string place(const Cell& cell) const;

private:
    template <class Report>
    void take_header(const std::vector<Cell>& row, Report report);

    std::string name_, file_;
    std::vector<std::string> columns_;
    std::vector<Cell> header_;
    std::vector<std::vector<Cell>> rows_;
    std::unordered_map<std::string_view, std::size_t> index_;  ///< Keys are views into rows_.
};

}  // namespace lienthong::mapping
