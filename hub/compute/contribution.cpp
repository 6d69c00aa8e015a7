// One fact, held against every expression of a computation.
#include "hub/compute/contribution.hpp"

#include "hub/compute/term.hpp"
#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/date_pattern.hpp"
#include "hub/mapping/evaluate.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::compute {
namespace {

using mapping::Evaluator;
using mapping::Field;
using mapping::no_expression;
using mapping::Value;

/// {"kind": …, "key": …, "set": {field: …}}; the record is /set.
struct FactTree
{
    Tree tree;
    NodeId record = no_node;

    FactTree(const std::string& kind, const FactVersion& fact)
    {
        const NodeId root = tree.append(no_node, NodeKind::object, {}, 0);
        tree.set_text(tree.append(root, NodeKind::text, "kind", 0), tree.keep(kind));
        tree.set_text(tree.append(root, NodeKind::text, "key", 0), tree.keep(fact.key));
        record = tree.append(root, NodeKind::object, "set", 0);
        for (const auto& [name, value] : fact.fields)
            tree.set_text(tree.append(record, NodeKind::text, tree.keep(name), 0), tree.keep(value));
    }
};

Day day_of(std::string_view date_or_datetime)
{
    const auto read = mapping::read_canonical(date_or_datetime);
    return Day{std::chrono::year{read.year}, std::chrono::month{read.month}, std::chrono::day{read.day}};
}

/// Whether `until` is no later: moments by the moment, days by the day. Both are +07:00.
bool is_in_time(std::string_view until, std::string_view due)
{
    const std::size_t length = std::min(until.size(), due.size());
    return until.substr(0, length) <= due.substr(0, length);
}

class Reading
{
public:
    Reading(const Computation& computation, const FactVersion& fact, const catalogue::Catalogue& catalogue)
        : declaration_(computation.declaration()),
          fact_(fact),
          catalogue_(catalogue),
          document_(declaration_.kind, fact),
          evaluator_(*declaration_.program, document_.tree)
    {
        evaluator_.begin(document_.record);
    }

    Contribution read()
    {
        Contribution out;
        const auto belongs = holds(declaration_.where);
        if (!belongs) {
            out.belongs = true;
            out.set_aside = belongs.problem();
            return out;
        }
        out.belongs = *belongs;
        if (!out.belongs)
            return out;
        if (auto group = read_group(); group)
            out.group = std::move(*group);
        else
            out.set_aside = group.problem();
        if (out.set_aside)
            return out;
        out.parts.reserve(declaration_.figures.size());
        for (const FigureRule& rule : declaration_.figures)
            out.parts.push_back(read_part(rule));
        return out;
    }

private:
    /// The place of a node in the fact's own words.
    [[nodiscard]] std::string place(std::string_view in_document) const
    {
        std::string out = declaration_.kind + "/" + fact_.key;
        if (in_document.starts_with("/set"))
            out += in_document.substr(4);
        return out;
    }

    [[nodiscard]] std::string rule(ExpressionId id) const
    {
        return "computation " + declaration_.name + " line " + std::to_string(declaration_.program->at(id).line);
    }

    Problem at(ExpressionId id, const Value& value, Problem problem)
    {
        problem.place = place(evaluator_.place(id, value));
        problem.rule = rule(id);
        return problem;
    }

    Result<Value> evaluate(ExpressionId id)
    {
        const Value value = evaluator_.evaluate(id);
        if (!value.failed())
            return value;
        Problem problem = evaluator_.problem(value);
        problem.place = place(problem.place);
        problem.rule = rule(id);
        return problem;
    }

    /// Of what must be there.
    Result<Value> needed(ExpressionId id, std::string_view what)
    {
        auto value = evaluate(id);
        if (!value || value->present())
            return value;
        return at(id, *value,
                  {.code = "compute.missing",
                   .detail = "the fact does not say its " + std::string(what),
                   .expected = "something that tells the " + std::string(what)});
    }

    Result<bool> holds(ExpressionId id)
    {
        if (id == no_expression)
            return true;
        const auto value = evaluate(id);
        return value ? Result<bool>(value->holds()) : value.problem();
    }

