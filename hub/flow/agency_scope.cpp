// Cuts two lists of agencies.
#include "hub/flow/agency_scope.hpp"

#include <algorithm>
#include <iterator>

namespace lienthong::flow {
namespace {

bool names_all(const std::vector<std::string>& agencies)
{
    return std::find(agencies.begin(), agencies.end(), "*") != agencies.end();
}

}  // namespace

std::vector<std::string> both_allow(const std::vector<std::string>& allowed, const std::vector<std::string>& spoken_for)
{
    if (names_all(spoken_for))
        return allowed;
    if (names_all(allowed))
        return spoken_for;
    std::vector<std::string> both;
    std::copy_if(allowed.begin(), allowed.end(), std::back_inserter(both), [&](const std::string& agency) {
        return std::find(spoken_for.begin(), spoken_for.end(), agency) != spoken_for.end();
    });
    return both;
}

}  // namespace lienthong::flow
