// A computation's own keys, and what they mean for the reader of mappings: every figure is an entry of `observe` whose group
// is common to all, every condition a field of a fact. So one reader knows tables, lets, types and codes.
#include "hub/compute/read_computation.hpp"

#include "hub/mapping/checker.hpp"
#include "hub/mapping/load.hpp"
#include "hub/mapping/meaning.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace lienthong::compute {
namespace {

namespace yaml = mapping::yaml;
using mapping::Checker;
using mapping::Type;

constexpr unsigned most_places = 12;
constexpr std::size_t most_figures = 100;
const std::vector<std::string> top_keys = {"computation", "version", "facts", "tables", "let",
                                           "where",       "group",   "terms", "figures"};
const std::vector<std::string> group_keys = {"period", "area", "breakdown", "agency"};
const std::vector<std::string> ways = {"count", "sum", "share", "average"};
const std::vector<std::string> selection_keys = {"where", "kept", "broken"};

/// Where an expression's position in the program is to go, once it is known.
struct Wanted
{
    ExpressionId* id;
    std::string subject;
    yaml::Node node;
    std::vector<Type> types;
    std::string example;
};

yaml::Node scalar(std::string text, std::size_t offset)
{
    yaml::Node out;
    out.kind = yaml::Kind::scalar;
    out.offset = offset;
    out.text = std::move(text);
    return out;
}

void put(yaml::Node& map, std::string key, yaml::Node value)
{
    map.kind = yaml::Kind::map;
    map.keys.push_back(scalar(std::move(key), value.offset));
    map.values.push_back(std::move(value));
}

/// A code as an expression.
yaml::Node literal(const yaml::Node& code)
{
    return scalar('"' + code.text + '"', code.offset);
}

class Reader
{
public:
    explicit Reader(const ReadingParts& parts) : in_(parts) {}

    ReadDeclaration read(const yaml::Node& root)
    {
        if (root.kind != yaml::Kind::map) {
            report("compute.shape", root.offset, "a computation wants a map", std::string(root.kind_name()),
                   "lines of 'key: value'");
            return std::move(out_);
        }
        known_keys(root, top_keys, "a computation");
        const std::size_t before = in_.problems.size();
        const yaml::Node* name = needed(root, root.offset, "computation", "the computation", "computed/settled");
        needed(root, root.offset, "version", "the computation", "1");
        if (const yaml::Node* kind = needed(root, root.offset, "facts", "the computation", "dossier"))
            read_kind(*kind);
        const yaml::Node* group = part(root, "group", yaml::Kind::map, "period: month($finished)");
        if (group != nullptr) {
            known_keys(*group, group_keys, "group");
            for (const std::string& key : {group_keys[0], group_keys[1], group_keys[3]})
                if (group->find(key) == nullptr)
                    report("compute.key_missing", root.find_key("group")->offset, "the group lacks the key '" + key + "'", "",
                           key + ": an expression");
        }
        read_terms(root);
        read_figures(root);
        if (const yaml::Node* where = root.find("where"))
            want(declaration().where, *where, "where", {Type::condition}, "a condition, such as present(finished)");
        if (in_.problems.size() == before && name != nullptr)
            read_program(root);
        return std::move(out_);
    }

private:
    Declaration& declaration() { return out_.declaration; }

    void report(const char* code, std::size_t offset, std::string detail, std::string found, std::string expected)
    {
        in_.problems.push_back({.code = code,
                                .detail = std::move(detail),
                                .place = in_.source.place(offset),
                                .found = shortened(found),
                                .expected = std::move(expected)});
    }

    void known_keys(const yaml::Node& map, const std::vector<std::string>& known, std::string_view what)
    {
        for (const yaml::Node& key : map.keys)
            if (std::find(known.begin(), known.end(), key.text) == known.end())
                report("compute.key_unknown", key.offset, std::string(what) + " has no key '" + key.text + "'", key.text,
                       Checker::suggestion(key.text, known));
    }

    /// The text behind a key; null after reporting where there is none.
    const yaml::Node* needed(const yaml::Node& map, std::size_t offset, std::string_view key, std::string_view what,
                             std::string_view example)
    {
        const yaml::Node* node = map.find(key);
        if (node != nullptr && node->kind == yaml::Kind::scalar)
            return node;
        report(node == nullptr ? "compute.key_missing" : "compute.shape", node == nullptr ? offset : node->offset,
               std::string(what) + (node == nullptr ? " lacks the key '" : " wants one value for '") + std::string(key) + "'",
               node == nullptr ? "" : std::string(node->kind_name()), std::string(key) + ": " + std::string(example));
        return nullptr;
    }

