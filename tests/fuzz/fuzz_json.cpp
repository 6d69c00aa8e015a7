/// Fuzz target: any bytes as JSON. What is read means the same to Boost.JSON, and each node's own bytes mean the node.
#include "adapters/formats/json/json_format.hpp"
#include "hub/model/json_text.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/fuzz/streamed.hpp"

#include <boost/json/parse.hpp>

namespace {

using namespace lienthong;
using fuzz::require;

const adapters::JsonFormat json_format;

FormatLimits small_limits()
{
    FormatLimits limits;
    limits.depth = 24;
    limits.nodes = 5'000;
    return limits;
}

void check_refusal(const Problem& problem, std::string_view input)
{
    require(problem.code.starts_with("format."), "a refusal has a code of its room", problem.code);
    require(problem.code == "format.too_large" || problem.place.find(':') != std::string::npos, "a refusal has a place", input);
    require(problem.found.size() <= 210, "what was found is shortened", problem.found);
}

void check_node(const Tree& tree, NodeId id)
{
    const Tree::Node& node = tree.node(id);
    const std::string_view source = tree.source(id);
    require(!source.empty(), "every node has its bytes");
    if (node.parent != no_node) {
        require(node.parent < id, "parents come first");
        const Tree::Node& above = tree.node(node.parent);
        require(above.offset < node.offset && node.end < above.end, "a node lies inside its parent", source);
    }
    if (node.kind == NodeKind::number)
        require(source == node.text && is_json_number(node.text), "a number is its source text", source);
    if (node.kind == NodeKind::text)
        require(boost::json::parse(boost::json::string_view(source.data(), source.size())).as_string() ==
                    boost::json::string_view(node.text.data(), node.text.size()),
                "a text means what Boost.JSON says", source);
    require(static_cast<bool>(node.next == no_node || tree.node(node.next).offset >= node.end), "siblings do not overlap",
            source);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const FormatLimits limits = small_limits();
    const auto read = json_format.read(input, limits);
    for (const auto& path : {RecordPath{{{.all = true}}}, RecordPath{{{.name = "a"}, {.all = true}}}, RecordPath{{{.all = true}, {.all = true}}}})
        fuzz::check_streamed(json_format, input, path, limits, read, 1 + size % 7);
    if (!read) {
        check_refusal(read.problem(), input);
        return 0;
    }
    const Tree& tree = read.value();
    require(tree.document() == input, "the document is kept as it came");
    require(tree.size() <= limits.nodes, "no more nodes than allowed");
    for (NodeId id = 0; id < tree.size(); ++id)
        check_node(tree, id);
    boost::json::error_code error;
    boost::json::parse(boost::json::string_view(input.data(), input.size()), error);
    require(!error, "what we read is JSON to Boost", input);
    return 0;
}
