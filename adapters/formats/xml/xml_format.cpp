// Format "xml".
#include "adapters/formats/xml/xml_format.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xml/xml_builder.hpp"

namespace lienthong::adapters {

Result<Tree> XmlFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    Tree tree;
    XmlTarget target{tree, no_node, 0, {}, {}, {}};
    if (const auto built = build_xml(bytes, limits, target); !built)
        return built.problem();
    return tree;
}

}  // namespace lienthong::adapters