    /// A part of the file that must be there in one shape.
    const yaml::Node* part(const yaml::Node& root, std::string_view key, yaml::Kind kind, std::string_view example)
    {
        const yaml::Node* node = root.find(key);
        if (node != nullptr && node->kind == kind && !node->values.empty())
            return node;
        report(node == nullptr ? "compute.key_missing" : "compute.shape", node == nullptr ? root.offset : node->offset,
               "the computation lacks " + std::string(key), node == nullptr ? "" : std::string(node->kind_name()),
               std::string(key) + ": with " + (kind == yaml::Kind::map ? "" : "a list of ") + std::string(example));
        return nullptr;
    }

    void read_kind(const yaml::Node& node)
    {
        declaration().kind = node.text;
        if (in_.facts.contains(node.text))
            return;
        std::vector<std::string> known;
        for (const auto& [kind, fields] : in_.facts)
            known.push_back(kind);
        report("compute.kind_unknown", node.offset, "no mapping stores facts of the kind '" + node.text + "'", node.text,
               known.empty() ? "a mapping with fact: " + node.text : Checker::suggestion(node.text, known));
    }

    void want(ExpressionId& id, const yaml::Node& node, std::string subject, std::vector<Type> types, std::string example)
    {
        wanted_.push_back({&id, std::move(subject), node, std::move(types), std::move(example)});
    }

    void read_terms(const yaml::Node& root)
    {
        const yaml::Node* terms = root.find("terms");
        if (terms == nullptr)
            return;
        if (terms->kind != yaml::Kind::map) {
            report("compute.shape", terms->offset, "terms wants a map", std::string(terms->kind_name()),
                   "settling: {from: …, until: …}");
            return;
        }
        declaration().terms.resize(terms->keys.size());
        for (std::size_t i = 0; i < terms->keys.size(); ++i) {
            const yaml::Node& key = terms->keys[i];
            const yaml::Node& map = terms->values[i];
            Term& term = declaration().terms[i];
            term.name = key.text;
            known_keys(map, {"from", "until", "working_days", "due"}, "a term");
            const std::string subject = "terms." + key.text + ".";
            const std::vector<Type> moment = {Type::date, Type::datetime};
            if (const yaml::Node* from = needed(map, key.offset, "from", "the term", "date(datetime(received))"))
                want(term.from, *from, subject + "from", moment, "a date or a datetime");
            if (const yaml::Node* until = needed(map, key.offset, "until", "the term", "date(datetime(finished))"))
                want(term.until, *until, subject + "until", moment, "a date or a datetime");
            const yaml::Node* days = map.find("working_days");
            const yaml::Node* due = map.find("due");
            if ((days == nullptr) == (due == nullptr))
                report("compute.key_missing", key.offset, "a term ends after so many working days, or on a day", "",
                       "either working_days or due");
            if (days != nullptr)
                want(term.working_days, *days, subject + "working_days", {Type::number},
                     "a number, such as number(lookup(limits, procedure), locale:plain)");
            if (due != nullptr)
                want(term.due, *due, subject + "due", moment, "a date or a datetime");
        }
    }

    std::optional<std::size_t> term(const yaml::Node& name)
    {
        const auto& terms = declaration().terms;
        for (std::size_t i = 0; i < terms.size(); ++i)
            if (terms[i].name == name.text)
                return i;
        std::vector<std::string> known;
        for (const Term& one : terms)
            known.push_back(one.name);
        report("compute.term_unknown", name.offset, "there is no term '" + name.text + "'", name.text,
               known.empty() ? "terms: with " + name.text : Checker::suggestion(name.text, known));
        return std::nullopt;
    }

    void read_selection(const yaml::Node& map, const std::string& subject, Selection& out)
    {
        if (const yaml::Node* where = map.find("where"))
            want(out.where, *where, subject + ".where", {Type::condition}, "a condition, such as channel == \"online\"");
        const yaml::Node* kept = map.find("kept");
        const yaml::Node* broken = map.find("broken");
        if (kept != nullptr && broken != nullptr)
            report("compute.key_unknown", map.find_key("broken")->offset, "a fact keeps a term or breaks it", "broken",
                   "one of the two");
        if (kept != nullptr || broken != nullptr)
            out.term = term(kept != nullptr ? *kept : *broken);
        out.kept = kept != nullptr;
    }

