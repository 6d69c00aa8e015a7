/// What every request of this connector carries, whatever its dialect.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <utility>

namespace nrs {

inline lienthong::sdk::Request authorized(std::string method, lienthong::sdk::Part target, std::string context)
{
    using namespace lienthong::sdk;
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = {{"Authorization", concat({literal("Bearer "), secret("token")})}, {"Accept", literal("application/json")}};
    request.context = std::move(context);
    return request;
}

inline lienthong::sdk::Step step_asking(lienthong::sdk::Request request)
{
    lienthong::sdk::Step step;
    step.requests.push_back(std::move(request));
    return step;
}

}  // namespace nrs
