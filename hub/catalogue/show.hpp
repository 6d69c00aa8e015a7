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
    std::string kind;  ///< "indicator", "set", "form", "area", "agency", "unit", or "code" of a system without a table here
    std::string code;
    std::string name;
    std::vector<Detail> details;
};

/// The rows a code stands for on that day: an indicator, a set of indicators, a form, an area ("GSO:15", or a name), an
/// agency (code, alias or name), a unit (code or spelling) or a code of another system ("ISO_3166_2:VN-05"). More than one
/// where several kinds of row bear the name.
/// Fails with: catalogue.code_unknown (the nearest of all kinds in `expected`), or the *.not_valid of the one kind that
/// knows the code on other days (which days in `expected`), area.ambiguous.
[[nodiscard]] Result<std::vector<Sheet>> show(const Catalogue& catalogue, std::string_view code, Day day);

}  // namespace lienthong::catalogue
