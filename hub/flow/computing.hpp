/// Computing: keeps the figures of every computation as the facts have it.
///
/// How far a computation has come is a number, the last version of a fact it looked at. Its figures are journaled together
/// with the next number, as a source's messages are with its cursor; from there they go the way of all messages. So a crash
/// finds a computation either before a change, and it is worked out again, or behind it with the figures on their way.
/// A computation or a catalogue that changed starts from the beginning; the store keeps what says the same.
#pragma once

#include "hub/flow/computed_message.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/standing.hpp"
#include "hub/ports/fact_history.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lienthong::flow {

/// The route of computed figures. The hub wrote their messages itself, so no worker has to read them. Thread-safe.
[[nodiscard]] Route computed_route(const std::string& area);
[[nodiscard]] AskWorkshop computed_workshop(std::shared_ptr<const catalogue::Catalogue> catalogue);

struct ComputingParts
{
    std::shared_ptr<FactHistory> facts;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<Store> store;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::vector<std::shared_ptr<const compute::Computation>> computations;
    std::string area;                    ///< Every figure must lie within it.
    std::size_t most_facts = 2'000'000;  ///< Of one computation.
    std::chrono::milliseconds pause{2000};
    std::function<void()> applied;  ///< Told after every submission that reached the store.
};

/// A figure that is stored otherwise than the facts have it.
struct Difference
{
    Observation computed;
    std::optional<Observation> stored;  ///< Nothing where it was never stored.
};

/// What working everything out from the beginning gives, held against the store.
struct Recomputed
{
    std::size_t figures = 0;
    std::size_t facts = 0;
    std::vector<Difference> differences;
    std::vector<Problem> set_aside;      ///< Facts nobody can say the group of.
    std::vector<compute::Figure> wrong;  ///< The figures of `differences`.
};

class Computing
{
public:
    explicit Computing(ComputingParts parts);
    ~Computing();
    Computing(const Computing&) = delete;
    Computing& operator=(const Computing&) = delete;

    /// Works on a thread of its own until stop().
    void start();
    void stop();
    /// The log; see Standing::tell.
    void log_to(Say say) { standing_.tell(std::move(say)); }
    /// "waiting" only where every fact there is has been looked at. Thread-safe.
    [[nodiscard]] FlowStanding standing() const;

    /// One look at every computation: what changed is worked out and journaled. Returns how many figures were. For tests
    /// and for whoever has no thread; not while one runs. Fails with: store.*, journal.*, compute.budget.
    [[nodiscard]] Result<std::size_t> round();
    /// Waits until everything journaled has reached the store, or says that it cannot.
    void drain() { intake_.drain(); }

    /// Works out everything from the facts as of where the computation has come, and compares. Changes nothing.
    [[nodiscard]] Result<Recomputed> recompute(const compute::Computation& computation) const;
    /// Tells what recompute() found wrong. Fails with: compute.moved where the computation has come further meanwhile.
    [[nodiscard]] Result<void> mend(const compute::Computation& computation, const Recomputed& found);

private:
    struct Line
    {
        std::shared_ptr<const compute::Computation> computation;
        std::unique_ptr<compute::Book> book;  ///< Null until it is read from the facts.
        FactVersionId through = 0;
        std::int64_t rounds = 0;
        std::string why;  ///< Why everything is worked out anew.
    };
    /// How far a computation has come, as its cursor says.
    struct Reach
    {
        FactVersionId through = 0;
        std::int64_t rounds = 0;
        bool holds = false;  ///< Of this computation and catalogue.
    };

    [[nodiscard]] Result<Reach> reach(const compute::Computation& computation) const;
    [[nodiscard]] std::string cursor(const compute::Computation& computation, FactVersionId through, std::int64_t rounds) const;
    [[nodiscard]] Result<void> put_all(compute::Book& book, const std::string& kind, FactVersionId through) const;
    [[nodiscard]] Result<void> know_what_was_told(compute::Book& book, const compute::Computation& computation) const;
    [[nodiscard]] Result<void> open(Line& line);
    [[nodiscard]] Result<std::size_t> look(Line& line);
    [[nodiscard]] Result<void> tell(const compute::Computation& computation, const std::vector<compute::Figure>& figures,
                                    const ComputedFrom& from, std::int64_t rounds, std::optional<CursorMove> move);
    /// Carries what was journaled earlier into the store. Fails with: flow.busy.
    [[nodiscard]] Result<void> finish_earlier();
    [[nodiscard]] Result<std::size_t> look_at_all();
    void run();

    ComputingParts parts_;
    Intake intake_;
    std::vector<Line> lines_;
    std::string set_aside_;                     ///< Of the last round, one sentence.
    std::atomic<FactVersionId> looked_at_{-1};  ///< By the last round that succeeded.
    Standing standing_{computed_flow, "compute", "in"};
    std::mutex mutex_;
    std::condition_variable condition_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::flow
