#include "hub/model/tree.hpp"

#include <algorithm>

namespace lienthong {
namespace {

constexpr std::size_t block_bytes = 64 * 1024;

std::string pointer_token(std::string_view name)
{
    std::string out;
    for (char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

}  // namespace

NodeId Tree::child(NodeId parent, std::string_view name) const
{
    for (NodeId id = nodes_[parent].first_child; id != no_node; id = nodes_[id].next)
        if (nodes_[id].name == name && nodes_[id].kind != NodeKind::attribute)
            return id;
    return no_node;
}

NodeId Tree::attribute(NodeId parent, std::string_view name) const
{
    for (NodeId id = nodes_[parent].first_child; id != no_node; id = nodes_[id].next)
        if (nodes_[id].name == name && nodes_[id].kind == NodeKind::attribute)
            return id;
    return no_node;
}

std::string Tree::place(NodeId id) const
{
    if (marked_)
        for (NodeId at = id; at != no_node; at = nodes_[at].parent)
            if (const std::string own = mark(at); !own.empty())
                return own + place_below(id, at);
    return place_below(id, no_node);
}

const Tree::Mark* Tree::find_mark(NodeId id) const
{
    const auto at = std::lower_bound(marks_.begin(), marks_.end(), id, [](const Mark& mark, NodeId node) { return mark.node < node; });
    return at == marks_.end() || at->node != id ? nullptr : &*at;
}

std::string Tree::mark(NodeId id) const
{
    if (const Node& node = nodes_[id]; node.is_at_line)
        return std::to_string(node.offset) + ":" + std::to_string(node.end);
    const Mark* const found = find_mark(id);
    return found == nullptr ? std::string() : std::string(found->text);
}

void Tree::put_mark(const Mark& mark)
{
    marked_ = true;
    if (marks_.empty() || marks_.back().node < mark.node)
        marks_.push_back(mark);
    else if (find_mark(mark.node) == nullptr)
        marks_.insert(std::upper_bound(marks_.begin(), marks_.end(), mark.node, [](NodeId node, const Mark& one) { return node < one.node; }), mark);
}

const Problem* Tree::fault(NodeId id) const
{
    const auto found = faults_.find(id);
    return found == faults_.end() ? nullptr : &found->second;
}

std::string Tree::place_below(NodeId id, NodeId above) const
{
    std::vector<std::string> steps;
    bool xml = false;
    for (NodeId at = id; at != above; at = nodes_[at].parent) {
        const Node& node = nodes_[at];
        if (node.kind == NodeKind::attribute) {
            xml = true;
            steps.push_back("@" + std::string(node.name));
        } else if (node.kind == NodeKind::element) {
            xml = true;
            std::size_t position = 1;
            if (node.parent != no_node)
                for (NodeId s = nodes_[node.parent].first_child; s != at; s = nodes_[s].next)
                    position += nodes_[s].kind == NodeKind::element && nodes_[s].name == node.name ? 1 : 0;
            steps.push_back(std::string(node.name) + "[" + std::to_string(position) + "]");
        } else if (node.parent != no_node && nodes_[node.parent].kind == NodeKind::array) {
            std::size_t index = 0;
            for (NodeId s = nodes_[node.parent].first_child; s != at; s = nodes_[s].next)
                ++index;
            steps.push_back(std::to_string(index));
        } else if (node.parent != no_node) {
            steps.push_back(pointer_token(node.name));
        }
    }
    std::string out;
    for (auto it = steps.rbegin(); it != steps.rend(); ++it)
        out += "/" + *it;
    return out.empty() && xml && above == no_node ? "/" : out;
}

Tree::Standing Tree::standing(NodeId parent) const
{
    return {parent, nodes_[parent].last_child, nodes_.size(), marks_.size(), faults_.size(), blocks_.size(), block_used_};
}

void Tree::return_to(const Standing& before)
{
    while (marks_.size() > before.marks && marks_.back().node >= before.nodes)
        marks_.pop_back();
    if (faults_.size() > before.faults)
        std::erase_if(faults_, [&](const auto& entry) { return entry.first >= before.nodes; });
    nodes_.resize(before.nodes);
    Node& parent = nodes_[before.parent];
    parent.last_child = before.last_child;
    if (before.last_child == no_node)
        parent.first_child = no_node;
    else
        nodes_[before.last_child].next = no_node;
    blocks_.resize(before.blocks);
    block_used_ = before.block_used;
}

std::string_view Tree::source(NodeId id) const
{
    const Node& node = nodes_[id];
    return node.end > node.offset && !node.is_at_line ? document_.substr(node.offset, node.end - node.offset) : std::string_view{};
}

std::string_view Tree::keep_document(std::string_view bytes)
{
    if (blocks_.empty())
        block_used_ = bytes.size();
    document_ = blocks_.emplace_front(bytes);
    return document_;
}

void Tree::show_document(std::string_view bytes)
{
    if (!shown_)
        for (Node& node : nodes_)
            node.end = node.is_at_line ? node.end : 0;
    shown_ = true;
    document_ = bytes;
}

std::string_view Tree::adopt(std::string text)
{
    if (blocks_.empty())
        block_used_ = text.size();
    return blocks_.emplace_front(std::move(text));
}

std::string_view Tree::keep(std::string_view text)
{
    if (text.empty())
        return {};
    if (blocks_.empty() || block_used_ + text.size() > blocks_.back().size()) {
        blocks_.emplace_back(std::max(block_bytes, text.size()), '\0');
        block_used_ = 0;
    }
    char* at = blocks_.back().data() + block_used_;
    std::copy(text.begin(), text.end(), at);
    block_used_ += text.size();
    return {at, text.size()};
}

}  // namespace lienthong
