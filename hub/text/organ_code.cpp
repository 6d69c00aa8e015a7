// Turns identifiers round.
#include "hub/text/organ_code.hpp"

#include <algorithm>
#include <vector>

namespace lienthong::text {
namespace {

std::vector<std::string_view> groups_of(std::string_view code)
{
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= code.size();) {
        const std::size_t end = std::min(code.find('.', at), code.size());
        out.push_back(code.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

bool is_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "H52", "G22": the body at the top.
bool is_top(std::string_view group)
{
    return group.size() == 3 && group.front() >= 'A' && group.front() <= 'Z' && is_digits(group.substr(1));
}

bool is_zero(std::string_view group)
{
    return group.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

std::string newer_organ_code(std::string_view code)
{
    std::vector<std::string_view> groups = groups_of(code);
    const bool older = (groups.size() == 3 || groups.size() == 4) && is_top(groups.back()) &&
                       std::all_of(groups.begin(), groups.end() - 1, is_digits);
    if (!older)
        return std::string(code);
    std::reverse(groups.begin(), groups.end());
    while (groups.size() > 1 && is_zero(groups.back()))
        groups.pop_back();
    std::string out;
    for (const std::string_view group : groups)
        out.append(out.empty() ? "" : ".").append(group);
    return out;
}

bool is_axis_node(std::string_view code)
{
    const std::vector<std::string_view> groups = groups_of(code);
    return std::find(groups.begin(), groups.end(), "W00") != groups.end();
}

}  // namespace lienthong::text
