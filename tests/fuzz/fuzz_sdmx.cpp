/// Fuzz target: any bytes as SDMX in each of its three forms. What is read has the common shape, and every observation a place.
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/fuzz/streamed.hpp"

#include <set>

namespace {

using namespace lienthong;
using fuzz::require;

FormatLimits small_limits()
{
    FormatLimits limits;
    limits.depth = 16;
    limits.nodes = 2'000;
    limits.attributes = 16;
    return limits;
}

void check_observation(const Tree& tree, NodeId id, std::set<std::string>& places)
{
    require(tree.node(id).kind == NodeKind::object, "an observation is an object");
    require(!tree.place(id).empty() && places.insert(tree.place(id)).second, "each has a place of its own", tree.place(id));
    std::set<std::string_view> names;
    for (NodeId member = tree.node(id).first_child; member != no_node; member = tree.node(member).next)
        require(names.insert(tree.node(member).name).second, "no component stands twice", tree.node(member).name);
    if (const Problem* fault = tree.fault(id))
        require(fault->code.starts_with("format.sdmx.") && !fault->place.empty(), "a fault has a code and a place", fault->code);
}

void check(const Format& format, std::string_view input, const FormatLimits& limits)
{
    const auto read = format.read(input, limits);
    if (!read) {
        require(read.problem().code.starts_with("format."), "a refusal has a code of its room", read.problem().code);
        return;
    }
    const Tree& tree = *read;
    require(tree.size() <= limits.nodes, "no more nodes than allowed");
    const NodeId dataset = tree.child(root_node, "dataset"), list = tree.child(root_node, "observations");
    require(dataset != no_node && tree.node(dataset).kind == NodeKind::object, "there is a dataset");
    require(list != no_node && tree.node(list).kind == NodeKind::array, "there are observations");
    std::set<std::string> places;
    for (NodeId id = tree.node(list).first_child; id != no_node; id = tree.node(id).next)
        check_observation(tree, id, places);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const FormatLimits limits = small_limits();
    check(adapters::SdmxCsvFormat(), input, limits);
    check(adapters::SdmxJsonFormat(), input, limits);
    check(adapters::SdmxMlFormat(), input, limits);
    const RecordPath observations{{{.name = "observations"}, {.all = true}}};
    const adapters::SdmxCsvFormat csv;
    const adapters::SdmxMlFormat ml;
    const adapters::SdmxJsonFormat json;
    for (const Format* format : {static_cast<const Format*>(&csv), static_cast<const Format*>(&ml), static_cast<const Format*>(&json)})
        fuzz::check_streamed(*format, input, observations, limits, format->read(input, limits), 1 + size % 7);
    return 0;
}
