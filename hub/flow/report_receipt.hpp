/// The receipt of a report: what a submission that says which report it is leaves in the list of compliance events.
#pragma once

#include "hub/model/compliance_event.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

/// Records that are neither in the store nor closed, as parts a report still lacks: "record 3"; at most twenty by name.
[[nodiscard]] std::vector<std::string> lacking_records(const Application& application, const Applied& applied);

/// Nothing where the submission claims no report; a refusal instead of a receipt where every record of it was refused. It counts
/// from when the message was received: a record that our own mapping refused at first, and a replay lets in, was in time when
/// its bytes were. Thread-safe.
[[nodiscard]] std::optional<ComplianceEvent> report_receipt(const Application& application, const Applied& applied);

}  // namespace lienthong::flow
