// Rules between figures, checked against the indicators, measures, dimensions and units they speak of.
#include "hub/catalogue/readers.hpp"
#include "hub/text/number.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<std::string_view, RuleKind>, 11> kinds = {{{"sum", RuleKind::sum},
                                                                          {"equal", RuleKind::equal},
                                                                          {"at_least", RuleKind::at_least},
                                                                          {"at_most", RuleKind::at_most},
                                                                          {"whole", RuleKind::whole},
                                                                          {"not_falling", RuleKind::not_falling},
                                                                          {"difference", RuleKind::difference},
                                                                          {"ratio", RuleKind::ratio},
                                                                          {"growth", RuleKind::growth},
                                                                          {"chained", RuleKind::chained},
                                                                          {"jump", RuleKind::jump}}};
constexpr std::array<std::pair<std::string_view, Severity>, 3> severities = {
    {{"refuse", Severity::refuse}, {"finding", Severity::finding}, {"hint", Severity::hint}}};

constexpr unsigned most_back = 60;

/// What a kind needs beside its subject.
struct Needs
{
    std::size_t least_terms, most_terms;
    bool limit;  ///< With terms it is one or the other.
    bool back;
};

Needs needs_of(RuleKind kind)
{
    constexpr std::size_t many = 64;
    switch (kind) {
        case RuleKind::sum:
            return {1, many, false, false};
        case RuleKind::equal:
        case RuleKind::difference:
        case RuleKind::chained:
            return {1, 1, false, false};
        case RuleKind::at_least:
        case RuleKind::at_most:
            return {0, many, true, false};
        case RuleKind::ratio:
            return {2, 2, false, false};
        case RuleKind::growth:
            return {1, 1, false, true};
        case RuleKind::jump:
            return {0, 0, true, true};
        case RuleKind::whole:
        case RuleKind::not_falling:
            break;
    }
    return {0, 0, false, false};
}

const Indicator* any_version(const Catalogue::Tables& tables, const std::string& code)
{
    const auto it = tables.indicators_by_code.find(code);
    return it == tables.indicators_by_code.end() ? nullptr : it->second.front();
}

class RuleReader
{
public:
    RuleReader(const Table& table, const Catalogue::Tables& tables) : table_(table), tables_(tables) {}

    void read(std::size_t row, Rule& rule)
    {
        row_ = row;
        rule.code = table_.code(row, "code", plain_code);
        rule.kind = table_.choice(row, "kind", kinds);
        rule.severity = table_.choice(row, "severity", severities);
        if (rule.kind == RuleKind::jump && rule.severity != Severity::hint)
            report("severity", "catalogue.rule", "a jump may be real, so it is no more than a hint", "hint");
        rule.name_vi = table_.required(row, "name_vi");
        rule.name_en = table_.required(row, "name_en");
        read_subject(rule);
        read_terms(rule);
        read_limit(rule);
        read_back(rule);
        read_tolerance(rule);
    }

private:
    void report(std::string_view column, std::string code, std::string detail, std::string expected) const
    {
        table_.report(row_, column, std::move(code), std::move(detail), std::move(expected));
    }

    void read_subject(Rule& rule)
    {
        rule.indicators = table_.list(row_, "indicators");
        for (const std::string& code : rule.indicators)
            check_indicator("indicators", code);
        if (const std::string& set = table_.text(row_, "set"); !set.empty()) {
            if (!rule.indicators.empty())
                report("set", "catalogue.rule", "a set and indicators stand beside each other", "one of the two");
            const auto members = tables_.memberships_by_set.find(set);
            if (members == tables_.memberships_by_set.end())
                report("set", "catalogue.reference", "no indicator stands in this set",
                       "a set of indicators.csv or set_members.csv");
            else
                for (const Membership* member : members->second)
                    rule.indicators.push_back(member->indicator);
            std::sort(rule.indicators.begin(), rule.indicators.end());
            rule.indicators.erase(std::unique(rule.indicators.begin(), rule.indicators.end()), rule.indicators.end());
        }
        rule.measures = table_.list(row_, "measures");
        if (table_.text(row_, "set").empty())
            for (const std::string& code : rule.indicators)
                for (const std::string& measure : rule.measures)
                    check_measure("measures", code, measure);
        const std::string& breakdown = table_.text(row_, "breakdown");
        rule.any_breakdown = breakdown == "*";
        if (!breakdown.empty() && !rule.any_breakdown)
            report("breakdown", "catalogue.kind", "not a word of this column", "nothing for the total alone, * for any");
        rule.dimensions = table_.list(row_, "unit_dimensions");
        for (const std::string& dimension : rule.dimensions)
            if (std::none_of(tables_.units.begin(), tables_.units.end(),
                             [&](const Unit& unit) { return unit.dimension == dimension; }))
                report("unit_dimensions", "catalogue.reference", "no unit has this dimension: " + dimension,
                       "a dimension of units.csv");
        rule.kinds = period_kinds_of(table_, row_, "period_kinds");
    }

