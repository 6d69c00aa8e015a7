// Puts observations and facts together from the values of one record.
#include "hub/mapping/evaluate.hpp"
#include "hub/mapping/mapping.hpp"

#include <optional>

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

struct Run::State
{
    /// Where the fields of an observation of the last record came from.
    struct Made
    {
        const Entry* entry = nullptr;
        std::array<NodeId, field_count> nodes{};
        std::array<bool, field_count> faulty{};  ///< Fields of which something is wrong has been told.
    };

    State(const Mapping& mapping, const Tree& tree_in, const catalogue::Catalogue& catalogue_in)
        : program(mapping.program()), tree(tree_in), catalogue(catalogue_in), evaluator(program, tree_in)
    {
    }

    const Mapping::Program& program;
    const Tree& tree;
    const catalogue::Catalogue& catalogue;
    Evaluator evaluator;
    std::vector<Made> made;
    std::vector<Observation> drafts;
    std::vector<Trace>* traces = nullptr;
    std::string day_period;  ///< Period whose last day is `day`.
    catalogue::Day day{};
    std::string area_text, area_code, agency_text, agency_code;  ///< The last ones resolved, as of resolved_day.
    catalogue::Day resolved_day{};

    void tell(const Value& failed, Verdict& verdict)
    {
        if (evaluator.tell_once(failed))
            verdict.problems.push_back(evaluator.problem(failed));
    }

    void problem(Verdict& verdict, ExpressionId id, const Value& value, Problem what)
    {
        what.place = evaluator.place(id, value);
        what.rule = evaluator.rule(id);
        what.found = shortened(what.found.empty() ? value.text : std::string_view(what.found));
        verdict.problems.push_back(std::move(what));
    }

    void trace(std::string_view field, ExpressionId id, const Value& value, std::string_view result)
    {
        if (traces == nullptr)
            return;
        const bool from_document = value.node != no_node || value.missing();
        traces->push_back({.field = std::string(field),
                           .place = from_document ? evaluator.place(id, value) : "",
                           .raw = value.node == no_node ? "" : shortened(tree.node(value.node).text),
                           .result = std::string(result)});
    }

    /// A condition of the mapping's own; nothing when it failed, which has been told.
    std::optional<bool> holds(ExpressionId id, std::string_view name, Verdict& verdict)
    {
        const Value value = evaluator.evaluate(id);
        trace(name, id, value, value.failed() ? "" : value.holds() ? "true" : "false");
        if (!value.failed())
            return value.holds();
        tell(value, verdict);
        return std::nullopt;
    }

    /// Sets `day` to the period's last; the day everything else of the observation is judged as of.
    bool know_day(const Value& period)
    {
        if (!period.present())
            return false;
        if (period.text != day_period) {
            const auto read = text::period_from(period.text);
            if (!read)
                return false;
            day = text::last_day(*read);
            day_period = period.text;
        }
        if (day != resolved_day) {
            resolved_day = day;
            area_text.clear();
            agency_text.clear();
        }
        return true;
    }

    [[nodiscard]] std::string day_text() const
    {
        return text::to_text(text::Period{.kind = text::PeriodKind::day,
                                          .year = static_cast<int>(day.year()),
                                          .part = static_cast<unsigned>(day.month()),
                                          .day = static_cast<unsigned>(day.day())});
    }

    /// The canonical code of an area or agency; empty after telling that there is none.
    std::string resolve(Field field, ExpressionId id, const Value& value, bool day_known, Verdict& verdict)
    {
        const bool is_area = field == Field::area;
        std::string& last_text = is_area ? area_text : agency_text;
        std::string& last_code = is_area ? area_code : agency_code;
        if (!day_known)
            return std::string(value.text);
        if (last_text == value.text)
            return last_code;
        const std::size_t colon = value.text.find(':');
        std::string code;
        std::optional<Problem> wrong;
        if (is_area) {
            const auto area = catalogue.area(value.text.substr(0, colon), value.text.substr(colon + 1), day);
            area ? void(code = (*area)->code) : void(wrong = area.problem());
        } else {
            const auto agency = catalogue.agency(value.text, day);
            agency ? void(code = (*agency)->code) : void(wrong = agency.problem());
        }
        if (wrong) {
            if (wrong->expected.empty())
                wrong->expected =
                    (is_area ? "an area of areas.csv that existed on " : "an agency of agencies.csv that existed on ") +
                    day_text();
            problem(verdict, id, value, std::move(*wrong));
            return {};
        }
        last_text = value.text;
        last_code = code;
        return code;
    }