    Result<GroupKey> read_group()
    {
        const mapping::Entry& entry = declaration_.program->entries.front();
        const auto of = [&](Field field) { return entry.fields[static_cast<std::size_t>(field)]; };
        GroupKey out{.period = {}, .area = {}, .breakdown = "_T", .agency = {}};
        const auto period = needed(of(Field::period), "period");
        if (!period)
            return period.problem();
        out.period = period->text;
        const auto read = text::period_from(out.period);
        if (!read)
            return at(of(Field::period), *period, read.problem());
        const Day day = text::last_day(*read);
        const auto area = needed(of(Field::area), "area");
        if (!area)
            return area.problem();
        const auto known_area = mapping::area_as_of(area->text, catalogue_, day);
        if (!known_area)
            return at(of(Field::area), *area, known_area.problem());
        out.area = (*known_area)->code;
        const auto agency = needed(of(Field::agency), "agency");
        if (!agency)
            return agency.problem();
        const auto known_agency = mapping::agency_as_of(agency->text, catalogue_, day);
        if (!known_agency)
            return at(of(Field::agency), *agency, known_agency.problem());
        out.agency = (*known_agency)->code;
        if (of(Field::breakdown) == no_expression)
            return out;
        const auto breakdown = needed(of(Field::breakdown), "breakdown");
        if (!breakdown)
            return breakdown.problem();
        out.breakdown = breakdown->text;
        return out;
    }

    Result<bool> is_kept(const Term& term)
    {
        const auto from = needed(term.from, "term's beginning");
        if (!from)
            return from.problem();
        const auto until = needed(term.until, "term's end");
        if (!until)
            return until.problem();
        if (const auto days = days_between(day_of(from->text), day_of(until->text)); !days)
            return at(term.until, *until, days.problem());
        if (term.due != no_expression) {
            const auto due = needed(term.due, "due day");
            return due ? Result<bool>(is_in_time(until->text, due->text)) : due.problem();
        }
        const auto length = needed(term.working_days, "term in working days");
        if (!length)
            return length.problem();
        std::int64_t days = -1;
        const char* end = length->text.data() + length->text.size();
        if (const auto [stop, error] = std::from_chars(length->text.data(), end, days); error != std::errc{} || stop != end)
            days = -1;
        const auto last = last_day(catalogue_.working_days(), day_of(from->text), days);
        if (!last)
            return at(last.problem().code == "compute.span" ? term.working_days : term.from, *length, last.problem());
        return day_of(until->text) <= *last;
    }

    Result<bool> is_selected(const Selection& selection)
    {
        const auto meant = holds(selection.where);
        if (!meant || !*meant || !selection.term)
            return meant;
        const auto kept = is_kept(declaration_.terms[*selection.term]);
        return kept ? Result<bool>(*kept == selection.kept) : kept;
    }

    Result<std::string> value_of(const FigureRule& rule)
    {
        if (rule.days == FigureRule::Days::none) {
            const auto value = needed(rule.value, "number");
            return value ? Result<std::string>(std::string(value->text)) : value.problem();
        }
        const Term& term = declaration_.terms[rule.days_of];
        const auto from = needed(term.from, "term's beginning");
        if (!from)
            return from.problem();
        const auto until = needed(term.until, "term's end");
        if (!until)
            return until.problem();
        const Day first = day_of(from->text), last = day_of(until->text);
        const auto days = rule.days == FigureRule::Days::working ? working_days_between(catalogue_.working_days(), first, last)
                                                                 : days_between(first, last);
        return days ? Result<std::string>(std::to_string(*days)) : at(term.until, *until, days.problem());
    }

    Part read_part(const FigureRule& rule)
    {
        Part out;
        const bool is_share = rule.kind == FigureRule::Kind::share;
        const auto counts = is_selected(is_share ? rule.among : rule.selected);
        if (!counts)
            return {.left_out = counts.problem()};
        out.counts = *counts;
        if (!out.counts)
            return out;
        if (is_share) {
            const auto selected = is_selected(rule.selected);
            if (!selected)
                return {.left_out = selected.problem()};
            out.selected = *selected;
        } else if (rule.kind != FigureRule::Kind::count) {
            auto value = value_of(rule);
            if (!value)
                return {.left_out = value.problem()};
            out.value = std::move(*value);
        }
        return out;
    }

    const Declaration& declaration_;
    const FactVersion& fact_;
    const catalogue::Catalogue& catalogue_;
    FactTree document_;
    Evaluator evaluator_;
};

}  // namespace

Contribution contribution(const Computation& computation, const FactVersion& fact, const catalogue::Catalogue& catalogue)
{
    return Reading(computation, fact, catalogue).read();
}

}  // namespace lienthong::compute
