/// Names: what codes mean, in the catalogue's words, for people who look at them. A wrong code that exists is seen by its name alone.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"

#include <string>
#include <vector>

namespace lienthong::cli {

/// For each value of a record the catalogue's name of the indicator, area or agency it came to, as of the period read beside
/// it; empty where it is none of these or is not known.
[[nodiscard]] std::vector<std::string> names_of(const std::vector<mapping::Trace>& values, const catalogue::Catalogue& catalogue);

/// Where a problem of an unknown indicator, area or agency expects codes, puts the name behind each: "H31.04 (Sở Xây dựng)".
void name_near_codes(std::vector<Problem>& problems, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::cli
