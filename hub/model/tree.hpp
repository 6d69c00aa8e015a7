/// Tree: a read-only document, JSON or XML alike, as the format adapters read it.
///
/// One arena per document, nodes by index in document order. JSON: object, array and scalar nodes; members
/// carry their name, items none. XML: element nodes named by local name, attribute nodes first among the
/// children with kind attribute; an element's text is its own character data, joined. Numbers stay text.
/// Copying is deep; reading from several threads is safe.
#pragma once

#include "hub/model/problem.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lienthong {

enum class NodeKind : std::uint8_t { object, array, text, number, boolean, null, element, attribute };

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFFU;
inline constexpr NodeId root_node = 0;

class Tree
{
public:
    struct Node
    {
        NodeKind kind = NodeKind::null;
        bool is_at_line = false;  ///< Its place is "line:column", and these stand in `offset` and `end`.
        NodeId parent = no_node;
        NodeId first_child = no_node;
        NodeId last_child = no_node;
        NodeId next = no_node;
        std::uint32_t offset = 0;  ///< Byte offset in the document, for messages.
        std::uint32_t end = 0;     ///< Offset behind the node's last byte; 0 when the format does not keep it.
        std::string_view name{};   ///< Member name or XML local name.
        std::string_view space{};  ///< XML namespace URI, else empty.
        std::string_view text{};   ///< Scalar text, attribute value, or an element's own character data.
    };

    Tree() = default;
    Tree(Tree&&) noexcept = default;
    Tree& operator=(Tree&&) noexcept = default;
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    [[nodiscard]] bool empty() const noexcept { return nodes_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
    [[nodiscard]] NodeId child(NodeId parent, std::string_view name) const;      ///< First non-attribute child so named.
    [[nodiscard]] NodeId attribute(NodeId parent, std::string_view name) const;

    /// The whole document as it was read, when the format keeps it (JSON does), else empty.
    [[nodiscard]] std::string_view document() const noexcept { return document_; }
    /// The document's own bytes of a node, without its name; empty when the format does not keep them.
    [[nodiscard]] std::string_view source(NodeId id) const;

    /// What the document's texts were before they became UTF-8; null where they came so.
    struct Conversion
    {
        std::string encoding;  ///< A word of text::encoding_from.
        bool misread = false;  ///< Its bytes were once read as Windows-1252 and saved as UTF-8.
        std::string how{};     ///< What stands behind it: "as declared", "certain", "doubtful".
    };
    [[nodiscard]] const Conversion* conversion() const { return conversion_ ? &*conversion_ : nullptr; }
    /// JSON Pointer ("/records/3/value") or XPath by local name with positions ("/edXML[1]/Body[1]/@id"); a marked node's own
    /// mark, and below it what follows.
    [[nodiscard]] std::string place(NodeId id) const;
    /// Where a node stands by the words of its own format, as "'IIP'!B7" of a workbook's cell; empty where it has none.
    [[nodiscard]] std::string mark(NodeId id) const;
    [[nodiscard]] bool has_mark(NodeId id) const { return nodes_[id].is_at_line || (!marks_.empty() && find_mark(id) != nullptr); }
    /// Why a node could not be read while the rest of its document could, as a bad line among good ones; else null. A record
    /// with a fault is refused with it, and nothing else is asked of it.
    [[nodiscard]] const Problem* fault(NodeId id) const;
    /// The same from `above`, which is `id` or lies over it: what to append to the place of `above`. Costs nothing
    /// for the siblings of `above`, of which there may be very many.
    [[nodiscard]] std::string place_below(NodeId id, NodeId above) const;

    /// Building, for format adapters: appends a node under `parent` (no_node for the root) and returns it.
    NodeId append(NodeId parent, NodeKind kind, std::string_view name, std::uint32_t offset)
    {
        return append({.kind = kind, .parent = parent, .offset = offset, .name = name});
    }
    /// The same of a node that knows its parent, and is linked with no other.
    NodeId append(const Node& node)
    {
        const auto id = static_cast<NodeId>(nodes_.size());
        const NodeId parent = node.parent;
        nodes_.push_back(node);
        if (parent != no_node) {
            Node& above = nodes_[parent];
            (above.first_child == no_node ? above.first_child : nodes_[above.last_child].next) = id;
            above.last_child = id;
        }
        return id;
    }
    /// Copies `text` into the arena; the view stays valid as long as the tree lives.
    std::string_view keep(std::string_view text);
    /// From now on nodes that are appended have their bytes here, as long as the caller keeps them; those of before have none.
    void show_document(std::string_view bytes);
    /// Takes what hangs below a node out of the document; its ids are not used again.
    void clear_children(NodeId id) { nodes_[id].first_child = nodes_[id].last_child = no_node; }
    /// Takes a text over whole, in whatever memory it has.
    std::string_view adopt(std::string text);
    /// Copies the document into the arena and returns the copy, so that names and texts can point into it.
    std::string_view keep_document(std::string_view bytes);
    void set_end(NodeId id, std::uint32_t end) { nodes_[id].end = end; }
    /// Gives a node a place of its own; for formats in which people do not count by member and item.
    void set_mark(NodeId id, std::string_view kept) { put_mark({id, kept}); }
    /// The place "line:column", which is written out only when it is asked for: nearly every one is not. For a node that has no
    /// place in bytes, nor a mark.
    void set_mark(NodeId id, std::uint32_t line, std::uint32_t column) { put_at_line(nodes_[id], line, column); }
    /// The same of a text that is yet to be appended.
    NodeId append_at_line(NodeId parent, std::string_view name, std::string_view text, std::uint32_t line, std::uint32_t column)
    {
        Node node{.kind = NodeKind::text, .parent = parent, .name = name, .text = text};
        put_at_line(node, line, column);
        return append(node);
    }
    void set_fault(NodeId id, Problem problem) { faults_.insert_or_assign(id, std::move(problem)); }
    void set_conversion(Conversion conversion) { conversion_ = std::move(conversion); }
    void set_text(NodeId id, std::string_view kept) { nodes_[id].text = kept; }
    void set_space(NodeId id, std::string_view kept) { nodes_[id].space = kept; }
    void reserve(std::size_t nodes) { nodes_.reserve(nodes); }

    /// What a tree is at some moment.
    struct Standing
    {
        NodeId parent = no_node;
        NodeId last_child = no_node;
        std::size_t nodes = 0, marks = 0, faults = 0, blocks = 0, block_used = 0;
    };
    /// To be come back to after children of `parent`, and what hangs below them, have been appended, and nothing else.
    [[nodiscard]] Standing standing(NodeId parent) const;
    /// Drops what was appended since, with its texts, marks and faults. Ids and texts of before stay as they are.
    void return_to(const Standing& before);

private:
    struct Mark
    {
        NodeId node = no_node;
        std::string_view text;
    };
    void put_mark(const Mark& mark);
    void put_at_line(Node& node, std::uint32_t line, std::uint32_t column)
    {
        node.is_at_line = marked_ = true;
        node.offset = line;
        node.end = column;
    }
    [[nodiscard]] const Mark* find_mark(NodeId id) const;

    std::vector<Node> nodes_;
    std::vector<Mark> marks_;  ///< By node.
    bool marked_ = false;      ///< Some node has a mark.
    std::unordered_map<NodeId, Problem> faults_;
    std::optional<Conversion> conversion_;
    std::deque<std::string> blocks_;
    std::size_t block_used_ = 0;
    std::string_view document_;
    bool shown_ = false;  ///< The document is the caller's.
};

}  // namespace lienthong
