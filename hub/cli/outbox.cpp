// lienthong outbox: what was told to partners, with their receipts, and what a person decides where neither side can tell.
#include "hub/cli/opened.hpp"
#include "hub/flow/outbox_json.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lienthong::cli {
namespace {

/// A decision is told from a failure by how its sentence begins.
constexpr std::string_view decided = "decided: ";

constexpr std::array<DeliveryState, 6> states = {DeliveryState::pending,   DeliveryState::attempting, DeliveryState::unknown,
                                                 DeliveryState::delivered, DeliveryState::failed,     DeliveryState::ask_person};

bool needs_somebody(const OutboxItem& item)
{
    return item.state == DeliveryState::ask_person || (item.state == DeliveryState::failed && item.problem.compare(0, decided.size(), decided) != 0);
}

void print_item(const OutboxItem& item)
{
    std::printf("#%lld  %s  flow %s  entry %lld%s%s  (%u lần gửi / attempts%s%s)\n", static_cast<long long>(item.id),
                std::string(to_text(item.state)).c_str(), item.flow.c_str(), static_cast<long long>(item.leaf), item.about.empty() ? "" : "  ",
                item.about.c_str(), item.attempts, item.begun_at ? ", " : "", item.begun_at ? to_text(*item.begun_at).c_str() : "");
    if (!item.problem.empty())
        std::printf("    %s\n", item.problem.c_str());
    if (!item.receipt.empty())
        std::printf("    biên nhận / receipt: %s\n", item.receipt.c_str());
    if (needs_somebody(item))
        std::printf("    cách khắc phục / what to do: khi nguyên nhân đã hết / once the cause is gone:"
                    " lienthong outbox settle %lld --as again --reason …; đã giải quyết cách khác / dealt with otherwise:"
                    " --as delivered, --as closed\n",
                    static_cast<long long>(item.id));
}

void print_item_json(const OutboxItem& item)
{
    JsonWriter out;
    out.begin_object();
    flow::write_outbox_item(out, item);
    std::printf("%s\n", out.end_object().take().c_str());
}

/// As the item's flow keeps it.
KeptInOrder order_of(const Opened& opened, std::int64_t id)
{
    const auto item = opened.data.outbox->item(id);
    const auto& flows = opened.settings.flows;
    const bool whole = item.ok() && *item && std::any_of(flows.begin(), flows.end(), [&](const FlowSettings& flow) {
                           return flow.name == (*item)->flow && flow.whole_report;
                       });
    return whole ? KeptInOrder::reports : KeptInOrder::figures;
}

}  // namespace

int outbox_list(const Common& common, const OutboxOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto wanted = std::find_if(states.begin(), states.end(), [&](DeliveryState state) { return to_text(state) == options.state; });
    if (!options.state.empty() && wanted == states.end()) {
        print_problems({{"parameter.bad", "there is no such state", "--state", options.state,
                         "pending, attempting, unknown, delivered, failed or ask_person", {}}}, common.json);
        return not_done;
    }
    const auto items = opened->data.outbox->items(options.flow, options.limit);
    if (!items.ok()) {
        print_problems({items.problem()}, common.json);
        return not_done;
    }
    std::size_t shown = 0;
    bool wrong = false;
    for (const OutboxItem& item : *items) {
        if (!options.state.empty() && item.state != *wanted)
            continue;
        ++shown;
        common.json ? print_item_json(item) : print_item(item);
        wrong |= needs_somebody(item);
    }
    if (!common.json)
        std::printf("%zu shown\n", shown);
    return wrong ? found_wrong : done;
}

int outbox_settle(const Common& common, const OutboxOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const DeliveryState state = options.outcome == "delivered" ? DeliveryState::delivered
                                : options.outcome == "again"   ? DeliveryState::pending
                                                               : DeliveryState::failed;
    const auto kept = opened->data.outbox->decide(options.id, state, std::string(decided) + options.reason, SystemClock().now(),
                                                  order_of(*opened, options.id));
    if (!kept.ok()) {
        print_problems({kept.problem()}, common.json);
        return not_done;
    }
    std::printf("#%lld is %s: %s\n", static_cast<long long>(options.id), std::string(to_text(state)).c_str(), options.reason.c_str());
    return done;
}

}  // namespace lienthong::cli
