/// The linear look at an XML document before libxml2 sees it: bounds everything that can make it slow or large.
#pragma once

#include "hub/ports/format.hpp"

#include <cstddef>
#include <string_view>

namespace lienthong::adapters {

/// What was used up already by the document around this one.
struct XmlBudget
{
    std::size_t depth = 0;
    std::size_t nodes = 0;
};

/// More namespace declarations than this in scope at once make prefix look-ups slow; real documents have a handful.
inline constexpr std::size_t namespaces_in_scope = 128;

/// The number of elements and attributes. Fails with the codes of XmlFormat; place is set. Time is linear in the size.
/// Whoever passes has: UTF-8 without NUL, no `<!` but comments and CDATA, known entities only, bounded depth,
/// attributes and nodes. Well-formedness is libxml2's business.
[[nodiscard]] Result<std::size_t> scan_xml(std::string_view document, const FormatLimits& limits, const XmlBudget& used);

}  // namespace lienthong::adapters
