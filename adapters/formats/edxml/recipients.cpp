// Who is named, and who is named twice.
#include "adapters/formats/edxml/recipients.hpp"

#include "hub/text/organ_code.hpp"

#include <set>
#include <string>
#include <string_view>

namespace lienthong::adapters {

void number_recipients(Tree& tree, NodeId header)
{
    std::set<std::string> seen;
    for (NodeId id = tree.node(header).first_child; id != no_node; id = tree.node(id).next) {
        if (tree.node(id).kind != NodeKind::element || tree.node(id).name != "To")
            continue;
        const NodeId organ = tree.child(id, "OrganId");
        const NodeId newer = organ == no_node ? no_node : tree.attribute(organ, "code");
        const std::string code(newer == no_node ? std::string_view{} : tree.node(newer).text);
        if (code.empty() || text::is_axis_node(code) || !seen.insert(code).second)
            continue;
        const NodeId number = tree.append(id, NodeKind::element, "Number", tree.node(id).offset);
        tree.set_text(number, tree.keep(std::to_string(seen.size())));
    }
}

}  // namespace lienthong::adapters
