// Groups the nodes of a document by the path that selects them, and takes the largest group of like ones for the records.
#include "hub/workshop/payload_places.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace lienthong::workshop {
namespace {

constexpr std::size_t most_levels = 3;  ///< Below a record.
constexpr std::size_t most_values = 1000;

std::string_view trimmed(std::string_view text)
{
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string_view{} : text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

/// A step as the language writes it: in backquotes where the name is more than letters and digits.
std::string step_of(std::string_view name)
{
    constexpr std::array<std::string_view, 6> words = {"and", "or", "not", "true", "false", "missing"};
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
               static_cast<unsigned char>(c) >= 0x80U;
    };
    const bool begins = !name.empty() && plain(name.front()) && name.front() != '-' && name.front() != '.' &&
                        !(name.front() >= '0' && name.front() <= '9');
    if (begins && std::all_of(name.begin(), name.end(), plain) && std::find(words.begin(), words.end(), name) == words.end())
        return std::string(name);
    return "`" + std::string(name) + "`";
}

class Places
{
public:
    explicit Places(const Tree& tree) : tree_(tree) {}

    PayloadPlaces gather()
    {
        if (tree_.empty())
            return {};
        const bool xml = tree_.node(root_node).kind == NodeKind::element;
        walk(root_node, xml ? "/" + step_of(tree_.node(root_node).name) : "");
        PayloadPlaces out;
        const std::vector<NodeId>* records = best(out.records);
        if (records == nullptr)
            return out;
        out.count = records->size();
        for (const NodeId record : *records) {
            seen_.clear();
            leaves(record, "", 0, out.in_record);
        }
        const std::set<NodeId> below(records->begin(), records->end());
        if (below.count(root_node) == 0)
            around(root_node, xml ? "/" + step_of(tree_.node(root_node).name) : "", below, out.around);
        beside(*records, out);
        return out;
    }

private:
    [[nodiscard]] bool is_holder(NodeId id) const
    {
        const Tree::Node& node = tree_.node(id);
        return node.kind == NodeKind::object || node.kind == NodeKind::array || node.kind == NodeKind::element;
    }
    [[nodiscard]] bool is_leaf(NodeId id) const
    {
        const Tree::Node& node = tree_.node(id);
        if (node.kind != NodeKind::element)
            return !is_holder(id);
        for (NodeId child = node.first_child; child != no_node; child = tree_.node(child).next)
            if (tree_.node(child).kind == NodeKind::element)
                return false;
        return true;
    }

    /// Every object that is an item of a list and every element, by the path that selects it and its like.
    void walk(NodeId id, const std::string& path)
    {
        const Tree::Node& node = tree_.node(id);
        if (node.kind == NodeKind::element || node.kind == NodeKind::object) {
            if (groups_.count(path) == 0)
                order_.push_back(path);
            groups_[path].push_back(id);
        }
        for (NodeId child = node.first_child; child != no_node; child = tree_.node(child).next)
            if (is_holder(child))
                walk(child, path + "/" + (node.kind == NodeKind::array ? "*" : step_of(tree_.node(child).name)));
    }

    /// How many values stand in nearly every node of a group.
    [[nodiscard]] std::size_t likeness(const std::vector<NodeId>& nodes) const
    {
        std::map<std::string_view, std::size_t> names;
        std::size_t texts = 0;
        for (const NodeId id : nodes) {
            texts += trimmed(tree_.node(id).text).empty() ? 0 : 1;
            std::set<std::string_view> own;
            for (NodeId child = tree_.node(id).first_child; child != no_node; child = tree_.node(child).next)
                if (is_leaf(child))
                    own.insert(tree_.node(child).name);
            for (const std::string_view name : own)
                ++names[name];
        }
        std::size_t out = texts * 2 >= nodes.size() && !names.empty() ? 1 : 0;
        for (const auto& [name, count] : names)
            out += count * 2 >= nodes.size() ? 1 : 0;
        return out;
    }

    const std::vector<NodeId>* best(std::string& path) const
    {
        const std::vector<NodeId>* out = nullptr;
        std::size_t most = 0;
        for (const std::string& one : order_) {
            const std::vector<NodeId>& nodes = groups_.at(one);
            const std::size_t fields = likeness(nodes);
            // One figure needs more than one value beside it; a pair is a setting.
            const std::size_t score = fields < 2 ? 0 : nodes.size() * fields;
            if (score > most) {
                most = score;
                out = &nodes;
                path = one.empty() ? "/" : one;
            }
        }
        return out;
    }

