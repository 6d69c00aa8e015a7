// Format "xml".
#include "adapters/formats/xml/xml_format.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xml/xml_builder.hpp"
#include "adapters/formats/xml/xml_stream.hpp"

#include <utility>

namespace lienthong::adapters {

Result<Tree> XmlFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    Tree tree;
    XmlTarget target{.tree = tree};
    if (const auto built = build_xml(bytes, limits, target); !built)
        return built.problem();
    return tree;
}

Result<void> XmlFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                               RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    XmlRecordPath path;
    for (const RecordPath::Step& step : records.steps)
        path.push_back(step.all ? std::vector<std::string>{} : std::vector<std::string>{step.name});
    return stream_xml(source, path, limits, target_of(sink));
}

}  // namespace lienthong::adapters
