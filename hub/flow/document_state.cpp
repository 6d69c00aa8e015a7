// Sorts what was told.
#include "hub/flow/document_state.hpp"

#include "hub/text/organ_code.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace lienthong::flow {
namespace {

struct Status
{
    std::string_view code;
    int rank;  ///< How far along, among those of one moment.
    StatusMeaning meaning;
};

constexpr std::array statuses = {
    Status{"01", 1, {"đã đến", "arrived"}},
    Status{"03", 2, {"đã tiếp nhận", "accepted"}},
    Status{"04", 3, {"đã phân công", "assigned"}},
    Status{"05", 4, {"đang xử lý", "being processed"}},
    Status{"02", 5, {"từ chối nhận", "refused"}},
    Status{"06", 6, {"đã hoàn thành", "finished"}},
    Status{"13", 7, {"bên gửi yêu cầu lấy lại", "the sender asks to take it back"}},
    Status{"16", 8, {"từ chối lấy lại hoặc cập nhật", "taking back or updating refused"}},
    Status{"15", 9, {"đồng ý lấy lại hoặc cập nhật", "taking back or updating agreed"}},
};

const Status* find(std::string_view code)
{
    const auto* it = std::find_if(statuses.begin(), statuses.end(), [code](const Status& status) { return status.code == code; });
    return it == statuses.end() ? nullptr : it;
}

int rank_of(std::string_view code)
{
    const Status* status = find(code);
    return status == nullptr ? 0 : status->rank;
}

RecipientState& state_for(std::vector<RecipientState>& states, const std::string& code)
{
    const auto it = std::find_if(states.begin(), states.end(), [&](const RecipientState& state) { return state.recipient == code; });
    return it == states.end() ? states.emplace_back(RecipientState{code, {}}) : *it;
}

}  // namespace

std::string field(const Fact& fact, std::string_view name)
{
    for (const auto& [key, value] : fact.fields)
        if (key == name)
            return value;
    return {};
}

StatusMeaning meaning_of(std::string_view code)
{
    const Status* status = find(code);
    return status == nullptr ? StatusMeaning{} : status->meaning;
}

std::vector<RecipientState> states_of(std::span<const std::string> to, std::span<const Fact> facts)
{
    std::vector<RecipientState> out;
    for (const std::string& code : to)
        state_for(out, text::newer_organ_code(code));
    for (const Fact& fact : facts) {
        StatusTold told{field(fact, "recipient"), field(fact, "code"), field(fact, "at"), field(fact, "reason")};
        state_for(out, told.recipient).history.push_back(std::move(told));
    }
    for (RecipientState& state : out)
        std::stable_sort(state.history.begin(), state.history.end(), [](const StatusTold& a, const StatusTold& b) {
            return std::make_tuple(std::string_view(a.at), rank_of(a.code)) < std::make_tuple(std::string_view(b.at), rank_of(b.code));
        });
    return out;
}

Result<std::vector<Fact>> facts_about(const Store& store, const std::string& kind, const std::string& document)
{
    constexpr std::size_t page = 500;
    const std::string prefix = document + '|';
    std::vector<Fact> facts;
    for (std::string after = prefix;;) {
        auto found = store.facts(kind, after, page);
        if (!found)
            return found.problem();
        for (Fact& fact : *found) {
            if (!fact.key.starts_with(prefix))
                return facts;
            facts.push_back(std::move(fact));
        }
        if (found->size() < page)
            return facts;
        after = facts.back().key;
    }
}

Result<std::vector<RecipientState>> recipient_states(const Store& store, const std::string& document, std::span<const std::string> to)
{
    const auto facts = facts_about(store, status_fact, document);
    if (!facts)
        return facts.problem();
    return states_of(to, *facts);
}

}  // namespace lienthong::flow
