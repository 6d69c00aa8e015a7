/// FigureKey: one figure, whoever tells it. Several agencies may tell the same one (Decision 228/QĐ-UBND Sơn La,
/// Article 10(2)); each telling is a series of its own.
#pragma once

#include "hub/model/observation.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong {

/// A series key but for its agency. Plain value.
struct FigureKey
{
    std::string indicator;
    std::string measure;
    std::string period;
    std::string area;
    std::string breakdown;

    friend auto operator<=>(const FigureKey&, const FigureKey&) = default;
};

[[nodiscard]] FigureKey figure_of(const SeriesKey& key);

/// The key as one text, fields joined by '|': "A_VIII_1|VALUE|2026-03|GSO:33|_T".
[[nodiscard]] std::string to_text(const FigureKey& key);
/// Reads what to_text() wrote: five fields, none of them empty.
[[nodiscard]] std::optional<FigureKey> figure_from(std::string_view text);

}  // namespace lienthong
