/// Said: what an agency's figures of one indicator and period say, taken together. Zero is a figure, "no case" is an answer, and
/// neither is silence.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace lienthong {

/// Of several figures the first of these that holds for one of them counts.
enum class Said : std::uint8_t {
    figures,    ///< At least one value other than zero.
    zero,       ///< Zero, as a value.
    no_case,    ///< Không phát sinh.
    no_figure,  ///< Another reason why there is none: not available, not applicable, not permitted.
    unstated,   ///< A report as a whole, or nothing yet.
};

/// "figures", "zero", "no_case", "no_figure"; empty for unstated.
[[nodiscard]] inline std::string_view to_text(Said said)
{
    constexpr std::array<std::string_view, 5> names = {"figures", "zero", "no_case", "no_figure", ""};
    return names.at(static_cast<std::size_t>(said));
}
/// "có số liệu", "bằng 0", "không phát sinh" …
[[nodiscard]] inline std::string_view vietnamese(Said said)
{
    constexpr std::array<std::string_view, 5> words = {"có số liệu", "bằng 0", "không phát sinh", "nêu lý do không có số liệu", ""};
    return words.at(static_cast<std::size_t>(said));
}

}  // namespace lienthong
