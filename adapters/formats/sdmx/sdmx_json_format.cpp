// Format "sdmx-json": the JSON as a tree, reshaped.
#include "adapters/formats/sdmx/sdmx_json_format.hpp"

#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/json/json_stream.hpp"
#include "adapters/formats/sdmx/sdmx_json_reader.hpp"

#include <utility>

namespace lienthong::adapters {

Result<Tree> SdmxJsonFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    const auto json = JsonFormat().read(bytes, layout, limits);
    if (!json)
        return json.problem();
    SdmxTree out(limits);
    SdmxJsonReader reader(out);
    if (auto problem = reader.begin(*json))
        return *std::move(problem);
    if (reader.members() != no_node)
        for (NodeId id = json->node(reader.members()).first_child; id != no_node; id = json->node(id).next)
            if (auto problem = reader.take(*json, id))
                return *std::move(problem);
    return out.take();
}

bool SdmxJsonFormat::streams(const RecordPath& records, const Layout& /*layout*/) const
{
    return records.steps == std::vector<RecordPath::Step>{{.name = "observations"}, {.all = true}};
}

Result<void> SdmxJsonFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                    RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    // Of every dataset, so that several are refused as such, however long they are.
    const JsonRecordPath members = {.levels = {{"data"}, {"dataSets"}, {}, {"series", "observations"}}, .members = true};
    SdmxTree out(limits);
    SdmxJsonReader reader(out);
    bool done = false;
    const auto take = [&](Tree& json, NodeId record) -> std::optional<Problem> {
        if (json.node(record).parent != reader.members())  // observations beside series
            return std::nullopt;
        if (auto problem = reader.take(json, record))
            return problem;
        for (NodeId id = out.first_observation(); id != no_node && !done; id = out.tree().node(id).next)
            done = !sink.record(id);
        out.let_go();
        return std::nullopt;
    };
    const auto begin = [&](Tree& json) -> std::optional<Problem> {
        if (auto problem = reader.begin(json))
            return problem;
        out.hold();
        sink.begin(out.tree());
        return std::nullopt;
    };
    return stream_json(source, members, limits, {.begin = begin, .record = take, .is_done = [&] { return done; }});
}

}  // namespace lienthong::adapters
