// Holds every code that can be known against the catalogue, each told once at the place it is written.
#include "hub/mapping/meaning.hpp"

#include "hub/catalogue/crosswalks.hpp"
#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/checker.hpp"
#include "hub/mapping/known_values.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace lienthong::mapping {
namespace {

using catalogue::Indicator;
using catalogue::Measure;

class Meaning
{
public:
    Meaning(const Mapping::Program& program, const yaml::Source& source, const catalogue::Catalogue& catalogue,
            std::vector<Problem>& problems, std::vector<Problem>& findings)
        : program_(program), source_(source), catalogue_(catalogue), problems_(problems), findings_(findings)
    {
        for (const Indicator& indicator : catalogue.indicators()) {
            indicators_[indicator.code].push_back(&indicator);
            for (const Measure& measure : indicator.measures)
                measures_.insert(measure.code);
        }
    }

    /// Wherever they stand: a pair of systems the catalogue knows nothing of leads nowhere.
    void check_crosswalks()
    {
        for (const Expression& e : program_.expressions) {
            if (e.op != Op::crosswalk || e.text.empty())
                continue;
            const std::string question = crosswalk_text(e.text, "");
            const auto asked = crosswalk_from(question);
            const KnownValue systems{asked->from_system, source_.place(e.offset)};
            const auto known = catalogue_.crosswalk_all(asked->from_system, "", asked->to_system, any_day);
            if (known.problem().code == "crosswalk.system") {
                report("mapping.crosswalk_system", systems, known.problem().detail, known.problem().expected);
                continue;
            }
            const Expression& code = program_.at(program_.argument(e, 0));
            if (code.op == Op::literal && code.type == Type::text)
                if (const auto found = catalogue_.crosswalk_all(asked->from_system, code.text, asked->to_system, any_day);
                    !found && found.problem().code == "crosswalk.unknown")
                    report("mapping.crosswalk_unknown", {code.text, source_.place(code.offset)}, found.problem().detail,
                           found.problem().expected);
        }
    }

    void check(const Entry& entry)
    {
        const auto of = [&](Field field) { return entry.fields[static_cast<std::size_t>(field)]; };
        check_indicators(of(Field::indicator));
        check_measures(of(Field::indicator), of(Field::measure));
        check_units(of(Field::indicator), of(Field::measure), of(Field::unit));
        check_breakdowns(of(Field::indicator), of(Field::breakdown));
        check_places(of(Field::area), of(Field::agency));
        for (const KnownValue& value : known_values(program_, source_, of(Field::period)).values)
            if (const auto period = text::period_from(value.text); !period)
                report("mapping.period_malformed", value, "'" + std::string(value.text) + "' is no period",
                       "2025, 2025-S1, 2025-M9, 2025-Q3, 2025-03 or 2025-03-31");
        for (const KnownValue& value : known_values(program_, source_, of(Field::vintage)).values)
            if (!catalogue_.vintage(value.text))
                report("mapping.word_unknown", value, "'" + std::string(value.text) + "' is no vintage",
                       Checker::suggestion(value.text, {"estimated", "preliminary", "official", "unstated"}));
        check_words(of(Field::availability), "availability",
                    {"value", "not_available", "not_applicable", "not_permitted", "no_case"});
    }

    void check_periods(const Entry& entry)
    {
        check_periods(entry.fields[static_cast<std::size_t>(Field::indicator)], entry.fields[static_cast<std::size_t>(Field::period)]);
    }

    /// Columns are read or are for people; a third kind is most likely a column somebody forgot.
    /// Tables of a mapping this one extends are its own matter.
    void check_columns()
    {
        std::set<std::pair<std::size_t, std::size_t>> read;
        for (const Expression& e : program_.expressions)
            if (e.op == Op::lookup)
                read.insert({e.index, e.column});
        for (std::size_t t = 0; t < program_.tables.size(); ++t) {
            const Table& table = program_.tables[t];
            if (program_.table_files[t] != 0)
                continue;
            for (std::size_t column = 1; column < table.columns().size(); ++column)
                if (read.count({t, column}) == 0 && table.columns()[column] != "name" && table.columns()[column] != "note")
                    findings_.push_back({.code = "mapping.column_unused",
                                         .detail = "no lookup reads the column '" + table.columns()[column] + "' of the table '" + table.name() + "'",
                                         .place = table.place(table.header(column)),
                                         .found = table.columns()[column],
                                         .expected = "lookup(" + table.name() + "." + table.columns()[column] + ", …), or no such column; columns for people are called name or note"});
        }
    }

private:
    static constexpr catalogue::Day any_day{std::chrono::year{2025}, std::chrono::July, std::chrono::day{1}};

