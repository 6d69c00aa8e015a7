// Types of calls about time: periods, dates, windows, and their patterns.
#include "hub/mapping/checker.hpp"
#include "hub/mapping/date_pattern.hpp"
#include "hub/mapping/type_words.hpp"

namespace lienthong::mapping {

ExpressionId Checker::check_part(const Function& function, const Syntax& syntax)
{
    const bool any_kind = function.shape == Shape::period;
    const ExpressionId value = check(syntax.arguments[0]);
    const Type type = program_.expressions[value].type;
    if (syntax.arguments.size() == 1) {
        if (any_kind) {
            (void)has_type(value, syntax.arguments[0], Type::text, syntax.text);
            return add(Op::period_canonical, Type::period, syntax, {value});
        }
        if (type == Type::text)
            report("mapping.arity", offset_of(syntax), syntax.text + " does not say how the text is written",
                   shown(syntax.arguments[0]), std::string(function.form));
        else if (type != Type::datetime)
            (void)has_type(value, syntax.arguments[0], Type::date, syntax.text);
        const ExpressionId id = add(Op::period_of_date, Type::period, syntax, {value});
        program_.expressions[id].kind = function.kind;
        return id;
    }
    (void)has_type(value, syntax.arguments[0], Type::text, syntax.text);
    const ExpressionId id = add(Op::period_by_pattern, Type::period, syntax, {value});
    const Syntax& pattern = syntax.arguments[1];
    const std::string* written = literal(pattern, "a pattern", any_kind ? "\"yyyyMM\"" : "\"MM/yyyy\"");
    if (written == nullptr)
        return id;
    const auto kind = text::kind_of_pattern(*written);
    if (!kind)
        report("mapping.pattern", offset_of(pattern), "this is no pattern of a period", *written,
               written->find_first_of("YDQ") != std::string::npos ? "small letters for year, day and quarter: y, d, q; the month is M"
                                                                  : "yyyy once, with MM, M, dd, d, q or h where needed, and other characters for themselves");
    else if (!any_kind && *kind != function.kind)
        report("mapping.pattern", offset_of(pattern),
               "this pattern gives a " + std::string(text::to_text(*kind)) + ", not a " + syntax.text, *written,
               std::string(text::to_text(*kind)) + "(…), or a pattern as in " + std::string(function.form));
    program_.expressions[id].text = keep(*written);
    return id;
}

ExpressionId Checker::check_dated(const Function& function, const Syntax& syntax)
{
    const bool is_date = function.shape == Shape::date;
    const ExpressionId value = check(syntax.arguments[0]);
    const Type type = program_.expressions[value].type;
    if (syntax.arguments.size() == 1) {
        if (!is_date) {
            (void)has_type(value, syntax.arguments[0], Type::text, "datetime");
            return add(Op::datetime_rfc3339, Type::datetime, syntax, {value});
        }
        if (type == Type::text)
            report("mapping.arity", offset_of(syntax), "date does not say how the text is written", shown(syntax.arguments[0]),
                   std::string(function.form));
        else
            (void)has_type(value, syntax.arguments[0], Type::datetime, "date");
        return add(Op::date_of_datetime, Type::date, syntax, {value});
    }
    (void)has_type(value, syntax.arguments[0], Type::text, syntax.text);
    const ExpressionId id = add(function.op, function.result, syntax, {value});
    const std::string* written = literal(syntax.arguments[1], "a pattern", is_date ? "\"dd/MM/yyyy\"" : "\"yyyyMMddHHmmss\"");
    if (written == nullptr)
        return id;
    if (const auto wrong = fault_of_pattern(*written, is_date ? DateForm::date : DateForm::datetime))
        report("mapping.pattern", offset_of(syntax.arguments[1]), "this is no pattern of a " + syntax.text + ": " + *wrong,
               *written, is_date ? "yyyy, MM or M, dd or d" : "yyyy, MM or M, dd or d, and HH, mm, ss where needed");
    program_.expressions[id].text = keep(*written);
    return id;
}

ExpressionId Checker::check_window(const Syntax& syntax)
{
    if (syntax.arguments.size() == 1)
        return add(Op::window_canonical, Type::window, syntax, {argument(syntax.arguments[0], Type::text, "window")});
    return add(Op::window_of_dates, Type::window, syntax,
               {argument(syntax.arguments[0], Type::date, "window"), argument(syntax.arguments[1], Type::date, "window")});
}

ExpressionId Checker::check_format(const Syntax& syntax)
{
    const ExpressionId value = check(syntax.arguments[0]);
    const Type type = program_.expressions[value].type;
    const ExpressionId id = add(Op::format, Type::text, syntax, {value});
    std::string_view letters = "yMdHms";
    if (type == Type::period)
        letters = "yMdqh";
    else if (type == Type::date)
        letters = "yMd";
    else if (type != Type::datetime && type != Type::unknown && type != Type::missing)
        report("mapping.type", offset_of(syntax.arguments[0]), "format writes a period, a date or a datetime",
               shown(syntax.arguments[0]), "period(…), date(…) or datetime(…)");
    const std::string* written = literal(syntax.arguments[1], "a pattern", "\"yyyyMM\"");
    if (written == nullptr)
        return id;
    if (const auto wrong = fault_of_format(*written, letters))
        report("mapping.pattern", offset_of(syntax.arguments[1]), "this is no pattern to write by: " + *wrong, *written,
               "letters of " + std::string(letters));
    program_.expressions[id].text = keep(*written);
    return id;
}

}  // namespace lienthong::mapping
