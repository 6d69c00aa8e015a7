/// Holdings of a flow, read from the journal and the store, and the figures one item of its source told.
#pragma once

#include "hub/flow/reconciliation.hpp"
#include "hub/ports/journal.hpp"
#include "hub/ports/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lienthong::flow {

/// What the hub holds of one flow; of facts only the kinds the inventory speaks of. Reads every message of the flow, without its
/// bytes. Fails with: journal.*, store.*. Thread-safe.
[[nodiscard]] Result<Holdings> holdings_of(const Journal& journal, const Store& store, const std::string& flow,
                                           const sdk::Inventory& inventory);

/// Every message of a flow, those the hub wrote itself among them, in the order they came. Fails with: journal.*. Thread-safe.
[[nodiscard]] Result<std::vector<HeldMessage>> messages_of(const Journal& journal, const std::string& flow);

/// The figures an item told that stand as it told them: the current revision of their series is the one it made or repeated, it is
/// a value, and no other item of the flow tells the same. `is_gone` says which other items do not count, because the source has
/// them no more. Fails with: journal.*, store.*. Thread-safe.
[[nodiscard]] Result<std::vector<RevisionRow>> standing_figures(const Journal& journal, const Store& store, const std::string& flow,
                                                                const std::string& item,
                                                                const std::function<bool(const std::string& item)>& is_gone);

/// The figures the last withdrawal of an item took back, as they were before, as far as nobody has told anything since.
/// Fails with: journal.*, store.*. Thread-safe.
[[nodiscard]] Result<std::vector<RevisionRow>> withdrawn_figures(const Journal& journal, const Store& store,
                                                                 const std::string& flow, const std::string& item);

}  // namespace lienthong::flow
