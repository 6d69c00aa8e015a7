// Puts observations and facts together, field by field, telling everything that is wrong.
#include "hub/mapping/recorder.hpp"

#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/beside.hpp"

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_field_bytes = 4096;

std::size_t at(Field field)
{
    return static_cast<std::size_t>(field);
}

bool is_needed(Field field)
{
    return field == Field::indicator || field == Field::period || field == Field::area || field == Field::agency;
}

}  // namespace

void Recorder::tell(const Value& failed, Verdict& verdict)
{
    if (evaluator.tell_once(failed))
        verdict.problems.push_back(evaluator.problem(failed));
}

void Recorder::problem(Verdict& verdict, ExpressionId id, const Value& value, Problem what)
{
    what.place = evaluator.place(id, value);
    what.rule = evaluator.rule(id);
    what.found = shortened(what.found.empty() ? value.text : std::string_view(what.found));
    verdict.problems.push_back(std::move(what));
}

void Recorder::write_trace(std::string_view field, ExpressionId id, const Value& value, std::string_view result)
{
    const bool from_document = value.node != no_node || value.missing();
    traces->push_back({.field = std::string(field),
                       .place = from_document ? evaluator.place(id, value) : "",
                       .raw = value.node == no_node ? "" : shortened(tree.node(value.node).text),
                       .result = std::string(result),
                       .file = program.at(id).file == 0 ? "" : file_beside(program.files[program.at(id).file]),
                       .line = program.at(id).line});
}

std::optional<bool> Recorder::holds(ExpressionId id, std::string_view name, Verdict& verdict)
{
    const Value value = evaluator.evaluate(id);
    trace(name, id, value, value.failed() ? "" : value.holds() ? "true" : "false");
    if (!value.failed())
        return value.holds();
    tell(value, verdict);
    return std::nullopt;
}

bool Recorder::know_day(const Value& period)
{
    if (!period.present())
        return false;
    if (period.text != day_period_) {
        const auto read = text::period_from(period.text);
        if (!read)
            return false;
        day_ = text::last_day(*read);
        day_period_ = period.text;
    }
    if (day_ != resolved_day_) {
        resolved_day_ = day_;
        area_text_.clear();
        agency_text_.clear();
    }
    return true;
}

std::string Recorder::day_text() const
{
    return text::to_text(text::Period{.kind = text::PeriodKind::day,
                                      .year = static_cast<int>(day_.year()),
                                      .part = static_cast<unsigned>(day_.month()),
                                      .day = static_cast<unsigned>(day_.day())});
}

std::string Recorder::resolve(Field field, ExpressionId id, const Value& value, bool day_known, Verdict& verdict)
{
    const bool is_area = field == Field::area;
    std::string& last_text = is_area ? area_text_ : agency_text_;
    std::string& last_code = is_area ? area_code_ : agency_code_;
    if (!day_known)
        return std::string(value.text);
    if (last_text == value.text)
        return last_code;
    std::string code;
    std::optional<Problem> wrong;
    if (is_area) {
        const auto area = area_as_of(value.text, catalogue, day_);
        area ? void(code = (*area)->code) : void(wrong = area.problem());
    } else {
        const auto agency = agency_as_of(value.text, catalogue, day_);
        agency ? void(code = (*agency)->code) : void(wrong = agency.problem());
    }
    if (wrong) {
        if (wrong->expected.empty())
            wrong->expected =
                (is_area ? "an area of areas.csv that existed on " : "an agency of agencies.csv that existed on ") + day_text();
        problem(verdict, id, value, std::move(*wrong));
        return {};
    }
    last_text = value.text;
    last_code = code;
    return code;
}

bool Recorder::is_short(ExpressionId id, const Value& value, std::string_view field, Verdict& verdict)
{
    if (value.text.size() <= most_field_bytes)
        return true;
    problem(verdict, id, value,
            {.code = "field.too_long",
             .detail = std::string(field) + " is longer than a field may be",
             .found = shortened(value.text, 60),
             .expected = "at most " + std::to_string(most_field_bytes) + " bytes"});
    return false;
}

std::string_view Recorder::put(Field field, ExpressionId id, const Value& value, bool day_known, Observation& out,
                               Verdict& verdict)
{
    if (!is_short(id, value, to_text(field), verdict))
        return {};
    switch (field) {
        case Field::indicator:
            return out.key.indicator = value.text;
        case Field::measure:
            return out.key.measure = value.text;
        case Field::period:
            return out.key.period = value.text;
        case Field::area:
            return out.key.area = resolve(field, id, value, day_known, verdict);
        case Field::breakdown:
            return out.key.breakdown = value.text;
        case Field::agency:
            return out.key.agency = resolve(field, id, value, day_known, verdict);
        case Field::value:
            return out.value = value.text;
        case Field::unit:
            return out.unit = value.text;
        case Field::window:
            return out.window = value.text;
        case Field::source:
            return out.source = value.text;
        case Field::vintage:
            if (vintage_text_ == value.text) {
                out.vintage = vintage_;
                return lienthong::to_text(vintage_);
            }
            if (const auto vintage = catalogue.vintage(value.text)) {
                vintage_text_ = value.text;
                out.vintage = vintage_ = *vintage;
                return lienthong::to_text(*vintage);
            } else {
                problem(verdict, id, value, vintage.problem());
            }
            return {};
        case Field::availability:
            break;
    }
    const auto availability = availability_from(value.text);
    if (!availability)
        problem(verdict, id, value,
                {.code = "availability.unknown",
                 .detail = "no such availability",
                 .expected = "value, not_available, not_applicable, not_permitted or no_case"});
    out.availability = availability.value_or(Availability::value);
    return value.text;
}

