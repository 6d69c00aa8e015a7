/// The provincial store, the outbox, what partners call facts, the identities, the compliance events and the rule breaks in one SQLite file.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/fact_history.hpp"
#include "hub/ports/identities.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/partner_names.hpp"
#include "hub/ports/rule_breaks.hpp"
#include "hub/ports/store.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace lienthong::adapters {

/// Faces of one database; each keeps it open.
struct SqliteStore
{
    std::shared_ptr<Store> store;
    std::shared_ptr<Outbox> outbox;
    std::shared_ptr<Identities> identities;
    std::shared_ptr<ComplianceEvents> events;
    std::shared_ptr<RuleBreaks> rule_breaks;
    std::shared_ptr<FactHistory> facts;
    std::function<std::shared_ptr<Outbox>(const std::string& kind)> fact_outbox;  ///< Leaves that told facts of a kind.
    std::shared_ptr<PartnerNames> partner_names;
};

/// Opens or creates the store. Beyond `max_bytes` (0: no limit but the disk's) writes fail with store.full.
///
/// What makes a new revision: an observation whose value (as text), unit, vintage, availability, window or source
/// differs from its series' current revision. The source counts although it is no part of the figure, because the
/// observation that was sealed must be found again letter for letter.
///
/// A replay looks at a message's refused and waiting records, and at records nobody knew the message to hold (it
/// could not be read before, and counted as one). A record is applied whole or not at all: when any of its series
/// or facts was told by a message received later, changed or not, the record is closed as superseded.
///
/// `done` callbacks run on the store's writer thread; the store is not to be destroyed, nor a blocking call of it
/// made, from one. Destroying it writes what is queued first.
/// Fails with: store.open, store.version, store.damaged. Calls also fail with store.busy when another process held
/// the file for 5 seconds (nothing was kept), and store.rejected when `render` threw or a row was impossible.
[[nodiscard]] Result<SqliteStore> open_sqlite_store(const std::string& path, std::size_t max_bytes = 0);

}  // namespace lienthong::adapters