    void read_figures(const yaml::Node& root)
    {
        const yaml::Node* figures =
            part(root, "figures", yaml::Kind::sequence, "indicator, measure, unit and how it is computed");
        if (figures == nullptr)
            return;
        if (figures->values.size() > most_figures) {
            report("compute.shape", figures->offset, "a computation has more figures than it may",
                   std::to_string(figures->values.size()), "at most " + std::to_string(most_figures));
            return;
        }
        declaration().figures.resize(figures->values.size());
        for (std::size_t i = 0; i < figures->values.size(); ++i)
            read_figure(figures->values[i], i);
    }

    void read_figure(const yaml::Node& node, std::size_t number)
    {
        FigureRule& rule = declaration().figures[number];
        if (node.kind != yaml::Kind::map) {
            report("compute.shape", node.offset, "a figure wants a map", std::string(node.kind_name()), "indicator: A_XII_6");
            return;
        }
        known_keys(node, {"indicator", "measure", "unit", "count", "sum", "share", "average"}, "a figure");
        if (const yaml::Node* indicator = needed(node, node.offset, "indicator", "the figure", "A_XII_6"))
            rule.indicator = indicator->text;
        if (const yaml::Node* unit = needed(node, node.offset, "unit", "the figure", "\"%\""))
            rule.unit = unit->text;
        rule.measure = node.find("measure") == nullptr ? "VALUE" : node.find("measure")->text;
        const yaml::Node* how = nullptr;
        for (const yaml::Node& key : node.keys) {
            if (std::find(ways.begin(), ways.end(), key.text) == ways.end())
                continue;
            if (how != nullptr)
                report("compute.key_unknown", key.offset, "a figure is computed in one way", key.text, "a figure of its own");
            how = &key;
        }
        if (how == nullptr)
            report("compute.key_missing", node.offset, "the figure does not say how it is computed", "",
                   "one of count, sum, share, average");
        else
            read_how(*how, *node.find(how->text), rule, "figures." + std::to_string(number) + "." + how->text);
    }

    void read_how(const yaml::Node& key, const yaml::Node& value, FigureRule& rule, const std::string& subject)
    {
        const auto way = std::find(ways.begin(), ways.end(), key.text) - ways.begin();
        rule.kind = static_cast<FigureRule::Kind>(way);
        const bool is_all = value.kind == yaml::Kind::scalar && value.text == "all" && rule.kind == FigureRule::Kind::count;
        if (is_all)
            return;
        if (value.kind != yaml::Kind::map) {
            report("compute.shape", value.offset, key.text + " wants a map", std::string(value.kind_name()),
                   rule.kind == FigureRule::Kind::count ? "all, or {where: a condition}" : "{… , places: 2}");
            return;
        }
        std::vector<std::string> known = selection_keys;
        const bool divides = rule.kind == FigureRule::Kind::share || rule.kind == FigureRule::Kind::average;
        if (rule.kind == FigureRule::Kind::share)
            known.emplace_back("among");
        if (rule.kind == FigureRule::Kind::sum)
            known.emplace_back("of");
        if (rule.kind == FigureRule::Kind::average)
            known.insert(known.end(), {"of", "days", "working_days"});
        if (divides)
            known.emplace_back("places");
        known_keys(value, known, key.text);
        read_selection(value, subject, rule.selected);
        if (rule.kind == FigureRule::Kind::share)
            read_share(key, value, rule, subject);
        if (rule.kind == FigureRule::Kind::sum || rule.kind == FigureRule::Kind::average)
            read_number(key, value, rule, subject);
        if (divides)
            read_places(key, value, rule);
    }

    void read_share(const yaml::Node& key, const yaml::Node& value, FigureRule& rule, const std::string& subject)
    {
        if (rule.selected.term == std::nullopt && value.find("where") == nullptr && value.find("kept") == nullptr &&
            value.find("broken") == nullptr)
            report("compute.key_missing", key.offset, "a share does not say of what", "", "where: a condition, or kept: a term");
        const yaml::Node* among = value.find("among");
        if (among == nullptr)
            return;
        if (among->kind == yaml::Kind::scalar)
            want(rule.among.where, *among, subject + ".among", {Type::condition}, "a condition");
        else
            report("compute.shape", among->offset, "among wants a condition", std::string(among->kind_name()),
                   "among: present(finished)");
    }

