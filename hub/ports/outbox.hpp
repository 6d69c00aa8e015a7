/// Outbox: what was served anew, leaf by leaf, on its way to a partner, with every attempt on record before its bytes leave.
#pragma once

#include "hub/model/fact_version.hpp"
#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

enum class DeliveryState : std::uint8_t {
    pending,     ///< Not tried, or to be tried again after `not_before`.
    attempting,  ///< Attempt k has begun; found so after a crash, its outcome is unknown.
    unknown,     ///< Bytes may have arrived; the partner must be asked before anything is sent again.
    delivered,
    failed,      ///< The partner refused for good.
    ask_person,  ///< Neither side can tell; a person decides.
};
[[nodiscard]] std::string_view to_text(DeliveryState state);

struct OutboxItem
{
    std::int64_t id = 0;
    std::string flow;
    LeafId leaf = 0;  ///< What is told is what came to be served under it: one datum, one telling; or the facts it told.
    DeliveryState state = DeliveryState::pending;
    std::uint32_t attempts = 0;
    Time not_before{};
    std::string receipt;  ///< What the partner answered, kept as evidence.
    std::string problem;  ///< The last failure, one sentence; or what a person decided.
    std::optional<Time> begun_at{};  ///< When the last attempt began.
    /// The part of the leaf's facts it is: their versions, up to before the second; 0 and 0 for all of them.
    FactVersionId facts_from = 0, facts_below = 0;
    std::string about{};  ///< The key of the first fact of a part.
};

/// What an item may not overtake while an older one is not finished: a partner must not be told an old value after a new one.
enum class KeptInOrder : std::uint8_t {
    figures,  ///< Items with a figure in common.
    reports,  ///< Items with a period and agency in common, because each tells the whole report.
};

/// Every call is thread-safe and durable when it returns.
class Outbox
{
public:
    virtual ~Outbox() = default;
    /// Adds every leaf with log index below `sealed` under which another revision came to be served (of an outbox of facts:
    /// that told a version of one of its kind) and that has no item for `flow` yet. What flow `except` told itself is no
    /// reason; what is served again because of it is one. `only`: indicators of which at least one must be among what is
    /// served; empty for any. `most_facts`, of an outbox of facts: a leaf that told more gives several items, so that each has
    /// its own attempts and its own end; 0 for one item. Returns how many were added.
    [[nodiscard]] virtual Result<std::size_t> enqueue(const std::string& flow, const std::string& except, std::uint64_t sealed,
                                                      Time now, const std::vector<std::string>& only = {}, std::size_t most_facts = 0) = 0;
    /// The leaf up to which all that `flow` had to tell has come to its end, for whoever must not come before it.
    [[nodiscard]] virtual Result<LeafId> finished_through(const std::string& flow) const = 0;
    /// The oldest item of the flow that is due and not finished, attempting and unknown ones included, and overtakes none
    /// it must not.
    [[nodiscard]] virtual Result<std::optional<OutboxItem>> next(const std::string& flow, Time now,
                                                                 KeptInOrder order = KeptInOrder::figures) const = 0;
    /// When the first of the flow's unfinished items that are not due falls due; nothing where all are, or there is none.
    [[nodiscard]] virtual Result<std::optional<Time>> falls_due(const std::string& flow, Time now) const = 0;
    [[nodiscard]] virtual Result<void> begin_attempt(std::int64_t id, Time now) = 0;
    [[nodiscard]] virtual Result<void> finish_attempt(std::int64_t id, DeliveryState state, const std::string& receipt,
                                                      const std::string& problem, Time not_before) = 0;
    /// What a person says became of an item that failed or was left to a person: delivered; failed, for good; or pending,
    /// to be sent again. `why` is kept as its problem. Fails with: store.outbox_unknown; store.outbox_state for an item the
    /// hub still attends to; store.outbox_overtaken for one to be sent again behind a newer one it must not overtake.
    [[nodiscard]] virtual Result<void> decide(std::int64_t id, DeliveryState state, const std::string& why, Time now,
                                              KeptInOrder order = KeptInOrder::figures) = 0;
    [[nodiscard]] virtual Result<std::optional<OutboxItem>> item(std::int64_t id) const = 0;
    /// Of one flow, or of all where it is empty; newest first.
    [[nodiscard]] virtual Result<std::vector<OutboxItem>> items(const std::string& flow, std::size_t limit) const = 0;
    /// How many items of the flow stand in each state, in the order of DeliveryState.
    [[nodiscard]] virtual Result<std::vector<std::int64_t>> standing(const std::string& flow) const = 0;
};

}  // namespace lienthong
