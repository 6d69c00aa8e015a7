// Reads JSON that stands inside a text of a JSON document.
#include "hub/process/json_texts.hpp"

namespace lienthong::process {
namespace {

bool begins_like_a_document(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

}  // namespace

Result<Tree> read_json_texts(const ReadDocument& read, std::string_view body, std::string& unreadable)
{
    Result<Tree> outer = read(sdk::AnswerForm::json, body);
    if (!outer || outer->empty() || outer->node(root_node).kind != NodeKind::object)
        return outer;
    const std::string_view document = outer->document();
    std::string whole;
    std::size_t copied = 0;
    for (NodeId at = outer->node(root_node).first_child; at != no_node; at = outer->node(at).next) {
        const Tree::Node& member = outer->node(at);
        if (member.kind != NodeKind::text || !begins_like_a_document(member.text))
            continue;
        // Read alone first: put into the document unread, `1},"code":{` would be members of ours.
        const auto inner = read(sdk::AnswerForm::json, member.text);
        if (!inner) {
            const Problem& why = inner.problem();
            unreadable = "the text of '" + std::string(member.name) + "' is no JSON: ";
            unreadable += (why.place.empty() ? "" : why.place + ": ") + why.detail;
            continue;
        }
        whole.append(document, copied, member.offset - copied).append(member.text);
        copied = member.end;
    }
    if (copied == 0)
        return outer;
    whole.append(document, copied);
    return read(sdk::AnswerForm::json, whole);
}

}  // namespace lienthong::process
