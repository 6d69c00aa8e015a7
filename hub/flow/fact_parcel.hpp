/// The parcel of facts: what a leaf told of one kind, or the part of it an item is, as far as it still holds, each with what the partner calls it.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/ports/fact_history.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/partner_names.hpp"
#include "hub/sdk/connector.hpp"

#include <optional>
#include <string>

namespace lienthong::flow {

/// A version that a later leaf superseded is left out: that leaf has an item of its own, which may already have been delivered. Where
/// none are left there is no parcel. Fails with: store.*, the run codes of mapping. Thread-safe.
[[nodiscard]] Result<std::optional<sdk::Parcel>> fact_parcel(const Store& store, const FactHistory& facts, const PartnerNames& names,
                                                              const mapping::Mapping& mapping, const std::string& kind, const OutboxItem& item);

}  // namespace lienthong::flow
