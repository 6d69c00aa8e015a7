#include "hub/api/query.hpp"

#include "hub/api/names.hpp"

#include <algorithm>

namespace lienthong::api {

Problem bad_parameter(const std::string& name, std::string_view found, const std::string& expected)
{
    return {"parameter.bad", "this parameter cannot be that", "query/" + name, shortened(found, 80), expected};
}

std::string Query::text(const std::string& name) const
{
    const std::string* value = find(name);
    return value == nullptr ? std::string() : *value;
}

bool Query::flag(const std::string& name)
{
    return choice(name, {"false", "true"}) == "true";
}

std::string_view Query::choice(const std::string& name, std::initializer_list<std::string_view> choices)
{
    const std::string* value = find(name);
    if (value == nullptr)
        return *choices.begin();
    if (const auto* chosen = std::find(choices.begin(), choices.end(), *value); chosen != choices.end())
        return *chosen;
    std::string expected;
    for (const std::string_view choice : choices)
        expected += (expected.empty() ? "" : " or ") + std::string(choice);
    refuse(name, expected);
    return *choices.begin();
}

std::int64_t Query::number(const std::string& name, std::int64_t least, std::int64_t most, std::int64_t otherwise)
{
    const std::string* value = find(name);
    if (value == nullptr)
        return otherwise;
    if (const auto number = number_from(*value, most); number && *number >= least)
        return *number;
    refuse(name, "a number of " + std::to_string(least) + " to " + std::to_string(most));
    return otherwise;
}

std::size_t Query::limit(std::int64_t most, std::optional<std::int64_t> otherwise)
{
    return static_cast<std::size_t>(number("limit", 1, most, otherwise.value_or(most)));
}

void Query::refuse(const std::string& name, const std::string& expected)
{
    if (!problem_)
        problem_ = bad_parameter(name, text(name), expected);
}

}  // namespace lienthong::api
