// lienthong compute: works out every computed indicator from all its facts, and compares with what is stored.
#include "hub/api/serving.hpp"
#include "hub/cli/computing_parts.hpp"
#include "hub/cli/opened.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

std::string said(const Observation& observation)
{
    const std::string value = observation.availability == Availability::value ? observation.value + " " + observation.unit
                                                                              : std::string(to_text(observation.availability));
    return value + " (" + observation.source + ")";
}

Problem problem_of(const flow::Difference& difference)
{
    return {.code = "compute.different",
            .detail = "the figure is stored otherwise than the facts have it",
            .place = to_text(difference.computed.key),
            .found = difference.stored ? said(*difference.stored) : "nothing",
            .expected = said(difference.computed)};
}

}  // namespace

int compute_all(const Common& common, const ComputeOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const ReferenceData reference = load_reference_data(opened->settings.catalogue, opened->settings.mappings);
    if (!reference.problems.empty()) {
        print_problems(reference.problems, common.json);
        return not_done;
    }
    opened->data.store->judge_by(api::rules_by(reference.catalogue));
    flow::Computing computing(computing_parts(opened->settings, opened->data, reference, std::make_shared<SystemClock>(), {}));
    std::size_t different = 0;
    std::vector<Problem> told;
    bool found = options.computation.empty();
    for (const auto& computation : reference.computations) {
        if (!options.computation.empty() && computation->name() != options.computation)
            continue;
        found = true;
        const auto again = computing.recompute(*computation);
        if (!again.ok()) {
            print_problems({again.problem()}, common.json);
            return not_done;
        }
        for (const flow::Difference& difference : again->differences)
            told.push_back(problem_of(difference));
        told.insert(told.end(), again->set_aside.begin(), again->set_aside.end());
        different += again->differences.size();
        if (!common.json)
            std::printf("%s: %zu facts, %zu set aside, %zu figures, %zu different\n", computation->name().c_str(), again->facts,
                        again->set_aside.size(), again->figures, again->differences.size());
        if (options.check || again->differences.empty())
            continue;
        if (const auto mended = computing.mend(*computation, *again); !mended.ok()) {
            print_problems({mended.problem()}, common.json);
            return not_done;
        }
    }
    if (!found) {
        print_problems(
            {{"settings.flow", "there is no such computation", {}, options.computation, "a name lienthong check knows", {}}},
            common.json);
        return not_done;
    }
    print_problems(told, common.json);
    return different == 0 ? done : found_wrong;
}

}  // namespace lienthong::cli
