#include "hub/api/push_scope.hpp"

#include "hub/flow/agency_scope.hpp"
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

std::vector<std::string> texts_of(const boost::json::object& attributes, const char* name)
{
    std::vector<std::string> out;
    if (const auto* list = attributes.if_contains(name); list != nullptr && list->is_array())
        for (const auto& item : list->as_array())
            if (item.is_string())
                out.emplace_back(item.as_string());
    return out;
}

/// A message that a caller brought. A connector could write such attributes itself, but they only ever take away.
flow::Route narrowed_to_caller(flow::Route route, const Message& message)
{
    boost::system::error_code error;
    const boost::json::value attributes = boost::json::parse(message.attributes, error);
    if (!error && attributes.is_object() && attributes.as_object().contains("called"))
        route.scope.agencies = flow::both_allow(route.scope.agencies, texts_of(attributes.as_object(), "agencies"));
    return route;
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
        return narrowed_to_caller(std::move(route), message);
    boost::system::error_code error;
    const boost::json::value attributes = boost::json::parse(message.attributes, error);
    // Without readable rights nothing may be spoken for: every record is then refused, none is lost.
    route.scope.agencies.clear();
    if (error || !attributes.is_object())
        return route;
    if (const auto* mode = attributes.as_object().if_contains("mode"); mode != nullptr && mode->is_string())
        route.mode = mode->as_string() == "atomic" ? Mode::atomic : Mode::partial;
    route.scope.agencies = texts_of(attributes.as_object(), "agencies");
    route.report = report_from(attributes.as_object());
    return route;
}

}  // namespace lienthong::api
