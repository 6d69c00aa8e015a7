/// Compliance events: receipts, extensions, incidents, waivers; appended and never changed, since statuses rest on them.
#pragma once

#include "hub/model/compliance_event.hpp"
#include "hub/model/result.hpp"

#include <string>
#include <vector>

namespace lienthong {

/// Every call is thread-safe; what append returns from is durable.
class ComplianceEvents
{
public:
    virtual ~ComplianceEvents() = default;
    /// Keeps it under the next id, which is returned; the one it came with is not looked at.
    [[nodiscard]] virtual Result<std::string> append(const ComplianceEvent& event) = 0;
    /// Keeps them all or none, under the next ids; returns how many.
    [[nodiscard]] virtual Result<std::size_t> append_all(const std::vector<ComplianceEvent>& events) = 0;
    /// Those appended after the one of this id, in their order; with "" all.
    [[nodiscard]] virtual Result<std::vector<ComplianceEvent>> after(const std::string& id) const = 0;
};

}  // namespace lienthong
