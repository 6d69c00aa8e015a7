/// Upper and lower case of ASCII and Vietnamese letters, the same on every machine and with every ICU.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::mapping {

/// Letters beyond ASCII, Latin-1, Latin Extended-A's Ă Đ Ĩ Ũ, Ơ, Ư and Latin Extended Additional stay as they are.
[[nodiscard]] std::string upper_case(std::string_view utf8);
[[nodiscard]] std::string lower_case(std::string_view utf8);

}  // namespace lienthong::mapping
