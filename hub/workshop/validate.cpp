// Judges one observation against the catalogue as of the last day of its period, and against the flow's scope.
#include "hub/workshop/validate.hpp"

#include "hub/catalogue/refusals.hpp"
#include "hub/mapping/as_of_period.hpp"
#include "hub/text/number.hpp"
#include "hub/text/period.hpp"
#include "hub/text/same_text.hpp"

#include <algorithm>
#include <optional>

namespace lienthong::workshop {
namespace {

using catalogue::Catalogue;
using catalogue::Day;
using catalogue::Indicator;
using catalogue::Measure;
using mapping::Field;

std::string listed(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// The rule a figure breaks, in words that outlive an edit of the file: the row by its code, and the act behind it.
std::string row_of(const Indicator& indicator)
{
    return "indicators.csv " + indicator.code + (indicator.act.empty() ? "" : " (" + indicator.act + ")");
}

class Judge
{
public:
    Judge(Observation& observation, const Catalogue& catalogue, const Scope& scope, JudgeMemory& memory)
        : o_(observation), catalogue_(catalogue), scope_(scope), memory_(memory)
    {
    }

    std::vector<Judgement> judge()
    {
        if (!text::is_same(memory_.period, o_.key.period) || memory_.period.empty()) {
            const auto period = text::period_from(o_.key.period);
            if (!period) {
                say(Field::period, period.problem(), o_.key.period);
                return std::move(said_);
            }
            memory_.period = o_.key.period;
            memory_.read_period = *period;
            memory_.day = text::last_day(*period);
            memory_.first_day = text::first_day(*period);
        }
        if (scope_.today && memory_.first_day > *scope_.today && o_.key.measure != catalogue::plan_measure)
            say(Field::period, "period.future", "the period begins on " + catalogue::day_text(memory_.first_day), o_.key.period,
                "a period that has begun on " + catalogue::day_text(*scope_.today), "the day the message is read");
        const text::Period& period = memory_.read_period;
        const Day day = memory_.day;
        Known fresh;
        const Known* known = &remembered();
        if (!is_known(*known, period.kind, day)) {
            fresh = judge_indicator(period, day);
            known = &fresh;
            if (said_.empty())
                remembered() = fresh;
        }
        judge_area(day);
        judge_agency(day);
        judge_value();
        judge_unit(*known);
        return std::move(said_);
    }

private:
    using Known = JudgeMemory::Known;

    /// Where indicators like this one are remembered; those that take turns mostly differ in their last letter.
    [[nodiscard]] Known& remembered()
    {
        const std::string& code = o_.key.indicator;
        const std::size_t last = code.empty() ? 0 : static_cast<unsigned char>(code.back());
        return memory_.known[(last + code.size() + o_.key.measure.size()) % memory_.known.size()];
    }

    /// No two rows of one code hold on the same day, so the one that does is the one.
    [[nodiscard]] bool is_known(const Known& known, text::PeriodKind kind, Day day) const
    {
        return known.measure != nullptr && known.kind == kind && known.indicator->validity.holds(day) &&
               text::is_same(known.indicator->code, o_.key.indicator) && text::is_same(known.measure->code, o_.key.measure) &&
               text::is_same(known.breakdown, o_.key.breakdown);
    }

    void say(Field field, Problem problem, std::string_view found)
    {
        if (problem.found.empty())
            problem.found = shortened(found);
        said_.push_back({.field = field, .finding = false, .problem = std::move(problem)});
    }

    void say(Field field, const char* code, std::string detail, std::string_view found, std::string expected, std::string rule)
    {
        say(field,
            {.code = code, .detail = std::move(detail), .found = {}, .expected = std::move(expected), .rule = std::move(rule)},
            found);
    }

    Known judge_indicator(const text::Period& period, Day day)
    {
        Known out{.breakdown = o_.key.breakdown, .kind = period.kind};
        const auto found = catalogue_.indicator(o_.key.indicator, day);
        if (!found) {
            say(Field::indicator, found.problem(), o_.key.indicator);
            return out;
        }
        const Indicator& indicator = **found;
        if (indicator.heading) {
            say(Field::indicator, "indicator.heading", "'" + indicator.name_vi + "' is a heading", indicator.code,
                "an indicator below it", row_of(indicator));
            return out;
        }
        out.indicator = &indicator;
        out.measure = indicator.measure(o_.key.measure);
        if (out.measure == nullptr) {
            std::vector<std::string> known;
            for (const Measure& one : indicator.measures)
                known.push_back(one.code);
            say(Field::measure, "measure.unknown", indicator.code + " has no such measure", o_.key.measure, listed(known),
                row_of(indicator));
        } else {
            out.unit = catalogue_.find_unit(indicator.unit_of(*out.measure));
        }
        if (!indicator.may_have(period.kind)) {
            std::vector<std::string> kinds;
            for (const text::PeriodKind kind : indicator.kinds)
                kinds.emplace_back(text::to_text(kind));
            say(Field::period, "period.kind", indicator.code + " has no figures of a " + std::string(text::to_text(period.kind)),
                o_.key.period, listed(kinds), row_of(indicator));
        }
        if (const auto fits = catalogue_.check_breakdown(indicator, o_.key.breakdown); !fits)
            say(Field::breakdown, fits.problem(), o_.key.breakdown);
        return out;
    }

    void judge_area(Day day)
    {
        if (memory_.area.holds.holds(day) && text::is_same(memory_.area.code, o_.key.area))
            return;
        const std::size_t colon = o_.key.area.find(':');
        const std::string_view full = o_.key.area;
        const auto area = colon == std::string::npos ? catalogue_.area("GSO", full, day)
                                                     : catalogue_.area(full.substr(0, colon), full.substr(colon + 1), day);
        if (!area) {
            say(Field::area, area.problem(), o_.key.area);
        } else if (!scope_.area.empty() && !catalogue_.is_within((*area)->code, scope_.area, day)) {
            say(Field::area, "area.outside", "'" + (*area)->name_vi + "' lies outside what the flow covers", o_.key.area,
                "an area within " + scope_.area, "the flow's scope");
        } else {
            // What an area lies within may change from day to day, but for itself.
            const bool always = scope_.area.empty() || scope_.area == (*area)->code;
            memory_.area = {(*area)->code, always ? (*area)->validity : mapping::only_on(day)};
            o_.key.area = (*area)->code;
        }
    }

    void judge_agency(Day day)
    {
        if (memory_.agency.holds.holds(day) && text::is_same(memory_.agency.code, o_.key.agency))
            return;
        const auto agency = catalogue_.agency(o_.key.agency, day);
        if (!agency) {
            say(Field::agency, agency.problem(), o_.key.agency);
            return;
        }
        const auto& allowed = scope_.agencies;
        const bool may = std::any_of(allowed.begin(), allowed.end(),
                                     [&](const std::string& code) { return code == "*" || code == (*agency)->code; });
        if (!may)
            say(Field::agency, "agency.not_allowed", "the sender may not speak for '" + (*agency)->name_vi + "'", o_.key.agency,
                allowed.empty() ? "nothing: the flow lists no agency" : listed(allowed), "the flow's scope");
        if (may && o_.key.agency == (*agency)->code)
            memory_.agency = {(*agency)->code, (*agency)->validity};
        o_.key.agency = (*agency)->code;
    }

    void judge_value()
    {
        if (o_.availability != Availability::value) {
            if (!o_.value.empty())
                say(Field::value, "value.unexpected", "a value stands beside '" + std::string(to_text(o_.availability)) + "'",
                    o_.value, "no value", {});
            return;
        }
        if (o_.value.empty()) {
            say(Field::value, "value.missing", "there is no value", "",
                "a number, or an availability that says why there is none", {});
            return;
        }
        number_ = text::is_canonical(o_.value);
        if (number_)
            return;
        const auto decimal = text::decimal_from(o_.value, text::NumberLocale::plain);
        say(Field::value, "value.not_a_number", "the value is no decimal in canonical form", o_.value,
            decimal ? *decimal : "digits with an optional point", {});
    }

    void judge_unit(const Known& known)
    {
        if (o_.unit.empty()) {
            if (o_.availability == Availability::value)
                say(Field::unit, "unit.missing", "there is no unit", "", "the unit the value is in", {});
            return;
        }
        if (memory_.known_unit == nullptr || !text::is_same(memory_.unit, o_.unit)) {
            const auto found = catalogue_.unit(o_.unit);
            if (!found) {
                say(Field::unit, found.problem(), o_.unit);
                return;
            }
            memory_.unit = o_.unit;
            memory_.known_unit = *found;
        }
        const catalogue::Unit* const given = memory_.known_unit;
        if (known.measure == nullptr)
            return;
        const Indicator* const indicator = known.indicator;
        const catalogue::Unit* const wanted = known.unit;
        if (wanted == nullptr) {
            said_.push_back({.field = Field::unit,
                             .finding = true,
                             .problem = {.code = "unit.from_mapping",
                                         .detail = "the catalogue gives " + indicator->code + " no unit; the mapping's is taken",
                                         .place = {},
                                         .found = o_.unit,
                                         .expected = "a unit in indicators.csv",
                                         .rule = row_of(*indicator)}});
            o_.unit = given->code;
            return;
        }
        if (!number_ || given->code == wanted->code) {
            if (given->dimension != wanted->dimension)
                say(Field::unit, "unit.dimension", "these units measure different things", o_.unit,
                    "a unit that converts to " + wanted->code, row_of(*indicator));
            else
                o_.unit = wanted->code;
            return;
        }
        auto converted = catalogue_.convert(o_.value, *given, *wanted);
        if (!converted) {
            Problem problem = converted.problem();
            problem.rule = problem.rule.empty() ? row_of(*indicator) : problem.rule;
            say(Field::unit, std::move(problem), o_.unit);
            return;
        }
        o_.value = std::move(*converted);
        o_.unit = wanted->code;
    }

    Observation& o_;
    const Catalogue& catalogue_;
    const Scope& scope_;
    JudgeMemory& memory_;
    std::vector<Judgement> said_;
    bool number_ = false;
};

}  // namespace

std::vector<Judgement> judge(Observation& observation, const Catalogue& catalogue, const Scope& scope)
{
    JudgeMemory memory;
    return judge(observation, catalogue, scope, memory);
}

std::vector<Judgement> judge(Observation& observation, const Catalogue& catalogue, const Scope& scope, JudgeMemory& memory)
{
    return Judge(observation, catalogue, scope, memory).judge();
}

void validate(Observation& observation, const Catalogue& catalogue, const Scope& scope, Verdict& verdict)
{
    for (Judgement& judgement : judge(observation, catalogue, scope)) {
        judgement.problem.place = verdict.place;
        (judgement.finding ? verdict.findings : verdict.problems).push_back(std::move(judgement.problem));
    }
}

}  // namespace lienthong::workshop
