// From duties and regimes to dated obligations.
#include "hub/compliance/obligation.hpp"

#include "hub/text/reporting_days.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace lienthong::compliance {
namespace {

unsigned parts_in(PeriodKind kind)
{
    switch (kind) {
        case PeriodKind::month:
            return 12;
        case PeriodKind::quarter:
            return 4;
        case PeriodKind::half:
            return 2;
        case PeriodKind::day:
        case PeriodKind::nine_months:
        case PeriodKind::year:
            break;
    }
    return 1;
}

/// The one part a yearly date speaks of: the latest that ended before it, else the first.
unsigned part_of_date(const Due& due, const Period& period)
{
    const unsigned count = parts_in(period.kind);
    if (due.from == Due::From::year_after)
        return count;
    const unsigned ended = (due.month - 1) / (12 / count);
    return std::clamp(ended, 1U, count);
}

bool owed_for(const Recurrence& recurrence, const Period& period)
{
    if (recurrence.year && *recurrence.year != period.year)
        return false;
    if (!recurrence.parts.empty())
        return std::find(recurrence.parts.begin(), recurrence.parts.end(), period.part) != recurrence.parts.end();
    const auto& due = recurrence.due;
    const bool once_a_year = due && (due->from == Due::From::report_year || due->from == Due::From::year_after);
    if (once_a_year && parts_in(period.kind) > 1 && due->month >= 1 && due->month <= 12)
        return period.part == part_of_date(*due, period);
    return true;
}

/// A period whose deadline comes too soon after its figures are taken.
struct Narrow
{
    std::string period_text;
    Day window_to{};
    Day due{};
};

class Planner
{
public:
    Planner(std::span<const Regime> regimes, Day from, Day to, const NextWorking& next_working)
        : from_(from), to_(to), next_working_(next_working)
    {
        for (const Regime& regime : regimes)
            regimes_.emplace(regime.code, &regime);
    }

    void add(const Duty& duty)
    {
        if (duty.continuous)
            return;
        if (duty.recurrences.empty())
            return find(duty, "compliance.no_frequency", "the report has no frequency", {}, "a frequency");
        const auto regime = regimes_.find(duty.regime);
        for (const Recurrence& recurrence : duty.recurrences) {
            if (!recurrence.due && regime == regimes_.end()) {
                find(duty, "compliance.no_regime", "the report's regime is not known", duty.regime, "a regime's code");
                continue;
            }
            for (const Period& period : periods_ending(recurrence.kind, from_, to_))
                if (duty.validity.holds(last_day(period)) && owed_for(recurrence, period))
                    add(duty, recurrence, regime == regimes_.end() ? nullptr : regime->second, period);
        }
    }

    Plan finish()
    {
        for (const auto& [tier, narrow] : narrow_)
            plan_.findings.push_back(
                {.code = "compliance.no_gap",
                 .detail = "the deadline leaves no working day after the figures are taken",
                 .place = tier,
                 .found = narrow.period_text + ": " + day_text(narrow.window_to) + ", " + day_text(narrow.due),
                 .expected = "a working day after the window's last day, the deadline's own day at the latest",
                 .rule = "09/2019/NĐ-CP, Điều 8.5"});
        std::sort(plan_.obligations.begin(), plan_.obligations.end(), [](const Obligation& a, const Obligation& b) {
            return std::tie(a.deadline.closes, a.tier, a.id) < std::tie(b.deadline.closes, b.tier, b.id);
        });
        return std::move(plan_);
    }

private:
    /// Each code once a duty, however many periods it spoils.
    void find(const Duty& duty, const char* code, const char* detail, std::string found, const char* expected,
              std::string rule = {})
    {
        const std::string place = duty.subject + '|' + duty.agency;
        if (said_.insert(code + ('|' + place)).second)
            plan_.findings.push_back({.code = code,
                                      .detail = detail,
                                      .place = place,
                                      .found = std::move(found),
                                      .expected = expected,
                                      .rule = std::move(rule)});
    }

    void find_unknown_year(std::chrono::year year)
    {
        const std::string place = std::to_string(static_cast<int>(year));
        if (said_.insert(place).second)
            plan_.findings.push_back({.code = "compliance.calendar",
                                      .detail = "the days off of a deadline's year are not known",
                                      .place = place,
                                      .found = {},
                                      .expected = "the year's days off"});
    }