    bool check_indicator(std::string_view column, const std::string& code) const
    {
        if (any_version(tables_, code) != nullptr)
            return true;
        report(column, "catalogue.reference", "the indicator is unknown: " + code, listed(tables_.near_indicators.of(code)));
        return false;
    }

    void check_measure(std::string_view column, const std::string& code, const std::string& measure) const
    {
        const Indicator* indicator = any_version(tables_, code);
        if (indicator == nullptr || indicator->measure(measure) != nullptr)
            return;
        std::vector<std::string> known;
        for (const Measure& one : indicator->measures)
            known.push_back(one.code);
        report(column, "catalogue.reference", code + " has no measure " + measure,
               known.empty() ? "an indicator that is no heading" : listed(known));
    }

    void read_terms(Rule& rule)
    {
        const Needs needs = needs_of(rule.kind);
        const std::vector<std::string> texts = table_.list(row_, "terms");
        for (const std::string& text : texts)
            if (auto term = term_of(rule, text))
                rule.terms.push_back(std::move(*term));
        const std::size_t count = texts.size();
        if (count < needs.least_terms || count > needs.most_terms)
            report("terms", "catalogue.rule", "a rule of this kind does not have " + std::to_string(count) + " terms",
                   needs.most_terms == 0 ? "nothing"
                   : needs.least_terms == needs.most_terms
                       ? std::to_string(needs.most_terms)
                       : std::to_string(needs.least_terms) + " to " + std::to_string(needs.most_terms));
    }

    std::optional<RuleTerm> term_of(const Rule& rule, const std::string& text) const
    {
        using Of = RuleTerm::Of;
        RuleTerm term;
        if (text == "children" || text == "areas" || text == "months" || text == "quarters") {
            term.of = text == "children" ? Of::children : text == "areas" ? Of::areas : Of::periods;
            term.period = text == "quarters" ? text::PeriodKind::quarter : text::PeriodKind::month;
            if (rule.kind != RuleKind::sum && rule.kind != RuleKind::at_least && rule.kind != RuleKind::at_most)
                report("terms", "catalogue.rule", "several figures stand where one belongs: " + text, "one figure");
            return term;
        }
        if (const std::size_t equals = text.find('='); equals != std::string::npos) {
            term.of = Of::breakdown;
            term.dimension = text.substr(0, equals);
            term.code = text.substr(equals + 1);
            check_breakdown(rule, term, text);
            if (term.code == "*")
                term.code.clear();
            return term;
        }
        const std::size_t slash = text.find('/');
        term.indicator = text.substr(0, slash);
        term.measure = slash == std::string::npos ? "" : text.substr(slash + 1);
        if (term.indicator.empty() && term.measure.empty()) {
            report("terms", "catalogue.rule", "this is no term: " + text,
                   "INDICATOR, INDICATOR/MEASURE, /MEASURE, DIMENSION=CODE, DIMENSION=*, children, areas, months or quarters");
            return std::nullopt;
        }
        if (!term.indicator.empty() && !check_indicator("terms", term.indicator))
            return std::nullopt;
        if ((!term.indicator.empty() && rule.indicators.empty()) || (!term.measure.empty() && rule.measures.empty()))
            report("terms", "catalogue.rule", "the term names what the subject leaves open: " + text,
                   "a rule that names its indicators and measures as well");
        for (const std::string& code : term.indicator.empty() ? rule.indicators : std::vector<std::string>{term.indicator})
            for (const std::string& measure : term.measure.empty() ? rule.measures : std::vector<std::string>{term.measure})
                check_measure("terms", code, measure);
        return term;
    }

