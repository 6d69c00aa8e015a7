/// Crosswalks: which code of one system means what a code of another means, on a day.
///
/// A hub stands between many systems of codes, which do not move together: after the mergers of 2025 Lào Cai has another
/// administrative code, and the identifier it had. A row is written once and read in both directions. Plain values, never
/// changed once loaded; reading them is thread-safe. Columns: mappings/catalogue/README.md.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lienthong::catalogue {

/// What the first code is to the second.
enum class CodeRelation : std::uint8_t {
    same,      ///< Both mean the same thing.
    broader,   ///< The first holds the second, and more.
    narrower,  ///< The first lies within the second.
    part,      ///< They share a part, and neither holds the other.
};

struct Crosswalk
{
    std::string from_system;  ///< "GSO"
    std::string from;         ///< "15", without its system.
    std::string to_system;    ///< "ISO_3166_2"
    std::string to;           ///< "VN-02"
    CodeRelation relation = CodeRelation::same;
    Validity validity;
    Mark mark = Mark::unverified;
    std::string act;
    std::string note;
    std::string place;  ///< "crosswalks.csv:12", for messages.
};

/// A code of the other system, as a look-up gives it; the row lives as long as the catalogue.
struct CodeMatch
{
    std::string_view system;
    std::string_view code;
    CodeRelation relation = CodeRelation::same;  ///< What the code asked about is to this one.
    const Crosswalk* row = nullptr;
};

/// The systems whose codes stand in tables of their own; those of areas are the systems of areas.csv ("GSO", "ISO").
inline constexpr std::string_view agency_system = "AGENCY";
inline constexpr std::string_view indicator_system = "INDICATOR";

/// "same", "broader", "narrower", "part".
[[nodiscard]] std::string_view to_text(CodeRelation relation);

}  // namespace lienthong::catalogue
