// lienthong outbox names, name: what partners call the facts they were told, and a person's word where an answer was lost.
#include "hub/cli/opened.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

void print_name(const PartnerName& one)
{
    std::printf("%s  %s %s  flow %s  %s\n", one.name.c_str(), one.kind.c_str(), one.key.c_str(), one.flow.c_str(),
                to_text(one.at).c_str());
    if (!one.why.empty())
        std::printf("    do người nhập / told by a person: %s\n", one.why.c_str());
}

void print_name_json(const PartnerName& one)
{
    JsonWriter out;
    out.begin_object().member("flow", one.flow).member("kind", one.kind).member("key", one.key).member("name", one.name);
    out.member("at", to_text(one.at));
    if (!one.why.empty())
        out.member("why", one.why);
    std::printf("%s\n", out.end_object().take().c_str());
}

/// Whether there is such a fact. The store lists facts behind a key, so this asks for the first one behind all that comes before
/// this: no text in UTF-8 has a byte FF, so none stands between.
Result<bool> is_fact(const Store& store, const std::string& kind, const std::string& key)
{
    if (key.empty())
        return false;
    std::string below = key;
    below.back() = static_cast<char>(static_cast<unsigned char>(below.back()) - 1U);
    below += '\xFF';
    const auto found = store.facts(kind, below, 1);
    if (!found.ok())
        return found.problem();
    return !found->empty() && found->front().key == key;
}

}  // namespace

int outbox_names(const Common& common, const OutboxNameOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto names = opened->data.partner_names->names(options.flow, options.key, options.limit);
    if (!names.ok()) {
        print_problems({names.problem()}, common.json);
        return not_done;
    }
    for (const PartnerName& one : *names)
        common.json ? print_name_json(one) : print_name(one);
    if (!common.json)
        std::printf("%zu shown\n", names->size());
    return done;
}

int outbox_name(const Common& common, const OutboxNameOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto& flows = opened->settings.flows;
    const auto flow = std::find_if(flows.begin(), flows.end(), [&](const FlowSettings& one) { return one.name == options.flow; });
    if (flow == flows.end() || flow->facts.empty()) {
        print_problems({{"parameter.bad", "no flow of this name tells facts", "--flow", options.flow,
                         "a flow of the configuration with facts:", {}}}, common.json);
        return not_done;
    }
    const auto told = is_fact(*opened->data.store, flow->facts, options.key);
    if (!told.ok() || !*told) {
        print_problems({told.ok() ? Problem{"parameter.bad", "there is no fact of this key", "--key", options.key,
                                            "the key of a fact of the kind " + flow->facts, {}}
                                  : told.problem()},
                       common.json);
        return not_done;
    }
    const auto kept = opened->data.partner_names->keep(
        {{flow->name, flow->facts, options.key, options.name, options.reason, SystemClock().now()}});
    if (!kept.ok()) {
        print_problems({kept.problem()}, common.json);
        return not_done;
    }
    std::printf("%s %s is called %s by the partner of %s\n", flow->facts.c_str(), options.key.c_str(), options.name.c_str(),
                flow->name.c_str());
    return done;
}

}  // namespace lienthong::cli
