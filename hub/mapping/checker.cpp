// Types of expressions: literals, paths, lets, operators; and the words in which a wrong type is told.
#include "hub/mapping/checker.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::mapping {
namespace {

/// What would make a value of this type out of the expression.
std::string way_to(Type wanted, Type given, const std::string& written)
{
    const bool text = given == Type::text;
    switch (wanted) {
        case Type::number:
            return text ? "number(" + written + ", locale:vi), or locale:en or locale:plain" : "a number";
        case Type::period:
            return text ? "period(" + written + "), month(" + written + ", \"MM/yyyy\") or the like"
                   : given == Type::date || given == Type::datetime ? "month(" + written + "), quarter(…), year(…) or day(…)"
                                                                    : "a period";
        case Type::area:
            return text ? "area(\"GSO\", " + written + ")" : "area(\"GSO\", …)";
        case Type::agency:
            return text ? "agency(" + written + ")" : "agency(…)";
        case Type::window:
            return "window(date(…, \"dd/MM/yyyy\"), date(…, \"dd/MM/yyyy\"))";
        case Type::date:
            return text ? "date(" + written + ", \"dd/MM/yyyy\")" : given == Type::datetime ? "date(" + written + ")" : "a date";
        case Type::condition:
            return text ? written + " == \"…\", or present(" + written + ")" : "a condition, such as a == \"b\"";
        case Type::text:
            if (given == Type::period || given == Type::date || given == Type::datetime)
                return "format(" + written + ", \"…\")";
            return "a text";
        default:
            return std::string(to_text(wanted));
    }
}

std::string with_article(Type type)
{
    const std::string name(to_text(type));
    return (type == Type::area || type == Type::agency ? "an " : "a ") + name;
}

}  // namespace

std::string shown(const Syntax& syntax)
{
    switch (syntax.kind) {
        case Syntax::Kind::path:
            return syntax.path.text;
        case Syntax::Kind::text:
            return "\"" + syntax.text + "\"";
        case Syntax::Kind::number:
        case Syntax::Kind::boolean:
        case Syntax::Kind::missing:
            return syntax.text;
        case Syntax::Kind::let:
            return "$" + syntax.text;
        default:
            return "…";
    }
}

void Checker::report(const char* code, std::size_t offset, std::string detail, std::string found, std::string expected)
{
    problems_.push_back({.code = code,
                         .detail = std::move(detail),
                         .place = source_.place(offset),
                         .found = shortened(found),
                         .expected = std::move(expected)});
}

std::string Checker::suggestion(std::string_view wrong, const std::vector<std::string>& known)
{
    std::vector<std::string> near = text::nearest(wrong, known, 1);
    if (!near.empty())
        return near.front();
    if (known.empty())
        return "nothing: there is none";
    std::string out = known.size() == 1 ? "" : "one of ";
    for (std::size_t i = 0; i < known.size() && i < 30; ++i)
        out += (i == 0 ? "" : ", ") + known[i];
    return known.size() > 30 ? out + ", …" : out;
}

void Checker::add_namespace(const yaml::Node& key, std::string uri)
{
    namespaces_[key.text] = std::move(uri);
}

ExpressionId Checker::add(Op op, Type type, const Syntax& syntax, const std::vector<ExpressionId>& arguments)
{
    Expression out;
    out.op = op;
    out.type = type;
    out.syntax = &syntax;
    out.offset = offset_of(syntax);
    out.line = source_.line(out.offset);
    out.first_argument = static_cast<std::uint32_t>(program_.arguments.size());
    out.argument_count = static_cast<std::uint16_t>(arguments.size());
    out.of_document =
        std::all_of(arguments.begin(), arguments.end(), [&](ExpressionId id) { return program_.expressions[id].of_document; });
    program_.arguments.insert(program_.arguments.end(), arguments.begin(), arguments.end());
    program_.expressions.push_back(out);
    return static_cast<ExpressionId>(program_.expressions.size() - 1);
}

ExpressionId Checker::fault(const char* code, const Syntax& syntax, std::string detail, std::string found, std::string expected)
{
    hides_uses_ = true;
    report(code, offset_of(syntax), std::move(detail), std::move(found), std::move(expected));
    return unknown(syntax);
}

