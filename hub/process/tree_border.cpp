// Lets a plugin walk a Tree through the C table.
#include "hub/process/tree_border.hpp"

namespace lienthong::process {
namespace {

static_assert(no_node == LIENTHONG_NO_NODE);
static_assert(static_cast<int>(NodeKind::object) == LIENTHONG_NODE_OBJECT);
static_assert(static_cast<int>(NodeKind::attribute) == LIENTHONG_NODE_ATTRIBUTE);

const Tree& tree_of(const void* tree)
{
    return *static_cast<const Tree*>(tree);
}
bool has(const void* tree, std::uint32_t node)
{
    return node < tree_of(tree).size();
}

void give(std::string_view text, lienthong_bytes* out)
{
    out->data = text.data();
    out->size = text.size();
}

std::uint32_t first_child(const void* tree, std::uint32_t node)
{
    return has(tree, node) ? tree_of(tree).node(node).first_child : LIENTHONG_NO_NODE;
}

std::uint32_t next(const void* tree, std::uint32_t node)
{
    return has(tree, node) ? tree_of(tree).node(node).next : LIENTHONG_NO_NODE;
}

std::uint32_t kind(const void* tree, std::uint32_t node)
{
    return has(tree, node) ? static_cast<std::uint32_t>(tree_of(tree).node(node).kind)
                           : static_cast<std::uint32_t>(LIENTHONG_NODE_NONE);
}

void name(const void* tree, std::uint32_t node, lienthong_bytes* out)
{
    give(has(tree, node) ? tree_of(tree).node(node).name : std::string_view(), out);
}

void text(const void* tree, std::uint32_t node, lienthong_bytes* out)
{
    give(has(tree, node) ? tree_of(tree).node(node).text : std::string_view(), out);
}

void source(const void* tree, std::uint32_t node, lienthong_bytes* out)
{
    give(has(tree, node) ? tree_of(tree).source(node) : std::string_view(), out);
}

constexpr lienthong_tree_api api = {&first_child, &next, &kind, &name, &text, &source};

}  // namespace

const lienthong_tree_api& tree_api()
{
    return api;
}

sdk::TreeView view_of(const Tree& tree)
{
    return tree.empty() ? sdk::TreeView() : sdk::TreeView(&api, &tree, root_node);
}

}  // namespace lienthong::process
