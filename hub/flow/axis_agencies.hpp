/// The document axis's list of agencies, as facts: who can be sent documents.
#pragma once

#include "hub/ports/store.hpp"

#include <span>
#include <string>
#include <vector>

namespace lienthong::flow {

/// Kind of the facts mappings make of the list; the key is the code, its fields code, older and name.
inline constexpr const char* agency_fact = "axis_agency";

/// Which of `codes` the axis does not know under any of its two forms, each as a problem document.recipient with the nearest codes.
/// None where the list was never fetched. A code that is on the list costs a look-up; one that is not, a walk through all of it.
/// Fails with: store.*. Thread-safe.
[[nodiscard]] Result<std::vector<Problem>> not_on_the_list(const Store& store, std::span<const std::string> codes);

}  // namespace lienthong::flow
