// Works an expression out from its text each time it is asked for, and puts observations together field by field.
#include "tests/unit/mapping/reference/reference.hpp"

#include "tests/unit/mapping/reference/plain_values.hpp"
#include "tests/unit/mapping/reference/written.hpp"

#include "hub/catalogue/crosswalks.hpp"
#include "hub/text/unicode.hpp"

#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

namespace lienthong::reference {
namespace {

constexpr std::size_t most_field_bytes = 4096;

/// A path that was looked at: where its node stands or would stand, and whether it gave anything.
struct Looked
{
    std::string place;
    bool gave = false;
};

struct Value
{
    /// "missing", "text", "number", "date", "datetime", "period", "area", "agency", "window", "condition".
    std::string type = "missing";
    std::string text{};
    NodeId node = no_node;                    ///< The first it was read from.
    std::vector<Looked> made_of{}, looked{};  ///< Paths the value is made from; all that were looked at, in order.

    // Of an area or agency: how it is asked for once the period is known.
    std::string way{}, system{}, wanted{};
    std::vector<Value> parent{};

    [[nodiscard]] bool missing() const { return type == "missing"; }
    [[nodiscard]] bool holds() const { return type == "condition" && text == "true"; }
};

struct Refusal
{
    std::string code, place;
};

/// Adds what was looked at for `part` to `whole`, which is made from it.
void take(Value& whole, const Value& part)
{
    whole.made_of.insert(whole.made_of.end(), part.made_of.begin(), part.made_of.end());
    whole.looked.insert(whole.looked.end(), part.looked.begin(), part.looked.end());
}

class Table
{
public:
    explicit Table(const std::string& csv)
    {
        std::istringstream in(csv);
        for (std::string line; std::getline(in, line);) {
            std::vector<std::string> row(1);
            for (char c : line)
                if (c == ',')
                    row.emplace_back();
                else
                    row.back() += c;
            rows_.push_back(row);
        }
    }
    [[nodiscard]] const std::string* cell(const std::string& key, const std::string& column) const
    {
        std::size_t at = 1;
        for (std::size_t i = 1; i < rows_[0].size() && !column.empty(); ++i)
            if (rows_[0][i] == column)
                at = i;
        for (std::size_t i = 1; i < rows_.size(); ++i)
            if (rows_[i][0] == key)
                return &rows_[i].at(at);
        return nullptr;
    }

private:
    std::vector<std::vector<std::string>> rows_;
};

class Interpreter
{
public:
    Interpreter(const std::string& mapping, const std::map<std::string, std::string, std::less<>>& tables, const Tree& tree,
                const catalogue::Catalogue& catalogue)
        : text_(mapping), root_(YAML::Load(mapping)), tree_(tree), catalogue_(catalogue)
    {
        for (const auto& one : root_["tables"]) {
            const std::string name = one.first.as<std::string>();
            const auto table = tables.find(one.second.IsNull() ? name + ".csv" : one.second.as<std::string>());
            if (table == tables.end())
                throw TableNotGiven();
            tables_.emplace(name, Table(table->second));
        }
        for (const auto& one : root_["namespaces"])
            namespaces_[one.first.as<std::string>()] = one.second.as<std::string>();
        for (const auto& one : root_["let"])
            lets_[one.first.as<std::string>()] = written(one.second);
    }

    std::vector<std::string> run()
    {
        const WrittenPath path = read_written_path(root_["records"].as<std::string>());
        const std::vector<NodeId> records = all(path, root_node);
        if (records.empty() && !(root_["empty"] && root_["empty"].as<std::string>() == "allowed" && has_container(path)))
            return {"message.no_records " + would_stand(path, root_node)};
        for (std::size_t i = 0; i < records.size(); ++i)
            record(i, records[i]);
        return lines_;
    }

private:
    // --- The mapping -------------------------------------------------------------------------------------------------------

    [[nodiscard]] Written written(const YAML::Node& node) const
    {
        const char first = text_[static_cast<std::size_t>(node.Mark().pos)];
        if (node.Tag() == "!" && first != '|' && first != '>')
            return {.kind = "text", .text = text::to_nfc(node.as<std::string>()).value()};
        // YAML leaves `missing: ` and the like as texts; null alone it would take away.
        return read_written(node.Scalar());
    }

