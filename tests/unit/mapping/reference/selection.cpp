// Step by step, as a path is read.
#include "tests/unit/mapping/reference/selection.hpp"

#include "tests/unit/mapping/reference/plain_values.hpp"

#include "hub/text/unicode.hpp"

namespace lienthong::reference {

std::string Selection::place(NodeId node) const
{
    return tree_.place(node);
}

const Tree::Node& Selection::at(NodeId node) const
{
    return tree_.node(node);
}

bool Selection::is_scalar(NodeId node) const
{
    return at(node).kind == NodeKind::text || at(node).kind == NodeKind::number || at(node).kind == NodeKind::boolean;
}

std::vector<NodeId> Selection::children(NodeId node) const
{
    std::vector<NodeId> out;
    for (NodeId child = at(node).first_child; child != no_node; child = at(child).next)
        out.push_back(child);
    return out;
}

bool Selection::is_called(NodeId node, const WrittenStep& step) const
{
    return text::to_nfc(at(node).name).value_or("") == step.name &&
           (step.prefix.empty() || at(node).space == namespaces_.at(step.prefix));
}

std::vector<NodeId> Selection::step(NodeId node, const WrittenStep& step) const
{
    std::vector<NodeId> out;
    const std::vector<NodeId> below = children(node);
    switch (at(node).kind) {
        case NodeKind::array:
            if (step.all)
                return below;
            if (const auto item = item_number(step); item && *item < below.size())
                out.push_back(below[*item]);
            return out;
        case NodeKind::object:
            if (step.all)
                return below;
            for (NodeId child : below)
                if (is_called(child, {.prefix = step.prefix, .name = (step.attribute ? "@" : "") + step.name}) && out.empty())
                    out.push_back(child);
            return out;
        case NodeKind::element:
            for (NodeId child : below)
                if (at(child).kind == (step.attribute ? NodeKind::attribute : NodeKind::element) &&
                    (step.all || is_called(child, step)))
                    out.push_back(child);
            return out;
        default:
            return out;
    }
}

std::optional<std::size_t> Selection::item_number(const WrittenStep& step)
{
    if (step.attribute || step.name.empty() || step.name.size() > 9 ||
        step.name.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoul(step.name);
}

NodeId Selection::begin(WrittenPath& path, NodeId record) const
{
    if (path.from_root) {
        if (at(root_node).kind != NodeKind::element || path.steps.empty())
            return root_node;
        const bool fits = path.steps.front().all || (!path.steps.front().attribute && is_called(root_node, path.steps.front()));
        path.steps.erase(path.steps.begin());
        return fits ? root_node : no_node;
    }
    NodeId out = record;
    for (unsigned i = 0; i < path.up && out != no_node; ++i)
        do
            out = at(out).parent;
        while (out != no_node && at(out).kind == NodeKind::array);
    return out;
}

std::vector<NodeId> Selection::all(WrittenPath path, NodeId record) const
{
    std::vector<NodeId> out;
    if (const NodeId first = begin(path, record); first != no_node)
        out.push_back(first);
    for (const WrittenStep& one : path.steps) {
        std::vector<NodeId> next;
        for (NodeId node : out)
            for (NodeId found : step(node, one))
                next.push_back(found);
        out = next;
    }
    return out;
}

bool Selection::has_container(WrittenPath path) const
{
    WrittenPath begun = path;
    if (path.steps.empty() || begin(begun, root_node) == no_node)
        return false;
    path.steps.pop_back();
    return !all(path, root_node).empty();
}

std::optional<NodeId> Selection::one(WrittenPath path, NodeId record) const
{
    NodeId out = begin(path, record);
    if (out == no_node)
        return std::nullopt;
    for (const WrittenStep& next : path.steps) {
        const bool goes_on_in_text = is_scalar(out) && !without_blanks_around(std::string(at(out).text)).empty();
        if (goes_on_in_text || (at(out).kind == NodeKind::array && !item_number(next)))
            throw Refusal{"field.type", place(out)};
        const std::vector<NodeId> found = step(out, next);
        if (found.size() > 1)
            throw Refusal{"field.several", place(found[1])};
        if (found.empty())
            return std::nullopt;
        out = found[0];
    }
    return out;
}

std::string Selection::would_stand(WrittenPath path, NodeId record) const
{
    const WrittenPath whole = path;
    NodeId last = begin(path, record);
    std::size_t done = whole.steps.size() - path.steps.size();
    std::string out;
    bool in_element = false;
    if (last == no_node && !whole.from_root)
        return place(record);
    if (last == no_node)
        done = 0;
    else {
        for (; done < whole.steps.size() && !whole.steps[done].all; ++done) {
            const std::vector<NodeId> found = step(last, whole.steps[done]);
            if (found.size() != 1)
                break;
            last = found[0];
        }
        out = place(last) == "/" ? "" : place(last);
        in_element = at(last).kind == NodeKind::element;
    }
    for (bool first = true; done < whole.steps.size() && !whole.steps[done].all; ++done, first = false)
        out += (whole.steps[done].attribute ? "/@" : "/") + whole.steps[done].name +
               (first && in_element && !whole.steps[done].attribute ? "[1]" : "");
    return out.empty() ? "/" : out;
}

std::string Selection::text_of(NodeId node) const
{
    const std::string out = without_blanks_around(std::string(at(node).text));
    bool parts = at(node).kind == NodeKind::object || at(node).kind == NodeKind::array;
    if (at(node).kind == NodeKind::element && out.empty())
        for (NodeId child : children(node))
            parts = parts || at(child).kind == NodeKind::element;
    if (parts)
        throw Refusal{"field.type", place(node)};
    return at(node).kind == NodeKind::null ? "" : text::to_nfc(out).value();
}
}  // namespace lienthong::reference
