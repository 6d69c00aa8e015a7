// lienthong disagreements: figures that agencies tell differently, and settling which one stands.
#include "hub/api/serving.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/flow/leaf.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace lienthong::cli {
namespace {

struct Ready
{
    Opened opened;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
};

std::optional<Ready> ready_or_print(const Common& common)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return std::nullopt;
    std::vector<Problem> problems;
    auto catalogue = load_catalogue(opened->settings.catalogue, problems);
    if (catalogue == nullptr) {
        print_problems(problems, common.json);
        return std::nullopt;
    }
    opened->data.store->judge_by(api::rules_by(catalogue));
    return Ready{std::move(*opened), std::move(catalogue)};
}

/// The account that runs this program: who entered a settlement. Who agreed on it stands in the reason.
std::string operator_name()
{
    const uid_t id = geteuid();
    const passwd* entry = getpwuid(id);
    return entry != nullptr ? std::string(entry->pw_name) : "uid " + std::to_string(id);
}

void print_disagreement(const Disagreement& disagreement, const catalogue::Catalogue& catalogue)
{
    const Claims& claims = disagreement.claims;
    const catalogue::Serving serving = api::serving_of(catalogue, claims);
    std::printf("%s  %s  owner %s\n", to_text(claims.figure).c_str(), claims.is_settled() ? "settled" : "open",
                serving.owner.empty() ? "(none)" : serving.owner.c_str());
    for (const RevisionRow& row : disagreement.rows) {
        const Observation& told = row.observation;
        const std::string what(told.availability == Availability::value ? std::string_view(told.value) : to_text(told.availability));
        std::printf("    %-10s %s %s  revision %lld  sender %s  received %s%s\n", told.key.agency.c_str(),
                    what.c_str(), told.unit.c_str(), static_cast<long long>(row.id), row.sender.c_str(), to_text(row.received_at).c_str(),
                    told.key.agency == serving.served ? "  <- served" : "");
    }
    if (claims.settlement)
        std::printf("    %s %s by %s: %s stands: %s\n", claims.is_settled() ? "settled" : "opened again; was settled",
                    to_text(claims.settlement->at).c_str(), claims.settlement->by.c_str(), claims.settlement->agency.c_str(),
                    claims.settlement->reason.c_str());
    if (!claims.is_settled())
        std::printf("    cách khắc phục: %s\n", std::string(problem_text("figure.disagreement").remedy_vi).c_str());
}

Problem bad_option(const std::string& option, const std::string& detail, const std::string& found, const std::string& expected)
{
    return {"parameter.bad", detail, option, found, expected, {}};
}

/// What is to be kept of a settlement, or why it cannot be.
Result<Settlement> settlement_of(const Ready& ready, const DisagreementOptions& options)
{
    const auto figure = figure_from(options.key);
    if (!figure)
        return bad_option("KEY", "this is no figure's key", options.key, "as lienthong disagreements list shows it, in quotes");
    if (options.reason.empty())
        return bad_option("--reason", "a difference is settled for a reason", {}, "what was agreed, by whom, and why");
    DisagreementFilter filter;
    filter.indicator = figure->indicator;
    filter.area = figure->area;
    filter.settled = true;
    filter.limit = std::numeric_limits<std::size_t>::max();
    const auto found = ready.opened.data.store->disagreements(filter);
    if (!found.ok())
        return found.problem();
    const auto it =
        std::find_if(found->begin(), found->end(), [&](const Disagreement& one) { return one.claims.figure == *figure; });
    if (it == found->end())
        return Problem{"figure.no_disagreement", "no two agencies differ about this figure", "KEY", options.key, {}, {}};
    return Settlement{*figure, options.agency, options.reason, operator_name(), SystemClock().now(), it->claims.revisions()};
}

}  // namespace

int disagreements_list(const Common& common, const DisagreementOptions& options)
{
    if (options.state != "open" && options.state != "settled" && options.state != "all") {
        print_problems({bad_option("--state", "there is no such state", options.state, "open, settled or all")}, common.json);
        return not_done;
    }
    const auto ready = ready_or_print(common);
    if (!ready)
        return not_done;
    DisagreementFilter filter;
    filter.indicator = options.indicator;
    filter.open = options.state != "settled";
    filter.settled = options.state != "open";
    filter.limit = options.limit;
    const auto found = ready->opened.data.store->disagreements(filter);
    if (!found.ok()) {
        print_problems({found.problem()}, common.json);
        return not_done;
    }
    bool any_open = false;
    for (const Disagreement& disagreement : *found) {
        any_open |= !disagreement.claims.is_settled();
        if (!common.json) {
            print_disagreement(disagreement, *ready->catalogue);
            continue;
        }
        JsonWriter out;
        out.begin_object();
        api::write_disagreement(out, disagreement, *ready->catalogue);
        std::printf("%s\n", out.end_object().take().c_str());
    }
    if (!common.json)
        std::printf("%zu shown\n", found->size());
    return any_open ? found_wrong : done;
}

int disagreements_settle(const Common& common, const DisagreementOptions& options)
{
    const auto ready = ready_or_print(common);
    if (!ready)
        return not_done;
    const auto settlement = settlement_of(*ready, options);
    if (!settlement.ok()) {
        print_problems({settlement.problem()}, common.json);
        return not_done;
    }
    const auto kept = ready->opened.data.store->settle(*settlement, flow::leaf_of(*settlement));
    if (!kept.ok()) {
        print_problems({kept.problem()}, common.json);
        return not_done;
    }
    if (!common.json) {
        std::printf("%s is settled: the figure of %s stands: %s\nsettlement %lld; once sealed, GET /v1/settlements/%lld/proof gives its"
                    " evidence\n",
                    options.key.c_str(), options.agency.c_str(), options.reason.c_str(), static_cast<long long>(*kept),
                    static_cast<long long>(*kept));
        return done;
    }
    JsonWriter out;
    out.begin_object().member("settlement", *kept).member("key", options.key).member("state", "settled").member("agency", options.agency);
    out.member("reason", settlement->reason).member("by", settlement->by).member("at", to_text(settlement->at));
    std::printf("%s\n", out.end_object().take().c_str());
    return done;
}

}  // namespace lienthong::cli
