/// Partner: who is asked, whatever the dialect. What every request carries, and the path it takes through the state's exchange.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/xroad.hpp"

#include <string>
#include <utility>

namespace nrs {

class Partner
{
public:
    explicit Partner(const lienthong::sdk::Settings& settings) : xroad_(settings) {}

    [[nodiscard]] lienthong::sdk::Request ask(std::string method, lienthong::sdk::Part target, std::string context) const
    {
        using namespace lienthong::sdk;
        Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.context = std::move(context);
        xroad_.route(request);
        request.headers.push_back({"Authorization", concat({literal("Bearer "), secret("token")})});
        request.headers.push_back({"Accept", literal("application/json")});
        return request;
    }

private:
    lienthong::sdk::XRoad xroad_;
};

inline lienthong::sdk::Step step_asking(lienthong::sdk::Request request)
{
    lienthong::sdk::Step step;
    step.requests.push_back(std::move(request));
    return step;
}

}  // namespace nrs
