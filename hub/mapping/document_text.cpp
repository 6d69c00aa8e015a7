// Judges texts byte by byte, so that nearly all of them need neither a copy nor ICU.
#include "hub/mapping/document_text.hpp"

#include "hub/text/same_text.hpp"

namespace lienthong::mapping {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::uint64_t beyond_ascii = 0x8080'8080'8080'8080U;

/// The last bytes are looked at together with some before them, so that no text of four or more is looked at byte by byte.
bool is_ascii(std::string_view text)
{
    const char* const at = text.data();
    const std::size_t size = text.size();
    std::uint64_t all = 0;
    if (size >= 8) {
        for (std::size_t i = 0; i + 8 < size; i += 8)
            all |= text::word_at<std::uint64_t>(at + i);
        all |= text::word_at<std::uint64_t>(at + size - 8);
    } else if (size >= 4) {
        all = text::word_at<std::uint32_t>(at) | text::word_at<std::uint32_t>(at + size - 4);
    } else {
        for (const char c : text)
            all |= static_cast<unsigned char>(c);
    }
    return (all & beyond_ascii) == 0;
}

/// Whether neither end is a blank's.
bool has_no_blanks_around(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front()), last = static_cast<unsigned char>(text.back());
    return first > ' ' && last > ' ' && first != 0xC2U && last != 0xA0U;
}

}  // namespace

std::string_view without_blanks(std::string_view text)
{
    if (!text.empty() && has_no_blanks_around(text))
        return text;
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    for (;;) {
        if (!text.empty() && blank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(2);
        else
            break;
    }
    for (;;) {
        if (!text.empty() && blank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(2);
        else
            return text;
    }
}

bool is_surely_nfc(std::string_view text)
{
    if (is_ascii(text))
        return true;
    std::size_t i = 0;
    while (i + 8 <= text.size() && (text::word_at<std::uint64_t>(text.data() + i) & beyond_ascii) == 0)
        i += 8;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0U;
        const auto follows = [](unsigned c) { return (c & 0xC0U) == 0x80U; };
        if (lead < 0x80U)
            i += 1;
        else if (lead >= 0xC3U && lead <= 0xC9U && follows(second))
            i += 2;
        else if (lead == 0xE1U && second >= 0xB8U && second <= 0xBBU && follows(third))
            i += 3;
        else
            return false;
    }
    return true;
}

}  // namespace lienthong::mapping
