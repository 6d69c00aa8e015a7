/// A compliance event as it is kept: what everyone may read of it as plain text, and a body only hub/compliance reads.
#pragma once

#include "hub/model/time.hpp"

#include <string>

namespace lienthong {

struct ComplianceEvent
{
    std::string id{};    ///< "E-00000017"; given by whoever keeps it.
    Time at{};           ///< When it was recorded.
    std::string kind{};  ///< "receipt", "extension", "incident", "intake", "waiver", "reminder", "refusal"
    /// What it speaks of: a form or indicator, an agency, a period in canonical text. Empty: all of them.
    std::string subject{}, agency{}, period{};
    std::string who{}, why{}, act{};  ///< Who decided or reported it, the reason, the act or notice behind it.
    std::string body{};               ///< What the kind alone has: hub/compliance/event_text.hpp.

    friend bool operator==(const ComplianceEvent&, const ComplianceEvent&) = default;
};

}  // namespace lienthong
