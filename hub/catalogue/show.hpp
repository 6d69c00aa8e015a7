/// Show: everything the catalogue knows about one code on one day, as sheets of named details for people and programs.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

struct Detail
{
    std::string key;                  ///< "owner", stable, for programs.
    std::string label;                ///< Vietnamese, for people.
    std::vector<std::string> values;  ///< At least one.
};

/// One row as of the day, with what other files say about it.
struct Sheet
{
    std::string kind;  ///< "indicator", "form", "area", "agency", "unit"
    std::string code;
    std::string name;
    std::vector<Detail> details;
};

/// The rows a code stands for on that day: an indicator, a form, an area ("GSO:15", or a name), an agency (code, alias or
/// name) or a unit (code or spelling). More than one where several kinds of row bear the name.
/// Fails with: catalogue.code_unknown (the nearest of all kinds in `expected`), or the *.not_valid of the one kind that
/// knows the code on other days (which days in `expected`), area.ambiguous.
[[nodiscard]] Result<std::vector<Sheet>> show(const Catalogue& catalogue, std::string_view code, Day day);

}  // namespace lienthong::catalogue
