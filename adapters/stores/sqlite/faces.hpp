/// The faces of the one database, each in its own file.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/identities.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/partner_names.hpp"
#include "hub/ports/rule_breaks.hpp"
#include "hub/ports/store.hpp"

#include <memory>

namespace lienthong::adapters::store {

[[nodiscard]] std::shared_ptr<Store> make_store(std::shared_ptr<sqlite::Database> database);
/// Of facts of one kind, or of figures where `facts` is empty.
[[nodiscard]] std::shared_ptr<Outbox> make_outbox(std::shared_ptr<sqlite::Database> database, const std::string& facts);
[[nodiscard]] std::shared_ptr<PartnerNames> make_partner_names(std::shared_ptr<sqlite::Database> database);
[[nodiscard]] std::shared_ptr<Identities> make_identities(std::shared_ptr<sqlite::Database> database);
[[nodiscard]] std::shared_ptr<ComplianceEvents> make_compliance_events(std::shared_ptr<sqlite::Database> database);
[[nodiscard]] std::shared_ptr<RuleBreaks> make_rule_breaks(std::shared_ptr<sqlite::Database> database);

}  // namespace lienthong::adapters::store
