/// As of the period: what an area or agency that can only be found once the period is known is until then, as a text.
///
/// An expression may be worked out before the period is, or once for all records of a document; so `area_within` and
/// `crosswalk` write down what is asked, and the recorder asks it. A document that forges such a text asks a question it may
/// ask anyway. Pure functions.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::mapping {

/// The name of an area below another; the parent is itself such a text, or a full code.
struct Within
{
    std::string_view parent, name;
};

/// A code of one system, wanted as a code of another.
struct AskedCrosswalk
{
    std::string_view from_system, code, to_system;
};

[[nodiscard]] std::string within_text(std::string_view parent, std::string_view name);
[[nodiscard]] std::optional<Within> within_from(std::string_view text);

/// The two systems of a crosswalk, as the program keeps them.
[[nodiscard]] std::string joined_systems(std::string_view from, std::string_view to);
[[nodiscard]] std::string crosswalk_text(std::string_view systems, std::string_view code);
[[nodiscard]] std::optional<AskedCrosswalk> crosswalk_from(std::string_view text);

/// What such a text, or a plain one, means on a day. Fails with: area.*, agency.*, crosswalk.*.
[[nodiscard]] Result<const catalogue::Area*> area_as_of(std::string_view text, const catalogue::Catalogue& catalogue,
                                                        catalogue::Day day);
[[nodiscard]] Result<const catalogue::Agency*> agency_as_of(std::string_view text, const catalogue::Catalogue& catalogue,
                                                            catalogue::Day day);

/// That day alone.
[[nodiscard]] inline catalogue::Validity only_on(catalogue::Day day)
{
    return {day, std::chrono::sys_days{day} + std::chrono::days{1}};
}

}  // namespace lienthong::mapping
