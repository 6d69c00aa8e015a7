/// Fuzz target: any bytes as lines of JSON. A line is read exactly when it is a document of its own, and never twice.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/fuzz/streamed.hpp"

#include <algorithm>

namespace {

using namespace lienthong;
using fuzz::require;

FormatLimits small_limits()
{
    FormatLimits limits;
    limits.depth = 24;
    limits.nodes = 5'000;
    return limits;
}

void check_line(const Tree& tree, NodeId id, std::string_view line, std::size_t number)
{
    const auto alone = adapters::JsonFormat().read(line, FormatLimits{.depth = 24});
    const Problem* fault = tree.fault(id);
    require(alone.ok() == (fault == nullptr), "a line is read when it is a document", line);
    require(tree.place(id) == std::to_string(number) + ":1", "a line has its place", tree.place(id));
    if (fault == nullptr) {
        require(alone->node(root_node).kind == tree.node(id).kind, "and is what it is alone", line);
        require(line.find(tree.source(id)) != std::string_view::npos, "and has its bytes", line);
        return;
    }
    require(fault->code == alone.problem().code, "a fault is the one it has alone", fault->code);
    require(fault->place == std::to_string(number) + alone.problem().place.substr(1), "where it is alone", fault->place);
    require(tree.node(id).first_child == no_node && tree.source(id) == line, "nothing is left of a bad line", line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const FormatLimits limits = small_limits();
    const auto read = adapters::NdjsonFormat().read(input, limits);
    fuzz::check_streamed(adapters::NdjsonFormat(), input, RecordPath{{{.all = true}}}, limits, read, 1 + size % 7);
    if (!read) {
        require(read.problem().code == "format.too_many_nodes", "one line never sinks the others", read.problem().code);
        return 0;
    }
    require(read->size() <= limits.nodes, "no more nodes than allowed");
    NodeId next = read->node(root_node).first_child;
    std::size_t number = 0;
    for (std::size_t at = 0; at < input.size();) {
        const std::size_t end = std::min(input.find('\n', at), input.size());
        const std::string_view line = input.substr(at, end - at);
        ++number;
        at = end + 1;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        require(next != no_node, "every line that is not blank is a record", line);
        check_line(*read, next, line, number);
        next = read->node(next).next;
    }
    require(next == no_node, "and nothing else is");
    return 0;
}
