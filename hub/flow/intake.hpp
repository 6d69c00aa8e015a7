/// Intake: the one way in. Journals messages, carries each through the workshop into the store, and answers.
///
/// A message is acknowledged only once it is on stable storage; whatever then happens to its worker, it ends
/// in the store with a verdict for every record, or stays in the journal and is taken up again at the next start.
#pragma once

#include "hub/flow/route.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/journal.hpp"
#include "hub/ports/store.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/thread_pool.hpp>

namespace lienthong::flow {

/// The content type of an item a connector set aside; its attributes hold {"why": …}.
inline constexpr const char* set_aside_content_type = "application/vnd.lienthong.set-aside";

/// Runs one encoded workshop job in a worker process; the answer is an encoded outcome.
using AskWorkshop = std::function<void(std::string job, std::function<void(Result<std::string>)> done)>;

struct IntakeParts
{
    std::shared_ptr<Journal> journal;
    std::shared_ptr<Store> store;
    std::shared_ptr<Clock> clock;
    AskWorkshop workshop;
    Store::Render told;   ///< What the sender is told; kept with the submission, so that a repeated push gets the same bytes.
    std::function<void()> applied;  ///< Told after every submission that reached the store; wakes the sealer.
};

/// Every call is thread-safe.
class Intake
{
public:
    struct Taken
    {
        Applied applied;
        Arrival arrival = Arrival::fresh;
        MessageId message = 0;
    };
    using Done = std::function<void(Result<Taken>)>;
    using JournaledDone = std::function<void(Result<std::vector<Journaled>>)>;

    explicit Intake(IntakeParts parts, std::size_t most_in_flight = 64);
    ~Intake();
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    /// One pushed message: journaled and mapped side by side, applied once both are done.
    /// Fails with: journal.*, store.*, push.key_reused (same key, other bytes), flow.busy, push.kept (it is on stable
    /// storage and waits for a worker; sent again under its key it is answered).
    void push(Message message, Route route, Done done);

    /// Messages of a connector with the cursor that follows them. `journaled` runs once they are durable; their
    /// way into the store goes on behind it.
    void append(JournalEntry entry, Route route, JournaledDone journaled);

    /// Runs a journaled message again over its quarantined records. Fails with: journal.*, store.*.
    void replay(MessageId message, Route route, Done done);

    /// Takes up journaled messages that the store does not have and that are not on their way, as many as there is
    /// room for, oldest first. Returns how many. Never waits.
    /// `route_of` returns nothing for a flow that is no longer configured; its messages stay waiting.
    /// Called at the start and now and then after it.
    [[nodiscard]] Result<std::size_t> recover(const std::function<std::optional<Route>(const Message& message)>& route_of);

    /// True while new messages should be held back.
    [[nodiscard]] bool is_busy() const { return in_flight_.load() >= most_in_flight_; }
    [[nodiscard]] std::size_t in_flight() const { return in_flight_.load(); }
    /// When the intake last took a step (a message journaled, mapped or applied); for the health check.
    [[nodiscard]] Time last_step() const { return Time(std::chrono::microseconds(last_step_micros_.load())); }
    /// Waits until nothing is in flight.
    void drain();

private:
    struct Work;
    void map(const std::shared_ptr<Work>& work);
    void mapped(const std::shared_ptr<Work>& work, Result<std::string> outcome);
    /// False when another carries the message already; then this one has joined it and is done with.
    bool queue_up(const std::shared_ptr<Work>& work);
    void leave_queue(const std::shared_ptr<Work>& work);
    void give_back(const std::shared_ptr<Work>& work, const Problem& problem);
    void apply_when_ready(const std::shared_ptr<Work>& work);
    void apply(const std::shared_ptr<Work>& work);
    void finish(const std::shared_ptr<Work>& work, Result<Applied> applied);
    void step();
    void carry(Message message, const Route& route, Done done);

    IntakeParts parts_;
    std::size_t most_in_flight_;
    std::atomic<std::size_t> in_flight_{0};
    std::atomic<std::int64_t> last_step_micros_{0};
    std::mutex mutex_;
    std::condition_variable idle_;
    std::map<MessageId, std::vector<Done>> waiting_for_;  ///< Repeats of a message still on its way.
    /// By flow and sender, what is journaled and not yet handed to the store. A later word of a sender must not be
    /// overtaken by an earlier one that took longer to map.
    std::map<std::pair<std::string, std::string>, std::map<MessageId, std::shared_ptr<Work>>> queues_;
    boost::asio::thread_pool compute_{2};
};

}  // namespace lienthong::flow
