// The one table of functions.
#include "hub/mapping/functions.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace lienthong::mapping {
namespace {

constexpr std::size_t any = std::numeric_limits<std::uint16_t>::max();
using text::PeriodKind;

constexpr std::array functions = {
    Function{"agency", "agency(text)", Shape::plain, Op::agency, 1, 1, Type::text, Type::agency, {}},
    Function{"area", "area(\"GSO\", text)", Shape::area, Op::area_in, 1, 2, Type::text, Type::area, {}},
    Function{"area_within",
             "area_within(area(\"GSO\", maTinh), tenXa)",
             Shape::within,
             Op::area_within,
             2,
             2,
             Type::text,
             Type::area,
             {}},
    Function{"concat", "concat(value, value, …)", Shape::concat, Op::concat, 2, any, Type::unknown, Type::text, {}},
    Function{"crosswalk",
             "crosswalk(\"ISO_3166_2\", text, \"GSO\")",
             Shape::crosswalk,
             Op::crosswalk,
             3,
             3,
             Type::text,
             Type::area,
             {}},
    Function{"date", "date(text, \"dd/MM/yyyy\")", Shape::date, Op::date_by_pattern, 1, 2, Type::text, Type::date, {}},
    Function{"date_vi", "date_vi(text)", Shape::plain, Op::date_vi, 1, 1, Type::text, Type::date, {}},
    Function{"datetime",
             "datetime(text, \"yyyyMMddHHmmss\")",
             Shape::datetime,
             Op::datetime_by_pattern,
             1,
             2,
             Type::text,
             Type::datetime,
             {}},
    Function{"day", "day(text, \"dd/MM/yyyy\")", Shape::part, Op::period_by_pattern, 1, 2, Type::text, Type::period,
             PeriodKind::day},
    Function{"default", "default(value, other)", Shape::fallback, Op::fallback, 2, 2, Type::unknown, Type::unknown, {}},
    Function{"format", "format(value, \"yyyyMM\")", Shape::format, Op::format, 2, 2, Type::unknown, Type::text, {}},
    Function{"join", "join(path, \"; \")", Shape::join, Op::join, 2, 2, Type::text, Type::text, {}},
    Function{"legacy", "legacy(text)", Shape::plain, Op::legacy, 1, 1, Type::text, Type::text, {}},
    Function{"lookup", "lookup(table, text)", Shape::lookup, Op::lookup, 2, 3, Type::text, Type::text, {}},
    Function{"lower", "lower(text)", Shape::plain, Op::lower, 1, 1, Type::text, Type::text, {}},
    Function{"month", "month(text, \"MM/yyyy\")", Shape::part, Op::period_by_pattern, 1, 2, Type::text, Type::period,
             PeriodKind::month},
    Function{"number", "number(text, locale:vi)", Shape::number, Op::number, 2, 2, Type::text, Type::number, {}},
    Function{"period", "period(text, \"yyyyMM\")", Shape::period, Op::period_by_pattern, 1, 2, Type::text, Type::period, {}},
    Function{"period_in", "period_in(text)", Shape::plain, Op::period_in, 1, 1, Type::text, Type::period, {}},
    Function{"period_vi", "period_vi(text)", Shape::plain, Op::period_vi, 1, 1, Type::text, Type::period, {}},
    Function{"present", "present(value)", Shape::plain, Op::present, 1, 1, Type::unknown, Type::condition, {}},
    Function{"quarter", "quarter(text, \"q/yyyy\")", Shape::part, Op::period_by_pattern, 1, 2, Type::text, Type::period,
             PeriodKind::quarter},
    Function{"split", "split(text, \".\", 1)", Shape::split, Op::split, 3, 3, Type::text, Type::text, {}},
    Function{"trim", "trim(text)", Shape::plain, Op::trim, 1, 1, Type::text, Type::text, {}},
    Function{"upper", "upper(text)", Shape::plain, Op::upper, 1, 1, Type::text, Type::text, {}},
    Function{"utc", "utc(datetime)", Shape::plain, Op::utc, 1, 1, Type::datetime, Type::text, {}},
    Function{"when", "when(condition, value, otherwise)", Shape::when, Op::when, 3, any, Type::unknown, Type::unknown, {}},
    Function{"window", "window(date, date)", Shape::window, Op::window_of_dates, 1, 2, Type::date, Type::window, {}},
    Function{"year", "year(text, \"yyyy\")", Shape::part, Op::period_by_pattern, 1, 2, Type::text, Type::period,
             PeriodKind::year},
};

}  // namespace

const Function* find_function(std::string_view name)
{
    const auto* it = std::find_if(functions.begin(), functions.end(), [&](const Function& f) { return f.name == name; });
    return it == functions.end() ? nullptr : it;
}

std::vector<std::string> function_names()
{
    std::vector<std::string> names;
    for (const Function& function : functions)
        names.emplace_back(function.name);
    return names;
}

std::string_view to_text(Type type)
{
    constexpr std::array<std::string_view, 11> names = {"text",   "number", "date",      "datetime", "period", "area",
                                                        "agency", "window", "condition", "missing",  "unknown"};
    return names.at(static_cast<std::size_t>(type));
}

}  // namespace lienthong::mapping
