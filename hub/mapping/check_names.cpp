// What names mean: paths and their prefixes, lets; what nothing uses, and what is worth remembering.
#include "hub/mapping/checker.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::mapping {

void Checker::add_namespace(const yaml::Node& key, std::string uri)
{
    namespaces_[key.text] = std::move(uri);
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
        next.beyond_ascii =
            std::any_of(next.name.begin(), next.name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
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
            if (used.count(key.text) == 0 && source_.number_of(key.offset) == 0)
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
