#include "hub/flow/forthcoming.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace lienthong::flow {
namespace {

using namespace lienthong::compliance;

constexpr std::size_t periods_looked_at = 3;

/// One telling of a figure or report before: for which period, and how.
struct Before
{
    Day last{};  ///< Of its period.
    std::string flow;
};

/// How many of the latest tellings make a habit.
std::size_t habit(PeriodKind kind)
{
    return kind == PeriodKind::half || kind == PeriodKind::nine_months || kind == PeriodKind::year ? 1 : 2;
}

/// Whether a period of such a text comes before `owed` and is of its kind; its last day.
std::optional<Day> earlier(std::string_view text, const Period& owed)
{
    const auto period = text::period_from(text);
    if (!period.ok() || period->kind != owed.kind || !(text::last_day(*period) < text::first_day(owed)))
        return std::nullopt;
    return text::last_day(*period);
}

class Habits
{
public:
    Habits(const Store& store, std::span<const Event> events) : store_(store), events_(events) {}

    /// The flow that usually brings it; empty where none does.
    Result<std::string> flow_of(const Obligation& owed)
    {
        std::vector<Before> before;
        if (const auto told = add_figures(owed, before); !told.ok())
            return told.problem();
        if (before.empty())
            if (const auto sent = add_reports(owed, before); !sent.ok())
                return sent.problem();
        std::stable_sort(before.begin(), before.end(), [](const Before& a, const Before& b) { return b.last < a.last; });
        const auto same = [](const Before& a, const Before& b) { return a.last == b.last; };
        before.erase(std::unique(before.begin(), before.end(), same), before.end());
        const std::size_t needed = habit(owed.period.kind);
        const std::size_t count = std::min(before.size(), needed == 1 ? std::size_t{1} : periods_looked_at);
        std::map<std::string, std::size_t> times;
        for (std::size_t i = 0; i < count; ++i)
            if (++times[before[i].flow] == needed)
                return before[i].flow;
        return std::string();
    }

private:
    /// Canonical texts begin with their year, so that years bound them.
    Result<void> add_figures(const Obligation& owed, std::vector<Before>& out)
    {
        const auto key = std::make_pair(owed.subject, owed.period.year);
        auto known = told_.find(key);
        if (known == told_.end()) {
            auto told = store_.first_told(owed.subject, std::to_string(owed.period.year - static_cast<int>(periods_looked_at)),
                                          std::to_string(owed.period.year));
            if (!told.ok())
                return told.problem();
            known = told_.emplace(key, std::move(told).value()).first;
        }
        for (const FirstTold& one : known->second)
            if (const auto last = earlier(one.period, owed.period); last && one.agency == owed.agency)
                out.push_back({*last, one.flow});
        return {};
    }

    Result<void> add_reports(const Obligation& owed, std::vector<Before>& out)
    {
        for (const Event& event : events_) {
            const auto* receipt = std::get_if<Receipt>(&event.what);
            if (receipt == nullptr || event.scope.subject != owed.subject || event.scope.agency != owed.agency)
                continue;
            const auto last = earlier(event.scope.period, owed.period);
            const auto flow = last ? flow_of_submission(receipt->submission) : Result<std::string>(std::string());
            if (!flow.ok())
                return flow.problem();
            if (!flow->empty())
                out.push_back({*last, *flow});
        }
        return {};
    }

    /// Of one of the hub's own, "S-17"; empty for one of another system.
    Result<std::string> flow_of_submission(std::string_view name)
    {
        SubmissionId id = 0;
        if (!name.starts_with("S-"))
            return std::string();
        const auto [end, error] = std::from_chars(name.data() + 2, name.data() + name.size(), id);
        if (error != std::errc{} || end != name.data() + name.size())
            return std::string();
        const auto row = store_.submission(id);
        if (!row.ok())
            return row.problem();
        return *row ? (*row)->flow : std::string();
    }

    const Store& store_;
    std::span<const Event> events_;
    std::map<std::pair<std::string, int>, std::vector<FirstTold>> told_;  ///< By indicator and the year they reach up to.
};

}  // namespace

Result<std::vector<Forthcoming>> forthcoming(const Store& store, std::span<const Obligation> obligations, std::span<const Event> events,
                                             Time now, unsigned most_working_days, const NextWorking& next_working)
{
    Habits habits(store, events);
    std::map<std::pair<Time, std::string>, Forthcoming> out;
    const Ledger ledger(events);
    for (NearDeadline& near : near_deadlines(obligations, ledger, now, most_working_days, next_working)) {
        auto flow = habits.flow_of(near.obligation);
        if (!flow.ok())
            return flow.problem();
        if (flow->empty())
            continue;
        Forthcoming& at = out[{near.outcome.deadline, *flow}];
        at.flow = *flow;
        at.closes = near.outcome.deadline;
        at.working_days = near.working_days;
        at.owed.push_back(std::move(near));
    }
    std::vector<Forthcoming> list;
    for (auto& [key, one] : out)
        list.push_back(std::move(one));
    return list;
}

}  // namespace lienthong::flow
