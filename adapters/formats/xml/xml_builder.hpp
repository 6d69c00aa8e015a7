/// Builds elements of a Tree out of an XML document; the part that "xml" and "edxml" share.
#pragma once

#include "hub/ports/format.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace lienthong::adapters {

/// Where the document's root goes and what happens on the way. A hook that returns a problem stops the reading;
/// an empty place is then filled with the place in the document.
struct XmlTarget
{
    Tree& tree;
    NodeId parent = no_node;
    std::size_t depth = 0;                                 ///< Levels above the root already.
    std::optional<std::uint32_t> fixed_offset{};             ///< For all nodes, where the bytes are no slice of the document.
    std::function<std::optional<Problem>(NodeId)> opened{};  ///< Element with its attributes, before its content.
    std::function<std::optional<Problem>(NodeId)> closed{};  ///< Element complete with its text; may append children.
    std::size_t outer = 0;  ///< Levels of the document that are in the tree already, `parent` the last: only what is below them is appended.
};

/// Scans, parses, appends. Fails with the codes of XmlFormat, place set.
[[nodiscard]] Result<void> build_xml(std::string_view bytes, const FormatLimits& limits, const XmlTarget& target);

}  // namespace lienthong::adapters
