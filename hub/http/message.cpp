// Looking things up in a request.
#include "hub/http/server.hpp"

#include <algorithm>

namespace lienthong::http {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const
{
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    for (const auto& [key, value] : headers)
        if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same))
            return value;
    return {};
}

const std::string* HttpRequest::parameter(std::string_view name) const
{
    for (const auto& [key, value] : query)
        if (key == name)
            return &value;
    return nullptr;
}

}  // namespace lienthong::http
