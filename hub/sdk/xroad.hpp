/// X-Road: the path through an adapter of the state's exchange (NGSP, NDXP, VDXP), which picks the service behind it by
/// `dstcode`.
///
/// The adapter hides X-Road itself: no SOAP, no X-Road-Client. What is inside does its own sign-in.
#pragma once

#include "hub/sdk/percent.hpp"
#include "hub/sdk/query.hpp"
#include "hub/sdk/spec.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

class XRoad
{
public:
    static std::vector<Setting> settings(std::string path, std::string dstcode)
    {
        return {
            text_setting("adapter_path", std::move(path),
                         "Path of the exchange's adapter before every other path; newer ones begin with /VXPAdapter."),
            text_setting("dstcode", std::move(dstcode),
                         "Address of the service behind the adapter, such as VN:GOV:000.00.00.G22:vpcpdvcprovider."),
            choice_setting("dstcode_in", "header", {"header", "query", "query_encoded"}, "Where the adapter looks for dstcode."),
            text_setting("provider_url", {}, "providerurl, where the adapter wants to be told."),
        };
    }
    explicit XRoad(const Settings& settings)
        : path_(settings.text("adapter_path")),
          dstcode_(settings.text("dstcode")),
          place_(settings.text("dstcode_in")),
          provider_(settings.text("provider_url"))
    {
        while (!path_.empty() && path_.back() == '/')
            path_.pop_back();
    }

    /// Sends a request through the adapter. Call before a sign-in that adds to the query, and on requests for tokens too.
    void route(Request& request) const
    {
        if (!path_.empty()) {
            std::vector<Part> parts = {literal(path_), std::move(request.target)};
            request.target = concat(std::move(parts));
        }
        if (!dstcode_.empty() && place_ == "header")
            request.headers.push_back({"dstcode", literal(dstcode_)});
        else if (!dstcode_.empty())
            add_query(request, "dstcode", literal(place_ == "query_encoded" ? percent_encoded(dstcode_) : dstcode_));
        if (!provider_.empty())
            add_query(request, "providerurl", literal(percent_encoded(provider_)));
    }

private:
    std::string path_, dstcode_, place_, provider_;
};

}  // namespace lienthong::sdk
