/// What a fuzz target asks of reading record by record: the same records as whole reading, or a refusal where that refuses.
#pragma once

#include "hub/ports/format.hpp"
#include "tests/fuzz/promise.hpp"

#include <string>
#include <vector>

namespace fuzz {

using namespace lienthong;

inline void write_shape(const Tree& tree, NodeId id, std::string& out)
{
    const Tree::Node& node = tree.node(id);
    out += std::to_string(static_cast<int>(node.kind)) + "{" + std::string(node.name) + "|" + std::string(node.space) + "|" + std::string(node.text);
    for (NodeId child = node.first_child; child != no_node; child = tree.node(child).next)
        write_shape(tree, child, out);
    out += "}";
}

/// Place, own bytes and all that hangs below a record, one text each.
class Written final : public RecordSink
{
public:
    void begin(const Tree& tree) override { tree_ = &tree; }
    bool record(NodeId record) override
    {
        records.push_back(written(*tree_, record));
        return true;
    }

    static std::string written(const Tree& tree, NodeId record)
    {
        std::string out = tree.place(record) + " " + std::string(tree.source(record)) + " ";
        if (const Problem* fault = tree.fault(record))
            out += fault->code + fault->place + " ";
        const std::string_view name = tree.node(record).name;
        write_shape(tree, record, out);
        return out + std::string(name);
    }

    std::vector<std::string> records;

private:
    const Tree* tree_ = nullptr;
};

/// The records that the path leads to, as mappings walk it.
inline void gather(const Tree& tree, NodeId node, const std::vector<RecordPath::Step>& steps, std::size_t step, std::vector<std::string>& out)
{
    if (step == steps.size()) {
        out.push_back(Written::written(tree, node));
        return;
    }
    const bool list = tree.node(node).kind == NodeKind::array;
    std::size_t index = 0;
    for (NodeId id = tree.node(node).first_child; id != no_node; id = tree.node(id).next, ++index) {
        if (tree.node(id).kind == NodeKind::attribute)
            continue;
        if (steps[step].all || (list ? std::to_string(index) : std::string(tree.node(id).name)) == steps[step].name)
            gather(tree, id, steps, step + 1, out);
    }
}

inline void check_streamed(const Format& format, std::string_view input, const RecordPath& path, const FormatLimits& limits, const Result<Tree>& whole,
                           std::size_t piece, const Layout& layout = {})
{
    MemorySource source(input, piece);
    Written records;
    const auto streamed = format.stream(source, path, layout, limits, records);
    if (!whole) {
        require(!streamed.ok(), "what is refused whole is refused record by record", input);
        return;
    }
    if (!streamed) {
        const std::string& code = streamed.problem().code;
        require(code == "format.not_streamed" || code == "format.too_many_nodes", "what is read whole is read record by record",
                streamed.problem().sentence());
        return;
    }
    std::vector<std::string> expected;
    const bool elements = whole->node(root_node).kind == NodeKind::element;
    if (elements && !path.steps.front().all && whole->node(root_node).name != path.steps.front().name)
        require(records.records.empty(), "no records where the root is another");
    else
        gather(*whole, root_node, path.steps, elements ? 1 : 0, expected);
    require(expected.size() == records.records.size(), "as many records", input);
    for (std::size_t i = 0; i < expected.size(); ++i)
        require(expected[i] == records.records[i], "the same records", expected[i] + "\n" + records.records[i]);
}

}  // namespace fuzz