    void read_number(const yaml::Node& key, const yaml::Node& value, FigureRule& rule, const std::string& subject)
    {
        const yaml::Node* of = value.find("of");
        const yaml::Node* days = value.find("days");
        const yaml::Node* working = value.find("working_days");
        if ((of != nullptr) + (days != nullptr) + (working != nullptr) != 1) {
            report("compute.key_missing", key.offset, key.text + " wants one number of each fact", "",
                   rule.kind == FigureRule::Kind::sum ? "of: an expression"
                                                      : "of: an expression, or days: a term, or working_days: a term");
            return;
        }
        if (of != nullptr) {
            want(rule.value, *of, subject + ".of", {Type::number}, "a number, such as number(fee, locale:plain)");
            return;
        }
        rule.days = days != nullptr ? FigureRule::Days::calendar : FigureRule::Days::working;
        if (const auto found = term(days != nullptr ? *days : *working))
            rule.days_of = *found;
    }

    void read_places(const yaml::Node& key, const yaml::Node& value, FigureRule& rule)
    {
        const yaml::Node* places = needed(value, key.offset, "places", key.text, "2");
        if (places == nullptr)
            return;
        const char* end = places->text.data() + places->text.size();
        const auto [stop, error] = std::from_chars(places->text.data(), end, rule.places);
        if (error != std::errc{} || stop != end || rule.places > most_places)
            report("compute.shape", places->offset, "this is no number of decimal places", places->text,
                   "0 to " + std::to_string(most_places));
    }

    /// The file as the reader of mappings wants it; every part keeps its place.
    yaml::Node as_mapping(const yaml::Node& root) const
    {
        yaml::Node out;
        out.kind = yaml::Kind::map;
        out.offset = root.offset;
        const auto copy = [&](const char* from, const char* to) {
            if (const yaml::Node* node = root.find(from))
                put(out, to, *node);
        };
        copy("computation", "mapping");
        copy("version", "version");
        copy("tables", "tables");
        copy("let", "let");
        put(out, "format", scalar("fact", root.offset));
        put(out, "records", scalar("/set", root.offset));
        copy("group", "common");
        yaml::Node entries;
        entries.kind = yaml::Kind::sequence;
        for (const yaml::Node& figure : root.find("figures")->values) {
            yaml::Node entry;
            entry.offset = figure.offset;
            for (const char* code : {"indicator", "measure", "unit"})
                if (const yaml::Node* node = figure.find(code))
                    put(entry, code, literal(*node));
            put(entry, "value", scalar("number(\"0\", locale:plain)", figure.offset));
            entries.values.push_back(std::move(entry));
        }
        put(out, "observe", std::move(entries));
        copy("facts", "fact");
        put(out, "key", scalar("/key", root.offset));
        yaml::Node set;
        set.kind = yaml::Kind::map;
        set.offset = root.offset;
        for (const Wanted& wanted : wanted_)
            put(set, wanted.subject, wanted.node);
        put(out, "set", std::move(set));
        return out;
    }

    void read_program(const yaml::Node& root)
    {
        const std::size_t before = in_.problems.size();
        mapping::Loader loader(in_.source, in_.read_beside, in_.problems);
        declaration().program = loader.read(as_mapping(root));
        out_.table_bytes = loader.table_bytes();
        mapping::Mapping::Program* program = declaration().program.get();
        if (program == nullptr || !program->fact || program->entries.empty())
            return;
        declaration().name = program->name;
        declaration().version = program->version;
        for (std::size_t i = 0; i < wanted_.size(); ++i)
            take(wanted_[i], program->fact->fields.at(i).second, *program);
        check_fields(*program);
        mapping::check_meaning(*program, in_.source, in_.catalogue, in_.problems.size() == before, in_.problems, in_.findings);
        check_figures(root, *program);
        for (mapping::Expression& expression : program->expressions)
            expression.syntax = nullptr;
    }

