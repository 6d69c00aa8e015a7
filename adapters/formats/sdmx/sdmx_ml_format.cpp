// Format "sdmx-ml": the XML as a tree, reshaped.
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"

#include "adapters/formats/sdmx/sdmx_ml_reader.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "adapters/formats/xml/xml_stream.hpp"

#include <utility>

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

bool SdmxMlFormat::streams(const RecordPath& records, const Layout& /*layout*/) const
{
    return records.steps == std::vector<RecordPath::Step>{{.name = "observations"}, {.all = true}};
}

Result<void> SdmxMlFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                  RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    const XmlRecordPath series = {{"StructureSpecificData", "StructureSpecificTimeSeriesData"}, {"DataSet"}, {"Series", "Obs"}};
    SdmxTree out(limits);
    SdmxMlReader reader(out);
    bool done = false;
    const auto take = [&](Tree& xml, NodeId record) -> std::optional<Problem> {
        if (auto problem = reader.take(xml, record))
            return problem;
        for (NodeId id = out.first_observation(); id != no_node && !done; id = out.tree().node(id).next)
            done = !sink.record(id);
        out.let_go();
        return std::nullopt;
    };
    const auto begin = [&](Tree& xml) -> std::optional<Problem> {
        if (auto problem = reader.begin(xml))
            return problem;
        out.hold();
        sink.begin(out.tree());
        return std::nullopt;
    };
    return stream_xml(source, series, limits, {.begin = begin, .record = take, .is_done = [&] { return done; }});
}

}  // namespace lienthong::adapters