void Checker::add_let(const yaml::Node& key, const yaml::Node& value)
{
    const ExpressionId id = expression(value, {.subject = "let." + key.text, .type = Type::unknown});
    lets_[key.text] = static_cast<std::uint32_t>(program_.lets.size());
    if (id == no_expression) {
        node_ = &value;
        program_.lets.push_back(unknown(kept_.emplace_back()));
    } else {
        program_.lets.push_back(id);
    }
}

ExpressionId Checker::expression(const yaml::Node& node, const Want& want)
{
    node_ = &node;
    if (node.kind != yaml::Kind::scalar) {
        report("mapping.shape", node.offset, want.subject + " wants one value", std::string(node.kind_name()),
               "an expression or a text");
        return no_expression;
    }
    Syntax syntax{.kind = Syntax::Kind::text, .offset = 0, .text = node.text};
    if (node.style != yaml::Style::quoted) {
        SyntaxFault wrong;
        auto parsed = parse_expression(node.text, wrong);
        if (!parsed) {
            hides_uses_ = true;
            report("mapping.syntax", source_.offset_in(node, wrong.offset), wrong.detail, wrong.found, wrong.expected);
            return no_expression;
        }
        syntax = std::move(*parsed);
    }
    const Syntax& kept = kept_.emplace_back(std::move(syntax));
    const ExpressionId id = check(kept);
    const Type type = program_.expressions[id].type;
    if (want.fit == Want::Fit::printable && (type == Type::area || type == Type::agency))
        report("mapping.type", offset_of(kept), want.subject + " cannot hold " + with_article(type), with_article(type),
               "its text: areas and agencies are resolved as of a period, only in the fields area and agency");
    else if (want.fit == Want::Fit::exactly && want.type != Type::unknown)
        (void)has_type(id, kept, want.type, want.subject);
    return id;
}

bool Checker::has_type(ExpressionId id, const Syntax& syntax, Type type, std::string_view subject)
{
    const Type given = program_.expressions[id].type;
    if (type == Type::unknown || given == type || given == Type::unknown || given == Type::missing)
        return true;
    const bool quoted_number = type == Type::number && syntax.kind == Syntax::Kind::text;
    report("mapping.type", offset_of(syntax),
           std::string(subject) + " wants " + with_article(type) + ", this is " + with_article(given),
           shown(syntax) == "…" ? with_article(given) : shown(syntax),
           quoted_number ? "the number without quotes" : way_to(type, given, shown(syntax)));
    return false;
}

ExpressionId Checker::argument(const Syntax& syntax, Type type, std::string_view subject)
{
    const ExpressionId id = check(syntax);
    (void)has_type(id, syntax, type, subject);
    return id;
}

const std::string* Checker::literal(const Syntax& syntax, std::string_view what, std::string_view example)
{
    if (syntax.kind == Syntax::Kind::text)
        return &syntax.text;
    report("mapping.literal", offset_of(syntax), std::string(what) + " is written out, so that it can be checked", shown(syntax),
           "a text such as " + std::string(example));
    return nullptr;
}

ExpressionId Checker::check(const Syntax& syntax)
{
    using Kind = Syntax::Kind;
    if (!syntax.label.empty())
        return fault("mapping.arity", syntax, "a locale belongs to number alone", syntax.label + ":",
                     "the argument without a label");
    switch (syntax.kind) {
        case Kind::text:
        case Kind::number:
        case Kind::boolean:
        case Kind::missing: {
            const ExpressionId id = add(Op::literal,
                                        syntax.kind == Kind::text      ? Type::text
                                        : syntax.kind == Kind::number  ? Type::number
                                        : syntax.kind == Kind::boolean ? Type::condition
                                                                       : Type::missing,
                                        syntax);
            std::string literal = syntax.text;
            if (syntax.kind == Kind::text)
                literal = text::to_nfc(literal).value_or(literal);
            if (syntax.kind == Kind::number) {
                const auto decimal = text::decimal_from(literal, text::NumberLocale::plain);
                if (!decimal)
                    return fault("mapping.syntax", syntax, decimal.problem().detail, literal, decimal.problem().expected);
                literal = *decimal;
            }
            program_.expressions[id].text = keep(literal == "false" && syntax.kind == Kind::boolean ? "" : literal);
            return id;
        }
        case Kind::path:
            return check_path(syntax, false);
        case Kind::let:
            return check_let(syntax);
        case Kind::call:
            return check_call(syntax);
        case Kind::equal:
        case Kind::unequal:
            return check_comparison(syntax);
        case Kind::both:
            return check_logic(syntax, Op::both);
        case Kind::either:
            return check_logic(syntax, Op::either);
        case Kind::negation:
            break;
    }
    return check_logic(syntax, Op::negation);
}

