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

/// Where a field that is a text stands; null for one that is not.
std::string* text_of(Field field, Observation& out)
{
    switch (field) {
        case Field::indicator:
            return &out.key.indicator;
        case Field::measure:
            return &out.key.measure;
        case Field::period:
            return &out.key.period;
        case Field::area:
            return &out.key.area;
        case Field::breakdown:
            return &out.key.breakdown;
        case Field::agency:
            return &out.key.agency;
        case Field::value:
            return &out.value;
        case Field::unit:
            return &out.unit;
        case Field::window:
            return &out.window;
        case Field::source:
            return &out.source;
        case Field::vintage:
        case Field::availability:
            break;
    }
    return nullptr;
}

void clear(Field field, Observation& out)
{
    if (std::string* const text = text_of(field, out); text != nullptr)
        text->clear();
    else if (field == Field::vintage)
        out.vintage = Vintage::unstated;
    else
        out.availability = Availability::value;
}

/// `to` has what `from` has there.
void copy(Field field, Observation& from, Observation& to)
{
    if (std::string* const text = text_of(field, to); text != nullptr)
        *text = *text_of(field, from);
    else if (field == Field::vintage)
        to.vintage = from.vintage;
    else
        to.availability = from.availability;
}

bool is_of_day(Field field)
{
    return field == Field::area || field == Field::agency;
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

std::optional<bool> Recorder::holds(ExpressionId id, std::string_view name, Condition& last, Verdict& verdict)
{
    if (traces == nullptr && evaluator.still_holds(last.holding))
        return last.holds;
    const Value value = evaluator.evaluate(id, last.holding);
    last.holds = value.holds();
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
    if (value.text.size() > most_field_bytes && !is_short(id, value, to_text(field), verdict))
        return {};
    if (std::string* const text = text_of(field, out); text != nullptr) {
        if (is_of_day(field))
            *text = resolve(field, id, value, day_known, verdict);
        else
            *text = value.text;
        return *text;
    }
    if (field == Field::vintage) {
        if (vintage_text_ == value.text) {
            out.vintage = vintage_;
            return lienthong::to_text(vintage_);
        }
        const auto vintage = catalogue.vintage(value.text);
        if (!vintage) {
            problem(verdict, id, value, vintage.problem());
            return {};
        }
        vintage_text_ = value.text;
        out.vintage = vintage_ = *vintage;
        return lienthong::to_text(*vintage);
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

Recorder::Repeated& Recorder::repeated(const Entry& entry)
{
    auto& out = repeated_[static_cast<std::size_t>(&entry - program.entries.data())];
    if (!out)
        out = std::make_unique<Repeated>();
    return *out;
}

Value Recorder::value_of(Field field, ExpressionId id, Repeated& last, bool day_known)
{
    Kept& kept = last.fields[at(field)];
    const bool same_day = !is_of_day(field) || (kept.day_known == day_known && kept.day == day_);
    kept.repeats = traces == nullptr && same_day && evaluator.still_holds(kept.holding);
    if (!kept.repeats)
        return evaluator.evaluate(id, kept.holding);
    const std::string* const text = is_of_day(field) ? nullptr : text_of(field, last.out);
    return {.state = kept.state,
            .node = kept.distance == no_node ? no_node : evaluator.record() + kept.distance,
            .text = text == nullptr || kept.state == Value::State::missing ? std::string_view{} : *text};
}

void Recorder::keep(Field field, const Value& value, bool faulty, bool day_known, Observation& out, Repeated& last)
{
    Kept& kept = last.fields[at(field)];
    if (faulty)
        kept.holding = {};
    kept.state = value.state;
    kept.distance = value.node == no_node ? no_node : value.node - evaluator.record();
    kept.day_known = day_known;
    kept.day = day_;
    copy(field, out, last.out);
}

void Recorder::observe(const Entry& entry, Verdict& verdict)
{
    Made& from = made.emplace_back(Made{.entry = &entry});
    from.nodes.fill(no_node);
    Repeated& last = repeated(entry);
    Observation& out = verdict.observations.emplace_back(last.out);
    const Value period = value_of(Field::period, entry.fields[at(Field::period)], last, false);
    const bool day_known = know_day(period);
    Value value, unit;
    bool together = true;
    for (std::size_t i = 0; i < field_count; ++i) {
        const ExpressionId id = entry.fields[i];
        const auto field = static_cast<Field>(i);
        if (id == no_expression)
            continue;
        const Value one = field == Field::period ? period : value_of(field, id, last, day_known);
        from.nodes[i] = one.node;
        if (field == Field::value)
            value = one;
        if (field == Field::unit)
            unit = one;
        if (last.fields[i].repeats)
            continue;
        clear(field, out);
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
        keep(field, one, from.faulty[i], day_known, out, last);
    }
    const std::size_t told = verdict.problems.size();
    if (together)
        check_together(entry, value, unit, out, verdict);
    if (verdict.problems.size() > told)
        from.faulty[at(Field::value)] = from.faulty[at(Field::unit)] = true;
    if (out.key.measure.empty())
        out.key.measure = last.out.key.measure = "VALUE";
    if (out.key.breakdown.empty())
        out.key.breakdown = last.out.key.breakdown = "_T";
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
