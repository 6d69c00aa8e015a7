/// The hub's central values: a series key, an observation of it, and a fact.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong {

/// What one figure is a figure of. Two observations with equal keys are two tellings of the same figure.
/// Field order is the order of the canonical form.
struct SeriesKey
{
    std::string indicator;  ///< Catalogue code, e.g. "A_I_1". A–Z 0–9 _ only.
    std::string measure;    ///< One of the values the indicator packs, e.g. "VS_PREVIOUS_MONTH".
    std::string period;     ///< Canonical period text (text/period.hpp), e.g. "2025-03", "2025-Q1", "2025".
    std::string area;       ///< "<system>:<code>", e.g. "GSO:33".
    std::string breakdown;  ///< "_T" for the total, else "DIMENSION=CODE" joined by ";" in dimension order.
    std::string agency;     ///< The responsible organisation's canonical code, e.g. "H33.09".

    friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

/// The key as one text, fields joined by '|'. No field may hold a '|'.
[[nodiscard]] std::string to_text(const SeriesKey& key);

/// NĐ 94/2022 Điều 5(3): estimated, preliminary, official.
enum class Vintage : std::uint8_t { unstated, estimated, preliminary, official };

/// Why a figure is or is not there. Zero is a value.
enum class Availability : std::uint8_t { value, not_available, not_applicable, not_permitted, no_case };

[[nodiscard]] std::string_view to_text(Vintage vintage);
[[nodiscard]] std::string_view to_text(Availability availability);
[[nodiscard]] std::optional<Vintage> vintage_from(std::string_view text);
[[nodiscard]] std::optional<Availability> availability_from(std::string_view text);

struct Observation
{
    SeriesKey key;
    std::string value;         ///< Plain decimal text ("-1.26", scale as sent); empty unless availability is value.
    std::string unit;          ///< Catalogue unit code after conversion.
    Vintage vintage = Vintage::unstated;
    Availability availability = Availability::value;
    std::string window{};      ///< Period window as published, "2025-02-15/2025-03-14"; empty when the calendar's.
    std::string source{};      ///< Where the sender says it comes from: a document number, an address. Not identity.

    friend bool operator==(const Observation&, const Observation&) = default;
};

/// A keyed event, such as a dossier, from which indicators can be computed. A later message supersedes.
struct Fact
{
    std::string kind;  ///< "dossier", "document"
    std::string key;   ///< The source's own identity of the event.
    std::vector<std::pair<std::string, std::string>> fields;  ///< Named in the mapping; values as text.

    friend bool operator==(const Fact&, const Fact&) = default;
};

}  // namespace lienthong