    // --- Paths -------------------------------------------------------------------------------------------------------------

    [[nodiscard]] std::string place(NodeId node) const { return tree_.place(node); }
    [[nodiscard]] const Tree::Node& at(NodeId node) const { return tree_.node(node); }
    [[nodiscard]] bool is_scalar(NodeId node) const
    {
        return at(node).kind == NodeKind::text || at(node).kind == NodeKind::number || at(node).kind == NodeKind::boolean;
    }

    [[nodiscard]] std::vector<NodeId> children(NodeId node) const
    {
        std::vector<NodeId> out;
        for (NodeId child = at(node).first_child; child != no_node; child = at(child).next)
            out.push_back(child);
        return out;
    }

    [[nodiscard]] bool is_called(NodeId node, const WrittenStep& step) const
    {
        return text::to_nfc(at(node).name).value_or("") == step.name &&
               (step.prefix.empty() || at(node).space == namespaces_.at(step.prefix));
    }

    /// Every node one step selects from a node.
    [[nodiscard]] std::vector<NodeId> step(NodeId node, const WrittenStep& step) const
    {
        std::vector<NodeId> out;
        const std::vector<NodeId> below = children(node);
        switch (at(node).kind) {
            case NodeKind::array:
                if (step.all)
                    return below;
                if (const auto item = item_number(step); item && *item < below.size())
                    out.push_back(below[*item]);
                return out;
            case NodeKind::object:
                if (step.all)
                    return below;
                for (NodeId child : below)
                    if (is_called(child, {.prefix = step.prefix, .name = (step.attribute ? "@" : "") + step.name}) && out.empty())
                        out.push_back(child);
                return out;
            case NodeKind::element:
                for (NodeId child : below)
                    if (at(child).kind == (step.attribute ? NodeKind::attribute : NodeKind::element) && (step.all || is_called(child, step)))
                        out.push_back(child);
                return out;
            default:
                return out;
        }
    }

    static std::optional<std::size_t> item_number(const WrittenStep& step)
    {
        if (step.attribute || step.name.empty() || step.name.size() > 9 || step.name.find_first_not_of("0123456789") != std::string::npos)
            return std::nullopt;
        return std::stoul(step.name);
    }

    /// Where a path begins; steps are taken off that are already done. no_node when it begins nowhere.
    [[nodiscard]] NodeId begin(WrittenPath& path, NodeId record) const
    {
        if (path.from_root) {
            if (at(root_node).kind != NodeKind::element || path.steps.empty())
                return root_node;
            const bool fits = path.steps.front().all || (!path.steps.front().attribute && is_called(root_node, path.steps.front()));
            path.steps.erase(path.steps.begin());
            return fits ? root_node : no_node;
        }
        NodeId out = record;
        for (unsigned i = 0; i < path.up && out != no_node; ++i)
            do
                out = at(out).parent;
            while (out != no_node && at(out).kind == NodeKind::array);
        return out;
    }

    [[nodiscard]] std::vector<NodeId> all(WrittenPath path, NodeId record) const
    {
        std::vector<NodeId> out;
        if (const NodeId first = begin(path, record); first != no_node)
            out.push_back(first);
        for (const WrittenStep& one : path.steps) {
            std::vector<NodeId> next;
            for (NodeId node : out)
                for (NodeId found : step(node, one))
                    next.push_back(found);
            out = next;
        }
        return out;
    }

    [[nodiscard]] bool has_container(WrittenPath path) const
    {
        WrittenPath begun = path;
        if (path.steps.empty() || begin(begun, root_node) == no_node)
            return false;
        path.steps.pop_back();
        return !all(path, root_node).empty();
    }

    /// The one node a path selects, or none.
    [[nodiscard]] std::optional<NodeId> one(WrittenPath path, NodeId record) const
    {
        NodeId out = begin(path, record);
        if (out == no_node)
            return std::nullopt;
        for (const WrittenStep& next : path.steps) {
            const bool goes_on_in_text = is_scalar(out) && !without_blanks_around(std::string(at(out).text)).empty();
            if (goes_on_in_text || (at(out).kind == NodeKind::array && !item_number(next)))
                throw Refusal{"field.type", place(out)};
            const std::vector<NodeId> found = step(out, next);
            if (found.size() > 1)
                throw Refusal{"field.several", place(found[1])};
            if (found.empty())
                return std::nullopt;
            out = found[0];
        }
        return out;
    }

