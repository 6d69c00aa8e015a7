// Format "sdmx-ml": the XML as a tree, reshaped.
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"

#include "adapters/formats/sdmx/sdmx_ml_reader.hpp"
#include "adapters/formats/xml/xml_format.hpp"

namespace lienthong::adapters {

Result<Tree> SdmxMlFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    const auto xml = XmlFormat().read(bytes, limits);
    if (!xml)
        return xml.problem();
    SdmxTree out(limits);
    SdmxMlReader reader(out);
    if (auto problem = reader.begin(*xml))
        return *std::move(problem);
    for (NodeId id = xml->node(reader.dataset()).first_child; id != no_node; id = xml->node(id).next)
        if (auto problem = reader.take(*xml, id))
            return *std::move(problem);
    return out.take();
}

}  // namespace lienthong::adapters
