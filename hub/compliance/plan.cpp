// From the catalogue's rows to duties, regimes and what falls due.
#include "hub/compliance/plan.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/crosswalks.hpp"
#include "hub/catalogue/regimes.hpp"
#include "hub/catalogue/sets.hpp"
#include "hub/catalogue/working_days.hpp"
#include "hub/text/frequency.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace lienthong::compliance {
namespace {

using catalogue::Catalogue;
using catalogue::DeadlineRule;
using catalogue::Form;
using catalogue::Validity;
using std::chrono::months;
using std::chrono::year_month_day;

/// A report may be due a year and a quarter after its period ends, or nearly a year before.
constexpr months longest_wait{18};
constexpr months longest_lead{12};

ReportClass class_of(catalogue::ReportClass report_class)
{
    return report_class == catalogue::ReportClass::periodic ? ReportClass::periodic : ReportClass::on_request;
}

std::string words_of(const DeadlineRule& rule)
{
    return (rule.inclusive ? "chậm nhất vào ngày " : "trước ngày ") + std::to_string(rule.day) +
           (rule.month == catalogue::DueMonth::last ? " của tháng cuối kỳ báo cáo" : " của tháng sau kỳ báo cáo");
}

Tier tier_of(const DeadlineRule& rule)
{
    Tier tier{.code = rule.regime + '-' + std::to_string(rule.tier),
              .from = rule.from_roles,
              .to = rule.to_role,
              .report_class = class_of(rule.report_class),
              .due = {.from = rule.month == catalogue::DueMonth::last ? Due::From::last_month : Due::From::month_after,
                      .day = rule.day,
                      .inclusive = rule.inclusive,
                      .shifts = rule.shifts,
                      .words = words_of(rule),
                      .act = rule.act},
              .cutoff_from_day = rule.cutoff_from_day,
              .validity = rule.validity};
    if (rule.cutoff_from_day != 0)
        tier.cutoff_act = rule.act;
    for (const PeriodKind kind : rule.kinds)
        tier.periods.push_back({.kind = kind});
    return tier;
}

Due::From from_of(const text::DueRule& rule)
{
    if (rule.month == 0)
        return rule.following ? Due::From::month_after : Due::From::last_month;
    return rule.following ? Due::From::year_after : Due::From::report_year;
}

/// The rows of one set, turned into duties.
class Reading
{
public:
    explicit Reading(const Catalogue& catalogue) : catalogue_(catalogue)
    {
        for (const catalogue::Assignment& assignment : catalogue.assignments())
            if (assignment.role == catalogue::AssignmentRole::owner)
                owners_[assignment.subject].push_back(&assignment);
        for (auto& [subject, owners] : owners_)
            std::sort(owners.begin(), owners.end(), [](const auto* a, const auto* b) { return a->validity.from < b->validity.from; });
    }

    void add(const Form& form)
    {
        Duty duty{.subject = form.code,
                  .name = form.name_vi,
                  .agency = {},
                  .receiver = {},
                  .role = form.role,
                  .regime = form.regime,
                  .report_class = class_of(form.report_class)};
        if (const auto frequency = text::frequency_from_canonical(form.frequency); frequency.ok()) {
            duty.continuous = !frequency->source.empty();
            duty.recurrences = recurrences_of(form, *frequency);
        }
        Day answered = form.validity.from;  // The first day no owner seen so far answers for.
        for (const catalogue::Assignment* owner : owners_of(form.code)) {
            const Validity held = both(form.validity, owner->validity);
            if (!(held.from < held.to))
                continue;
            if (answered < held.from)
                find_no_owner(form, answered);
            answered = std::max(answered, held.to);
            duty.agency = owner->agency;
            duty.validity = held;
            out_.duties.push_back(duty);
        }
        if (answered < form.validity.to)
            find_no_owner(form, answered);
    }

    /// A figure of a version of a set is owed by who answers for it in the set's province, on the days all rows hold.
    void add(const catalogue::IndicatorSet& set, const catalogue::Membership& member)
    {
        const Validity days = both(set.validity, member.validity);
        const auto indicator = catalogue_.indicator(member.indicator, days.from);
        if (!(days.from < days.to) || !indicator.ok() || (*indicator)->heading)
            return;
        const catalogue::Indicator& line = **indicator;
        Duty duty{.subject = line.code, .name = line.name_vi, .agency = {}, .receiver = {}, .role = set.role, .regime = set.regime};
        duty.recurrences = recurrences_of(line);
        const std::string province = province_of(set, line, days.from);
        Day answered = days.from;
        for (const catalogue::Assignment* owner : owners_of(line.code)) {
            const Validity held = both(owner->validity, days);
            if (!(held.from < held.to) || province_of(owner->agency) != province)
                continue;
            add_first_named(duty, line, {.from = answered, .to = held.from});
            duty.agency = owner->agency;
            duty.validity = held;
            out_.duties.push_back(duty);
            answered = std::max(answered, held.to);
        }
        add_first_named(duty, line, {.from = answered, .to = days.to});
    }

