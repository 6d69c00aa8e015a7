// Cuts a record out of its document, or writes it anew where the document's bytes are not kept.
#include "hub/workshop/excerpt.hpp"

#include "hub/model/problem.hpp"

namespace lienthong::workshop {
namespace {

constexpr std::size_t most_levels = 64;

void append_escaped(std::string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size() && out.size() <= most_excerpt_bytes; ++i)
        switch (text[i]) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += text[i];
                break;
        }
}

void append(std::string& out, const Tree& tree, NodeId id, std::size_t level)
{
    const Tree::Node& node = tree.node(id);
    const std::string name(node.name.empty() ? "item" : node.name);
    if (out.size() > most_excerpt_bytes || level > most_levels)
        return;
    out += "<" + name;
    NodeId child = node.first_child;
    for (; child != no_node && tree.node(child).kind == NodeKind::attribute; child = tree.node(child).next) {
        out += " " + std::string(tree.node(child).name) + "=\"";
        append_escaped(out, tree.node(child).text);
        out += "\"";
    }
    out += ">";
    append_escaped(out, node.text);
    for (; child != no_node && out.size() <= most_excerpt_bytes; child = tree.node(child).next)
        append(out, tree, child, level + 1);
    out += "</" + name + ">";
}

}  // namespace

std::string excerpt(const Tree& tree, NodeId record)
{
    if (const std::string_view own = tree.source(record); !own.empty())
        return shortened(own, most_excerpt_bytes);
    std::string out;
    append(out, tree, record, 0);
    return shortened(out, most_excerpt_bytes);
}

}  // namespace lienthong::workshop