    void add(const Duty& duty, const Recurrence& recurrence, const Regime* regime, const Period& period)
    {
        const Tier* tier = recurrence.due ? nullptr : regime->tier_for(duty.role, duty.report_class, period);
        const Due* due = recurrence.due ? &*recurrence.due : tier != nullptr ? &tier->due : nullptr;
        if (due == nullptr)
            return find(duty, "compliance.no_deadline", "no tier of the regime gives a date for this report",
                        std::string(to_text(period.kind)) + " from " + duty.role, "a tier for it, or a date of its own",
                        regime->code);
        auto deadline = deadline_of(*due, period, next_working_);
        if (!deadline.ok())
            return find(duty, "compliance.due", "the date rule names no day that can be", due->words, "a day that can be",
                        due->act);
        if (deadline->provisional)
            find_unknown_year(deadline->due.year());
        Obligation out;
        out.period = period;
        out.period_text = to_text(period);
        out.id = duty.subject + '|' + out.period_text + '|' + duty.agency;
        if (!ids_.insert(out.id).second)
            return find(duty, "compliance.duplicate", "the same report stands twice for one period", out.period_text,
                        "one row for each report, agency and period");
        out.subject = duty.subject;
        out.name = duty.name;
        out.agency = duty.agency;
        out.receiver = duty.receiver;
        out.deadline = std::move(deadline).value();
        out.rule = {.words = due->words, .act = due->act, .reckoning = out.deadline.reckoning, .window_act = {}};
        // A line with a date of its own is about the calendar's period: the window belongs to the tiers' chain.
        const auto window = text::cutoff_window(period, tier != nullptr ? std::max(tier->cutoff_from_day, 1U) : 1U);
        out.window_from = window.first;
        out.window_to = window.last;
        out.opens = opening(next(window.last), out.deadline.due);
        if (tier != nullptr) {
            out.rule.window_act = tier->cutoff_act;
            place(out, duty, *regime, *tier);
            if (tier->cutoff_from_day != 0)
                look_for_gap(out, *tier);
        }
        plan_.obligations.push_back(std::move(out));
    }

    /// Too little is left where a window ends late and the deadline does not give way to days off. Only windows the regime
    /// itself sets are looked at: without one nobody has said when the taking of figures ends.
    void look_for_gap(const Obligation& one, const Tier& tier)
    {
        const auto first_working = next_working_(next(one.window_to));
        if (!first_working || !(one.deadline.due < *first_working))
            return;
        const Narrow here{.period_text = one.period_text, .window_to = one.window_to, .due = one.deadline.due};
        const auto [kept, added] = narrow_.emplace(tier.code, here);
        if (!added && here.window_to < kept->second.window_to)
            kept->second = here;
    }

    /// When the window is over; where the deadline comes first, with the deadline's month.
    static Time opening(Day window_over, Day due)
    {
        return start_of(window_over <= due ? window_over : Day{due.year() / due.month() / 1});
    }

    void place(Obligation& out, const Duty& duty, const Regime& regime, const Tier& tier)
    {
        out.tier = static_cast<std::size_t>(&tier - regime.tiers.data());
        const auto key = regime.code + '|' + out.period_text + '|' + std::to_string(static_cast<int>(duty.report_class));
        auto dates = ladders_.find(key);
        if (dates == ladders_.end())
            dates = ladders_.emplace(key, tier_dates(regime, duty.report_class, out.period, next_working_)).first;
        for (const TierDate& date : dates->second)
            if (date.tier == &tier) {
                out.above = date.above;
                out.below = date.below;
            }
    }

    Day from_;
    Day to_;
    const NextWorking& next_working_;
    std::unordered_map<std::string, const Regime*> regimes_;
    std::unordered_map<std::string, std::vector<TierDate>> ladders_;
    std::unordered_set<std::string> ids_;
    std::unordered_set<std::string> said_;
    std::map<std::string, Narrow> narrow_;  ///< By tier code.
    Plan plan_;
};

}  // namespace

std::vector<Period> periods_ending(PeriodKind kind, Day from, Day to)
{
    std::vector<Period> out;
    if (kind == PeriodKind::day) {
        for (Day day = from; day < to; day = next(day)) {
            const Period period{.kind = kind,
                                .year = static_cast<int>(day.year()),
                                .part = static_cast<unsigned>(day.month()),
                                .day = static_cast<unsigned>(day.day())};
            if (exists(period))
                out.push_back(period);
        }
        return out;
    }
    const bool numbered = parts_in(kind) > 1;
    for (int year = std::max(1900, static_cast<int>(from.year())); year <= std::min(2999, static_cast<int>(to.year())); ++year)
        for (unsigned part = 1; part <= parts_in(kind); ++part) {
            const Period period{.kind = kind, .year = year, .part = numbered ? part : 0};
            if (const Day last = last_day(period); !(last < from) && last < to)
                out.push_back(period);
        }
    return out;
}

Plan obligations(std::span<const Duty> duties, std::span<const Regime> regimes, Day from, Day to, const NextWorking& next_working)
{
    Planner planner(regimes, from, to, next_working);
    for (const Duty& duty : duties)
        planner.add(duty);
    return planner.finish();
}

}  // namespace lienthong::compliance