    /// Where the node of a path would stand: the last node on the way, and the names behind it as far as they name one.
    [[nodiscard]] std::string would_stand(WrittenPath path, NodeId record) const
    {
        const WrittenPath whole = path;
        NodeId last = begin(path, record);
        std::size_t done = whole.steps.size() - path.steps.size();
        std::string out;
        bool in_element = false;
        if (last == no_node && !whole.from_root)
            return place(record);
        if (last == no_node)
            done = 0;
        else {
            for (; done < whole.steps.size() && !whole.steps[done].all; ++done) {
                const std::vector<NodeId> found = step(last, whole.steps[done]);
                if (found.size() != 1)
                    break;
                last = found[0];
            }
            out = place(last) == "/" ? "" : place(last);
            in_element = at(last).kind == NodeKind::element;
        }
        for (bool first = true; done < whole.steps.size() && !whole.steps[done].all; ++done, first = false)
            out += (whole.steps[done].attribute ? "/@" : "/") + whole.steps[done].name +
                   (first && in_element && !whole.steps[done].attribute ? "[1]" : "");
        return out.empty() ? "/" : out;
    }

    /// The text of a node; empty when it is missing.
    [[nodiscard]] std::string text_of(NodeId node) const
    {
        const std::string out = without_blanks_around(std::string(at(node).text));
        bool parts = at(node).kind == NodeKind::object || at(node).kind == NodeKind::array;
        if (at(node).kind == NodeKind::element && out.empty())
            for (NodeId child : children(node))
                parts = parts || at(child).kind == NodeKind::element;
        if (parts)
            throw Refusal{"field.type", place(node)};
        return at(node).kind == NodeKind::null ? "" : text::to_nfc(out).value();
    }

    Value read(const WrittenPath& path) const
    {
        Value out;
        if (const auto node = one(path, record_)) {
            out.text = text_of(*node);
            out.node = *node;
            out.type = out.text.empty() ? "missing" : "text";
            out.made_of = {{place(*node), !out.text.empty()}};
        } else {
            out.made_of = {{would_stand(path, record_), false}};
        }
        out.looked = out.made_of;
        return out;
    }

    // --- Expressions -------------------------------------------------------------------------------------------------------

    [[nodiscard]] std::string place_of(const Value& value) const { return value.node == no_node ? place(record_) : place(value.node); }
    [[noreturn]] void refuse(const std::string& code, const Value& at_value) const { throw Refusal{code, place_of(at_value)}; }

    /// A value made from another: of a type, standing where the other was read. An empty text is missing.
    static Value made(const Value& from, const std::string& type, const std::string& text)
    {
        Value out{.type = text.empty() ? "missing" : type, .text = text, .node = from.node};
        take(out, from);
        return out;
    }
    static Value condition(bool holds, const Value& from) { return made(from, "condition", holds ? "true" : "false"); }

    Value evaluate(const Written& e) const
    {
        if (e.kind == "text")
            return made({}, "text", e.text);
        if (e.kind == "number") {
            std::string code;
            return made({}, "number", plain_number(e.text, "plain", code).value());
        }
        if (e.kind == "true" || e.kind == "false")
            return made({}, "condition", e.kind);
        if (e.kind == "missing")
            return {};
        if (e.kind == "path")
            return read(e.path);
        if (e.kind == "let")
            return evaluate(lets_.at(e.text));
        if (e.kind == "call")
            return call(e);
        return operated(e);
    }

    Value operated(const Written& e) const
    {
        Value a = evaluate(e.parts[0]);
        if (e.kind == "not")
            return condition(!a.holds(), a);
        if ((e.kind == "and" && !a.holds()) || (e.kind == "or" && a.holds()))
            return condition(a.holds(), a);
        const Value b = evaluate(e.parts[1]);
        Value both = a;
        take(both, b);
        both.node = a.node == no_node ? b.node : a.node;
        if (e.kind == "and" || e.kind == "or")
            return condition(b.holds(), both);
        bool same = a.missing() && b.missing();
        if (!a.missing() && !b.missing())
            same = a.type == "number" ? same_number(a.text, b.text) : a.text == b.text;
        return condition(same == (e.kind == "=="), both);
    }

