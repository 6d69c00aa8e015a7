// Steps through a tree as paths say; JSON members, list items and XML elements alike.
#include "hub/mapping/walk.hpp"

#include "hub/mapping/document_text.hpp"
#include "hub/text/unicode.hpp"

#include <array>
#include <charconv>

namespace lienthong::mapping {
namespace {

using StepKind = Step::Kind;
using State = Reading::State;

/// The nearest object or element around a node: a list is no level of its own.
NodeId around(const Tree& tree, NodeId node)
{
    NodeId parent = tree.node(node).parent;
    while (parent != no_node && tree.node(parent).kind == NodeKind::array)
        parent = tree.node(parent).parent;
    return parent;
}

bool is_scalar(NodeKind kind)
{
    return kind == NodeKind::text || kind == NodeKind::number || kind == NodeKind::boolean;
}

/// Whether a step's name, which is in NFC, is this one in whichever form the document has it.
bool is_named(const ResolvedPath::Step& step, std::string_view name)
{
    return name == step.name || (step.beyond_ascii && !is_surely_nfc(name) && text::to_nfc(name) == step.name);
}

std::string step_text(const Tree& tree, NodeId parent, const ResolvedPath::Step& step)
{
    const bool xml = tree.node(parent).kind == NodeKind::element;
    return (step.kind == StepKind::attribute ? "/@" : "/") + step.name + (xml && step.kind == StepKind::name ? "[1]" : "");
}

}  // namespace

bool Walk::take()
{
    if (steps_ == 0)
        return false;
    --steps_;
    return true;
}

bool Walk::fits(const ResolvedPath::Step& step, NodeId id) const
{
    const Tree::Node& node = tree_.node(id);
    if (step.kind == StepKind::all)
        return node.kind != NodeKind::attribute;
    const bool attribute = step.kind == StepKind::attribute;
    return (node.kind == NodeKind::attribute) == attribute && is_named(step, node.name) &&
           (!step.has_space || node.space == step.space);
}

NodeId Walk::start(const ResolvedPath& path, NodeId record, std::size_t& first_step)
{
    first_step = 0;
    if (path.from_root) {
        if (tree_.empty())
            return no_node;
        if (path.steps.empty() || tree_.node(root_node).kind != NodeKind::element)
            return root_node;
        first_step = 1;
        return fits(path.steps.front(), root_node) ? root_node : no_node;
    }
    NodeId at = record;
    for (std::uint32_t i = 0; i < path.up && at != no_node; ++i)
        at = around(tree_, at);
    return at;
}

Reading Walk::next(const ResolvedPath::Step& step, NodeId parent_id)
{
    const Tree::Node& parent = tree_.node(parent_id);
    if (parent.kind == NodeKind::array) {
        if (!step.item)
            return {State::wrong_kind, parent_id};
        std::uint32_t position = 0;
        for (NodeId id = parent.first_child; id != no_node; id = tree_.node(id).next, ++position) {
            if (!take())
                return {State::exhausted, id};
            if (position == *step.item)
                return {State::found, id};
        }
        return {};
    }
    if (is_scalar(parent.kind))
        return without_blanks(parent.text).empty() ? Reading{} : Reading{State::wrong_kind, parent_id};
    const bool unique = parent.kind == NodeKind::object;
    const bool at_sign = unique && step.kind == StepKind::attribute;
    Reading out;
    for (NodeId id = parent.first_child; id != no_node; id = tree_.node(id).next) {
        if (!take())
            return {State::exhausted, id};
        const Tree::Node& node = tree_.node(id);
        const bool same =
            at_sign ? node.name.starts_with('@') && is_named(step, node.name.substr(1))
                    : fits(step, id);
        if (!same)
            continue;
        if (out.state == State::found)
            return {State::several, id};
        out = {State::found, id};
        if (unique || step.kind == StepKind::attribute)
            break;
    }
    return out;
}

bool Walk::is_member(const ResolvedPath::Step& step, NodeId parent, NodeId node) const
{
    // An object's names are unique, so one that fits is the one; but for those that differ only in their form.
    if (step.beyond_ascii)
        return false;
    return step.kind == StepKind::name && tree_.node(parent).kind == NodeKind::object && node < tree_.size() &&
           tree_.node(node).parent == parent && fits(step, node);
}

Reading Walk::one(const ResolvedPath& path, NodeId record, NodeId* hint)
{
    std::size_t i = 0;
    Reading at{State::found, start(path, record, i)};
    if (at.node == no_node)
        return {};
    for (; i < path.steps.size() && at.state == State::found; ++i) {
        const NodeId parent = at.node;
        const bool is_last = hint != nullptr && i + 1 == path.steps.size();
        if (is_last && *hint != 0 && is_member(path.steps[i], parent, parent + *hint) && take())
            return {State::found, parent + *hint};
        at = next(path.steps[i], parent);
        if (is_last && at.state == State::found)
            *hint = at.node - parent;
    }
    return at;
}

void Walk::gather(const ResolvedPath& path, std::size_t step, std::size_t last, NodeId node, std::vector<NodeId>& out)
{
    if (step >= last) {
        out.push_back(node);
        return;
    }
    const ResolvedPath::Step& wanted = path.steps[step];
    if (wanted.kind != StepKind::all && tree_.node(node).kind != NodeKind::element) {
        if (const Reading found = next(wanted, node); found.state == State::found)
            gather(path, step + 1, last, found.node, out);
        return;
    }
    for (NodeId id = tree_.node(node).first_child; id != no_node && take(); id = tree_.node(id).next)
        if (fits(wanted, id))
            gather(path, step + 1, last, id, out);
}

std::vector<NodeId> Walk::all(const ResolvedPath& path, NodeId record)
{
    std::vector<NodeId> out;
    std::size_t first = 0;
    if (const NodeId at = start(path, record, first); at != no_node)
        gather(path, first, path.steps.size(), at, out);
    return out;
}

bool Walk::has_container(const ResolvedPath& path, NodeId record)
{
    std::vector<NodeId> out;
    std::size_t first = 0;
    const NodeId at = start(path, record, first);
    if (at != no_node && !path.steps.empty())
        gather(path, first, path.steps.size() - 1, at, out);
    return !out.empty();
}

std::string place_of(const Tree& tree, NodeId node, NodeId record, const std::string& record_place)
{
    for (NodeId at = node; at != no_node; at = tree.node(at).parent)
        if (tree.has_mark(at))
            return tree.place(node);
        else if (at == record)
            return record_place + tree.place_below(node, record);
    return tree.place(node);
}

std::string missing_place(const Tree& tree, const ResolvedPath& path, NodeId record, const std::string& record_place,
                          std::uint64_t& steps)
{
    std::size_t i = 0, end = 0;
    while (end < path.steps.size() && path.steps[end].kind != StepKind::all)
        ++end;
    Walk walk(tree, steps);
    NodeId last = walk.start(path, record, i);
    std::string out;
    if (last == no_node) {
        if (!path.from_root)
            return record_place;
        i = 0;
    } else {
        for (; i < end; ++i) {
            const Reading reading = walk.next(path.steps[i], last);
            if (reading.state != State::found)
                break;
            last = reading.node;
        }
        out = record_place.empty() ? tree.place(last) : place_of(tree, last, record, record_place);
        if (out == "/")
            out.clear();
        if (i < end)
            out += step_text(tree, last, path.steps[i++]);
    }
    for (; i < end; ++i)
        out += (path.steps[i].kind == StepKind::attribute ? "/@" : "/") + path.steps[i].name;
    return out.empty() ? "/" : out;
}

void RecordPlaces::put(NodeId record, std::string& out)
{
    const Tree::Node& node = tree_.node(record);
    if (tree_.has_mark(record) || node.parent == no_node || (node.kind != NodeKind::element && tree_.node(node.parent).kind != NodeKind::array))
        return void(out = tree_.place(record));
    const bool element = node.kind == NodeKind::element;
    const bool follows = last_ != no_node && last_ <= record && tree_.node(last_).parent == node.parent &&
                         (!element || tree_.node(last_).name == node.name);
    if (!follows) {
        parent_place_ = tree_.place(node.parent);
        if (parent_place_ == "/")
            parent_place_.clear();
        last_ = tree_.node(node.parent).first_child;
        position_ = 0;
        while (element && !(tree_.node(last_).kind == NodeKind::element && tree_.node(last_).name == node.name))
            last_ = tree_.node(last_).next;
    }
    while (last_ != record) {
        last_ = tree_.node(last_).next;
        if (!element || (tree_.node(last_).kind == NodeKind::element && tree_.node(last_).name == node.name))
            ++position_;
    }
    std::array<char, 20> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), element ? position_ + 1 : position_);
    const std::string_view position(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
    out = parent_place_;
    out.push_back('/');
    if (element)
        out.append(node.name).push_back('[');
    out.append(position);
    if (element)
        out.push_back(']');
}

}  // namespace lienthong::mapping