    void check_breakdown(const Rule& rule, const RuleTerm& term, const std::string& text) const
    {
        const auto codes = tables_.breakdown_codes.find(term.dimension);
        if (codes == tables_.breakdown_codes.end())
            report("terms", "catalogue.reference", "the dimension is unknown: " + term.dimension,
                   "a dimension of breakdowns.csv");
        else if (term.code != "*" && !codes->second.contains(term.code))
            report("terms", "catalogue.reference", "the dimension has no such code: " + text, "a code of breakdowns.csv, or *");
        for (const std::string& code : rule.indicators)
            if (const Indicator* indicator = any_version(tables_, code))
                if (const auto& of = indicator->breakdown_dimensions; std::find(of.begin(), of.end(), term.dimension) == of.end())
                    report("terms", "catalogue.reference", code + " is not broken down by " + term.dimension, listed(of));
    }

    void read_limit(Rule& rule)
    {
        const std::string& text = table_.text(row_, "limit");
        const Needs needs = needs_of(rule.kind);
        const bool wanted = needs.limit && table_.text(row_, "terms").empty();
        if (text.empty() == wanted)
            report("limit", "catalogue.rule", wanted ? "a limit is missing" : "a limit has no meaning here",
                   wanted ? "a number as in -12.5" : "nothing");
        else if (!text.empty())
            rule.limit = decimal_of("limit", text);
        if (rule.kind == RuleKind::jump && !rule.limit.empty() && text::compare(rule.limit, "1") <= 0)
            report("limit", "catalogue.rule", "a factor of 1 or less makes every change a jump", "a factor above 1");
    }

    void read_back(Rule& rule)
    {
        const std::string& text = table_.text(row_, "back");
        const bool wanted = needs_of(rule.kind).back;
        if (text.empty() == wanted)
            report("back", "catalogue.rule", wanted ? "how far back is missing" : "nothing is looked back to here",
                   wanted ? "a number of periods, or year" : "nothing");
        else if (text == "year" && rule.kind != RuleKind::jump)
            rule.back.year = true;
        else if (wanted)
            rule.back.periods = table_.number(row_, "back");
        if (wanted && !text.empty() && !rule.back.year && (rule.back.periods == 0 || rule.back.periods > most_back))
            report("back", "catalogue.rule", "that is no number of periods to look back", "1 to " + std::to_string(most_back));
    }

    void read_tolerance(Rule& rule)
    {
        std::string text = table_.text(row_, "tolerance");
        if (text == "printed")
            return;
        rule.tolerance = Tolerance::absolute;
        if (text.ends_with('%')) {
            rule.tolerance = Tolerance::relative;
            text.pop_back();
        }
        rule.allowance = decimal_of("tolerance", text);
        if (rule.allowance.starts_with('-'))
            report("tolerance", "catalogue.rule", "a tolerance is not negative",
                   "printed, a number as in 0.5, or a share as in 1%");
    }

    std::string decimal_of(std::string_view column, std::string_view text) const
    {
        auto decimal = text::decimal_from(text, text::NumberLocale::plain);
        if (decimal.ok() && *decimal == text)
            return std::move(decimal).value();
        report(column, "catalogue.rule", "not a number",
               column == "limit" ? "a number as in -12.5" : "printed, a number as in 0.5, or a share as in 1%");
        return "0";
    }

    const Table& table_;
    const Catalogue::Tables& tables_;
    std::size_t row_ = 0;
};

}  // namespace

std::string_view to_text(RuleKind kind)
{
    return kinds.at(static_cast<std::size_t>(kind)).first;
}

std::string_view to_text(Severity severity)
{
    return severities.at(static_cast<std::size_t>(severity)).first;
}

void read_rules(const Table& table, Catalogue::Tables& tables)
{
    RuleReader reader(table, tables);
    read_rows(
        table, "code", tables.rules, [&](std::size_t row, Rule& rule) { reader.read(row, rule); }, &Rule::code);
    for (const Rule& rule : tables.rules) {
        std::vector<std::string> about = rule.indicators;
        for (const RuleTerm& term : rule.terms) {
            if (!term.indicator.empty())
                about.push_back(term.indicator);
            if (term.of == RuleTerm::Of::children)
                for (const Indicator& line : tables.indicators)
                    if (std::find(rule.indicators.begin(), rule.indicators.end(), line.parent) != rule.indicators.end())
                        about.push_back(line.code);
        }
        std::sort(about.begin(), about.end());
        about.erase(std::unique(about.begin(), about.end()), about.end());
        if (rule.indicators.empty())
            tables.rules_for_all.push_back(&rule);
        else
            for (const std::string& code : about)
                tables.rules_by_indicator[code].push_back(&rule);
    }
}

}  // namespace lienthong::catalogue
