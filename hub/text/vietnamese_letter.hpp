/// One Vietnamese letter taken apart: vowel, tone and case, by one table of the alphabet. Shared by the files of this room.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lienthong::text {

/// The six tones in the order of the table: level, huyền, hỏi, ngã, sắc, nặng.
inline constexpr std::size_t tone_count = 6;
inline constexpr std::u16string_view small_vowels = u"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
inline constexpr std::u16string_view capital_vowels = u"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴ";
static_assert(small_vowels.size() == 12 * tone_count && capital_vowels.size() == small_vowels.size());

struct VietnameseLetter
{
    char16_t plain = u'\0';  ///< Small and without its tone: one of aăâeêioôơuưyđ, or an ASCII letter.
    std::size_t tone = 0;    ///< Place among the tones; 0 of a consonant.
    bool capital = false;

    /// With another tone or in the other case.
    [[nodiscard]] constexpr char16_t written() const
    {
        if (const std::size_t at = small_vowels.find(plain); at != std::u16string_view::npos)
            return (capital ? capital_vowels : small_vowels)[at + tone];
        if (plain == u'đ')
            return capital ? u'Đ' : u'đ';
        return capital ? static_cast<char16_t>(plain - u'a' + u'A') : plain;
    }
};

/// Nothing for what is no letter of the Vietnamese alphabet and no ASCII letter.
[[nodiscard]] constexpr std::optional<VietnameseLetter> vietnamese_letter(char32_t c)
{
    constexpr std::u16string_view ascii_vowels = u"aeiouyAEIOUY";
    if (c < 0x80 && ascii_vowels.find(static_cast<char16_t>(c)) == std::u16string_view::npos) {
        if (c >= U'a' && c <= U'z')
            return VietnameseLetter{.plain = static_cast<char16_t>(c)};
        if (c >= U'A' && c <= U'Z')
            return VietnameseLetter{.plain = static_cast<char16_t>(c - U'A' + U'a'), .capital = true};
        return std::nullopt;
    }
    if (c == U'đ' || c == U'Đ')
        return VietnameseLetter{.plain = u'đ', .capital = c == U'Đ'};
    if (c > 0xFFFF)
        return std::nullopt;
    for (const bool capital : {false, true}) {
        const std::size_t at = (capital ? capital_vowels : small_vowels).find(static_cast<char16_t>(c));
        if (at != std::u16string_view::npos)
            return VietnameseLetter{.plain = small_vowels[at - at % tone_count], .tone = at % tone_count, .capital = capital};
    }
    return std::nullopt;
}

}  // namespace lienthong::text