    Value call(const Written& e) const
    {
        const std::string& name = e.text;
        if (name == "when")
            return call_when(e);
        if (name == "default") {
            const Value a = evaluate(e.parts[0]);
            return a.missing() ? beside(a, evaluate(e.parts[1])) : a;
        }
        if (name == "present") {
            const Value a = evaluate(e.parts[0]);
            return condition(!a.missing(), a);
        }
        if (name == "concat")
            return call_concat(e);
        if (name == "join")
            return call_join(e);
        if (name == "lookup")
            return call_lookup(e);
        if (name == "area" || name == "agency" || name == "area_within" || name == "crosswalk")
            return call_place(e);
        if (name == "window" && e.parts.size() == 2)
            return call_window(e);
        const Value a = evaluate(e.parts[0]);
        if (a.missing())
            return a;
        const std::string second = e.parts.size() > 1 ? e.parts[1].text : "";
        if (name == "number")
            return call_number(e, a);
        if (name == "date" || name == "datetime")
            return call_date(name, a, second);
        if (name == "window") {
            const std::size_t slash = a.text.find('/');
            const std::string from = a.text.substr(0, slash), to = slash == std::string::npos ? "" : a.text.substr(slash + 1);
            if (!day(from, "yyyy-MM-dd") || !day(to, "yyyy-MM-dd"))
                refuse("window.malformed", a);
            if (to < from)
                refuse("window.backwards", a);
            return made(a, "window", a.text);
        }
        if (name == "format") {
            const Letters letters = a.type == "period" ? letters_of_period(a.text) : letters_of_moment(a.text);
            const auto out = write_letters(letters, second);
            if (!out)
                refuse("period.kind", a);
            return made(a, "text", *out);
        }
        if (name == "split")
            return call_split(e, a);
        if (name == "trim")
            return made(a, "text", without_blanks_around(a.text));
        if (name == "upper" || name == "lower")
            return made(a, "text", plain_case(a.text, name == "upper"));
        return call_period(name, a, second);
    }

    /// `b` as the value, looked at behind `a`.
    static Value beside(const Value& a, const Value& b)
    {
        Value out = b;
        out.made_of = a.made_of;
        out.looked = a.looked;
        take(out, b);
        return out;
    }

    Value call_when(const Written& e) const
    {
        Value asked;  // All that the conditions looked at; a value that is chosen is not made from it.
        NodeId first = no_node;
        for (std::size_t i = 0;; i += 2) {
            const bool last = i + 1 == e.parts.size();
            NodeId node = first;
            if (!last) {
                const Value condition = evaluate(e.parts[i]);
                asked.looked.insert(asked.looked.end(), condition.looked.begin(), condition.looked.end());
                node = condition.node;
                first = first == no_node ? node : first;
                if (!condition.holds())
                    continue;
            }
            Value out = evaluate(e.parts[last ? i : i + 1]);
            out.node = out.node == no_node ? node : out.node;
            out.looked.insert(out.looked.begin(), asked.looked.begin(), asked.looked.end());
            return out;
        }
    }

    Value call_concat(const Written& e) const
    {
        Value whole;
        std::string text;
        bool missing = false;
        for (const Written& part : e.parts) {
            const Value one = evaluate(part);
            missing = missing || one.missing();
            text += one.text;
            take(whole, one);
            whole.node = whole.node == no_node ? one.node : whole.node;
        }
        return made(whole, "text", missing ? "" : text);
    }

    Value call_join(const Written& e) const
    {
        Value whole;
        std::string text;
        bool any = false;
        for (NodeId node : all(e.parts[0].path, record_)) {
            const std::string part = text_of(node);
            if (part.empty())
                continue;
            text += (any ? e.parts[1].text : "") + part;
            whole.node = any ? whole.node : node;
            any = true;
        }
        whole.made_of = {{any ? place(whole.node) : nothing_joined(e.parts[0].path), any}};
        whole.looked = whole.made_of;
        return made(whole, "text", text);
    }

