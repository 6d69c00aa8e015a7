// lienthong document list: how what was sent stands with everybody it went to.
#include "hub/cli/document.hpp"

#include "hub/cli/opened.hpp"
#include "hub/flow/document_json.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

void print_document(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states)
{
    std::printf("#%lld  %s  %s  (%s, %u lần gửi / attempts)\n    %s\n", static_cast<long long>(one.id), one.document.c_str(),
                std::string(to_text(one.state)).c_str(), to_text(one.made_at).c_str(), one.attempts, one.subject.c_str());
    if (!one.problem.empty())
        std::printf("    %s\n", one.problem.c_str());
    for (const flow::RecipientState& state : states) {
        const flow::StatusTold* now = state.now();
        if (now == nullptr) {
            std::printf("    %s: chưa có phản hồi / nothing came back\n", state.recipient.c_str());
            continue;
        }
        const flow::StatusMeaning meaning = flow::meaning_of(now->code);
        std::printf("    %s: %s %s / %s  (%s)%s%s\n", state.recipient.c_str(), now->code.c_str(), std::string(meaning.vi).c_str(),
                    std::string(meaning.en).c_str(), now->at.c_str(), now->reason.empty() ? "" : ": ", now->reason.c_str());
    }
}

void print_document_json(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states)
{
    JsonWriter out;
    out.begin_object();
    flow::write_document(out, one, states);
    std::printf("%s\n", out.end_object().take().c_str());
}

bool needs_somebody(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states)
{
    return one.state == DeliveryState::failed || one.state == DeliveryState::ask_person ||
           std::any_of(states.begin(), states.end(), [](const flow::RecipientState& state) { return state.now() != nullptr && state.now()->code == "02"; });
}

}  // namespace

int document_list(const Common& common, const DocumentOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto dispatch = open_dispatch(opened->settings);
    const auto documents = dispatch ? (*dispatch)->newest(options.limit) : Result<std::vector<DispatchedDocument>>(dispatch.problem());
    if (!documents) {
        print_problems({documents.problem()}, common.json);
        return not_done;
    }
    bool wrong = false;
    for (const DispatchedDocument& one : *documents) {
        const auto states = flow::recipient_states(*opened->data.store, one.document, one.to);
        if (!states) {
            print_problems({states.problem()}, common.json);
            return not_done;
        }
        common.json ? print_document_json(one, *states) : print_document(one, *states);
        wrong |= needs_somebody(one, *states);
    }
    if (!common.json)
        std::printf("%zu shown\n", documents->size());
    return wrong ? found_wrong : done;
}

}  // namespace lienthong::cli
