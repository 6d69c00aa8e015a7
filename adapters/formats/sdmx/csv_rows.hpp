/// The rows of an SDMX-CSV document, one after the other: RFC 4180 with a separator of the document's own.
#pragma once

#include "hub/model/problem.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// A cell that holds doubled quotes is undone in a text of the reader's; the others point into the document.
class CsvRows
{
public:
    /// `line` is the one the document's first byte stands in, where it is a part of another.
    CsvRows(std::string_view document, char separator, std::size_t line = 1)
        : document_(document), separator_(separator), next_line_(line)
    {
    }

    /// The next row that is not blank; false at the end. What is wrong with it, not with the rows behind it, is in fault().
    [[nodiscard]] bool next();
    [[nodiscard]] const std::vector<std::string_view>& cells() const { return cells_; }
    /// The row's own bytes, without its line end.
    [[nodiscard]] std::string_view bytes() const { return document_.substr(start_, end_ - start_); }
    [[nodiscard]] std::size_t line() const { return line_; }
    [[nodiscard]] const std::optional<Problem>& fault() const { return fault_; }
    /// Whether a quote of the row never closes, so that nothing is known of what follows.
    [[nodiscard]] bool is_open() const { return open_; }

private:
    void read_cell();
    void read_quoted();
    void refuse(std::string detail, std::size_t offset);

    std::string_view document_;
    char separator_;
    std::size_t at_ = 0, start_ = 0, end_ = 0;
    std::size_t line_ = 0, next_line_;
    std::vector<std::string_view> cells_;
    std::vector<std::string> undone_;
    std::optional<Problem> fault_;
    bool open_ = false;
};

}  // namespace lienthong::adapters
