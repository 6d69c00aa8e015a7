// Types of expressions: literals and operators. Names and paths are in check_names.cpp, calls in check_calls.cpp.
#include "hub/mapping/checker.hpp"

#include "hub/mapping/type_words.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

/// Puts every text of an expression, patterns and separators too, into the form that texts of documents are put into.
void compose(Syntax& syntax)
{
    if (syntax.kind == Syntax::Kind::text)
        syntax.text = text::to_nfc(syntax.text).value_or(syntax.text);
    for (Syntax& argument : syntax.arguments)
        compose(argument);
}

}  // namespace

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

ExpressionId Checker::add(Op op, Type type, const Syntax& syntax, const std::vector<ExpressionId>& arguments)
{
    Expression out;
    out.op = op;
    out.type = type;
    out.syntax = &syntax;
    out.offset = offset_of(syntax);
    out.file = static_cast<std::uint16_t>(source_.number_of(out.offset));
    out.line = source_.line(out.offset);
    out.character = source_.column(out.offset);
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
    compose(syntax);
    const Syntax& kept = kept_.emplace_back(std::move(syntax));
    const ExpressionId id = check(kept);
    const Type type = program_.expressions[id].type;
    if (want.fit == Want::Fit::printable && (type == Type::area || type == Type::agency))
        report("mapping.type", offset_of(kept), want.subject + " cannot hold " + with_article(type), with_article(type),
               "its text: areas and agencies are resolved as of a period, only in the fields area and agency");
    else if (want.fit == Want::Fit::exactly && want.type != Type::unknown)
        (void)has_type(id, kept, want.type, want.subject);
    if (want.type == Type::condition)
        check_constant(id, kept, want.subject);
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

}  // namespace lienthong::mapping
