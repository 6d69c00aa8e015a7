// lienthong quarantine: what was refused, why, and closing what needs no mending.
#include "hub/cli/opened.hpp"
#include "hub/model/expected_text.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

std::optional<RecordState> state_named(const std::string& name)
{
    for (std::size_t i = 0; i < record_state_count; ++i)
        if (to_text(static_cast<RecordState>(i)) == name)
            return static_cast<RecordState>(i);
    return std::nullopt;
}

void print_entry(const QuarantineEntry& entry)
{
    std::printf("#%lld  %s  flow %s  sender %s  message %lld record %u  since %s\n", static_cast<long long>(entry.id),
                std::string(to_text(entry.state)).c_str(), entry.flow.c_str(), entry.sender.c_str(), static_cast<long long>(entry.message),
                entry.record, to_text(entry.since).c_str());
    for (const Problem& problem : entry.problems) {
        const ProblemText& text = problem_text(problem.code);
        std::printf("    %s  [%s]\n", std::string(text.vi).c_str(), problem.code.c_str());
        // Where nothing was found to be shown, the description is all there is to act on.
        if (problem.found.empty() && problem.expected.empty() && !problem.detail.empty())
            std::printf("    mô tả: %s\n", problem.detail.c_str());
        std::printf("    tại %s", problem.place.empty() ? entry.place.c_str() : problem.place.c_str());
        if (!problem.found.empty())
            std::printf("; đã thấy '%s'", problem.found.c_str());
        if (const std::string expected = expected_in_vietnamese(problem.expected); !problem.expected.empty())
            std::printf("; cần %s", (expected.empty() ? problem.expected : expected).c_str());
        std::printf("\n    cách khắc phục: %s\n", std::string(text.remedy_vi).c_str());
    }
    if (!entry.reason.empty())
        std::printf("    %s\n", entry.reason.c_str());
}

void print_entry_json(const QuarantineEntry& entry)
{
    JsonWriter out;
    out.begin_object().member("id", entry.id).member("state", to_text(entry.state)).member("flow", entry.flow);
    out.member("sender", entry.sender).member("message", entry.message).member("record", std::int64_t{entry.record});
    out.member("place", entry.place).member("excerpt", entry.excerpt).member("since", to_text(entry.since)).member("reason", entry.reason);
    write_problems(out, "problems", entry.problems);
    std::printf("%s\n", out.end_object().take().c_str());
}

}  // namespace

int quarantine_list(const Common& common, const QuarantineOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto state = state_named(options.state);
    if (!options.state.empty() && !state) {
        print_problems({{"parameter.bad", "there is no such state", "--state", options.state, "refused, waiting, returned or closed", {}}}, common.json);
        return not_done;
    }
    const auto entries = opened->data.store->quarantine(state, options.flow, 0, options.limit);
    if (!entries.ok()) {
        print_problems({entries.problem()}, common.json);
        return not_done;
    }
    for (const QuarantineEntry& entry : *entries)
        common.json ? print_entry_json(entry) : print_entry(entry);
    if (!common.json)
        std::printf("%zu shown\n", entries->size());
    const bool all_closed = std::all_of(entries->begin(), entries->end(), [](const QuarantineEntry& entry) { return entry.state == RecordState::closed; });
    return all_closed ? done : found_wrong;
}

int quarantine_close(const Common& common, const QuarantineOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    if (options.reason.empty()) {
        print_problems({{"parameter.bad", "a record is closed for a reason", "--reason", {}, "one sentence, with who decided it", {}}}, common.json);
        return not_done;
    }
    if (const auto closed = opened->data.store->close_quarantined(options.id, options.reason, SystemClock().now()); !closed.ok()) {
        print_problems({closed.problem()}, common.json);
        return not_done;
    }
    std::printf("#%lld is closed: %s\n", static_cast<long long>(options.id), options.reason.c_str());
    return done;
}

}  // namespace lienthong::cli