    using Rows = std::vector<const Indicator*>;

    void report(const char* code, const KnownValue& value, std::string detail, std::string expected)
    {
        if (told_.insert(value.place + code).second)
            problems_.push_back({.code = code,
                                 .detail = std::move(detail),
                                 .place = value.place,
                                 .found = shortened(value.text),
                                 .expected = std::move(expected)});
    }

    [[nodiscard]] const Rows* rows(std::string_view code) const
    {
        const auto it = indicators_.find(code);
        return it == indicators_.end() ? nullptr : &it->second;
    }

    void check_indicators(ExpressionId id)
    {
        if (id != no_expression && program_.at(id).op == Op::path)
            if (const std::string& name = program_.paths[program_.at(id).index].text; rows(name) != nullptr)
                report("mapping.quotes", {name, source_.place(program_.at(id).offset)},
                       "without quotes this is a member of the record, not the indicator of that code", "\"" + name + "\"");
        for (const KnownValue& value : known_values(program_, source_, id).values) {
            const Rows* found = rows(value.text);
            if (value.text == "?")
                report("mapping.undecided", value, "nobody has decided yet which indicator this is", "a code of indicators.csv");
            else if (found == nullptr)
                report("mapping.indicator_unknown", value, "the catalogue has no indicator '" + std::string(value.text) + "'",
                       nearest_code(value.text));
            else if (std::all_of(found->begin(), found->end(), [](const Indicator* i) { return i->heading; }))
                report("mapping.indicator_heading", value, "'" + std::string(value.text) + "' is a heading, it carries no figure",
                       below(value.text));
        }
    }

    [[nodiscard]] std::string nearest_code(std::string_view code) const
    {
        std::vector<std::string> known;
        for (const auto& [name, list] : indicators_)
            known.emplace_back(name);
        const auto near = text::nearest(code, known, 3);
        std::string out;
        for (const std::string& one : near)
            out += (out.empty() ? "" : ", ") + one + " (" + shortened(indicators_.find(one)->second.front()->name_vi, 48) + ")";
        return out.empty() ? "a code of indicators.csv" : out;
    }

    [[nodiscard]] std::string below(std::string_view heading) const
    {
        std::string out;
        for (const auto& [code, list] : indicators_)
            if (list.front()->parent == heading && !list.front()->heading)
                out += (out.empty() ? "one of " : ", ") + std::string(code);
        return out.empty() ? "an indicator below it" : out;
    }

    void check_measures(ExpressionId indicator, ExpressionId measure)
    {
        const std::vector<std::string> all(measures_.begin(), measures_.end());
        for (const KnownValue& value : known_values(program_, source_, measure).values)
            if (measures_.count(std::string(value.text)) == 0)
                report("mapping.measure_unknown", value, "the catalogue has no measure '" + std::string(value.text) + "'",
                       measures_wanted(indicator, value.text, all));
        for (const auto& [code, value] : known_pairs(program_, source_, indicator, measure))
            if (const Rows* found = rows(code.text); found != nullptr && !found->front()->heading &&
                                                     measures_.count(std::string(value.text)) != 0 && !has(*found, value.text))
                report("mapping.measure_unknown", value,
                       "the indicator " + std::string(code.text) + " has no measure '" + std::string(value.text) + "'",
                       Checker::suggestion(value.text, measures_of(*found)));
        check_measures_of_all(indicator, measure);
    }

    /// Where every indicator is known, a measure none of them has can never be right.
    void check_measures_of_all(ExpressionId indicator, ExpressionId measure)
    {
        const KnownValues codes = known_values(program_, source_, indicator);
        if (!codes.all || codes.values.empty())
            return;
        Rows all;
        for (const KnownValue& code : codes.values)
            if (const Rows* found = rows(code.text))
                all.insert(all.end(), found->begin(), found->end());
            else
                return;
        for (const KnownValue& value : known_values(program_, source_, measure).values)
            if (measures_.count(std::string(value.text)) != 0 && !has(all, value.text))
                report("mapping.measure_unknown", value,
                       "none of the indicators here has a measure '" + std::string(value.text) + "'",
                       Checker::suggestion(value.text, measures_of(all)));
    }

    /// The measures of the known indicators where they are known, else any.
    [[nodiscard]] std::string measures_wanted(ExpressionId indicator, std::string_view wrong,
                                              const std::vector<std::string>& all) const
    {
        const KnownValues codes = known_values(program_, source_, indicator);
        Rows known;
        for (const KnownValue& code : codes.values)
            if (const Rows* found = rows(code.text))
                known.insert(known.end(), found->begin(), found->end());
        if (codes.all && !known.empty())
            return Checker::suggestion(wrong, measures_of(known));
        return Checker::suggestion(wrong, all);
    }

