/// Columns: lines laid out by characters, not bytes, so that Vietnamese text stands straight.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::cli {

/// How many characters a text of NFC letters takes in a terminal.
[[nodiscard]] inline std::size_t width_of(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The rows one below the other, each cell but the last as wide as the widest of its column up to `most`; each row behind
/// `indent` and with a line end.
[[nodiscard]] inline std::string in_columns(const std::vector<std::vector<std::string>>& rows, std::string_view indent,
                                            std::size_t most = 44)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            widths.resize(std::max(widths.size(), i + 1));
            widths[i] = std::max(widths[i], std::min(most, width_of(row[i])));
        }
    std::string out;
    for (const auto& row : rows) {
        std::string line(indent);
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size())
                line += std::string(widths[i] - std::min(widths[i], width_of(row[i])) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace lienthong::cli
