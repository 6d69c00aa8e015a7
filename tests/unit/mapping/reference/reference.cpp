// Reads the mapping file and puts observations and facts together field by field.
#include "tests/unit/mapping/reference/reference.hpp"

#include "tests/unit/mapping/reference/evaluation.hpp"
#include "tests/unit/mapping/reference/plain_values.hpp"

#include "hub/catalogue/crosswalks.hpp"
#include "hub/text/unicode.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <set>

namespace lienthong::reference {
namespace {

constexpr std::size_t most_field_bytes = 4096;

class Interpreter
{
public:
    Interpreter(const std::string& mapping, const std::map<std::string, std::string, std::less<>>& tables, const Tree& tree,
                const catalogue::Catalogue& catalogue)
        : text_(mapping), root_(YAML::Load(mapping)), selection_(tree, namespaces(root_)), catalogue_(catalogue)
    {
        for (const auto& one : root_["tables"]) {
            const std::string name = one.first.as<std::string>();
            const auto table = tables.find(one.second.IsNull() ? name + ".csv" : one.second.as<std::string>());
            if (table == tables.end())
                throw TableNotGiven();
            tables_.emplace(name, Table(table->second));
        }
        for (const auto& one : root_["let"])
            lets_[one.first.as<std::string>()] = written(one.second);
    }

    std::vector<std::string> run()
    {
        const WrittenPath path = read_written_path(root_["records"].as<std::string>());
        const std::vector<NodeId> records = selection_.all(path, root_node);
        if (records.empty() &&
            !(root_["empty"] && root_["empty"].as<std::string>() == "allowed" && selection_.has_container(path)))
            return {"message.no_records " + selection_.would_stand(path, root_node)};
        const auto is_list = [this](NodeId id) { return selection_.is_list(id); };
        if (!records.empty() && !root_["records"].as<std::string>().ends_with('*') && std::all_of(records.begin(), records.end(), is_list))
            return {"message.no_records " + selection_.place(records.front())};
        for (std::size_t i = 0; i < records.size(); ++i)
            record(i, records[i]);
        return lines_;
    }

private:
    static std::map<std::string, std::string> namespaces(const YAML::Node& root)
    {
        std::map<std::string, std::string> out;
        for (const auto& one : root["namespaces"])
            out[one.first.as<std::string>()] = one.second.as<std::string>();
        return out;
    }

    [[nodiscard]] Written written(const YAML::Node& node) const
    {
        const char first = text_[static_cast<std::size_t>(node.Mark().pos)];
        if (node.Tag() == "!" && first != '|' && first != '>')
            return {.kind = "text", .text = text::to_nfc(node.as<std::string>()).value()};
        // YAML leaves `missing: ` and the like as texts; null alone it would take away.
        return read_written(node.Scalar());
    }

    void problem(const std::string& code, const std::string& where) { problems_.insert(code + " " + where); }

    [[nodiscard]] Evaluation now() const { return {selection_, tables_, lets_, record_}; }

    /// The value of an expression of the mapping's; nothing when it was refused, which has been told.
    std::optional<Value> worked_out(const YAML::Node& node)
    {
        try {
            return now().evaluate(written(node));
        } catch (const Refusal& refusal) {
            problem(refusal.code, refusal.place);
            return std::nullopt;
        }
    }

    void record(std::size_t number, NodeId record)
    {
        record_ = record;
        problems_.clear();
        const std::string head = std::to_string(number) + " " + selection_.place(record) + " ";
        if (root_["skip"])
            if (const auto skip = worked_out(root_["skip"]); skip && skip->holds()) {
                lines_.push_back(head + "skipped");
                return;
            }
        std::vector<std::string> made;
        if (const YAML::Node observe = root_["observe"]; observe && observe.IsMap())
            entry(observe, made);
        else if (observe)
            for (const auto& one : observe)
                entry(one, made);
        if (root_["fact"])
            fact(made);
        if (made.empty() && problems_.empty())
            problem("observation.none", selection_.place(record));
        for (const std::string& line : problems_)
            lines_.push_back(head + line);
        if (problems_.empty())
            for (const std::string& line : made)
                lines_.push_back(head + line);
    }

    void entry(const YAML::Node& entry, std::vector<std::string>& made)
    {
        if (entry["when"]) {
            const auto when = worked_out(entry["when"]);
            if (!when || !when->holds())
                return;
        }
        const auto field = [&](const char* name) {
            const YAML::Node& own = entry;
            const YAML::Node common = root_["common"];
            return own[name] || !common ? own[name] : common[name];
        };
        std::map<std::string, std::optional<Value>> values;
        Observation out;
        for (const char* name : {"period", "indicator", "measure", "area", "breakdown", "agency", "value", "unit", "vintage",
                                 "availability", "window", "source"}) {
            if (!field(name).IsDefined())
                continue;
            std::optional<Value> value = worked_out(field(name));
            values[name] = value;
            const std::string needed = " indicator period area agency ";
            if (value && value->missing() && needed.find(" " + std::string(name) + " ") != std::string::npos)
                problem("field.missing", now().blamed(*value));
            if (value && value->text.size() > most_field_bytes)
                problem("field.too_long", now().blamed(*value));
            else if (value && !value->missing())
                put(name, *value, values["period"], out);
        }
        together(values, out);
        made.push_back(line_of(out));
    }

