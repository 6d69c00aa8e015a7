// Puts observations and facts together, field by field, telling everything that is wrong.
#include "hub/mapping/recorder.hpp"

#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/beside.hpp"
#include "hub/text/same_text.hpp"

#include <algorithm>
#include <bit>

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_field_bytes = 4096;
constexpr catalogue::Validity every_day{catalogue::Day{std::chrono::year::min(), std::chrono::month{1}, std::chrono::day{1}},
                                        catalogue::Day{std::chrono::year::max(), std::chrono::month{12}, std::chrono::day{31}}};

constexpr std::size_t at(Field field)
{
    return static_cast<std::size_t>(field);
}

constexpr Recorder::Fields only(Field field)
{
    return Recorder::Fields{1} << at(field);
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

bool is_of_day(Field field)
{
    return field == Field::area || field == Field::agency;
}

bool is_needed(Field field)
{
    return field == Field::indicator || field == Field::period || field == Field::area || field == Field::agency;
}

/// Where there is a figure, value and unit are there; where there is none, the value is not.
bool fit_together(Availability availability, Value::State value, Value::State unit)
{
    using State = Value::State;
    return availability == Availability::value ? value != State::missing && unit != State::missing : value != State::present;
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

bool Recorder::know_day(std::string_view period)
{
    if (!text::is_same(period, day_period_) || period.empty()) {
        const auto read = text::period_from(period);
        if (!read)
            return false;
        day_ = text::last_day(*read);
        day_period_ = period;
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
    Resolved& last = is_area ? area_ : agency_;
    if (!day_known)
        return std::string(value.text);
    if (last.text == value.text && last.days.holds(day_))
        return last.code;
    std::optional<Problem> wrong;
    const auto take = [&](const auto& found) {
        if (!found) {
            wrong = found.problem();
            return;
        }
        // No two rows of one code hold on the same day, so a code stands for its row as long as that holds; what was found by
        // another word, on this day.
        last = {std::string(value.text), (*found)->code, value.text == (*found)->code ? (*found)->validity : only_on(day_)};
    };
    is_area ? take(area_as_of(value.text, catalogue, day_)) : take(agency_as_of(value.text, catalogue, day_));
    if (wrong) {
        if (wrong->expected.empty())
            wrong->expected =
                (is_area ? "an area of areas.csv that existed on " : "an agency of agencies.csv that existed on ") + day_text();
        problem(verdict, id, value, std::move(*wrong));
        return {};
    }
    return last.code;
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
    if (!out) {
        out = std::make_unique<Repeated>();
        for (std::size_t i = 0; i < field_count; ++i)
            out->there |= entry.fields[i] == no_expression ? 0 : only(static_cast<Field>(i));
    }
    return *out;
}

Recorder::Fields Recorder::stale(const Repeated& last) const
{
    if (traces != nullptr || last.shape != evaluator.shape())
        return last.there;
    Fields out = last.there & ~last.hold;
    if (const std::uint64_t changed = evaluator.changed_since(last.generation); changed != 0)
        for (std::size_t i = 0; i < field_count; ++i)
            out |= (last.read_from[i] & changed) != 0 ? only(static_cast<Field>(i)) : 0;
    return out;
}

Recorder::Fields Recorder::of_other_days(const Repeated& last, bool day_known) const
{
    Fields out = 0;
    for (const Field field : {Field::area, Field::agency}) {
        const Kept& kept = last.fields[at(field)];
        out |= kept.day_known == day_known && (!day_known || kept.days.holds(day_)) ? 0 : only(field);
    }
    return out;
}

std::size_t Recorder::take(const Repeated& last, std::size_t from, std::size_t until)
{
    if (evaluator.take(last.before[until] - last.before[from]))
        return until;
    while (evaluator.take(last.before[from + 1] - last.before[from]))
        ++from;
    return from;
}

NodeId Recorder::node_of(const Made& one, Field field) const
{
    return node_of(repeated_[static_cast<std::size_t>(one.entry - program.entries.data())]->fields[at(field)]);
}

bool Recorder::work_out(Field field, ExpressionId id, const Value& value, bool day_known, Repeated& last, Verdict& verdict)
{
    const std::size_t told = verdict.problems.size();
    clear(field, last.out);
    std::string_view result;
    if (value.failed()) {
        tell(value, verdict);
    } else if (value.present()) {
        result = put(field, id, value, day_known, last.out, verdict);
    } else if (is_needed(field)) {
        missing(field, id, value, verdict, "field.missing", field == Field::indicator ? "an indicator's code" : "something there");
    }
    const bool faulty = value.failed() || verdict.problems.size() > told;
    if (traces != nullptr)
        write_trace(to_text(field), id, value, result);
    Kept& kept = last.fields[at(field)];
    kept.state = value.state;
    kept.distance = value.node == no_node ? no_node : value.node - evaluator.record();
    kept.day_known = day_known;
    if (is_of_day(field))
        kept.days = value.present() ? (field == Field::area ? area_ : agency_).days : every_day;
    const bool holds = !faulty && kept.holding.shape == evaluator.shape();
    last.read_from[at(field)] = kept.holding.read_from;
    last.hold = (last.hold & ~only(field)) | (holds ? only(field) : 0);
    const Cost before = last.before[at(field) + 1] - last.before[at(field)];
    if (field != Field::period && before != kept.holding.cost)
        for (std::size_t i = at(field) + 1; i <= field_count; ++i)
            last.before[i] = last.before[i] + (kept.holding.cost - before);
    return !faulty;
}

void Recorder::observe(const Entry& entry, Verdict& verdict)
{
    Made& from = made.emplace_back(Made{.entry = &entry});
    Repeated& last = repeated(entry);
    Observation& out = last.out;
    Fields fresh = stale(last);
    Kept& kept_period = last.fields[at(Field::period)];
    Value period, value, unit;
    const bool same_period = (fresh & only(Field::period)) == 0 && evaluator.take(kept_period.holding.cost);
    if (same_period) {
        period = value_of(kept_period, out.key.period);
    } else {
        fresh |= only(Field::period);
        period = evaluator.evaluate(entry.fields[at(Field::period)], kept_period.holding);
    }
    const bool day_known = period.present() && know_day(period.text);
    fresh |= of_other_days(last, day_known) & last.there;
    bool together = true;
    for (std::size_t i = 0;; ++i) {
        i = take(last, i, std::min(static_cast<std::size_t>(std::countr_zero(fresh >> i << i)), field_count));
        if (i == field_count)
            break;
        const auto field = static_cast<Field>(i);
        fresh |= only(field);
        const Value one = field == Field::period ? period : evaluator.evaluate(entry.fields[i], last.fields[i].holding);
        if (field == Field::value)
            value = one;
        if (field == Field::unit)
            unit = one;
        if (work_out(field, entry.fields[i], one, day_known, last, verdict))
            continue;
        from.faulty |= only(field);
        // What is not known of the availability says nothing about the value.
        together = together && field != Field::availability;
    }
    last.shape = evaluator.shape();
    last.generation = evaluator.generation();
    const Kept &kept_value = last.fields[at(Field::value)], &kept_unit = last.fields[at(Field::unit)];
    if (together && !fit_together(out.availability, kept_value.state, kept_unit.state)) {
        check_together(entry, (fresh & only(Field::value)) != 0 ? value : value_of(kept_value, out.value),
                       (fresh & only(Field::unit)) != 0 ? unit : value_of(kept_unit, out.unit), out, verdict);
        from.faulty |= only(Field::value) | only(Field::unit);
    }
    if (out.key.measure.empty())
        out.key.measure = "VALUE";
    if (out.key.breakdown.empty())
        out.key.breakdown = "_T";
    verdict.observations.push_back(out);
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
