/// Cuts a document of separated values into whole rows, byte by byte and without reading them.
#pragma once

#include "adapters/formats/place/place.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

/// Where a row ends is told as readers of RFC 4180 tell it: a quote opens a cell only at the cell's start, and a row that is not
/// written so ends where its line does. The byte order mark at the document's start is no part of a cell. Not thread-safe.
class RowCutter
{
public:
    /// A row of more than `most` bytes is too large.
    RowCutter(char separator, std::size_t most) : separator_(separator), most_(most) {}

    /// Takes in what follows; format.too_large of a row that does not end.
    [[nodiscard]] std::optional<Problem> feed(std::string_view piece);
    /// The rows that became whole with the last piece, each with its line end; empty when none did. They stay until the next piece.
    [[nodiscard]] std::string_view rows() const { return std::string_view(held_).substr(0, whole_); }
    /// The line rows() begins in.
    [[nodiscard]] std::size_t line() const { return line_; }
    /// At the document's end: what stands behind its last line end becomes a row, or the beginning of one.
    void finish();

private:
    enum class Mode : std::uint8_t { begin, plain, quoted, closing, lost };

    void let_go();

    const char separator_;
    const std::size_t most_;
    std::string held_;
    std::size_t whole_ = 0, line_ = 1, seen_ = 0;
    Mode mode_ = Mode::begin;
};

}  // namespace lienthong::adapters