    Duties finish() { return std::move(out_); }

private:
    static Validity both(const Validity& a, const Validity& b)
    {
        return {.from = std::max(a.from, b.from), .to = std::min(a.to, b.to)};
    }

    /// In the order of their days.
    [[nodiscard]] std::vector<const catalogue::Assignment*> owners_of(const std::string& subject) const
    {
        const auto found = owners_.find(subject);
        return found == owners_.end() ? std::vector<const catalogue::Assignment*>() : found->second;
    }

    /// The level-1 code an agency stands under (Decision 20/2020/QĐ-TTg, Article 4).
    static std::string province_of(const std::string& agency) { return agency.substr(0, agency.find('.')); }

    /// Of the set's own province where its code is known, else of the body the line names first.
    [[nodiscard]] std::string province_of(const catalogue::IndicatorSet& set, const catalogue::Indicator& line, Day day) const
    {
        const std::size_t system = set.province.find(':');
        if (system != std::string::npos)
            if (const auto code = catalogue_.crosswalk(set.province.substr(0, system), set.province.substr(system + 1), "LEVEL_1", day); code.ok())
                return std::string(code->code);
        return line.agencies.empty() ? std::string() : province_of(line.agencies.front());
    }

    /// Where no owner is assigned, the body the line names first answers.
    void add_first_named(Duty duty, const catalogue::Indicator& line, const Validity& days)
    {
        if (!(days.from < days.to))
            return;
        if (line.agencies.empty()) {
            out_.findings.push_back({.code = "compliance.no_owner",
                                     .detail = "nobody answers for the figure from " + day_text(days.from),
                                     .place = line.code + '|' + day_text(days.from),
                                     .found = line.agency_raw,
                                     .expected = "an owner in assignments.csv, or agencies in the line",
                                     .rule = line.act});
            return;
        }
        duty.agency = line.agencies.front();
        duty.validity = days;
        out_.duties.push_back(std::move(duty));
    }

    static std::vector<Recurrence> recurrences_of(const catalogue::Indicator& line)
    {
        std::vector<Recurrence> out;
        for (const PeriodKind kind : line.kinds)
            out.push_back({.kind = kind, .parts = kind == PeriodKind::month ? line.months : std::vector<unsigned>()});
        return out;
    }

    void find_no_owner(const Form& form, Day day)
    {
        out_.findings.push_back({.code = "compliance.no_owner",
                                 .detail = "nobody answers for the report from " + day_text(day),
                                 .place = form.code + '|' + day_text(day),
                                 .found = {},
                                 .expected = "an owner in assignments.csv",
                                 .rule = form.act});
    }

    std::vector<Recurrence> recurrences_of(const Form& form, const text::Frequency& frequency)
    {
        if (frequency.date)
            return dated(form, *frequency.date);
        const text::Frequency reading = text::readings(frequency).front();
        if (frequency.ambiguous)
            out_.findings.push_back({.code = "compliance.ambiguous",
                                     .detail = "the frequency can be read in two ways",
                                     .place = form.place,
                                     .found = form.frequency_raw,
                                     .expected = text::to_vietnamese(reading),
                                     .rule = form.act});
        std::vector<Recurrence> out;
        for (const text::FrequencyKind kind : reading.kinds) {
            // Each form names the one crop season it is about, so it is owed once a year.
            const auto period = kind == text::FrequencyKind::season ? PeriodKind::year : text::period_kind(kind);
            if (!period) {
                find_no_period(form);
                continue;
            }
            Recurrence recurrence{.kind = *period, .parts = reading.months};
            if (reading.due)
                recurrence.due = own_date(form, *reading.due);
            out.push_back(std::move(recurrence));
        }
        return out;
    }

    std::vector<Recurrence> dated(const Form& form, const Period& period)
    {
        if (period.kind == PeriodKind::day) {
            find_no_period(form);
            return {};
        }
        Recurrence once{.kind = period.kind, .year = period.year};
        if (period.part != 0)
            once.parts = {period.part};
        return {once};
    }

    void find_no_period(const Form& form)
    {
        out_.findings.push_back({.code = "compliance.no_period",
                                 .detail = "no period is of this frequency",
                                 .place = form.place,
                                 .found = form.frequency_raw,
                                 .expected = "a kind of period from day to year",
                                 .rule = form.act});
    }

    /// "ngày 30 hàng tháng" holds the 30th. Whether a day off moves it is for the regime to say, of the body's tier.
    [[nodiscard]] Due own_date(const Form& form, const text::DueRule& rule) const
    {
        Due due{.from = from_of(rule), .day = rule.day, .month = rule.month, .shifts = false};
        due.words = form.frequency_raw;
        due.act = form.act;
        for (const DeadlineRule& tier : catalogue_.deadline_rules())
            if (tier.regime == form.regime && tier.report_class == form.report_class &&
                std::find(tier.from_roles.begin(), tier.from_roles.end(), form.role) != tier.from_roles.end()) {
                due.shifts = tier.shifts;
                break;
            }
        return due;
    }