    /// Puts one present value into its field. Returns what stands there, for the trace.
    std::string_view put(Field field, ExpressionId id, const Value& value, bool day_known, Observation& out, Verdict& verdict)
    {
        if (value.text.size() > most_field_bytes) {
            problem(verdict, id, value,
                    {.code = "field.too_long",
                     .detail = std::string(to_text(field)) + " is longer than a field may be",
                     .found = shortened(value.text, 60),
                     .expected = "at most " + std::to_string(most_field_bytes) + " bytes"});
            return {};
        }
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
                if (const auto vintage = catalogue.vintage(value.text)) {
                    out.vintage = *vintage;
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

    void missing(Field field, ExpressionId id, const Value& value, Verdict& verdict, const char* code, std::string expected)
    {
        problem(verdict, id, value,
                {.code = code,
                 .detail = "nothing stands where " + std::string(to_text(field)) + " is read from",
                 .expected = std::move(expected)});
    }

    /// What can only be said with value, unit and availability together.
    void check_together(const Entry& entry, const Value& value, const Value& unit, const Observation& out, Verdict& verdict)
    {
        const ExpressionId value_id = entry.fields[at(Field::value)], unit_id = entry.fields[at(Field::unit)];
        if (out.availability == Availability::value) {
            if (value.missing())
                missing(Field::value, value_id, value, verdict, "value.missing",
                        "a number, or an availability that says why there is none");
            if (unit.missing())
                missing(Field::unit, unit_id, unit, verdict, "field.missing", "a unit");
        } else if (value.present()) {
            problem(verdict, value_id, value,
                    {.code = "value.unexpected",
                     .detail = "a value stands beside an availability that says there is none",
                     .expected =
                         "no value, or the availability 'value'; found " + std::string(lienthong::to_text(out.availability))});
        }
    }

    void observe(const Entry& entry, Verdict& verdict)
    {
        Observation out;
        Made from{.entry = &entry};
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
                together = together && field != Field::availability;
            } else if (one.present()) {
                result = put(field, id, one, day_known, out, verdict);
            } else if (is_needed(field)) {
                missing(field, id, one, verdict, "field.missing",
                        std::string(to_text(field)) == "indicator" ? "an indicator's code" : "something there");
            }
            from.faulty[i] = one.failed() || verdict.problems.size() > told;
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
        made.push_back(from);
        verdict.observations.push_back(std::move(out));
    }

    void put_fact(const FactFields& fields, Verdict& verdict)
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
        fact.key = key.text;
        fact.fields.reserve(fields.fields.size());
        for (const auto& [name, id] : fields.fields) {
            const Value value = evaluator.evaluate(id);
            trace("set." + name, id, value, value.present() ? value.text : "");
            if (value.failed())
                tell(value, verdict);
            else if (value.text.size() > most_field_bytes)
                problem(verdict, id, value,
                        {.code = "field.too_long",
                         .detail = "set." + name + " is longer than a field may be",
                         .found = shortened(value.text, 60),
                         .expected = "at most " + std::to_string(most_field_bytes) + " bytes"});
            else if (value.present())
                fact.fields.emplace_back(name, program.at(id).type != Type::condition ? std::string(value.text)
                                               : value.holds()                        ? "true"
                                                                                      : "false");
        }
        verdict.facts.push_back(std::move(fact));
    }
};

Run::Run(const Mapping& mapping, const Tree& tree, const catalogue::Catalogue& catalogue)
    : state_(std::make_unique<State>(mapping, tree, catalogue))
{
}

Run::~Run() = default;

std::optional<Verdict> Run::record(NodeId record, std::uint32_t number, std::vector<Trace>* traces)
{
    State& s = *state_;
    s.traces = traces;
    s.made.clear();
    s.evaluator.begin(record);
    Verdict verdict;
    verdict.record = number;
    verdict.place = s.evaluator.record_place();
    if (s.program.skip != no_expression && s.holds(s.program.skip, "skip", verdict).value_or(false))
        return std::nullopt;
    for (const Entry& entry : s.program.entries)
        if (entry.when == no_expression || s.holds(entry.when, "when", verdict).value_or(false))
            s.observe(entry, verdict);
    if (s.program.fact)
        s.put_fact(*s.program.fact, verdict);
    if (verdict.problems.empty() && verdict.observations.empty() && verdict.facts.empty())
        verdict.problems.push_back({.code = "observation.none",
                                    .detail = "no entry of observe applies to this record",
                                    .place = verdict.place,
                                    .expected = "a record one of them applies to, or a skip that passes it over",
                                    .rule = s.evaluator.rule_at(s.program.entries.front().line)});
    s.drafts.clear();
    if (!verdict.problems.empty()) {
        s.drafts.swap(verdict.observations);
        verdict.facts.clear();
    }
    return verdict;
}

const std::vector<Observation>& Run::drafts() const
{
    return state_->drafts;
}

bool Run::is_faulty(std::size_t index, Field field) const
{
    return state_->made.at(index).faulty[at(field)];
}

std::string Run::place_of(std::size_t index, Field field) const
{
    return state_->evaluator.place(state_->made.at(index).nodes[at(field)]);
}

std::string Run::rule_of(std::size_t index, Field field) const
{
    const Entry& entry = *state_->made.at(index).entry;
    const ExpressionId id = entry.fields[at(field)];
    return id == no_expression ? state_->evaluator.rule_at(entry.line) : state_->evaluator.rule(id);
}

}  // namespace lienthong::mapping
