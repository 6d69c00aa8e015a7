/// Reconciliations: what each comparison of a flow with its source found, and what people did about it.
#pragma once

#include "hub/model/message.hpp"
#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

/// One thing of which the source and the hub do not say the same.
struct Difference
{
    std::string kind;       ///< A word of flow::to_text(Mismatch::Kind): "absent", "unlisted" …
    std::string id;         ///< The source's identity of the item, a fact's key, or the prefix that was counted.
    std::string fact;       ///< Kind of fact; empty for messages.
    std::string there;      ///< What the source says of it.
    std::string here;       ///< What the hub says of it.
    std::string digest;     ///< SHA-256 hex of the source's bytes; empty where it does not say.
    MessageId message = 0;  ///< The hub's last message of this identity; 0 for none.

    friend bool operator==(const Difference&, const Difference&) = default;
};

struct ReconciliationRun
{
    std::int64_t id = 0;  ///< 0 until it is kept.
    std::string flow;
    std::string since;  ///< A day, "2025-03-01".
    Time at{};
    std::string who;
    std::int64_t compared = 0, agreed = 0;
    std::string problem;  ///< Why the source could not be compared with; kept so, a run has nothing else.
    std::vector<Difference> differences;
    /// Of newest(): when the source could not be compared with since, for `problem`. Where it never could, `at` is that too.
    std::optional<Time> failed_at{};
};

/// Something somebody did about a difference. Never changed; a later one stands beside it.
struct ReconciliationAct
{
    std::int64_t id = 0;  ///< 0 until it is kept.
    std::string flow;
    std::string action;  ///< "fetch", "withdraw" or "accept".
    Difference over;     ///< As it stood.
    std::string reason, who;
    std::string outcome;  ///< One word: "fetched", "same", "restored", "withdrawn", "accepted", "missing", "no_figures".
    Time at{};
};

/// Kept durably, nothing deleted. Thread-safe, across processes.
class Reconciliations
{
public:
    virtual ~Reconciliations() = default;
    /// Its id. Each call fails as the adapter does.
    [[nodiscard]] virtual Result<std::int64_t> keep(const ReconciliationRun& run) = 0;
    /// The newest run of a flow that compared, and what has kept newer ones from it: what is open stays to be seen while a source is
    /// away. Nothing when nobody ever tried.
    [[nodiscard]] virtual Result<std::optional<ReconciliationRun>> newest(const std::string& flow) const = 0;
    /// The flows that were ever compared, by name.
    [[nodiscard]] virtual Result<std::vector<std::string>> flows() const = 0;
    [[nodiscard]] virtual Result<void> keep(const std::vector<ReconciliationAct>& acts) = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<ReconciliationAct>> acts(const std::string& flow, std::size_t limit) const = 0;
    /// The last acceptance of each item of a flow, for each kind of difference.
    [[nodiscard]] virtual Result<std::vector<ReconciliationAct>> acceptances(const std::string& flow) const = 0;
};

/// The acceptance a difference stands under: it holds until either side says something else.
[[nodiscard]] inline const ReconciliationAct* acceptance_of(const Difference& difference,
                                                            const std::vector<ReconciliationAct>& acceptances)
{
    for (const ReconciliationAct& act : acceptances)
        if (act.over == difference)
            return &act;
    return nullptr;
}

}  // namespace lienthong
