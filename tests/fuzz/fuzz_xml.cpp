/// Fuzz target: any bytes as XML and as edXML. What is read is well-formed to libxml2's tree builder as well.
#include "adapters/formats/edxml/edxml_format.hpp"
#include "adapters/formats/edxml/header_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "tests/fuzz/promise.hpp"
#include "tests/fuzz/streamed.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

namespace {

using namespace lienthong;
using fuzz::require;

FormatLimits small_limits()
{
    FormatLimits limits;
    limits.depth = 16;
    limits.nodes = 2'000;
    limits.attributes = 8;
    return limits;
}

void check_refusal(const Problem& problem, std::string_view input)
{
    require(problem.code.starts_with("format."), "a refusal has a code of its room", problem.code);
    require(problem.code == "format.too_large" || problem.place.find(':') != std::string::npos, "a refusal has a place", input);
}

void check_tree(const Tree& tree, const FormatLimits& limits, std::string_view input)
{
    require(!tree.empty() && tree.size() <= limits.nodes + 1, "no more nodes than allowed", input);
    for (NodeId id = 0; id < tree.size(); ++id) {
        const Tree::Node& node = tree.node(id);
        require(node.kind == NodeKind::element || node.kind == NodeKind::attribute, "only elements and attributes", input);
        require(!node.name.empty(), "every node has a name", input);
        require(id == root_node || node.parent < id, "parents come first", input);
        std::size_t depth = 0;
        for (NodeId at = id; at != no_node; at = tree.node(at).parent)
            ++depth;
        require(depth <= limits.depth + 1, "no deeper than allowed, an attribute's own level apart", input);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const FormatLimits limits = small_limits();
    const auto read = adapters::XmlFormat().read(input, limits);
    for (const auto& path : {RecordPath{{{.name = "a"}, {.name = "b"}}}, RecordPath{{{.all = true}, {.all = true}}},
                             RecordPath{{{.all = true}, {.all = true}, {.name = "b"}}}})
        fuzz::check_streamed(adapters::XmlFormat(), input, path, limits, read, 1 + size % 7);
    if (read) {
        check_tree(read.value(), limits, input);
        const std::size_t mark = input.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        for (NodeId id = 0; id < read.value().size(); ++id)
            require(input[mark + read.value().node(id).offset] == '<', "a node begins at its tag", input);
        xmlDoc* document = xmlReadMemory(input.data(), static_cast<int>(size), nullptr, nullptr,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        require(document != nullptr, "what we read is XML to libxml2", input);
        xmlFreeDoc(document);
    } else {
        check_refusal(read.problem(), input);
    }
    if (const auto header = adapters::EdxmlHeaderFormat().read(input, limits))
        check_tree(header.value(), limits, input);
    else
        check_refusal(header.problem(), input);
    const auto package = adapters::EdxmlFormat().read(input, limits);
    if (!package) {
        check_refusal(package.problem(), input);
        return 0;
    }
    require(read.ok(), "a package is XML", input);
    check_tree(package.value(), limits, input);
    require(package.value().size() >= read.value().size(), "a package loses nothing", input);
    return 0;
}
