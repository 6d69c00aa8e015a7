// lienthong document list: how what was sent stands with everybody it went to.
#include "hub/cli/document.hpp"

#include "hub/cli/opened.hpp"
#include "hub/flow/document_acts.hpp"
#include "hub/flow/document_json.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

/// How an act is called, for people.
const char* act_words(const DispatchedDocument& act)
{
    switch (act.business) {
        case Business::recall:
            return "thu hồi / recall";
        case Business::update:
            return "cập nhật / update";
        case Business::replacement:
            return "thay thế / replacement";
        case Business::fresh:
        case Business::status:
            break;
    }
    return "đề nghị lấy lại / asked back";
}

void print_status(const std::string& recipient, const flow::StatusTold& told)
{
    const flow::StatusMeaning meaning = flow::meaning_of(told.code);
    std::printf("%s: %s %s / %s  (%s)%s%s\n", recipient.c_str(), told.code.c_str(), std::string(meaning.vi).c_str(),
                std::string(meaning.en).c_str(), told.at.c_str(), told.reason.empty() ? "" : ": ", told.reason.c_str());
}

void print_act(const flow::ActStanding& one)
{
    std::printf("    #%lld  %s  %s  (%s)%s%s: %s\n", static_cast<long long>(one.act.id), act_words(one.act),
                std::string(to_text(one.act.state)).c_str(), to_text(one.act.made_at).c_str(),
                one.act.business == Business::replacement ? "  " : "",
                one.act.business == Business::replacement ? one.act.document.c_str() : "", one.act.reason.c_str());
    if (!one.act.problem.empty())
        std::printf("      %s\n", one.act.problem.c_str());
    for (const flow::ActAnswer& answer : one.answers)
        if (answer.answer) {
            std::printf("      ");
            print_status(answer.recipient, *answer.answer);
        } else {
            std::printf("      %s: chưa trả lời / no answer yet\n", answer.recipient.c_str());
        }
}

void print_document(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states,
                    const std::vector<flow::ActStanding>& acts)
{
    std::printf("#%lld  %s  %s  (%s, %u lần gửi / attempts)\n    %s\n", static_cast<long long>(one.id), one.document.c_str(),
                std::string(to_text(one.state)).c_str(), to_text(one.made_at).c_str(), one.attempts, one.subject.c_str());
    if (!one.problem.empty())
        std::printf("    %s\n", one.problem.c_str());
    for (const flow::RecipientState& state : states) {
        std::printf("    ");
        if (const flow::StatusTold* now = state.now())
            print_status(state.recipient, *now);
        else
            std::printf("%s: chưa có phản hồi / nothing came back\n", state.recipient.c_str());
    }
    for (const flow::ActStanding& act : acts)
        print_act(act);
}

void print_document_json(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states,
                         const std::vector<flow::ActStanding>& acts)
{
    JsonWriter out;
    out.begin_object();
    flow::write_document(out, one, states, acts);
    std::printf("%s\n", out.end_object().take().c_str());
}

bool needs_somebody(const DispatchedDocument& one)
{
    return one.state == DeliveryState::failed || one.state == DeliveryState::ask_person;
}

bool needs_somebody(const DispatchedDocument& one, const std::vector<flow::RecipientState>& states,
                    const std::vector<flow::ActStanding>& acts)
{
    const auto refused = [](const flow::RecipientState& state) { return state.now() != nullptr && state.now()->code == "02"; };
    const auto not_agreed = [](const flow::ActAnswer& answer) { return answer.answer && answer.answer->code == "16"; };
    return needs_somebody(one) || std::any_of(states.begin(), states.end(), refused) ||
           std::any_of(acts.begin(), acts.end(), [&](const flow::ActStanding& act) {
               return needs_somebody(act.act) || std::any_of(act.answers.begin(), act.answers.end(), not_agreed);
           });
}

/// The statuses told of documents that came in. Whether somebody has to act.
bool print_statuses(const Common& common, const std::vector<DispatchedDocument>& statuses)
{
    bool wrong = false;
    for (const DispatchedDocument& one : statuses) {
        wrong |= needs_somebody(one);
        if (common.json) {
            JsonWriter out;
            out.begin_object();
            flow::write_told_status(out, one);
            std::printf("%s\n", out.end_object().take().c_str());
            continue;
        }
        const flow::StatusMeaning meaning = flow::meaning_of(one.code);
        std::printf("#%lld  %s  %s %s / %s → %s  %s  (%s)%s%s\n", static_cast<long long>(one.id), one.document.c_str(),
                    one.code.c_str(), std::string(meaning.vi).c_str(), std::string(meaning.en).c_str(), one.to.front().c_str(),
                    std::string(to_text(one.state)).c_str(), to_text(one.made_at).c_str(), one.reason.empty() ? "" : ": ",
                    one.reason.c_str());
        if (!one.problem.empty())
            std::printf("    %s\n", one.problem.c_str());
    }
    if (!common.json)
        std::printf("%zu shown\n", statuses.size());
    return wrong;
}

}  // namespace

int document_list(const Common& common, const DocumentOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto dispatch = open_dispatch(opened->settings);
    const auto documents = !dispatch      ? Result<std::vector<DispatchedDocument>>(dispatch.problem())
                           : options.told ? (*dispatch)->newest_statuses(options.limit)
                                          : (*dispatch)->newest(options.limit);
    if (!documents) {
        print_problems({documents.problem()}, common.json);
        return not_done;
    }
    if (options.told)
        return print_statuses(common, *documents) ? found_wrong : done;
    bool wrong = false;
    for (const DispatchedDocument& one : *documents) {
        const auto states = flow::recipient_states(*opened->data.store, one.document, one.to);
        const auto acts = states ? flow::acts_on(**dispatch, *opened->data.store, one, *states)
                                 : Result<std::vector<flow::ActStanding>>(states.problem());
        if (!acts) {
            print_problems({acts.problem()}, common.json);
            return not_done;
        }
        common.json ? print_document_json(one, *states, *acts) : print_document(one, *states, *acts);
        wrong |= needs_somebody(one, *states, *acts);
    }
    if (!common.json)
        std::printf("%zu shown\n", documents->size());
    return wrong ? found_wrong : done;
}

}  // namespace lienthong::cli
