// What no record can reach: conditions that are the same for all of them, and branches behind them.
#include "hub/mapping/checker.hpp"
#include "hub/mapping/type_words.hpp"

namespace lienthong::mapping {

std::optional<bool> Checker::constant(ExpressionId id) const
{
    if (id == no_expression)
        return std::nullopt;
    const Expression& e = program_.expressions[id];
    const auto part = [&](std::size_t i) -> const Expression& { return program_.expressions[program_.argument(e, i)]; };
    const auto known = [&](std::size_t i) { return constant(program_.argument(e, i)); };
    const auto written = [](const Expression& one) { return one.op == Op::literal && one.type != Type::unknown; };
    switch (e.op) {
        case Op::literal:
            return e.type == Type::condition ? std::optional(!e.text.empty()) : std::nullopt;
        case Op::present:
            return written(part(0)) ? std::optional(part(0).type != Type::missing && (part(0).type != Type::text || !part(0).text.empty()))
                                    : std::nullopt;
        case Op::equal:
            if (written(part(0)) && written(part(1)))
                return part(0).type == part(1).type &&
                       (e.numeric ? text::compare(part(0).text, part(1).text) == 0 : part(0).text == part(1).text);
            return part(0).syntax != nullptr && part(1).syntax != nullptr && alike(*part(0).syntax, *part(1).syntax)
                       ? std::optional(true)
                       : std::nullopt;
        case Op::negation:
            return known(0) ? std::optional(!*known(0)) : std::nullopt;
        case Op::both:
        case Op::either: {
            const bool deciding = e.op == Op::either;
            if (known(0) == deciding || known(1) == deciding)
                return deciding;
            return known(0) && known(1) ? std::optional(!deciding) : std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

void Checker::check_constant(ExpressionId id, const Syntax& syntax, std::string_view subject)
{
    if (const auto holds = constant(id))
        report("mapping.unreachable", offset_of(syntax),
               std::string(subject) + (*holds ? " holds" : " does not hold") + " for any record", shown(syntax),
               "a condition that depends on the record");
}

void Checker::check_branches(const Syntax& syntax, const std::vector<ExpressionId>& parts)
{
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
        const Syntax& condition = syntax.arguments[i];
        for (std::size_t before = 0; before < i; before += 2)
            if (alike(syntax.arguments[before], condition)) {
                report("mapping.unreachable", offset_of(condition), "this condition stands before it in the same when",
                       shown(condition), "another condition, or no such branch");
                return;
            }
        const auto holds = constant(parts[i]);
        if (!holds)
            continue;
        const Syntax& never = syntax.arguments[*holds ? i + 2 : i + 1];
        report("mapping.unreachable", offset_of(never),
               *holds ? "when never comes to this: the condition before it always holds"
                      : "when never gives this: the condition before it never holds",
               shown(never), "a condition that depends on the record");
        return;
    }
}

}  // namespace lienthong::mapping