    void take(NodeId id, const std::string& path, std::string_view name, std::vector<PayloadPlace>& out)
    {
        const Tree::Node& node = tree_.node(id);
        const std::string_view text = trimmed(node.text);
        auto it = std::find_if(out.begin(), out.end(), [&](const PayloadPlace& one) { return one.path == path; });
        if (it == out.end()) {
            out.push_back({.path = path, .name = std::string(name), .values = {}});
            it = out.end() - 1;
        }
        if (node.kind == NodeKind::null || text.empty() || !seen_.insert(path).second)
            return;
        ++it->present;
        if (it->values.size() >= most_values)
            return;
        it->own_numbers += node.kind == NodeKind::number ? 1 : 0;
        it->values.emplace_back(text);
    }

    void leaves(NodeId id, const std::string& path, std::size_t level, std::vector<PayloadPlace>& out)
    {
        const Tree::Node& node = tree_.node(id);
        if (level == 0 && node.kind == NodeKind::element && !trimmed(node.text).empty())
            take(id, ".", "", out);
        for (NodeId child = node.first_child; child != no_node; child = tree_.node(child).next) {
            const Tree::Node& one = tree_.node(child);
            if (one.kind == NodeKind::array)
                continue;
            const std::string step =
                path + (path.empty() ? "" : "/") + (one.kind == NodeKind::attribute ? "@" : "") + step_of(one.name);
            if (is_leaf(child))
                take(child, step, one.name, out);
            if (is_holder(child) && level + 1 < most_levels && one.first_child != no_node)
                leaves(child, step, level + 1, out);
        }
    }

    /// What stands once in the document, outside the records.
    void around(NodeId id, const std::string& path, const std::set<NodeId>& records, std::vector<PayloadPlace>& out)
    {
        for (NodeId child = tree_.node(id).first_child; child != no_node; child = tree_.node(child).next) {
            const Tree::Node& one = tree_.node(child);
            if (records.count(child) != 0 || tree_.node(id).kind == NodeKind::array)
                continue;
            const std::string below = path + "/" + (one.kind == NodeKind::attribute ? "@" : "") + step_of(one.name);
            const auto group = groups_.find(below);
            if (group != groups_.end() && group->second.size() > 1)
                continue;
            if (is_leaf(child)) {
                seen_.erase(below);
                take(child, below, one.name, out);
            }
            if (is_holder(child) && records.count(id) == 0)
                around(child, below, records, out);
        }
    }

    /// What stands on the object or element around each record, where it is not one for all.
    void beside(const std::vector<NodeId>& records, PayloadPlaces& out)
    {
        for (const NodeId record : records) {
            NodeId parent = tree_.node(record).parent;
            if (parent != no_node && tree_.node(parent).kind == NodeKind::array)
                parent = tree_.node(parent).parent;
            if (parent == no_node)
                continue;
            seen_.clear();
            for (NodeId child = tree_.node(parent).first_child; child != no_node; child = tree_.node(child).next) {
                const Tree::Node& one = tree_.node(child);
                if (!is_leaf(child) || child == record || one.kind == NodeKind::element)
                    continue;
                const std::string name = (one.kind == NodeKind::attribute ? "@" : "") + step_of(one.name);
                const bool known = std::any_of(out.around.begin(), out.around.end(), [&](const PayloadPlace& place) {
                    return place.path.starts_with('/') && place.path.ends_with("/" + name);
                });
                if (!known)
                    take(child, "../" + name, one.name, out.around);
            }
        }
    }

    const Tree& tree_;
    std::map<std::string, std::vector<NodeId>> groups_;
    std::vector<std::string> order_;
    std::set<std::string> seen_;  ///< Paths taken of the record at hand: the second is one of several, and no field.
};

}  // namespace

Fit PayloadPlace::fit(const std::function<bool(const std::string&)>& fits) const
{
    Fit out{.all = values.size()};
    for (const std::string& value : values)
        if (fits(value))
            ++out.good;
        else if (out.other.empty())
            out.other = value;
    return out;
}

PayloadPlaces places_of(const Tree& tree)
{
    return Places(tree).gather();
}

}  // namespace lienthong::workshop
