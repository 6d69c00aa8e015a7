/// TreeView: what the hub's own strict parser made of an answer. A plugin ships no parser.
///
/// Views are valid only while the event that brought them is being handled.
#pragma once

#include "hub/sdk/abi.h"

#include <string>
#include <string_view>

namespace lienthong::sdk {

/// A node, or nothing: every question to nothing is answered with nothing, so paths need no checks between.
class TreeView
{
public:
    TreeView() = default;
    TreeView(const lienthong_tree_api* api, const void* tree, std::uint32_t node) : api_(api), tree_(tree), node_(node) {}

    /// Whether there is such a node. JSON null is one, of kind LIENTHONG_NODE_NULL.
    [[nodiscard]] explicit operator bool() const { return api_ != nullptr && node_ != LIENTHONG_NO_NODE; }
    /// A scalar as written ("9.55", "true", unescaped text), an attribute's value, an element's own characters.
    [[nodiscard]] std::string_view text() const
    {
        return ask([&](auto* o) { api_->text(tree_, node_, o); });
    }
    /// Member name or XML local name; empty for items of an array.
    [[nodiscard]] std::string_view name() const
    {
        return ask([&](auto* o) { api_->name(tree_, node_, o); });
    }
    [[nodiscard]] lienthong_node_kind kind() const
    {
        return *this ? static_cast<lienthong_node_kind>(api_->kind(tree_, node_)) : LIENTHONG_NODE_NONE;
    }
    /// First member or element so named, matched exactly.
    [[nodiscard]] TreeView child(std::string_view name) const
    {
        for (TreeView at = first(); at; at = at.next())
            if (at.name() == name && at.kind() != LIENTHONG_NODE_ATTRIBUTE)
                return at;
        return {};
    }
    /// The same without regard to ASCII case: portals mix MaHoSo, MAHOSO and maHoSo.
    [[nodiscard]] TreeView child_any_case(std::string_view name) const
    {
        for (TreeView at = first(); at; at = at.next())
            if (same_any_case(at.name(), name) && at.kind() != LIENTHONG_NODE_ATTRIBUTE)
                return at;
        return {};
    }
    /// An XML attribute, by local name.
    [[nodiscard]] TreeView attribute(std::string_view name) const
    {
        for (TreeView at = first(); at && at.kind() == LIENTHONG_NODE_ATTRIBUTE; at = at.next())
            if (at.name() == name)
                return at;
        return {};
    }
    /// Walks items, members or child elements: `for (TreeView at = list.first(); at; at = at.next())`.
    /// In XML the attributes come first.
    [[nodiscard]] TreeView first() const { return *this ? TreeView(api_, tree_, api_->first_child(tree_, node_)) : TreeView{}; }
    [[nodiscard]] TreeView next() const { return *this ? TreeView(api_, tree_, api_->next(tree_, node_)) : TreeView{}; }
    /// The document's own bytes of this node, JSON only; for passing an item on as a message unchanged.
    [[nodiscard]] std::string_view source() const
    {
        return ask([&](auto* o) { api_->source(tree_, node_, o); });
    }

private:
    template <class Ask>
    std::string_view ask(Ask ask_it) const
    {
        lienthong_bytes out{nullptr, 0};
        if (*this)
            ask_it(&out);
        return {out.data == nullptr ? "" : out.data, out.size};
    }
    static bool same_any_case(std::string_view a, std::string_view b)
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        if (a.size() != b.size())
            return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (lower(a[i]) != lower(b[i]))
                return false;
        return true;
    }
    const lienthong_tree_api* api_ = nullptr;
    const void* tree_ = nullptr;
    std::uint32_t node_ = LIENTHONG_NO_NODE;
};

}  // namespace lienthong::sdk
