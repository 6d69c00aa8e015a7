// Puts observations and facts together, field by field, telling everything that is wrong.
#include "hub/mapping/recorder.hpp"

#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/beside.hpp"

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_field_bytes = 4096;
constexpr catalogue::Validity every_day{catalogue::Day{std::chrono::year::min(), std::chrono::month{1}, std::chrono::day{1}},
                                        catalogue::Day{std::chrono::year::max(), std::chrono::month{12}, std::chrono::day{31}}};

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
    if (!out)
        out = std::make_unique<Repeated>();
    return *out;
}

void Recorder::keep(Field field, const Value& value, bool faulty, bool day_known, Kept& kept) const
{
    if (faulty)
        kept.holding = {};
    kept.state = value.state;
    kept.distance = value.node == no_node ? no_node : value.node - evaluator.record();
    kept.day_known = day_known;
    if (is_of_day(field))
        kept.days = value.present() ? (field == Field::area ? area_ : agency_).days : every_day;
}

void Recorder::observe(const Entry& entry, Verdict& verdict)
{
    Made& from = made.emplace_back(Made{.entry = &entry});
    from.nodes.fill(no_node);
    Repeated& last = repeated(entry);
    Observation& out = last.out;
    Kept& kept_period = last.fields[at(Field::period)];
    const bool same_period = repeats(Field::period, kept_period, false);
    const Value period =
        same_period ? value_of(kept_period, out.key.period) : evaluator.evaluate(entry.fields[at(Field::period)], kept_period.holding);
    const bool day_known = know_day(period);
    Value value, unit;
    bool together = true;
    for (std::size_t i = 0; i < field_count; ++i) {
        const ExpressionId id = entry.fields[i];
        const auto field = static_cast<Field>(i);
        if (id == no_expression)
            continue;
        Kept& kept = last.fields[i];
        if (field == Field::period ? same_period : repeats(field, kept, day_known)) {
            from.nodes[i] = node_of(kept);
            if (field == Field::value)
                value = value_of(kept, out.value);
            if (field == Field::unit)
                unit = value_of(kept, out.unit);
            continue;
        }
        const Value one = field == Field::period ? period : evaluator.evaluate(id, kept.holding);
        from.nodes[i] = one.node;
        if (field == Field::value)
            value = one;
        if (field == Field::unit)
            unit = one;
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
        if (traces != nullptr)
            write_trace(to_text(field), id, one, result);
        keep(field, one, from.faulty[i], day_known, kept);
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
