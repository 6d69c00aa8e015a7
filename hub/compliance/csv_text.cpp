// CSV cells, quoted where a comma, a quote or a line break stands in them.
#include "hub/compliance/csv_text.hpp"

namespace lienthong::compliance {
namespace {

void append_cell(std::string& out, std::string_view cell)
{
    const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quoted)
        out += '"';
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const char c = cell[i];
        if (c == '\r') {
            if (i + 1 == cell.size() || cell[i + 1] != '\n')
                out += '\n';
        } else if (c == '"') {
            out += "\"\"";
        } else {
            out += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
        }
    }
    if (quoted)
        out += '"';
}

constexpr std::string_view digits = "0123456789";

/// A sign, digits, and what people write between them.
bool is_number(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return !text.empty() && digits.find(text.front()) != std::string_view::npos &&
           text.find_first_not_of("0123456789., ") == std::string_view::npos;
}

}  // namespace

std::string guarded(std::string_view text)
{
    constexpr std::string_view openers = "=+-@\t\r\n";
    if (text.empty() || openers.find(text.front()) == std::string_view::npos || is_number(text))
        return std::string(text);
    return '\'' + std::string(text);
}

void append_csv_row(std::string& out, std::initializer_list<std::string_view> cells)
{
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!first)
            out += ',';
        first = false;
        append_cell(out, cell);
    }
    out += "\r\n";
}

}  // namespace lienthong::compliance
