/// render_facts: the way out of facts, beside Mapping::render, which is that of observations.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/model/fact_version.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::mapping {

/// What the partner calls facts, by key.
using CalledByKey = std::map<std::string, std::string>;

/// The packet's bytes for these facts of a kind: the paths read /facts/*, each with key, set and parts (of each field, what stands
/// between its semicolons) and, where the partner has a name for it, called; and what `parcel` says beside them.
/// Fails with the run codes of mapping.def, place in the parcel. `marks` notes which parts were reached; may be null. Thread-safe.
[[nodiscard]] Result<std::string> render_facts(const Mapping& mapping, const std::string& kind, const std::vector<FactVersion>& facts,
                                               const CalledByKey& called, const std::vector<std::pair<std::string, std::string>>& parcel,
                                               Marks* marks = nullptr);

}  // namespace lienthong::mapping
