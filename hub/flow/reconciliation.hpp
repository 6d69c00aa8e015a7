/// Reconciliation (đối soát): what a source says it holds against what the hub took from it, item by item where the source lists
/// items, by counts where it does not. Pure; what it finds is a list a person can act on.
#pragma once

#include "hub/model/message.hpp"
#include "hub/sdk/connector.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// One message of the flow, with what became of its records.
struct Holding
{
    MessageId message = 0;
    std::string digest;
    bool applied = false;      ///< Its submission is in the store.
    std::int64_t refused = 0;  ///< Records in quarantine or returned.
    std::int64_t waiting = 0;  ///< Records mapped but not yet decided.
    bool withdrawn = false;    ///< Its figures were withdrawn since, and not put back.
};

/// What the facts of a kind add up to, as CountedItem asks for it.
struct FactSum
{
    std::string fact, prefix, field;

    friend auto operator<=>(const FactSum&, const FactSum&) = default;
};

/// What the hub holds of one flow.
struct Holdings
{
    std::map<std::string, std::vector<Holding>> messages;  ///< By source id, in the order they came; "" for those without.
    std::map<std::string, std::set<std::string>> facts;    ///< Keys by kind of fact.
    std::map<FactSum, std::string> sums;                   ///< Decimals.
};

struct Mismatch
{
    enum class Kind : std::uint8_t {
        absent,    ///< The source holds it, the hub never took it.
        other,     ///< The hub holds other bytes under this identity.
        waiting,   ///< Received, and not in the store yet.
        refused,   ///< In the store, but records of it were refused.
        unlisted,  ///< The hub took it, and the source, which lists all of its kind, does not list it.
        count,     ///< The numbers differ.
        sum,       ///< What they add up to differs.
        withdrawn, ///< The source holds it, and here its figures were withdrawn.
    };
    Kind kind = Kind::absent;
    std::string id;         ///< Source id, a fact's key, or the prefix that was counted.
    std::string fact;       ///< Kind of fact; empty for messages.
    std::string there;      ///< What the source says of it.
    std::string here;       ///< What the hub says of it.
    MessageId message = 0;  ///< The last one of this identity; 0 for none.
    std::string digest{};   ///< SHA-256 hex of the source's bytes; empty where it does not say.

    friend bool operator==(const Mismatch&, const Mismatch&) = default;
};
/// The enumerator's own name.
[[nodiscard]] std::string_view to_text(Mismatch::Kind kind);

struct Reconciliation
{
    std::size_t compared = 0;  ///< Items listed and numbers counted.
    std::size_t agreed = 0;
    std::vector<Mismatch> mismatches;  ///< Those of items in the source's order, then what it does not list, then counts.
};

/// How an item without an identity of the source's own is named: by its bytes.
[[nodiscard]] std::string name_of_bytes(const std::string& digest);

/// Each item the source lists is absent, of other bytes, waiting, refused, withdrawn or agrees; a message of a kind the inventory covers
/// that is not listed is unlisted. An item listed twice is compared once.
[[nodiscard]] Reconciliation reconcile(const sdk::Inventory& inventory, const Holdings& holdings);

}  // namespace lienthong::flow
