#include "hub/api/push_scope.hpp"

#include "hub/model/json_text.hpp"

#include <boost/json/parse.hpp>

namespace lienthong::api {

std::string push_attributes(const std::string& token, const flow::Route& route)
{
    JsonWriter out;
    out.begin_object().member("token", token).member("mode", route.mode == Mode::atomic ? "atomic" : "partial");
    out.key("agencies").begin_array();
    for (const std::string& agency : route.scope.agencies)
        out.text(agency);
    return out.end_array().end_object().take();
}

flow::Route narrowed(flow::Route route, const Message& message)
{
    if (message.source != "push")
        return route;
    boost::system::error_code error;
    const boost::json::value attributes = boost::json::parse(message.attributes, error);
    // Without readable rights nothing may be spoken for: every record is then refused, none is lost.
    route.scope.agencies.clear();
    if (error || !attributes.is_object())
        return route;
    if (const auto* mode = attributes.as_object().if_contains("mode"); mode != nullptr && mode->is_string())
        route.mode = mode->as_string() == "atomic" ? Mode::atomic : Mode::partial;
    if (const auto* agencies = attributes.as_object().if_contains("agencies"); agencies != nullptr && agencies->is_array())
        for (const auto& agency : agencies->as_array())
            if (agency.is_string())
                route.scope.agencies.emplace_back(agency.as_string());
    return route;
}

}  // namespace lienthong::api
