// lienthong flow list, pause, resume: which flows there are, and stopping one for a while with a reason.
#include "hub/cli/opened.hpp"
#include "hub/cli/pauses.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include <pwd.h>
#include <unistd.h>

namespace lienthong::cli {
namespace {

struct Desk
{
    Settings settings;
    std::shared_ptr<Pauses> pauses;
};

std::optional<Desk> desk_or_print(const Common& common)
{
    auto settings = settings_or_print(common);
    if (!settings)
        return std::nullopt;
    auto pauses = open_pauses(*settings);
    if (!pauses.ok()) {
        print_problems({pauses.problem()}, common.json);
        return std::nullopt;
    }
    return Desk{std::move(*settings), std::move(pauses).value()};
}

/// Whoever is logged in, where the command does not say who decided.
std::string account()
{
    const passwd* entry = getpwuid(getuid());
    return entry == nullptr ? std::to_string(getuid()) : entry->pw_name;
}

/// Only a flow of the configuration can be paused: a typing error must not look like a decision.
bool is_flow(const Settings& settings, const std::string& name)
{
    return std::any_of(settings.flows.begin(), settings.flows.end(), [&](const FlowSettings& flow) { return flow.name == name; });
}

int refused(const Common& common, const Problem& problem)
{
    print_problems({problem}, common.json);
    return not_done;
}

int said(const Common& common, const Pause& pause, const char* state, const char* sentence)
{
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("flow", pause.flow).member("state", state).member("reason", pause.reason).member("who", pause.who);
        std::printf("%s\n", out.member("since", to_text(pause.since)).end_object().take().c_str());
    } else {
        std::printf("%s %s\n", pause.flow.c_str(), sentence);
    }
    return done;
}

}  // namespace

int flow_pause(const Common& common, const FlowOptions& options)
{
    const auto desk = desk_or_print(common);
    if (!desk)
        return not_done;
    if (!is_flow(desk->settings, options.name))
        return refused(common, {"flow.unknown", "the configuration has no flow of this name", desk->settings.file, shortened(options.name)});
    if (options.reason.find_first_not_of(" \t") == std::string::npos)
        return refused(common, {"flow.reason_missing", "a pause needs a reason", "--reason", {}, "a sentence"});
    const Pause pause{options.name, options.reason, options.who.empty() ? account() : options.who, SystemClock().now()};
    if (const auto kept = desk->pauses->pause(pause); !kept.ok())
        return refused(common, kept.problem());
    return said(common, pause, "paused",
                "is paused: it takes nothing new until it is resumed, also after a restart; what it has taken goes on / "
                "tạm dừng: không nhận gói tin mới cho đến khi mở lại, kể cả sau khi khởi động lại; gói tin đã nhận vẫn được xử lý tiếp");
}

int flow_resume(const Common& common, const FlowOptions& options)
{
    const auto desk = desk_or_print(common);
    if (!desk)
        return not_done;
    // One that was taken out of the configuration while it was paused can still be resumed.
    const auto before = desk->pauses->of(options.name);
    if (!before.ok())
        return refused(common, before.problem());
    if (!*before && !is_flow(desk->settings, options.name))
        return refused(common, {"flow.unknown", "the configuration has no flow of this name", desk->settings.file, shortened(options.name)});
    const std::string who = options.who.empty() ? account() : options.who;
    const Time now = SystemClock().now();
    if (const auto kept = desk->pauses->resume(options.name, who, now); !kept.ok())
        return refused(common, kept.problem());
    return said(common, {options.name, (*before)->reason, who, now}, "resumed", "goes on / hoạt động trở lại");
}

int flow_list(const Common& common)
{
    const auto desk = desk_or_print(common);
    if (!desk)
        return not_done;
    const auto all = desk->pauses->all();
    if (!all.ok())
        return refused(common, all.problem());
    std::map<std::string, Pause> pauses;
    for (const Pause& pause : *all)
        pauses[pause.flow] = pause;
    for (const FlowSettings& flow : desk->settings.flows) {
        const auto pause = pauses.find(flow.name);
        const char* direction = flow.mapping.empty() ? "out" : "in";
        if (common.json) {
            JsonWriter out;
            out.begin_object().member("flow", flow.name).member("connector", flow.connector).member("direction", direction);
            out.member("paused", pause != pauses.end());
            if (pause != pauses.end())
                out.member("reason", pause->second.reason).member("who", pause->second.who).member("since", to_text(pause->second.since));
            std::printf("%s\n", out.end_object().take().c_str());
            continue;
        }
        std::printf("%-24s %-4s %-10s %s\n", flow.name.c_str(), direction, flow.connector.c_str(),
                    pause == pauses.end() ? "runs"
                                          : ("paused since " + to_text(pause->second.since) + " by " + pause->second.who + ": " + pause->second.reason).c_str());
    }
    return done;
}

}  // namespace lienthong::cli