    void take(const Wanted& wanted, ExpressionId id, const mapping::Mapping::Program& program)
    {
        *wanted.id = id;
        if (id == mapping::no_expression)
            return;
        const Type type = program.at(id).type;
        const bool fits =
            type == Type::unknown || std::find(wanted.types.begin(), wanted.types.end(), type) != wanted.types.end();
        if (!fits)
            report("compute.type", wanted.node.offset,
                   wanted.subject + " wants a " + std::string(mapping::to_text(wanted.types.front())) + ", this is a " +
                       std::string(mapping::to_text(type)),
                   wanted.node.text, wanted.example);
    }

    /// Expressions read the fields that mappings store, and the fact's own key; nothing else is there.
    void check_fields(const mapping::Mapping::Program& program)
    {
        const auto kind = in_.facts.find(declaration().kind);
        const std::vector<std::string> known(kind->second.begin(), kind->second.end());
        std::set<std::size_t> told;
        for (const mapping::Expression& e : program.expressions) {
            if (e.op != mapping::Op::path || e.syntax == nullptr)
                continue;
            const mapping::ResolvedPath& path = program.paths[e.index];
            const bool of_fact = path.from_root && (path.text == "/key" || path.text == "/kind");
            const bool one_field = !path.from_root && path.up == 0 && path.steps.size() == 1;
            if (of_fact || (one_field && kind->second.contains(path.steps.front().name)) || !told.insert(e.offset).second)
                continue;
            report("compute.field_unknown", e.offset,
                   "a fact of the kind " + declaration().kind + " has no field '" + path.text + "'", path.text,
                   Checker::suggestion(path.text, known));
        }
    }

    void check_figures(const yaml::Node& root, const mapping::Mapping::Program& program)
    {
        ExpressionId period = program.entries.front().fields[static_cast<std::size_t>(mapping::Field::period)];
        while (period != mapping::no_expression && program.at(period).op == mapping::Op::let)
            period = program.lets[program.at(period).index];
        const bool kind_known = period != mapping::no_expression && program.at(period).op == mapping::Op::period_of_date;
        std::set<std::string> told;
        for (std::size_t i = 0; i < declaration().figures.size(); ++i) {
            const FigureRule& rule = declaration().figures[i];
            const yaml::Node& node = root.find("figures")->values[i];
            check_unit(rule, *node.find("unit"));
            if (!told.insert(rule.indicator + "|" + rule.measure).second)
                report("compute.told_twice", node.offset, "two figures tell one measure", rule.indicator + " " + rule.measure,
                       "another measure");
            for (const catalogue::Indicator& indicator : in_.catalogue.indicators()) {
                if (indicator.code != rule.indicator)
                    continue;
                const std::size_t offset = node.find("indicator")->offset;
                if (kind_known && !indicator.may_have(program.at(period).kind))
                    report("compute.period_kind", offset,
                           indicator.code + " has no figures of a " + std::string(text::to_text(program.at(period).kind)),
                           indicator.code, "a period it has, by its line in indicators.csv");
                if (indicator.data_method != catalogue::DataMethod::computed)
                    in_.findings.push_back({.code = "compute.not_computed",
                                            .detail = "the catalogue does not say that " + indicator.code + " is computed",
                                            .place = in_.source.place(offset),
                                            .found = std::string(catalogue::to_text(indicator.data_method)),
                                            .expected = "data_method computed, with its calculation",
                                            .rule = "indicators.csv " + indicator.code});
                break;
            }
        }
    }

    /// A share is a ratio and nothing else is: a count in per cent would be off by what nobody can see.
    void check_unit(const FigureRule& rule, const yaml::Node& node)
    {
        const auto unit = in_.catalogue.unit(rule.unit);
        const auto percent = in_.catalogue.unit("%");
        if (!unit || !percent)
            return;
        const bool is_ratio = (*unit)->dimension == (*percent)->dimension;
        const bool is_share = rule.kind == FigureRule::Kind::share;
        if (is_share && (*unit)->code != (*percent)->code)
            report("compute.unit", node.offset, "a share is computed per hundred", rule.unit, "\"%\"");
        if (rule.kind == FigureRule::Kind::count && is_ratio)
            report("compute.unit", node.offset, "a count is no ratio", rule.unit, "a unit of what is counted, such as DOSSIER");
    }

    ReadingParts in_;
    ReadDeclaration out_;
    std::deque<Wanted> wanted_;
};

}  // namespace

ReadDeclaration read_declaration(const yaml::Node& root, const ReadingParts& parts)
{
    return Reader(parts).read(root);
}

}  // namespace lienthong::compute