    void put(const std::string& name, const Value& value, const std::optional<Value>& period, Observation& out)
    {
        if (name == "indicator")
            out.key.indicator = value.text;
        else if (name == "measure")
            out.key.measure = value.text;
        else if (name == "period")
            out.key.period = value.text;
        else if (name == "breakdown")
            out.key.breakdown = value.text;
        else if (name == "value")
            out.value = value.text;
        else if (name == "unit")
            out.unit = value.text;
        else if (name == "window")
            out.window = value.text;
        else if (name == "source")
            out.source = value.text;
        else if (name == "vintage") {
            if (const auto vintage = catalogue_.vintage(value.text))
                out.vintage = *vintage;
            else
                problem(vintage.problem().code, now().blamed(value));
        } else if (name == "availability") {
            if (const auto availability = availability_from(value.text))
                out.availability = *availability;
            else
                problem("availability.unknown", now().blamed(value));
        } else if (period && !period->missing()) {
            const Letters last = last_day_of(period->text);
            const catalogue::Day day{std::chrono::year{last.y}, std::chrono::month{static_cast<unsigned>(last.M)},
                                     std::chrono::day{static_cast<unsigned>(last.d)}};
            const Result<std::string> code = value.type == "area" ? area_code(value, day) : agency_code(value, day);
            if (!code)
                problem(code.problem().code, now().blamed(value));
            else
                (value.type == "area" ? out.key.area : out.key.agency) = *code;
        }
    }

    [[nodiscard]] Result<std::string> area_code(const Value& value, const catalogue::Day& day) const
    {
        if (value.way == "within") {
            const auto parent = area_code(value.parent[0], day);
            if (!parent)
                return parent.problem();
            const auto found = catalogue_.area_within(*parent, value.text, day);
            return found ? Result<std::string>((*found)->code) : Result<std::string>(found.problem());
        }
        std::string system = value.system, code = value.text;
        if (value.way == "crosswalk") {
            const auto match = catalogue_.crosswalk(value.system, value.text, value.wanted, day);
            if (!match)
                return match.problem();
            system = match->system;
            code = match->code;
        }
        const auto found = catalogue_.area(system, code, day);
        return found ? Result<std::string>((*found)->code) : Result<std::string>(found.problem());
    }

    [[nodiscard]] Result<std::string> agency_code(const Value& value, const catalogue::Day& day) const
    {
        std::string code = value.text;
        if (value.way == "crosswalk") {
            const auto match = catalogue_.crosswalk(value.system, value.text, value.wanted, day);
            if (!match)
                return match.problem();
            code = match->code;
        }
        const auto found = catalogue_.agency(code, day);
        return found ? Result<std::string>((*found)->code) : Result<std::string>(found.problem());
    }

    /// A value and why there is none must fit each other; what is not known of the one says nothing about the other.
    void together(std::map<std::string, std::optional<Value>>& values, const Observation& out)
    {
        const auto given = values.find("availability");
        if (given != values.end() && (!given->second || (!given->second->missing() && !availability_from(given->second->text))))
            return;
        const std::optional<Value>&value = values["value"], &unit = values["unit"];
        if (out.availability != Availability::value) {
            if (value && !value->missing())
                problem("value.unexpected", now().blamed(*value));
            return;
        }
        if (value && value->missing())
            problem("value.missing", now().blamed(*value));
        if (unit && unit->missing())
            problem("field.missing", now().blamed(*unit));
    }

    void fact(std::vector<std::string>& made)
    {
        Fact out{.kind = root_["fact"].as<std::string>(), .key = {}, .fields = {}};
        const auto short_enough = [&](const Value& value) {
            if (value.text.size() > most_field_bytes)
                problem("field.too_long", now().blamed(value));
            return value.text.size() <= most_field_bytes;
        };
        if (const auto key = worked_out(root_["key"]); key && key->missing())
            problem("field.missing", now().blamed(*key));
        else if (key && short_enough(*key))
            out.key = key->text;
        for (const auto& one : root_["set"])
            if (const auto value = worked_out(one.second); value && !value->missing() && short_enough(*value))
                out.fields.emplace_back(one.first.as<std::string>(), value->text);
        made.push_back(line_of(out));
    }

    std::string text_;
    YAML::Node root_;
    Selection selection_;
    const catalogue::Catalogue& catalogue_;
    std::map<std::string, Table> tables_;
    std::map<std::string, Written> lets_;
    NodeId record_ = no_node;
    std::set<std::string> problems_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> outcome(const std::string& mapping, const std::map<std::string, std::string, std::less<>>& tables,
                                 const Tree& tree, const catalogue::Catalogue& catalogue)
{
    return Interpreter(mapping, tables, tree, catalogue).run();
}

std::string line_of(const Observation& o)
{
    const auto or_else = [](const std::string& text, const char* other) { return text.empty() ? std::string(other) : text; };
    std::string out = "observation";
    for (const std::string& part : {o.key.indicator, or_else(o.key.measure, "VALUE"), o.key.period, o.key.area,
                                    or_else(o.key.breakdown, "_T"), o.key.agency, o.value, o.unit,
                                    std::string(to_text(o.vintage)), std::string(to_text(o.availability)), o.window, o.source})
        out += " [" + part + "]";
    return out;
}

std::string line_of(const Fact& fact)
{
    std::string out = "fact " + fact.kind + " [" + fact.key + "]";
    for (const auto& [name, text] : fact.fields)
        out += " " + name + "=[" + text + "]";
    return out;
}

}  // namespace lienthong::reference
