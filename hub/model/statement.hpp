/// What a problem says, for what carries its code beside it.
#pragma once

#include "hub/model/problem.hpp"

namespace lienthong {

/// "place: detail; found '…'; expected …": Problem::sentence without the code at its end.
[[nodiscard]] std::string statement_of(const Problem& problem);

}  // namespace lienthong
