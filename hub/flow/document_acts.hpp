/// What was done to a document after it was sent: its recall, updates, replacement, the wish to have it back; and what its recipients
/// said to that.
#pragma once

#include "hub/flow/document_state.hpp"
#include "hub/ports/dispatch.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::flow {

struct ActAnswer
{
    std::string recipient;             ///< In the newer form of codes.
    std::optional<StatusTold> answer;  ///< 15 or 16, the last since it was asked; nothing while none came.
};

struct ActStanding
{
    DispatchedDocument act;
    std::vector<ActAnswer> answers;
};

/// "recall", "update", "replacement", "taking_back"
[[nodiscard]] std::string_view act_name(const DispatchedDocument& act);

/// What each recipient of `act` said, of what was `told`. Clocks of the axis's systems differ, so ten minutes before it count. Thread-safe.
[[nodiscard]] std::vector<ActAnswer> answers_of(const DispatchedDocument& act, std::span<const RecipientState> told);

/// Everything that was done to the document, oldest first. `states` are its own. Fails with: store.*. Thread-safe.
[[nodiscard]] Result<std::vector<ActStanding>> acts_on(const Dispatch& dispatch, const Store& store, const DispatchedDocument& document,
                                                       std::span<const RecipientState> states);

/// Who gets what is said of the document now: its recipients, as updates since changed them. `packages` are about the document,
/// oldest first; what a partner refused counts for nothing. Thread-safe.
[[nodiscard]] std::vector<std::string> recipients_now(const DispatchedDocument& document, std::span<const DispatchedDocument> packages);

}  // namespace lienthong::flow
