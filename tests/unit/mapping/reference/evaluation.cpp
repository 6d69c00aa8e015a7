// One function a row of the page's table.
#include "tests/unit/mapping/reference/evaluation.hpp"

#include "tests/unit/mapping/reference/plain_values.hpp"

namespace lienthong::reference {
namespace {

/// Adds what was looked at for `part` to `whole`, which is made from it.
void take(Value& whole, const Value& part)
{
    whole.made_of.insert(whole.made_of.end(), part.made_of.begin(), part.made_of.end());
    whole.looked.insert(whole.looked.end(), part.looked.begin(), part.looked.end());
}

}  // namespace

Value Evaluation::read(const WrittenPath& path) const
{
    Value out;
    if (const auto node = selection_.one(path, record_)) {
        out.text = selection_.text_of(*node);
        out.node = *node;
        out.type = out.text.empty() ? "missing" : "text";
        out.made_of = {{selection_.place(*node), !out.text.empty()}};
    } else {
        out.made_of = {{selection_.would_stand(path, record_), false}};
    }
    out.looked = out.made_of;
    return out;
}

std::string Evaluation::place_of(const Value& value) const
{
    return value.node == no_node ? selection_.place(record_) : selection_.place(value.node);
}

void Evaluation::refuse(const std::string& code, const Value& at_value) const
{
    throw Refusal{code, place_of(at_value)};
}

Value Evaluation::made(const Value& from, const std::string& type, const std::string& text)
{
    Value out{.type = text.empty() ? "missing" : type, .text = text, .node = from.node};
    take(out, from);
    return out;
}

Value Evaluation::condition(bool holds, const Value& from)
{
    return made(from, "condition", holds ? "true" : "false");
}

Value Evaluation::evaluate(const Written& e) const
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

Value Evaluation::operated(const Written& e) const
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

Value Evaluation::call(const Written& e) const
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
    if (name == "utc")  // What stands at +14:00 is seven hours earlier at +07:00.
        return made(a, "text", plain_moment(a.text.substr(0, 19) + "+14:00").value_or("").substr(0, 19) + "Z");
    if (name == "split")
        return call_split(e, a);
    if (name == "trim")
        return made(a, "text", without_blanks_around(a.text));
    if (name == "upper" || name == "lower")
        return made(a, "text", plain_case(a.text, name == "upper"));
    return call_period(name, a, second);
}

Value Evaluation::beside(const Value& a, const Value& b)
{
    Value out = b;
    out.made_of = a.made_of;
    out.looked = a.looked;
    take(out, b);
    return out;
}

Value Evaluation::call_when(const Written& e) const
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

Value Evaluation::call_concat(const Written& e) const
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

Value Evaluation::call_join(const Written& e) const
{
    Value whole;
    std::string text;
    bool any = false;
    for (NodeId node : selection_.all(e.parts[0].path, record_)) {
        const std::string part = selection_.text_of(node);
        if (part.empty())
            continue;
        text += (any ? e.parts[1].text : "") + part;
        whole.node = any ? whole.node : node;
        any = true;
    }
    whole.made_of = {{any ? selection_.place(whole.node) : nothing_joined(e.parts[0].path), any}};
    whole.looked = whole.made_of;
    return made(whole, "text", text);
}

std::string Evaluation::nothing_joined(const WrittenPath& path) const
{
    bool many = false;
    for (const WrittenStep& step : path.steps)
        many = many || step.all;
    const std::vector<NodeId> found = selection_.all(path, record_);
    return !many && found.size() == 1 ? selection_.place(found[0]) : selection_.would_stand(path, record_);
}

Value Evaluation::call_lookup(const Written& e) const
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

Value Evaluation::call_number(const Written& e, const Value& a) const
{
    std::string code;
    const auto out = plain_number(a.text, e.parts[1].path.steps[0].name, code);
    if (!out)
        refuse(code, a);
    return made(a, "number", *out);
}

std::optional<std::string> Evaluation::day(const std::string& text, const std::string& pattern)
{
    const auto letters = read_letters(text, pattern, "yMdqhHms");
    return letters ? plain_date(*letters) : std::nullopt;
}

Value Evaluation::call_date(const std::string& name, const Value& a, const std::string& pattern) const
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

Value Evaluation::call_window(const Written& e) const
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

Value Evaluation::call_split(const Written& e, const Value& a) const
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

Value Evaluation::call_period(const std::string& name, const Value& a, const std::string& pattern) const
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

Value Evaluation::call_place(const Written& e) const
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

std::string Evaluation::blamed(const Value& value) const
{
    if (!value.missing() && value.node != no_node)
        return selection_.place(value.node);
    for (const Looked& one : value.made_of)
        if (!one.gave)
            return one.place;
    if (!value.made_of.empty())
        return value.made_of.front().place;
    return value.looked.empty() ? place_of(value) : value.looked.front().place;
}
}  // namespace lienthong::reference