ExpressionId Checker::check_path(const Syntax& syntax, bool many)
{
    if (syntax.path.selects_many() && !many)
        return fault("mapping.path", syntax, "a path with * selects several nodes", syntax.path.text,
                     "a path to one, or join(" + syntax.path.text + ", \"; \")");
    auto resolved = resolve(syntax.path, offset_of(syntax));
    if (!resolved)
        return unknown(syntax);
    const ExpressionId id = add(Op::path, Type::text, syntax);
    program_.expressions[id].of_document = resolved->from_root;
    program_.expressions[id].index = static_cast<std::uint32_t>(program_.paths.size());
    program_.paths.push_back(std::move(*resolved));
    return id;
}

std::optional<ResolvedPath> Checker::resolve(const Path& path, std::size_t offset)
{
    ResolvedPath out{.from_root = path.from_root, .up = path.up, .steps = {}, .text = path.text};
    for (const Step& step : path.steps) {
        ResolvedPath::Step next{.kind = step.kind, .name = text::to_nfc(step.name).value_or(step.name), .space = {}};
        std::uint32_t item = 0;
        const char* end = step.name.data() + step.name.size();
        const auto [stop, error] = std::from_chars(step.name.data(), end, item);
        if (step.kind == Step::Kind::name && error == std::errc{} && stop == end)
            next.item = item;
        if (!step.prefix.empty()) {
            const auto it = namespaces_.find(step.prefix);
            if (it == namespaces_.end()) {
                std::vector<std::string> known;
                for (const auto& [prefix, uri] : namespaces_)
                    known.push_back(prefix);
                report("mapping.namespace_unknown", offset, "no namespace has the prefix '" + step.prefix + "'", step.prefix,
                       known.empty() ? "namespaces: " + step.prefix + ": \"…\" in the mapping" : suggestion(step.prefix, known));
                return std::nullopt;
            }
            used_namespaces_.insert(step.prefix);
            next.space = it->second;
            next.has_space = true;
        }
        out.steps.push_back(std::move(next));
    }
    return out;
}

std::uint32_t Checker::path(const yaml::Node& node)
{
    SyntaxFault wrong;
    if (node.kind != yaml::Kind::scalar) {
        report("mapping.shape", node.offset, "a path is one text", std::string(node.kind_name()), "a path such as /data/*");
        return 0;
    }
    const auto parsed = parse_path(node.text, wrong);
    if (!parsed) {
        report("mapping.syntax", source_.offset_in(node, wrong.offset), wrong.detail, wrong.found, wrong.expected);
        return 0;
    }
    auto resolved = resolve(*parsed, node.offset);
    if (!resolved)
        return 0;
    program_.paths.push_back(std::move(*resolved));
    return static_cast<std::uint32_t>(program_.paths.size() - 1);
}

ExpressionId Checker::check_let(const Syntax& syntax)
{
    const auto it = lets_.find(syntax.text);
    if (it == lets_.end()) {
        std::vector<std::string> known;
        for (const auto& [name, index] : lets_)
            known.push_back("$" + name);
        return fault("mapping.let_unknown", syntax, "no let above this is called '" + syntax.text + "'", "$" + syntax.text,
                     known.empty() ? "let: " + syntax.text + ": … in the mapping" : suggestion("$" + syntax.text, known));
    }
    used_lets_.insert(syntax.text);
    const Expression& named = program_.expressions[program_.lets[it->second]];
    const Type type = named.type;
    const bool of_document = named.of_document;
    const ExpressionId id = add(Op::let, type, syntax);
    program_.expressions[id].of_document = of_document;
    program_.expressions[id].index = it->second;
    return id;
}

