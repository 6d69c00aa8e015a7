/// Fuzz target: any bytes as JSON with JSON in texts. Whatever stands in a text, the members around it stay those that they were.
#include "adapters/formats/json/json_format.hpp"
#include "hub/process/json_texts.hpp"
#include "tests/fuzz/promise.hpp"

namespace {

using namespace lienthong;
using fuzz::require;

const adapters::JsonFormat json_format;

Result<Tree> read_strictly(sdk::AnswerForm, std::string_view bytes)
{
    FormatLimits limits;
    limits.depth = 24;
    limits.nodes = 5'000;
    return json_format.read(bytes, limits);
}

/// A member as it was read alone, and as it stands in the whole.
void check_member(const Tree& alone, NodeId before, const Tree& whole, NodeId after)
{
    require(alone.node(before).name == whole.node(after).name, "members keep their names and order", alone.node(before).name);
    if (alone.source(before) == whole.source(after))
        return;
    require(alone.node(before).kind == NodeKind::text, "only texts are read again", alone.source(before));
    require(whole.node(after).kind == NodeKind::object || whole.node(after).kind == NodeKind::array, "as an object or a list",
            whole.source(after));
    const auto text = read_strictly(sdk::AnswerForm::json, alone.node(before).text);
    require(text.ok() && text->source(root_node) == whole.source(after), "a text is what stands in it", whole.source(after));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    std::string unreadable;
    const auto whole = process::read_json_texts(read_strictly, input, unreadable);
    const auto alone = read_strictly(sdk::AnswerForm::json, input);
    require(alone.ok() || !whole.ok(), "what is no JSON is none with its texts", input);
    if (!whole)
        return 0;
    require(alone->node(root_node).kind == whole->node(root_node).kind, "the document stays what it is", input);
    if (alone->node(root_node).kind != NodeKind::object)
        return 0;
    NodeId before = alone->node(root_node).first_child, after = whole->node(root_node).first_child;
    for (; before != no_node && after != no_node; before = alone->node(before).next, after = whole->node(after).next)
        check_member(*alone, before, *whole, after);
    require(before == no_node && after == no_node, "no member comes or goes", input);
    return 0;
}