    /// Where the texts of a join would stand: at the one node its path selects, or where that would be.
    [[nodiscard]] std::string nothing_joined(const WrittenPath& path) const
    {
        bool many = false;
        for (const WrittenStep& step : path.steps)
            many = many || step.all;
        const std::vector<NodeId> found = all(path, record_);
        return !many && found.size() == 1 ? place(found[0]) : would_stand(path, record_);
    }

    Value call_lookup(const Written& e) const
    {
        const Value key = evaluate(e.parts[1]);
        if (key.missing())
            return key;
        const std::string name = e.parts[0].path.steps[0].name;
        const std::size_t dot = name.find('.');
        const std::string* cell =
            tables_.at(name.substr(0, dot)).cell(key.text, dot == std::string::npos ? "" : name.substr(dot + 1));
        if (cell != nullptr)
            return made(key, "text", *cell);
        if (e.parts.size() < 3)
            refuse("lookup.missing", key);
        return beside(key, evaluate(e.parts[2]));
    }

    Value call_number(const Written& e, const Value& a) const
    {
        std::string code;
        const auto out = plain_number(a.text, e.parts[1].path.steps[0].name, code);
        if (!out)
            refuse(code, a);
        return made(a, "number", *out);
    }

    static std::optional<std::string> day(const std::string& text, const std::string& pattern)
    {
        const auto letters = read_letters(text, pattern, "yMdqhHms");
        return letters ? plain_date(*letters) : std::nullopt;
    }

    Value call_date(const std::string& name, const Value& a, const std::string& pattern) const
    {
        if (a.type == "datetime")
            return made(a, "date", a.text.substr(0, 10));
        const auto letters = read_letters(a.text, pattern, "yMdqhHms");
        const auto out = name == "datetime" && pattern.empty() ? plain_moment(a.text)
                         : !letters                            ? std::nullopt
                         : name == "date"                      ? plain_date(*letters)
                                                               : plain_datetime(*letters);
        if (!out)
            refuse("date.malformed", a);
        return made(a, name, *out);
    }

    Value call_window(const Written& e) const
    {
        const Value from = evaluate(e.parts[0]), to = evaluate(e.parts[1]);
        Value whole = from;
        take(whole, to);
        whole.node = from.node == no_node ? to.node : from.node;
        if (from.missing() || to.missing())
            return made(whole, "window", "");
        if (to.text < from.text)
            refuse("window.backwards", whole);
        return made(whole, "window", from.text + "/" + to.text);
    }

    Value call_split(const Written& e, const Value& a) const
    {
        std::string rest = a.text;
        for (long part = std::stol(e.parts[2].text); part > 1; --part) {
            const std::size_t at = rest.find(e.parts[1].text);
            if (at == std::string::npos)
                return made(a, "text", "");
            rest = rest.substr(at + e.parts[1].text.size());
        }
        return made(a, "text", rest.substr(0, rest.find(e.parts[1].text)));
    }

    Value call_period(const std::string& name, const Value& a, const std::string& pattern) const
    {
        std::optional<std::string> out;
        if (a.type == "date" || a.type == "datetime") {
            Letters letters = letters_of_moment(a.text);
            letters.q = name == "quarter" ? (letters.M + 2) / 3 : -1;
            letters.d = name == "day" ? letters.d : -1;
            letters.M = name == "day" || name == "month" ? letters.M : -1;
            out = plain_period(letters);
        } else if (name == "period_vi") {
            out = vietnamese_period(a.text);
        } else if (pattern.empty()) {
            out = is_period(a.text) ? std::optional(a.text) : std::nullopt;
        } else if (const auto letters = read_letters(a.text, pattern, "yMdqh")) {
            out = plain_period(*letters);
        }
        if (!out)
            refuse("period.malformed", a);
        return made(a, "period", *out);
    }

