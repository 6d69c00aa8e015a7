/// How a document stands with each body it was sent to, by the status packages that came back.
///
/// Packages come late, twice and out of order, and systems skip steps, so all of them are kept; the latest by its own time is how it
/// stands, and of two of one moment the one that is further along.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/ports/store.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// Kind of the facts that mappings make of status packages; its fields are those of StatusTold.
inline constexpr const char* status_fact = "document_status";

struct StatusTold
{
    std::string recipient;  ///< In the newer form of codes.
    std::string code;       ///< "01" to "06", "13", "15", "16"
    std::string at;         ///< RFC 3339, +07:00
    std::string reason;     ///< May be empty.
};

struct RecipientState
{
    std::string recipient;
    std::vector<StatusTold> history;  ///< By time, the last is how it stands; empty where nothing came back.
    [[nodiscard]] const StatusTold* now() const { return history.empty() ? nullptr : &history.back(); }
};

/// What a status means, for people; empty for a code that is none. QĐ 28/2018/QĐ-TTg.
struct StatusMeaning
{
    std::string_view vi, en;
};
[[nodiscard]] StatusMeaning meaning_of(std::string_view code);

/// Each recipient of `to` once, in that order, in the newer form of its code; behind them whoever else told something. Thread-safe.
[[nodiscard]] std::vector<RecipientState> states_of(std::span<const std::string> to, std::span<const Fact> facts);

/// Every fact of a kind whose key begins with the DocumentId and '|'. Fails with: store.*.
[[nodiscard]] Result<std::vector<Fact>> facts_about(const Store& store, const std::string& kind, const std::string& document);
/// A field of a fact; empty where it is not there.
[[nodiscard]] std::string field(const Fact& fact, std::string_view name);

/// The same from the store's facts. Fails with: store.*.
[[nodiscard]] Result<std::vector<RecipientState>> recipient_states(const Store& store, const std::string& document,
                                                                   std::span<const std::string> to);

}  // namespace lienthong::flow
