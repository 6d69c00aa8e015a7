/// The route table: method, path, who may ask, which parameters, which function answers.
#pragma once

#include "hub/api/api.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace lienthong::api {

enum class Audience : std::uint8_t {
    anyone,
    near,  ///< Callers on loopback where the configuration allows it, else the role pull.
    pull,
    push,
    operate,
};

/// The functions behind the routes. Each runs on a reader thread and answers through call.respond exactly once.
struct Routes
{
    static void submit(Api& api, Call call);
    static void submission(Api& api, Call call);
    static void receipt(Api& api, Call call);
    static void observations(Api& api, Call call);
    static void proof(Api& api, Call call);
    static void changes(Api& api, Call call);
    static void disagreements(Api& api, Call call);
    static void settlement_proof(Api& api, Call call);
    static void rule_breaks(Api& api, Call call);
    static void reconciliations(Api& api, Call call);
    static void reconcile(Api& api, Call call);
    static void indicators(Api& api, Call call);
    static void obligations(Api& api, Call call);
    static void compliance(Api& api, Call call);
    static void checkpoint(Api& api, Call call);
    static void consistency(Api& api, Call call);
    static void status(Api& api, Call call);
    static void health(Api& api, Call call);
    static void metrics(Api& api, Call call);
    static void page(Api& api, Call call);

    static const ApiParts& parts(const Api& api) { return api.parts_; }
    static Metrics& metrics_of(Api& api) { return *api.metrics_; }
    static SealedWait& waiting_of(Api& api) { return *api.waiting_; }
    static ComplianceBoards& boards_of(Api& api) { return *api.boards_; }
    static void on_reader(Api& api, std::function<void()> work);
};

struct RouteEntry
{
    std::string_view method;
    std::string_view path;                       ///< "{x}" stands for one segment.
    Audience audience;
    std::vector<std::string_view> parameters;    ///< Anything else in the query is refused.
    void (*answer)(Api& api, Call call);
    std::string_view purpose;                    ///< One sentence.
};

[[nodiscard]] std::span<const RouteEntry> route_table();
/// Whether a path is the hub's own, or will be: nobody else may be called there.
[[nodiscard]] bool is_own_path(std::string_view path);

}  // namespace lienthong::api