    Value call_place(const Written& e) const
    {
        if (e.text == "area_within") {
            const Value parent = evaluate(e.parts[0]), name = evaluate(e.parts[1]);
            Value whole = name;
            whole.made_of = parent.made_of;
            whole.looked = parent.looked;
            take(whole, name);
            Value out = made(whole, "area", parent.missing() ? "" : name.text);
            out.way = "within";
            out.parent = {parent};
            return out;
        }
        const bool second = e.text == "crosswalk" || e.parts.size() == 2;
        const Value a = evaluate(e.parts[second ? 1 : 0]);
        if (a.missing())
            return a;
        const std::string wanted = e.text == "crosswalk" ? e.parts[2].text : "";
        const bool is_agency = e.text == "agency" || (!wanted.empty() && wanted != "GSO" && wanted != "ISO");
        Value out = made(a, is_agency ? "agency" : "area", a.text);
        out.way = e.text;
        out.system = second ? e.parts[0].text : "";
        out.wanted = wanted;
        if (e.text == "area" && !second) {
            const std::size_t colon = a.text.find(':');
            if (colon == std::string::npos)
                refuse("area.malformed", a);
            out.system = a.text.substr(0, colon);
            out.text = a.text.substr(colon + 1);
        }
        return out;
    }

    // --- Records -----------------------------------------------------------------------------------------------------------

    void problem(const std::string& code, const std::string& where) { problems_.insert(code + " " + where); }

    /// Where a value that is wrong or missing stands.
    [[nodiscard]] std::string blamed(const Value& value) const
    {
        if (!value.missing() && value.node != no_node)
            return place(value.node);
        for (const Looked& one : value.made_of)
            if (!one.gave)
                return one.place;
        if (!value.made_of.empty())
            return value.made_of.front().place;
        return value.looked.empty() ? place_of(value) : value.looked.front().place;
    }

    /// The value of an expression of the mapping's; nothing when it was refused, which has been told.
    std::optional<Value> worked_out(const YAML::Node& node)
    {
        try {
            return evaluate(written(node));
        } catch (const Refusal& refusal) {
            problem(refusal.code, refusal.place);
            return std::nullopt;
        }
    }

    void record(std::size_t number, NodeId record)
    {
        record_ = record;
        problems_.clear();
        const std::string head = std::to_string(number) + " " + place(record) + " ";
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
            problem("observation.none", place(record));
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
                problem("field.missing", blamed(*value));
            if (value && value->text.size() > most_field_bytes)
                problem("field.too_long", blamed(*value));
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
                problem(vintage.problem().code, blamed(value));
        } else if (name == "availability") {
            if (const auto availability = availability_from(value.text))
                out.availability = *availability;
            else
                problem("availability.unknown", blamed(value));
        } else if (period && !period->missing()) {
            const Letters last = last_day_of(period->text);
            const catalogue::Day day{std::chrono::year{last.y}, std::chrono::month{static_cast<unsigned>(last.M)},
                                     std::chrono::day{static_cast<unsigned>(last.d)}};
            const Result<std::string> code = value.type == "area" ? area_code(value, day) : agency_code(value, day);
            if (!code)
                problem(code.problem().code, blamed(value));
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
                problem("value.unexpected", blamed(*value));
            return;
        }
        if (value && value->missing())
            problem("value.missing", blamed(*value));
        if (unit && unit->missing())
            problem("field.missing", blamed(*unit));
    }

    void fact(std::vector<std::string>& made)
    {
        Fact out{.kind = root_["fact"].as<std::string>(), .key = {}, .fields = {}};
        const auto short_enough = [&](const Value& value) {
            if (value.text.size() > most_field_bytes)
                problem("field.too_long", blamed(value));
            return value.text.size() <= most_field_bytes;
        };
        if (const auto key = worked_out(root_["key"]); key && key->missing())
            problem("field.missing", blamed(*key));
        else if (key && short_enough(*key))
            out.key = key->text;
        for (const auto& one : root_["set"])
            if (const auto value = worked_out(one.second); value && !value->missing() && short_enough(*value))
                out.fields.emplace_back(one.first.as<std::string>(), value->text);
        made.push_back(line_of(out));
    }

    std::string text_;
    YAML::Node root_;
    const Tree& tree_;
    const catalogue::Catalogue& catalogue_;
    std::map<std::string, Table> tables_;
    std::map<std::string, std::string> namespaces_;
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
    for (const std::string& part :
         {o.key.indicator, or_else(o.key.measure, "VALUE"), o.key.period, o.key.area, or_else(o.key.breakdown, "_T"), o.key.agency,
          o.value, o.unit, std::string(to_text(o.vintage)), std::string(to_text(o.availability)), o.window, o.source})
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