void Recorder::missing(Field field, ExpressionId id, const Value& value, Verdict& verdict, const char* code, std::string expected)
{
    problem(verdict, id, value,
            {.code = code,
             .detail = "nothing stands where " + std::string(to_text(field)) + " is read from",
             .expected = std::move(expected)});
}

void Recorder::check_together(const Entry& entry, const Value& value, const Value& unit, const Observation& out, Verdict& verdict)
{
    const ExpressionId value_id = entry.fields[at(Field::value)], unit_id = entry.fields[at(Field::unit)];
    if (out.availability == Availability::value) {
        if (value.missing())
            missing(Field::value, value_id, value, verdict, "value.missing",
                    "a number, or an availability that says why there is none");
        if (unit.missing())
            missing(Field::unit, unit_id, unit, verdict, "field.missing", "a unit");
    } else if (value.present()) {
        problem(
            verdict, value_id, value,
            {.code = "value.unexpected",
             .detail = "a value stands beside an availability that says there is none",
             .expected = "no value, or the availability 'value'; found " + std::string(lienthong::to_text(out.availability))});
    }
}

void Recorder::observe(const Entry& entry, Verdict& verdict)
{
    Observation& out = verdict.observations.emplace_back();
    Made& from = made.emplace_back(Made{.entry = &entry});
    from.nodes.fill(no_node);
    const Value period = evaluator.evaluate(entry.fields[at(Field::period)]);
    const bool day_known = know_day(period);
    Value value, unit;
    bool together = true;
    for (std::size_t i = 0; i < field_count; ++i) {
        const ExpressionId id = entry.fields[i];
        const auto field = static_cast<Field>(i);
        if (id == no_expression)
            continue;
        const Value one = field == Field::period ? period : evaluator.evaluate(id);
        from.nodes[i] = one.node;
        const std::size_t told = verdict.problems.size();
        std::string_view result;
        if (one.failed()) {
            tell(one, verdict);
        } else if (one.present()) {
            result = put(field, id, one, day_known, out, verdict);
        } else if (is_needed(field)) {
            missing(field, id, one, verdict, "field.missing",
                    std::string(to_text(field)) == "indicator" ? "an indicator's code" : "something there");
        }
        from.faulty[i] = one.failed() || verdict.problems.size() > told;
        // What is not known of the availability says nothing about the value.
        together = together && !(field == Field::availability && from.faulty[i]);
        trace(to_text(field), id, one, result);
        if (field == Field::value)
            value = one;
        if (field == Field::unit)
            unit = one;
    }
    const std::size_t told = verdict.problems.size();
    if (together)
        check_together(entry, value, unit, out, verdict);
    if (verdict.problems.size() > told)
        from.faulty[at(Field::value)] = from.faulty[at(Field::unit)] = true;
    if (out.key.measure.empty())
        out.key.measure = "VALUE";
    if (out.key.breakdown.empty())
        out.key.breakdown = "_T";
}

void Recorder::put_fact(const FactFields& fields, Verdict& verdict)
{
    Fact fact{.kind = fields.kind, .key = {}, .fields = {}};
    const Value key = evaluator.evaluate(fields.key);
    trace("key", fields.key, key, key.present() ? key.text : "");
    if (key.failed())
        tell(key, verdict);
    else if (key.missing())
        problem(verdict, fields.key, key,
                {.code = "field.missing",
                 .detail = "nothing stands where the key is read from",
                 .expected = "the key of the " + fields.kind});
    else if (is_short(fields.key, key, "the key", verdict))
        fact.key = key.text;
    fact.fields.reserve(fields.fields.size());
    for (const auto& [name, id] : fields.fields) {
        const Value value = evaluator.evaluate(id);
        trace("set." + name, id, value, value.present() ? value.text : "");
        if (value.failed())
            tell(value, verdict);
        else if (value.present() && is_short(id, value, "set." + name, verdict))
            fact.fields.emplace_back(name, program.at(id).type != Type::condition ? std::string(value.text)
                                           : value.holds()                        ? "true"
                                                                                  : "false");
    }
    verdict.facts.push_back(std::move(fact));
}

}  // namespace lienthong::mapping
