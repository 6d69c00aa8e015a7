/// Vietnamese syllables by their grammar: which onset, rime and tone may stand together. No dictionary.
#pragma once

#include <string_view>

namespace lienthong::text {

/// Whether `word` is one syllable as Vietnamese write it: an onset, a rime and at most one tone over the vowel that bears it
/// ("hoà" and "hòa" both), c, ch, p and t only with sắc or nặng. Also the spellings of names from minority languages, such as
/// "Đắk" and "Krông". Case is not looked at. Thread-safe.
[[nodiscard]] bool is_syllable(std::u32string_view word);

}  // namespace lienthong::text
