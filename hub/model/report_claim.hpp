/// ReportClaim: which report, and so which obligation, a submission says it delivers.
#pragma once

#include "hub/model/time.hpp"

#include <string>

namespace lienthong {

struct ReportClaim
{
    std::string form;    ///< Code of a report form or an indicator.
    std::string period;  ///< Canonical text.
    std::string agency;  ///< Canonical code of who owes it.
    Time closes{};       ///< The first moment that is late, as it was known when the submission came in.

    /// "form|period|agency", the obligation's own name.
    [[nodiscard]] std::string obligation() const { return form + '|' + period + '|' + agency; }
    friend bool operator==(const ReportClaim&, const ReportClaim&) = default;
};

}  // namespace lienthong
