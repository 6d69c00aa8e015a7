/// Which report a push says it delivers: ?form=…&period=…&agency=…
#pragma once

#include "hub/api/compliance_boards.hpp"
#include "hub/http/server.hpp"
#include "hub/model/report_claim.hpp"
#include "hub/ports/identities.hpp"

#include <optional>

namespace lienthong::api {

/// Nothing where no form is named. Without `agency` it is the one agency the caller speaks for. A report nobody owes is
/// refused before anything is kept, so that no office believes to have reported what was never asked for.
/// Fails with: parameter.bad, form.unknown, agency.unknown, agency.not_allowed, compliance.no_obligation, period.*, store.*.
[[nodiscard]] Result<std::optional<ReportClaim>> report_of(const http::HttpRequest& request, const Identity& identity,
                                                           ComplianceBoards& boards, Time now);

}  // namespace lienthong::api
