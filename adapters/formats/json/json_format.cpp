// Format "json": one document, one text.
#include "adapters/formats/json/json_format.hpp"

#include "adapters/formats/json/json_reader.hpp"
#include "adapters/formats/json/json_stream.hpp"
#include "adapters/formats/place/place.hpp"

#include <utility>

namespace lienthong::adapters {
namespace {

Problem begins_with_mark(std::string_view document)
{
    Problem problem;
    problem.code = "format.bom";
    problem.detail = "the document begins with a byte order mark";
    return placed(std::move(problem), document, 0);
}

}  // namespace

Result<Tree> JsonFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    if (bytes.starts_with(byte_order_mark))
        return begins_with_mark(bytes);
    Tree tree;
    const std::string_view document = tree.keep_document(bytes);
    tree.reserve(most_json_nodes(document, limits));
    if (auto fault = JsonReader(tree, limits, 0).append(document, no_node, 0))
        return placed(std::move(fault->problem), document, fault->offset);
    return tree;
}

Result<void> JsonFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    JsonRecordPath items;
    for (std::size_t i = 0; i + 1 < records.steps.size(); ++i)
        items.levels.push_back(records.steps[i].all ? std::vector<std::string>{} : std::vector<std::string>{records.steps[i].name});
    return stream_json(source, items, limits, target_of(sink));
}

}  // namespace lienthong::adapters