    const Catalogue& catalogue_;
    std::unordered_map<std::string, std::vector<const catalogue::Assignment*>> owners_;
    Duties out_;
};

Day moved(Day day, months by)
{
    return {(std::chrono::year_month{day.year(), day.month()} + by) / 1};
}

Result<void> check_set(const Catalogue& catalogue, std::string_view set)
{
    const std::vector<std::string> sets = sets_of(catalogue);
    if (std::find(sets.begin(), sets.end(), set) != sets.end())
        return {};
    std::string known;
    for (const std::string& one : sets)
        known += (known.empty() ? "" : ", ") + one;
    return Problem{.code = "compliance.set",
                   .detail = "the catalogue has no such set of report forms or indicators",
                   .found = shortened(set),
                   .expected = known.empty() ? "a set of forms.csv or indicator_sets.csv" : known};
}

}  // namespace

Duties duties_of(const Catalogue& catalogue, std::string_view set)
{
    Reading reading(catalogue);
    for (const Form& form : catalogue.forms())
        if (form.set == set)
            reading.add(form);
    for (const catalogue::IndicatorSet& version : catalogue.indicator_sets())
        if (version.code == set)
            for (const catalogue::Membership& member : catalogue.memberships())
                if (member.set == set)
                    reading.add(version, member);
    return reading.finish();
}

std::vector<Regime> regimes_of(const Catalogue& catalogue)
{
    std::vector<const DeadlineRule*> rules;
    for (const DeadlineRule& rule : catalogue.deadline_rules())
        rules.push_back(&rule);
    std::stable_sort(rules.begin(), rules.end(), [](const DeadlineRule* a, const DeadlineRule* b) {
        return std::tie(a->regime, a->tier) < std::tie(b->regime, b->tier);
    });
    std::vector<Regime> out;
    for (const DeadlineRule* rule : rules) {
        if (out.empty() || out.back().code != rule->regime)
            out.push_back({.code = rule->regime, .name = rule->regime, .tiers = {}});
        if (rule->due_by == catalogue::DueBy::day)
            out.back().tiers.push_back(tier_of(*rule));
    }
    return out;
}

NextWorking next_working_of(const Catalogue& catalogue)
{
    return [&days = catalogue.working_days()](Day day) -> std::optional<Day> {
        const auto found = days.next_working(day);
        return found.ok() ? std::optional(*found) : std::nullopt;
    };
}

std::vector<std::string> sets_of(const Catalogue& catalogue)
{
    std::set<std::string> sets;
    for (const Form& form : catalogue.forms())
        sets.insert(form.set);
    for (const catalogue::IndicatorSet& version : catalogue.indicator_sets())
        sets.insert(version.code);
    return {sets.begin(), sets.end()};
}

Result<Plan> plan_of(const Catalogue& catalogue, std::string_view set, Span span)
{
    if (const auto known = check_set(catalogue, set); !known.ok())
        return known.problem();
    Duties duties = duties_of(catalogue, set);
    Plan plan = obligations(duties.duties, regimes_of(catalogue), moved(span.from, -longest_wait), moved(span.to, longest_lead),
                            next_working_of(catalogue));
    std::erase_if(plan.obligations, [&](const Obligation& one) { return !span.holds(one.deadline.due); });
    std::erase_if(plan.findings, [&](const Problem& finding) {
        return finding.code == "compliance.calendar" &&
               std::none_of(plan.obligations.begin(), plan.obligations.end(), [&](const Obligation& one) {
                   return one.deadline.provisional && std::to_string(static_cast<int>(one.deadline.due.year())) == finding.place;
               });
    });
    plan.findings.insert(plan.findings.begin(), duties.findings.begin(), duties.findings.end());
    return plan;
}

Result<Obligation> obligation_of(const Catalogue& catalogue, std::string_view set, const Scope& scope)
{
    if (const auto known = check_set(catalogue, set); !known.ok())
        return known.problem();
    const auto period = text::period_from(scope.period);
    if (!period.ok())
        return period.problem();
    Duties duties = duties_of(catalogue, set);
    std::erase_if(duties.duties, [&](const Duty& duty) { return duty.subject != scope.subject; });
    const Day last = text::last_day(*period);
    const Plan plan = obligations(duties.duties, regimes_of(catalogue), last, next(last), next_working_of(catalogue));
    std::string owed;
    for (const Obligation& one : plan.obligations) {
        if (scope.covers(one))
            return one;
        owed += (owed.empty() ? "" : ", ") + one.id;
    }
    return Problem{.code = "compliance.no_obligation",
                   .detail = "nobody owes such a report",
                   .found = scope.obligation(),
                   .expected = owed.empty() ? "a form, a period and an agency of GET /v1/obligations" : owed};
}

std::string agency_name(const Catalogue& catalogue, std::string_view code)
{
    const catalogue::Agency* agency = catalogue.find_agency(code);
    return agency == nullptr ? std::string(code) : agency->name_vi;
}

}  // namespace lienthong::compliance
