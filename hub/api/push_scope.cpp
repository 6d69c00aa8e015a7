#include "hub/api/push_scope.hpp"

#include "hub/model/json_text.hpp"

#include <boost/json/parse.hpp>

namespace lienthong::api {
namespace {

std::optional<ReportClaim> report_from(const boost::json::object& attributes)
{
    const auto* report = attributes.if_contains("report");
    if (report == nullptr || !report->is_object())
        return std::nullopt;
    const auto text = [&](const char* name) {
        const auto* value = report->as_object().if_contains(name);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    const auto closes = time_from(text("closes"));
    if (text("form").empty() || text("period").empty() || text("agency").empty() || !closes)
        return std::nullopt;
    return ReportClaim{.form = text("form"), .period = text("period"), .agency = text("agency"), .closes = *closes};
}

}  // namespace

std::string push_attributes(const std::string& token, const flow::Route& route)
{
    JsonWriter out;
    out.begin_object().member("token", token).member("mode", route.mode == Mode::atomic ? "atomic" : "partial");
    out.key("agencies").begin_array();
    for (const std::string& agency : route.scope.agencies)
        out.text(agency);
    out.end_array();
    if (route.report) {
        out.key("report").begin_object().member("form", route.report->form).member("period", route.report->period);
        out.member("agency", route.report->agency).member("closes", to_text(route.report->closes)).end_object();
    }
    return out.end_object().take();
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
    route.report = report_from(attributes.as_object());
    return route;
}

}  // namespace lienthong::api
