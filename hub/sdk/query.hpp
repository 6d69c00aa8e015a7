/// Query: appends to the target of a request, whose parts may be computed.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

/// Whether a literal in it holds a '?', so that its query has begun.
[[nodiscard]] inline bool has_query(const Part& target)
{
    if (target.kind == PartKind::literal)
        return target.text.find('?') != std::string::npos;
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

/// Percent-encoded but for RFC 3986's unreserved characters.
[[nodiscard]] inline std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                           c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return out;
}

}  // namespace lienthong::sdk
