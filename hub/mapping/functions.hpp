/// Functions: what may be called, with how many arguments of which types. The README's table is this table.
#pragma once

#include "hub/mapping/program.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::mapping {

/// How the checker treats a call beyond its parameter types.
enum class Shape : std::uint8_t {
    plain,     ///< Arguments by type, result by type.
    number,    ///< (text, locale:…)
    part,      ///< month(text, "pattern") or month(date)
    period,    ///< (text) or (text, "pattern")
    date,      ///< (text, "pattern") or (datetime)
    datetime,  ///< (text) or (text, "pattern")
    window,    ///< (date, date) or (text)
    format,    ///< (period, date or datetime, "pattern")
    area,      ///< ("GSO", text) or (text)
    within,    ///< (area, text)
    crosswalk,  ///< ("ISO_3166_2", text, "GSO")
    lookup,    ///< (table, text[, text])
    when,
    fallback,
    concat,
    join,   ///< (path, "separator")
    split,  ///< (text, "separator", n)
};

struct Function
{
    std::string_view name;
    std::string_view form;  ///< As messages show it: `number(text, locale:vi)`.
    Shape shape;
    Op op;
    std::size_t least, most;
    Type parameter;  ///< Of a plain one's single argument; unknown takes any.
    Type result;
    text::PeriodKind kind;  ///< part
};

[[nodiscard]] const Function* find_function(std::string_view name);
[[nodiscard]] std::vector<std::string> function_names();

}  // namespace lienthong::mapping