    [[nodiscard]] static bool has(const Rows& rows, std::string_view measure)
    {
        return std::any_of(rows.begin(), rows.end(), [&](const Indicator* row) { return row->measure(measure) != nullptr; });
    }

    [[nodiscard]] static std::vector<std::string> measures_of(const Rows& rows)
    {
        std::set<std::string> out;
        for (const Indicator* row : rows)
            for (const Measure& measure : row->measures)
                out.insert(measure.code);
        return {out.begin(), out.end()};
    }

    /// Kinds a period expression can give; false when that cannot be known.
    bool add_kinds(ExpressionId id, std::set<text::PeriodKind>& out) const
    {
        const Expression& e = program_.at(id);
        const auto part = [&](std::size_t i) { return add_kinds(program_.argument(e, i), out); };
        switch (e.op) {
            case Op::let:
                return add_kinds(program_.lets[e.index], out);
            case Op::literal:
                return e.type == Type::missing;
            case Op::period_of_date:
                out.insert(e.kind);
                return true;
            case Op::period_by_pattern:
                if (const auto kind = text::kind_of_pattern(e.text))
                    out.insert(*kind);
                return text::kind_of_pattern(e.text).has_value();
            case Op::period_canonical:
                if (const Expression& text = program_.at(program_.argument(e, 0)); text.op == Op::literal)
                    if (const auto period = text::period_from(text.text)) {
                        out.insert(period->kind);
                        return true;
                    }
                return false;
            case Op::fallback:
                return part(0) && part(1);
            case Op::when:
                for (std::size_t i = 0; i < e.argument_count; ++i)
                    if ((i % 2 == 1 || i + 1 == e.argument_count) && !part(i))
                        return false;
                return true;
            default:
                return false;
        }
    }

    void check_periods(ExpressionId indicator, ExpressionId period)
    {
        std::set<text::PeriodKind> kinds;
        if (indicator == no_expression || period == no_expression || !add_kinds(period, kinds) || kinds.empty())
            return;
        for (const KnownValue& value : known_values(program_, source_, indicator).values) {
            const Rows* found = rows(value.text);
            if (found == nullptr || std::any_of(found->begin(), found->end(), [&](const Indicator* row) {
                    return row->heading || std::any_of(kinds.begin(), kinds.end(), [&](text::PeriodKind kind) { return row->may_have(kind); });
                }))
                continue;
            std::string wanted;
            for (const text::PeriodKind kind : found->front()->kinds)
                wanted += (wanted.empty() ? "" : ", ") + std::string(text::to_text(kind));
            report("mapping.period_kind", value,
                   std::string(value.text) + " has no figures of a " + std::string(text::to_text(*kinds.begin())) + ", which is all the period here can be",
                   "a period that is a " + wanted);
        }
    }

