#include "hub/flow/document_acts.hpp"

#include "hub/text/organ_code.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

constexpr std::chrono::minutes clocks_apart{10};

bool is_act_on(const DispatchedDocument& one, const std::string& document)
{
    return one.about == document && (one.business != Business::status || one.code == "13");
}

}  // namespace

std::string_view act_name(const DispatchedDocument& act)
{
    return act.business == Business::status ? "taking_back" : to_text(act.business);
}

std::vector<ActAnswer> answers_of(const DispatchedDocument& act, std::span<const RecipientState> told)
{
    const std::string since = to_text(act.made_at - clocks_apart).substr(0, 19);
    std::vector<ActAnswer> out;
    for (const std::string& code : act.to) {
        ActAnswer& one = out.emplace_back(ActAnswer{text::newer_organ_code(code), std::nullopt});
        for (const RecipientState& state : told) {
            if (state.recipient != one.recipient)
                continue;
            for (const StatusTold& status : state.history)
                if ((status.code == "15" || status.code == "16") && status.at.compare(0, 19, since) >= 0)
                    one.answer = status;
        }
    }
    return out;
}

Result<std::vector<ActStanding>> acts_on(const Dispatch& dispatch, const Store& store, const DispatchedDocument& document,
                                         std::span<const RecipientState> states)
{
    auto packages = dispatch.about(document.document);
    if (!packages)
        return packages.problem();
    std::vector<ActStanding> out;
    for (DispatchedDocument& one : *packages) {
        if (one.flow != document.flow || !is_act_on(one, document.document))
            continue;
        std::vector<RecipientState> told(states.begin(), states.end());
        if (one.document != document.document) {
            // A replacement is agreed to under its own identity or that of what it replaces.
            auto own = recipient_states(store, one.document, one.to);
            if (!own)
                return own.problem();
            told.insert(told.end(), own->begin(), own->end());
        }
        auto answers = answers_of(one, told);
        out.push_back({std::move(one), std::move(answers)});
    }
    return out;
}

std::vector<std::string> recipients_now(const DispatchedDocument& document, std::span<const DispatchedDocument> packages)
{
    std::vector<std::string> out = document.to;
    for (const DispatchedDocument& one : packages) {
        if (one.business != Business::update || one.about != document.document || one.state == DeliveryState::failed)
            continue;
        for (const std::string& code : one.to)
            if (std::find(out.begin(), out.end(), code) == out.end())
                out.push_back(code);
        std::erase_if(out, [&](const std::string& code) {
            return std::find(one.removed.begin(), one.removed.end(), code) != one.removed.end();
        });
    }
    return out;
}

}  // namespace lienthong::flow
