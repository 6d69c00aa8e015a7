/// Query: appends to the target of a request, whose parts may be computed.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

/// Whether a literal in it holds a '?' that goes out as it is, so that its query has begun.
[[nodiscard]] inline bool has_query(const Part& target)
{
    if (target.kind == PartKind::literal)
        return target.text.find('?') != std::string::npos;
    if (target.kind == PartKind::concat)
        for (const Part& argument : target.arguments)
            if (has_query(argument))
                return true;
    return false;
}

/// Appends "?name=value" or "&name=value". The value must be fit for a query: a literal, or form_url() of something.
inline void add_query(Request& request, const std::string& name, Part value)
{
    const std::string before = (has_query(request.target) ? "&" : "?") + name + '=';
    std::vector<Part> parts = {std::move(request.target), literal(before), std::move(value)};
    request.target = concat(std::move(parts));
}

}  // namespace lienthong::sdk
