/// Events as CSV, so that a list can be handed to anyone who wants to compute a scoreboard again, and as they are kept.
///
/// Columns: id, kind, at, subject, agency, period, who, why, act, from, to, submission, missing, stage. Moments are RFC 3339 to
/// the microsecond; an extension has `to`, an intake `from` and `to`, a receipt or refusal `from` where the report came in before it was
/// recorded; missing parts are joined by ';'.
#pragma once

#include "hub/compliance/event.hpp"
#include "hub/model/compliance_event.hpp"
#include "hub/model/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compliance {

/// CSV of RFC 4180 with a header row. Control characters in texts become blanks. Thread-safe.
[[nodiscard]] std::string events_text(std::span<const Event> events);

/// Reads what events_text writes. `file` is the name used in places.
/// Fails with: catalogue.csv (not CSV), compliance.event (a column, kind, moment or name that is wrong; extensions, incidents
/// and waivers say who and why, extensions also by which act).
[[nodiscard]] Result<std::vector<Event>> events_from(std::string_view csv, const std::string& file);

/// As it is kept; the body is the row's cells from `from` to `stage`. Thread-safe.
[[nodiscard]] ComplianceEvent kept(const Event& event);

/// Reads what kept() made, by the rules of events_from; a fault's place is the event's id and where it stands in its row.
/// Fails with: compliance.event.
[[nodiscard]] Result<Event> event_from(const ComplianceEvent& event);
[[nodiscard]] Result<std::vector<Event>> events_from(std::span<const ComplianceEvent> events);

}  // namespace lienthong::compliance
