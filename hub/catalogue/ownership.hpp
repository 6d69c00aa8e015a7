/// Ownership: who answers for a figure that several agencies tell, and whose telling readers are served.
///
/// No agency should owe what another owes already (one datum, one owner); where it happens all the same, the agencies
/// look together and agree which source is the more reliable (Decision 228/QĐ-UBND Sơn La, Article 10(2)). Until they
/// have, the owner's figure is the one served. Pure functions, thread-safe.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/figure.hpp"
#include "hub/model/observation.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// The agencies the catalogue names for a figure on the last day of its period, the owner first; none where it names
/// nobody. The owner is who assignments.csv says for the province of those who tell the figure (`telling`, canonical
/// codes), or of those the indicator's line names; else the first the line names.
[[nodiscard]] std::vector<std::string> responsible_for(const Catalogue& catalogue, const FigureKey& figure,
                                                       std::span<const std::string> telling);

struct Serving
{
    std::string owner;          ///< Empty where the catalogue names nobody.
    std::string served;         ///< Whose telling is served: one of those who tell the figure.
    bool owner_absent = false;  ///< There is an owner, and it has not told the figure.
    bool settled = false;       ///< A settlement chose the one served.
};

/// Which telling is served: the one settled on; else the owner's; else that of the first in `responsible` who tells it;
/// else that of the first who tells it. `telling` ascends and holds at least one; `settled_on` is the agency of a
/// settlement in force, or "". An owner that says why it has no value has told the figure.
[[nodiscard]] Serving serving_of(std::span<const std::string> responsible, std::span<const std::string> telling,
                                 std::string_view settled_on);

/// Whether two observations of one figure say the same: availability, and the value as a decimal in one unit ("1.0" of
/// billions is "1000" of millions). Unknown units are the same only where written alike.
[[nodiscard]] bool same_figure(const Catalogue& catalogue, const Observation& a, const Observation& b);

}  // namespace lienthong::catalogue
