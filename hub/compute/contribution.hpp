/// Contribution: what one fact brings to the figures of a computation. A pure function of the fact.
#pragma once

#include "hub/compute/computation.hpp"
#include "hub/model/fact_version.hpp"

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::compute {

/// What all figures of a group share.
struct GroupKey
{
    std::string period, area, breakdown, agency;
    friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

/// What it brings to one figure.
struct Part
{
    bool counts = false;                ///< It is among those the figure is about; of a share, the whole.
    bool selected = false;              ///< Of a share: it is of the part too.
    std::string value{};                ///< sum, average: a canonical decimal.
    std::optional<Problem> left_out{};  ///< Why it can be neither; place "dossier/<key>/<field>".
};

struct Contribution
{
    bool belongs = false;                ///< `where` holds; otherwise nothing else is said.
    std::optional<Problem> set_aside{};  ///< Why nobody can say where it belongs.
    GroupKey group{};                    ///< Codes as of the period.
    std::vector<Part> parts{};           ///< One a figure, in their order.
};

/// Never fails: what is wrong with the fact is in the contribution. At most mapping::steps_of_record steps. Thread-safe.
[[nodiscard]] Contribution contribution(const Computation& computation, const FactVersion& fact,
                                        const catalogue::Catalogue& catalogue);

}  // namespace lienthong::compute
