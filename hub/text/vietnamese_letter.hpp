/// One Vietnamese letter taken apart: vowel, tone and case, by one table of the alphabet. Shared by the files of this room.
#pragma once

#include <array>
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

/// The letters by code point: those below U+01B1, and those of Latin Extended Additional behind them. A plain of 0 is none.
inline constexpr char32_t letters_below = 0x1B1, more_letters = 0x1EA0, letters_end = 0x1EFA;
inline constexpr auto letter_table = [] {
    std::array<VietnameseLetter, letters_below + letters_end - more_letters> out{};
    const auto put = [&out](char16_t c, VietnameseLetter letter) {
        out[c < letters_below ? c : letters_below + (c - more_letters)] = letter;
    };
    for (char16_t c = u'a'; c <= u'z'; ++c) {
        put(c, {.plain = c});
        put(static_cast<char16_t>(c - u'a' + u'A'), {.plain = c, .capital = true});
    }
    put(u'đ', {.plain = u'đ'});
    put(u'Đ', {.plain = u'đ', .capital = true});
    for (std::size_t i = 0; i < small_vowels.size(); ++i)
        for (const bool capital : {false, true})
            put((capital ? capital_vowels : small_vowels)[i],
                {.plain = small_vowels[i - i % tone_count], .tone = i % tone_count, .capital = capital});
    return out;
}();

/// Nothing for what is no letter of the Vietnamese alphabet and no ASCII letter.
[[nodiscard]] constexpr std::optional<VietnameseLetter> vietnamese_letter(char32_t c)
{
    if (c >= letters_below && (c < more_letters || c >= letters_end))
        return std::nullopt;
    const VietnameseLetter& letter = letter_table[c < letters_below ? c : letters_below + (c - more_letters)];
    return letter.plain == u'\0' ? std::nullopt : std::optional(letter);
}

}  // namespace lienthong::text
