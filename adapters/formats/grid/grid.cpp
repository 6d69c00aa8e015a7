#include "adapters/formats/grid/grid.hpp"

#include <algorithm>

namespace lienthong::adapters {
namespace {

constexpr float usual_width = 8;
constexpr std::size_t longest_number = 64;
constexpr std::string_view hard_blank = "\xC2\xA0";

/// Without blanks around, the unbreakable one among them.
std::string_view trimmed(std::string_view text)
{
    for (bool more = true; more && !text.empty();) {
        more = false;
        if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) {
            text.remove_prefix(1);
            more = true;
        } else if (text.starts_with(hard_blank)) {
            text.remove_prefix(hard_blank.size());
            more = true;
        }
    }
    while (!text.empty()) {
        if (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r'))
            text.remove_suffix(1);
        else if (text.ends_with(hard_blank))
            text.remove_suffix(hard_blank.size());
        else
            break;
    }
    return text;
}

}  // namespace

std::string_view name_of(CellKind kind)
{
    switch (kind) {
        case CellKind::text:
            return "text";
        case CellKind::number_text:
            return "number_text";
        case CellKind::number:
            return "number";
        case CellKind::percent:
            return "percent";
        case CellKind::date:
            return "date";
        case CellKind::boolean:
            return "boolean";
        case CellKind::error:
            return "error";
    }
    return "text";
}

float Sheet::start_of(std::uint32_t column) const
{
    if (column < starts.size())
        return starts[column];
    const float last = starts.empty() ? 0 : starts.back();
    const std::size_t beyond = starts.empty() ? column : column - (starts.size() - 1);
    return last + usual_width * static_cast<float>(beyond);
}

std::string column_letters(std::uint32_t column)
{
    std::string out;
    for (std::uint64_t left = std::uint64_t{column} + 1; left > 0; left = (left - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
    return out;
}

std::string mark_of(const Sheet& sheet, const Cell& cell)
{
    if (sheet.name.empty())
        return std::to_string(cell.line) + ":" + std::to_string(cell.place);
    std::string out = "'";
    for (const char c : sheet.name)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'!" + column_letters(cell.place - 1) + std::to_string(cell.line);
}

bool holds_blanks_only(std::string_view text)
{
    return trimmed(text).empty();
}

bool is_number_like(std::string_view text)
{
    if (text.size() > longest_number)
        return false;
    text = trimmed(text);
    if (text.starts_with("\xE2\x88\x92"))
        text.remove_prefix(3);
    else if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    if (text.ends_with('%'))
        text = trimmed(text.substr(0, text.size() - 1));
    if (text.empty() || text.front() < '0' || text.front() > '9' || text.back() < '0' || text.back() > '9')
        return false;
    bool mark = false;  // two marks in a row part no number: "1..2", "1/2" is a date or a name
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        const bool blank = text[i] == ' ' || text.substr(i).starts_with(hard_blank);
        if (digit) {
            mark = false;
            continue;
        }
        if (mark || (text[i] != '.' && text[i] != ',' && !blank))
            return false;
        mark = true;
        i += blank && text[i] != ' ' ? 1 : 0;
    }
    return true;
}

}  // namespace lienthong::adapters
