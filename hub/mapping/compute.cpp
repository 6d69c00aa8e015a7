// Operators and the functions that look at their arguments themselves.
#include "hub/mapping/as_of_period.hpp"
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
    if (a.failed())
        return a;
    if (a.holds() == (e.op == Op::either))
        return condition(a.holds(), a.node);
    const Value b = argument(e, 1);
    if (b.failed())
        return b;
    return condition(b.holds(), a.node == no_node ? b.node : a.node);
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
        node = node == no_node ? part.node : node;
        whole = whole && part.present();
        if (!has_room(out.size() + part.text.size()))
            return overfull(e, node);
        out += part.text;
    }
    return whole ? make(e, out, node) : Value{.node = node, .text = {}};
}

Value Evaluator::compute_join(const Expression& e)
{
    note(0);
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
        if (!has_room(out.size()))
            return overfull(e, first);
    }
    if (marks_ != nullptr)
        marks_->expressions[program_.argument(e, 0)] |= first == no_node ? Marks::missing : Marks::present;
    if (steps == 0)
        return exhausted(e);
    return make(e, out, first);
}

Value Evaluator::compute_window(const Expression& e)
{
    const Value from = argument(e, 0);
    if (from.failed())
        return from;
    const Value to = argument(e, 1);
    if (!to.present() || !from.present())
        return to.failed() || from.present() ? to : from;
    return checked_window(e, from.node == no_node ? to.node : from.node, from.text, to.text);
}

Value Evaluator::compute_within(const Expression& e)
{
    const Value parent = argument(e, 0);
    if (parent.failed())
        return parent;
    const Value name = argument(e, 1);
    if (!name.present() || !parent.present())
        return name.failed() || parent.present() ? name : parent;
    return make(e, within_text(parent.text, name.text), name.node);
}

}  // namespace lienthong::mapping