ExpressionId Checker::check_comparison(const Syntax& syntax)
{
    const Syntax& left = syntax.arguments[0];
    const Syntax& right = syntax.arguments[1];
    const ExpressionId a = check(left), b = check(right);
    const Type ta = program_.expressions[a].type, tb = program_.expressions[b].type;
    const auto free = [](Type t) { return t == Type::unknown || t == Type::missing; };
    if (ta == Type::area || ta == Type::agency || tb == Type::area || tb == Type::agency)
        return fault("mapping.type", syntax, "areas and agencies cannot be compared: they are resolved as of a period",
                     shown(left) + " == " + shown(right), "a comparison of the texts they are made of");
    if (!free(ta) && !free(tb) && ta != tb) {
        std::string way = "two values of one type";
        if (ta == Type::text && right.kind == Syntax::Kind::number)
            way = shown(left) + " == \"" + right.text + "\", or number(" + shown(left) + ", locale:plain) == " + right.text;
        else if (ta == Type::text && right.kind == Syntax::Kind::boolean)
            way = shown(left) + " == \"" + right.text + "\"";
        else if (left.kind == Syntax::Kind::path && right.kind == Syntax::Kind::text)
            way = way_to(tb, ta, shown(left));
        return fault("mapping.type", syntax, "this compares " + with_article(ta) + " with " + with_article(tb),
                     shown(left) + " == " + shown(right), way);
    }
    const ExpressionId equal = add(Op::equal, Type::condition, syntax, {a, b});
    program_.expressions[equal].numeric = ta == Type::number || tb == Type::number;
    return syntax.kind == Syntax::Kind::equal ? equal : add(Op::negation, Type::condition, syntax, {equal});
}

ExpressionId Checker::check_logic(const Syntax& syntax, Op op)
{
    std::vector<ExpressionId> parts;
    for (const Syntax& part : syntax.arguments)
        parts.push_back(argument(part, Type::condition, op == Op::both ? "and" : op == Op::either ? "or" : "not"));
    return add(op, Type::condition, syntax, parts);
}

void Checker::give_slot(ExpressionId id)
{
    if (id == no_expression)
        return;
    Expression& e = program_.expressions[id];
    if (e.slot == no_slot && e.op != Op::literal && e.op != Op::let)
        e.slot = program_.slots++;
}

void Checker::finish(const yaml::Node* tables, const yaml::Node* lets, const yaml::Node* namespaces)
{
    const auto unused = [&](const yaml::Node* map, const std::set<std::string>& used, const char* what, const char* use) {
        if (hides_uses_ || map == nullptr || map->kind != yaml::Kind::map)
            return;
        for (const yaml::Node& key : map->keys)
            if (used.count(key.text) == 0)
                report("mapping.unused", key.offset, std::string(what) + " '" + key.text + "' is not used", key.text,
                       std::string(use) + ", or no such line");
    };
    unused(tables, used_tables_, "the table", "a lookup in it");
    unused(lets, used_lets_, "the let", "$name in an expression");
    unused(namespaces, used_namespaces_, "the namespace", "its prefix in a path");
    for (ExpressionId id : program_.lets)
        give_slot(id);
    for (ExpressionId id = 0; id < program_.expressions.size(); ++id) {
        const Expression e = program_.expressions[id];
        for (std::size_t i = 0; i < e.argument_count; ++i)
            if (const ExpressionId part = program_.argument(e, i); !e.of_document && program_.expressions[part].of_document)
                give_slot(part);
    }
    for (const Entry& entry : program_.entries)
        for (ExpressionId id : entry.fields)
            if (id != no_expression && program_.expressions[id].of_document)
                give_slot(id);
    if (program_.fact)
        for (const auto& [name, id] : program_.fact->fields)
            if (id != no_expression && program_.expressions[id].of_document)
                give_slot(id);
}

}  // namespace lienthong::mapping