    void check_units(ExpressionId indicator, ExpressionId measure, ExpressionId unit)
    {
        for (const KnownValue& value : known_values(program_, source_, unit).values)
            if (const auto known = catalogue_.unit(value.text); !known)
                report("mapping.unit_unknown", value, "the catalogue has no unit '" + std::string(value.text) + "'",
                       nearest_unit(value.text));
        for (const auto& [code, value] : known_pairs(program_, source_, indicator, unit)) {
            const auto given = catalogue_.unit(value.text);
            const Rows* found = rows(code.text);
            if (!given || found == nullptr)
                continue;
            const std::set<std::string> wanted = units_of(*found, indicator, measure);
            const bool fits = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
                const catalogue::Unit* target = catalogue_.find_unit(name);
                return target == nullptr || target->dimension == (*given)->dimension;
            });
            if (!fits && !wanted.empty())
                report("mapping.unit_dimension", value,
                       "'" + std::string(value.text) + "' cannot be converted to the unit of " + std::string(code.text),
                       "a unit that converts to " + *wanted.begin());
        }
        for (const KnownValue& code : known_values(program_, source_, indicator).values)
            if (const Rows* found = rows(code.text);
                found != nullptr && !found->front()->heading && units_of(*found, indicator, measure).count("") != 0)
                add_finding(code, known_values(program_, source_, unit));
    }

    [[nodiscard]] std::string nearest_unit(std::string_view wrong) const
    {
        std::vector<std::string> spellings;
        for (const catalogue::Unit& unit : catalogue_.units()) {
            spellings.push_back(unit.name_vi);
            spellings.insert(spellings.end(), unit.spellings.begin(), unit.spellings.end());
        }
        const auto near = text::nearest(wrong, spellings, 1);
        return near.empty() ? "a unit of units.csv" : "'" + near.front() + "' or another unit of units.csv";
    }

    void add_finding(const KnownValue& code, const KnownValues& units)
    {
        if (told_.insert(code.place + "finding" + std::string(code.text)).second)
            findings_.push_back({.code = "unit.from_mapping",
                                 .detail = "the catalogue gives " + std::string(code.text) + " no unit; the mapping's is taken",
                                 .place = code.place,
                                 .found = units.values.size() == 1 ? std::string(units.values.front().text) : "",
                                 .expected = "a unit in indicators.csv"});
    }

    /// The units the catalogue wants, "" where it leaves one blank. With a single known measure that measure's alone.
    [[nodiscard]] std::set<std::string> units_of(const Rows& rows, ExpressionId indicator, ExpressionId measure) const
    {
        std::set<std::string> out;
        const KnownValues measures = known_values(program_, source_, measure);
        const bool constant = indicator != no_expression && measures.all && measures.values.size() == 1;
        const std::string_view only = measure == no_expression ? "VALUE" : constant ? measures.values.front().text : "";
        for (const Indicator* row : rows)
            for (const Measure& one : row->measures)
                if (only.empty() || one.code == only)
                    out.insert(one.unit.empty() ? row->unit : one.unit);
        return out;
    }

    void check_breakdowns(ExpressionId indicator, ExpressionId breakdown)
    {
        for (const auto& [code, value] : known_pairs(program_, source_, indicator, breakdown)) {
            const Rows* found = rows(code.text);
            if (found == nullptr || value.text == "_T")
                continue;
            if (const auto fits = catalogue_.check_breakdown(*found->front(), value.text); !fits)
                report("mapping.breakdown_unknown", value, fits.problem().detail,
                       fits.problem().expected.empty() ? "_T, or a code of breakdowns.csv" : fits.problem().expected);
        }
    }

    void check_places(ExpressionId area, ExpressionId agency)
    {
        for (const KnownValue& value : known_values(program_, source_, area).values) {
            const Expression& e = program_.at(area);
            const std::size_t colon = value.text.find(':');
            const bool full = e.op == Op::area_full;
            if (!full && e.op != Op::area_in)
                continue;
            const std::string_view system = full ? value.text.substr(0, colon) : e.text;
            const std::string_view code = full && colon != std::string_view::npos ? value.text.substr(colon + 1) : value.text;
            if (const auto known = catalogue_.area(system, code, any_day); !known && known.problem().code == "area.unknown")
                report("mapping.area_unknown", value, "the catalogue has no area '" + std::string(value.text) + "'",
                       known.problem().expected.empty() ? "an area of areas.csv" : known.problem().expected);
        }
        for (const KnownValue& value : known_values(program_, source_, agency).values)
            if (const auto known = catalogue_.agency(value.text, any_day); !known && known.problem().code == "agency.unknown")
                report("mapping.agency_unknown", value, "the catalogue has no agency '" + std::string(value.text) + "'",
                       known.problem().expected.empty() ? "an agency of agencies.csv" : known.problem().expected);
    }

    void check_words(ExpressionId id, std::string_view field, const std::vector<std::string>& words)
    {
        for (const KnownValue& value : known_values(program_, source_, id).values)
            if (std::find(words.begin(), words.end(), value.text) == words.end())
                report("mapping.word_unknown", value, "'" + std::string(value.text) + "' is no " + std::string(field),
                       Checker::suggestion(value.text, words));
    }

    const Mapping::Program& program_;
    const yaml::Source& source_;
    const catalogue::Catalogue& catalogue_;
    std::vector<Problem>& problems_;
    std::vector<Problem>& findings_;
    std::map<std::string, Rows, std::less<>> indicators_;
    std::set<std::string> measures_;
    std::set<std::string> told_;
};

}  // namespace

void check_meaning(const Mapping::Program& program, const yaml::Source& source, const catalogue::Catalogue& catalogue, bool whole,
                   std::vector<Problem>& problems, std::vector<Problem>& findings)
{
    Meaning meaning(program, source, catalogue, problems, findings);
    meaning.check_crosswalks();
    for (const Entry& entry : program.entries)
        meaning.check(entry);
    if (!whole)
        return;
    for (const Entry& entry : program.entries)
        meaning.check_periods(entry);
    meaning.check_columns();
}

}  // namespace lienthong::mapping
