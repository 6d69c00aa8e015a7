/// What tests of documents of rows look at: the tree as lines of text.
#pragma once

#include "hub/model/tree.hpp"
#include "hub/model/result.hpp"

#include <string>

namespace lienthong::testing {

/// "[sheet] title (unit)" and below it "mark: member=text; …" for each record; a refusal as "code@place: detail".
inline std::string shown(const Result<Tree>& tree)
{
    if (!tree)
        return tree.problem().code + "@" + tree.problem().place + ": " + tree.problem().detail;
    const auto text = [&](NodeId node, std::string_view name) {
        const NodeId child = tree->child(node, name);
        return child == no_node ? std::string() : std::string(tree->node(child).text);
    };
    std::string out;
    for (NodeId table = tree->node(tree->child(root_node, "tables")).first_child; table != no_node; table = tree->node(table).next) {
        out += "[" + text(table, "sheet") + "] " + text(table, "title") + " (" + text(table, "unit") + ")\n";
        for (NodeId record = tree->node(tree->child(table, "records")).first_child; record != no_node; record = tree->node(record).next) {
            out += std::string(tree->mark(record)) + ":";
            for (NodeId member = tree->node(record).first_child; member != no_node; member = tree->node(member).next)
                out += " " + std::string(tree->node(member).name) + "=" + std::string(tree->node(member).text) + ";";
            out += "\n";
        }
    }
    return out;
}

/// The code and the place alone.
inline std::string refusal(const Result<Tree>& tree)
{
    return tree ? "read" : tree.problem().code + "@" + tree.problem().place;
}

}  // namespace lienthong::testing
