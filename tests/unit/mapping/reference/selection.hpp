/// Selection: the nodes that the paths of the page select, found anew each time; the reference's own way through a tree.
#pragma once

#include "tests/unit/mapping/reference/written.hpp"

#include "hub/model/tree.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::reference {

/// Thrown where a record is refused; caught field by field.
struct Refusal
{
    std::string code, place;
};

class Selection
{
public:
    /// `namespaces` by prefix.
    Selection(const Tree& tree, std::map<std::string, std::string> namespaces) : tree_(tree), namespaces_(std::move(namespaces))
    {
    }

    [[nodiscard]] std::string place(NodeId node) const;
    [[nodiscard]] bool is_list(NodeId node) const { return tree_.node(node).kind == NodeKind::array; }
    [[nodiscard]] std::vector<NodeId> all(WrittenPath path, NodeId record) const;
    [[nodiscard]] bool has_container(WrittenPath path) const;
    /// The one node a path selects, or none.
    [[nodiscard]] std::optional<NodeId> one(WrittenPath path, NodeId record) const;
    /// Where the node of a path would stand: the last node on the way, and the names behind it as far as they name one.
    [[nodiscard]] std::string would_stand(WrittenPath path, NodeId record) const;
    /// The text of a node; empty when it is missing.
    [[nodiscard]] std::string text_of(NodeId node) const;

private:
    [[nodiscard]] const Tree::Node& at(NodeId node) const;
    [[nodiscard]] bool is_scalar(NodeId node) const;
    [[nodiscard]] std::vector<NodeId> children(NodeId node) const;
    [[nodiscard]] bool is_called(NodeId node, const WrittenStep& step) const;
    /// Every node one step selects from a node.
    [[nodiscard]] std::vector<NodeId> step(NodeId node, const WrittenStep& step) const;
    static std::optional<std::size_t> item_number(const WrittenStep& step);
    /// Where a path begins; steps are taken off that are already done. no_node when it begins nowhere.
    [[nodiscard]] NodeId begin(WrittenPath& path, NodeId record) const;

    const Tree& tree_;
    std::map<std::string, std::string> namespaces_;
};

}  // namespace lienthong::reference
