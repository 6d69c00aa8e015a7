/// Data: the journal and the store of a configured hub, opened where the configuration says.
#pragma once

#include "hub/cli/settings.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/fact_history.hpp"
#include "hub/ports/identities.hpp"
#include "hub/ports/journal.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/partner_names.hpp"
#include "hub/ports/rule_breaks.hpp"
#include "hub/ports/store.hpp"

#include <functional>
#include <memory>
#include <string>

namespace lienthong::cli {

struct Data
{
    std::shared_ptr<Journal> journal;
    std::shared_ptr<Store> store;
    std::shared_ptr<Outbox> outbox;
    std::shared_ptr<Identities> identities;
    std::shared_ptr<ComplianceEvents> events;
    std::shared_ptr<RuleBreaks> rule_breaks;
    std::shared_ptr<FactHistory> facts;
    std::function<std::shared_ptr<Outbox>(const std::string& kind)> fact_outbox;
    std::shared_ptr<PartnerNames> partner_names;
};

/// Makes the data directory (0700) if need be. Several processes may have the same data open.
/// Fails with: settings.data_directory, journal.*, store.*.
[[nodiscard]] Result<Data> open_data(const Settings& settings);

}  // namespace lienthong::cli
