// Types of calls, shape by shape; those about time are in check_times.cpp.
#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/checker.hpp"
#include "hub/mapping/type_words.hpp"

#include "hub/text/unicode.hpp"

#include <array>
#include <charconv>

namespace lienthong::mapping {

namespace {

std::string wrong_count(const Function& function, std::size_t count)
{
    if (function.shape == Shape::when)
        return "when takes pairs of condition and value, and one value more";
    std::string takes = std::to_string(function.least);
    if (function.most > function.least)
        takes = function.most > 10 ? "at least " + takes : takes + " or " + std::to_string(function.most);
    return std::string(function.name) + " takes " + takes + (function.most > 1 ? " arguments" : " argument") + ", not " +
           std::to_string(count);
}

}  // namespace

ExpressionId Checker::check_call(const Syntax& syntax)
{
    const Function* function = find_function(syntax.text);
    if (function == nullptr)
        return fault("mapping.function_unknown", syntax, "there is no function '" + syntax.text + "'", syntax.text,
                     suggestion(syntax.text, function_names()));
    const std::size_t count = syntax.arguments.size();
    const bool odd_when = function->shape == Shape::when && count % 2 == 0;
    if (count < function->least || count > function->most || odd_when)
        return fault("mapping.arity", syntax,
                     function->shape == Shape::number && count == 1 ? "number does not say how the number is written"
                                                                    : wrong_count(*function, count),
                     std::to_string(count) + (count == 1 ? " argument" : " arguments"), std::string(function->form));
    switch (function->shape) {
        case Shape::number:
            return check_number(syntax);
        case Shape::part:
        case Shape::period:
            return check_part(*function, syntax);
        case Shape::date:
        case Shape::datetime:
            return check_dated(*function, syntax);
        case Shape::window:
            return check_window(syntax);
        case Shape::format:
            return check_format(syntax);
        case Shape::area:
            return check_area(syntax);
        case Shape::within:
            return check_within(syntax);
        case Shape::crosswalk:
            return check_crosswalk(syntax);
        case Shape::lookup:
            return check_lookup(syntax);
        case Shape::when:
            return check_when(syntax);
        case Shape::fallback:
            return check_fallback(syntax);
        case Shape::concat:
            return check_concat(syntax);
        case Shape::join:
            return check_join(syntax);
        case Shape::split:
            return check_split(syntax);
        case Shape::plain:
            break;
    }
    return add(function->op, function->result, syntax, {argument(syntax.arguments[0], function->parameter, syntax.text)});
}

ExpressionId Checker::check_number(const Syntax& syntax)
{
    const ExpressionId text = argument(syntax.arguments[0], Type::text, "number");
    const Syntax& locale = syntax.arguments[1];
    const bool word = locale.kind == Syntax::Kind::path && locale.path.steps.size() == 1 && !locale.path.from_root;
    const std::string written = word ? locale.path.steps[0].name : locale.text;
    constexpr std::array<std::string_view, 4> locales = {"plain", "vi", "en", "scientific"};
    for (std::size_t i = 0; i < locales.size(); ++i) {
        if (written != locales[i] || locale.label.empty() || !word)
            continue;
        const ExpressionId id = add(Op::number, Type::number, syntax, {text});
        program_.expressions[id].locale = static_cast<text::NumberLocale>(i);
        return id;
    }
    report("mapping.locale", offset_of(locale), "number wants its notation as a locale",
           locale.label.empty() ? shown(locale) : written,
           "locale:vi (1.250,5), locale:en (1,250.5), locale:plain (1250.5) or locale:scientific (1.25E+6)");
    return add(Op::number, Type::number, syntax, {text});
}

ExpressionId Checker::check_area(const Syntax& syntax)
{
    if (syntax.arguments.size() == 1)
        return add(Op::area_full, Type::area, syntax, {argument(syntax.arguments[0], Type::text, "area")});
    const ExpressionId id = add(Op::area_in, Type::area, syntax, {argument(syntax.arguments[1], Type::text, "area")});
    const std::string* system = literal(syntax.arguments[0], "the system of an area", "\"GSO\"");
    if (system == nullptr)
        return id;
    if (*system != "GSO" && *system != "NAME")
        report("mapping.area_system", offset_of(syntax.arguments[0]), "there is no system of areas '" + *system + "'", *system,
               "\"GSO\" for administrative codes or \"NAME\" for names");
    program_.expressions[id].text = keep(*system);
    return id;
}

ExpressionId Checker::check_within(const Syntax& syntax)
{
    const ExpressionId parent = argument(syntax.arguments[0], Type::area, "area_within");
    return add(Op::area_within, Type::area, syntax, {parent, argument(syntax.arguments[1], Type::text, "area_within")});
}

ExpressionId Checker::check_crosswalk(const Syntax& syntax)
{
    const std::string* from = literal(syntax.arguments[0], "the system of the code", "\"ISO_3166_2\"");
    const std::string* to = literal(syntax.arguments[2], "the system wanted", "\"GSO\"");
    // Of the systems with a table in the catalogue those of areas give an area; every other gives an agency's identifier.
    const bool area = to != nullptr && (*to == "GSO" || *to == "ISO");
    const ExpressionId id =
        add(Op::crosswalk, to == nullptr ? Type::unknown : area ? Type::area : Type::agency, syntax,
            {argument(syntax.arguments[1], Type::text, "crosswalk")});
    if (from != nullptr && to != nullptr)
        program_.expressions[id].text = keep(joined_systems(*from, *to));
    return id;
}

namespace {

std::string key_suggestion(std::string_view wrong, const Table& table)
{
    std::vector<std::string> keys;
    for (const auto& row : table.rows())
        keys.push_back(row.front().text);
    return Checker::suggestion(wrong, keys);
}

}  // namespace

ExpressionId Checker::check_lookup(const Syntax& syntax)
{
    const Syntax& name = syntax.arguments[0];
    const bool word = name.kind == Syntax::Kind::path && name.path.steps.size() == 1 && !name.path.from_root && name.path.up == 0;
    std::vector<ExpressionId> parts = {argument(syntax.arguments[1], Type::text, "lookup")};
    if (syntax.arguments.size() == 3)
        parts.push_back(argument(syntax.arguments[2], Type::text, "lookup"));
    const ExpressionId id = add(Op::lookup, Type::text, syntax, parts);
    if (!word)
        return fault("mapping.table_unknown", name, "lookup wants the name of a table first", shown(name), "lookup(table, text)");
    const std::string& written = name.path.steps[0].name;
    const std::size_t dot = written.find('.');
    const std::string table_name = written.substr(0, dot);
    used_tables_.insert(table_name);
    if (broken_tables_.count(table_name) != 0)
        return id;
    std::vector<std::string> known;
    for (std::uint32_t i = 0; i < program_.tables.size(); ++i) {
        const Table& table = program_.tables[i];
        known.push_back(table.name());
        if (table.name() != table_name)
            continue;
        const std::string column = dot == std::string::npos ? "" : written.substr(dot + 1);
        for (std::uint32_t k = 1; k < table.columns().size(); ++k)
            if (dot == std::string::npos || table.columns()[k] == column) {
                program_.expressions[id].index = i;
                program_.expressions[id].column = k;
                const Syntax& key = syntax.arguments[1];
                if (key.kind == Syntax::Kind::text && parts.size() == 1 && table.find(key.text) == nullptr)
                    report("mapping.table_key", offset_of(key), "the table '" + table_name + "' has no row '" + key.text + "'",
                           key.text, key_suggestion(key.text, table));
                return id;
            }
        report("mapping.column_unknown", offset_of(name),
               "the table '" + table_name + "' has no column '" + column + "' behind its key", column,
               suggestion(column, {table.columns().begin() + 1, table.columns().end()}));
        return id;
    }
    report("mapping.table_unknown", offset_of(name), "there is no table '" + table_name + "'", table_name,
           known.empty() ? "tables: " + table_name + ": in the mapping" : suggestion(table_name, known));
    return id;
}

Type Checker::common_type(const std::vector<std::pair<ExpressionId, const Syntax*>>& branches, std::string_view subject)
{
    Type out = Type::missing;
    for (const auto& [id, syntax] : branches) {
        const Type type = program_.expressions[id].type;
        if (type == Type::unknown)
            return Type::unknown;
        if (out == Type::missing)
            out = type;
        else if (type != Type::missing && type != out) {
            report("mapping.type", offset_of(*syntax),
                   std::string(subject) + " gives a " + std::string(to_text(out)) + " before this, here a " +
                       std::string(to_text(type)),
                   shown(*syntax), "the same type in every branch");
            return Type::unknown;
        }
    }
    return out;
}

ExpressionId Checker::check_when(const Syntax& syntax)
{
    std::vector<ExpressionId> parts;
    std::vector<std::pair<ExpressionId, const Syntax*>> branches;
    for (std::size_t i = 0; i < syntax.arguments.size(); ++i) {
        const Syntax& part = syntax.arguments[i];
        const bool condition = i % 2 == 0 && i + 1 < syntax.arguments.size();
        parts.push_back(condition ? argument(part, Type::condition, "when") : check(part));
        if (!condition)
            branches.emplace_back(parts.back(), &part);
    }
    const Type type = common_type(branches, "when");
    check_branches(syntax, parts);
    return add(Op::when, type, syntax, parts);
}

ExpressionId Checker::check_fallback(const Syntax& syntax)
{
    const ExpressionId a = check(syntax.arguments[0]), b = check(syntax.arguments[1]);
    const Type type = common_type({{a, &syntax.arguments[0]}, {b, &syntax.arguments[1]}}, "default");
    if (const Expression& first = program_.expressions[a];
        first.op == Op::literal && first.type != Type::missing && first.type != Type::unknown &&
        (first.type != Type::text || !first.text.empty()))  // An empty text is missing.
        report("mapping.unreachable", offset_of(syntax.arguments[1]), "default never gives this: what stands before it is never missing",
               shown(syntax.arguments[1]), "a value that can be missing before it");
    return add(Op::fallback, type, syntax, {a, b});
}

ExpressionId Checker::check_concat(const Syntax& syntax)
{
    std::vector<ExpressionId> parts;
    for (const Syntax& part : syntax.arguments) {
        parts.push_back(check(part));
        const Type type = program_.expressions[parts.back()].type;
        if (type == Type::area || type == Type::agency || type == Type::condition)
            report("mapping.type", offset_of(part), "concat cannot write a value of type " + std::string(to_text(type)),
                   shown(part), "texts, numbers, dates or periods");
    }
    return add(Op::concat, Type::text, syntax, parts);
}

ExpressionId Checker::check_join(const Syntax& syntax)
{
    const Syntax& nodes = syntax.arguments[0];
    if (nodes.kind != Syntax::Kind::path)
        return fault("mapping.path", nodes, "join wants a path", shown(nodes), "a path such as ten/*");
    const ExpressionId path = check_path(nodes, true);
    const ExpressionId id = add(Op::join, Type::text, syntax, {path});
    if (const std::string* separator = literal(syntax.arguments[1], "a separator", "\"; \""))
        program_.expressions[id].text = keep(*separator);
    return id;
}

ExpressionId Checker::check_split(const Syntax& syntax)
{
    const ExpressionId text = argument(syntax.arguments[0], Type::text, "split");
    const ExpressionId id = add(Op::split, Type::text, syntax, {text});
    const std::string* separator = literal(syntax.arguments[1], "a separator", "\".\"");
    const Syntax& part = syntax.arguments[2];
    std::uint32_t number = 0;
    const char* end = part.text.data() + part.text.size();
    const auto [stop, error] = std::from_chars(part.text.data(), end, number);
    if (part.kind != Syntax::Kind::number || error != std::errc{} || stop != end || number == 0)
        report("mapping.literal", offset_of(part), "split wants the number of a part", shown(part), "a whole number from 1");
    if (separator != nullptr && separator->empty())
        report("mapping.literal", offset_of(syntax.arguments[1]), "split wants something to split by", "\"\"",
               "a text such as \".\"");
    if (separator != nullptr)
        program_.expressions[id].text = keep(*separator);
    program_.expressions[id].index = number;
    return id;
}

}  // namespace lienthong::mapping
