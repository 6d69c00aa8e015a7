/// Refusals of figures: that a figure somebody owes came and was refused stands in the list of compliance events, so that it is
/// told from one that never came.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/compliance_event.hpp"
#include "hub/ports/store.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::flow {

/// Which figures are owed, by indicator and agency, whenever. Reading is thread-safe.
class OwedFigures
{
public:
    /// Nothing is owed.
    OwedFigures() = default;
    /// Those of every set of the catalogue: a board can be asked of any.
    explicit OwedFigures(const catalogue::Catalogue& catalogue);

    [[nodiscard]] bool has(const SeriesKey& key) const { return owed_.contains({key.indicator, key.agency}); }

private:
    std::set<std::pair<std::string, std::string>> owed_;  ///< Indicator, agency.
};

/// One event for each owed figure that records refused in this submission speak of, and none it accepted does. What nobody owes
/// leaves none, so that a source that sends much that is refused does not fill the list; nor does a replay, whose message left
/// its events before. Thread-safe.
[[nodiscard]] std::vector<ComplianceEvent> figure_refusals(const Application& application, const Applied& applied, const OwedFigures& owed);

}  // namespace lienthong::flow
