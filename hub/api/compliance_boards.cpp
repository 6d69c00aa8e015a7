#include "hub/api/compliance_boards.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/compliance/event_text.hpp"
#include "hub/flow/told_receipts.hpp"

#include <algorithm>
#include <iterator>

namespace lienthong::api {
namespace {

using namespace lienthong::compliance;

/// Spans kept planned: a year of months and the months around it.
constexpr std::size_t most_plans = 16;

}  // namespace

std::string month_text(Day day)
{
    return text::to_text(
        Period{.kind = PeriodKind::month, .year = static_cast<int>(day.year()), .part = static_cast<unsigned>(day.month())});
}

Result<std::shared_ptr<const Plan>> ComplianceBoards::planned(const std::string& set, Span span)
{
    const std::lock_guard lock(mutex_);
    const auto key = std::make_tuple(set, span.from, span.to);
    if (const auto found = plans_.find(key); found != plans_.end())
        return found->second;
    auto plan = plan_of(*catalogue_, set, span);
    if (!plan.ok())
        return plan.problem();
    if (plans_.size() >= most_plans)
        plans_.clear();
    return plans_.emplace(key, std::make_shared<const Plan>(std::move(plan).value())).first->second;
}

Result<Scoreboard> ComplianceBoards::board(const std::string& set, Span span, Time now)
{
    const auto plan = planned(set, span);
    if (!plan.ok())
        return plan.problem();
    const auto events = events_on((*plan)->obligations);
    if (!events.ok())
        return events.problem();
    return scoreboard((*plan)->obligations, *events, now, span);
}

Result<Scoreboard> ComplianceBoards::of_periods(const std::string& set, Span ending, Time now)
{
    if (auto known = plan_of(*catalogue_, set, {ending.from, ending.from}); !known.ok())
        return known.problem();
    const Plan plan = obligations(duties_of(*catalogue_, set).duties, regimes_of(*catalogue_), ending.from, ending.to,
                                  next_working_of(*catalogue_));
    const auto events = events_on(plan.obligations);
    if (!events.ok())
        return events.problem();
    const auto ever = always();
    return scoreboard(plan.obligations, *events, now, {ever.from, ever.to});
}

Result<ScoreEntry> ComplianceBoards::standing(const Scope& scope, Time now)
{
    const auto& forms = catalogue_->forms();
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const catalogue::Form& one) { return one.code == scope.subject; });
    if (form == forms.end())
        return Problem{"form.unknown", "the catalogue has no such form", "query/form", shortened(scope.subject),
                       "a form of GET /v1/obligations"};
    auto obligation = obligation_of(*catalogue_, form->set, scope);
    if (!obligation.ok())
        return obligation.problem();
    const auto events = this->events();
    if (!events.ok())
        return events.problem();
    const Outcome outcome = status(*obligation, **events, now);
    return ScoreEntry{std::move(obligation).value(), outcome};
}

Result<std::vector<Event>> ComplianceBoards::events_on(std::span<const Obligation> owed)
{
    const auto kept = events();
    if (!kept.ok())
        return kept.problem();
    auto out = flow::told_receipts(*store_, owed);
    if (out.ok())
        out->insert(out->end(), (*kept)->begin(), (*kept)->end());
    return out;
}

Result<ComplianceBoards::Events> ComplianceBoards::events()
{
    const std::lock_guard lock(mutex_);
    const auto rows = events_->after(known_->empty() ? std::string() : known_->back().id);
    if (!rows.ok())
        return rows.problem();
    if (rows->empty())
        return known_;
    auto fresh = events_from(*rows);
    if (!fresh.ok())
        return fresh.problem();
    auto all = std::make_shared<std::vector<Event>>(*known_);
    all->insert(all->end(), std::make_move_iterator(fresh->begin()), std::make_move_iterator(fresh->end()));
    known_ = std::move(all);
    return known_;
}

AgencyName ComplianceBoards::names() const
{
    return [catalogue = catalogue_](std::string_view code) { return agency_name(*catalogue, code); };
}

}  // namespace lienthong::api
