// Operators and the functions that look at their arguments themselves.
#include "hub/mapping/evaluate.hpp"

namespace lienthong::mapping {

Value Evaluator::compute_when(const Expression& e)
{
    NodeId asked = no_node;
    for (std::size_t i = 0; i + 1 < e.argument_count; i += 2) {
        const Value holds = argument(e, i);
        if (holds.failed())
            return holds;
        asked = asked == no_node ? holds.node : asked;
        if (!holds.holds())
            continue;
        Value value = argument(e, i + 1);
        value.node = value.node == no_node ? holds.node : value.node;
        return value;
    }
    Value value = argument(e, e.argument_count - 1U);
    value.node = value.node == no_node ? asked : value.node;
    return value;
}

Value Evaluator::compute_equal(const Expression& e)
{
    const Value a = argument(e, 0);
    if (a.failed())
        return a;
    const Value b = argument(e, 1);
    if (b.failed())
        return b;
    const NodeId node = a.node == no_node ? b.node : a.node;
    if (!a.present() || !b.present())
        return condition(a.missing() && b.missing(), node);
    return condition(e.numeric ? text::compare(a.text, b.text) == 0 : a.text == b.text, node);
}

Value Evaluator::compute_logic(const Expression& e)
{
    const Value a = argument(e, 0);
    if (a.failed() || a.holds() == (e.op == Op::either))
        return a;
    Value b = argument(e, 1);
    if (b.failed())
        return b;
    return condition(b.holds(), b.node == no_node ? a.node : b.node);
}

Value Evaluator::compute_concat(const Expression& e)
{
    std::string out;
    NodeId node = no_node;
    bool whole = true;
    for (std::size_t i = 0; i < e.argument_count; ++i) {
        const Value part = argument(e, i);
        if (part.failed())
            return part;
        whole = whole && part.present();
        out += part.text;
        node = node == no_node ? part.node : node;
    }
    return whole ? make(out, node) : Value{.node = node, .text = {}};
}

Value Evaluator::compute_join(const Expression& e)
{
    std::uint64_t& steps = in_document_ ? document_steps_ : steps_;
    const Expression& path = program_.at(program_.argument(e, 0));
    std::string out;
    NodeId first = no_node;
    for (NodeId node : Walk(tree_, steps).all(program_.paths[path.index], record_)) {
        const Value part = read_node(path, node);
        if (part.failed())
            return part;
        if (!part.present())
            continue;
        if (first != no_node)
            out += e.text;
        first = first == no_node ? node : first;
        out += part.text;
    }
    if (marks_ != nullptr)
        marks_->expressions[program_.argument(e, 0)] |= first == no_node ? Marks::missing : Marks::present;
    if (steps == 0)
        return exhausted(e);
    return first == no_node ? Value{} : make(out, first);
}

}  // namespace lienthong::mapping
