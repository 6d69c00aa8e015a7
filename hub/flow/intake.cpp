// The way of a message from the journal through the workshop into the store.
#include "hub/flow/intake.hpp"

#include "hub/flow/leaf.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <boost/asio/post.hpp>

#include <optional>
#include <utility>

namespace lienthong::flow {
namespace {

constexpr std::size_t excerpt_bytes = 4096;

/// No worker was there to look at the message: nothing is known about it, so it goes on waiting.
bool says_nothing_about_the_message(const Problem& problem)
{
    return problem.code == "process.queue_full" || problem.code == "process.worker_flapping" || problem.code == "process.worker_start" ||
           problem.code == "process.stopped";
}

}  // namespace

struct Intake::Work
{
    Message message;
    Route route;
    Done done;
    bool replay = false;
    bool workshop_tried_before = false;
    std::mutex mutex;
    std::optional<workshop::Outcome> outcome;
    std::optional<Problem> kept_back;  ///< Why no worker looked at it; it stays in the journal.
    bool journaled = false;
    enum class Stage : std::uint8_t {
        open,     ///< Journal and workshop may both still speak.
        stopped,  ///< The journal did not take it, or had it already: the workshop's outcome is not used.
        applying, ///< With the store; nobody may apply it again.
    } stage = Stage::open;
};

Intake::Intake(IntakeParts parts, std::size_t most_in_flight) : parts_(std::move(parts)), most_in_flight_(most_in_flight)
{
    step();
}

Intake::~Intake()
{
    drain();
    compute_.join();
}

void Intake::step()
{
    last_step_micros_ = parts_.clock->now().time_since_epoch().count();
}

void Intake::drain()
{
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return in_flight_.load() == 0; });
}

void Intake::push(Message message, Route route, Done done)
{
    if (is_busy()) {
        done(Problem{"flow.busy", "too many submissions are on their way", {}, std::to_string(in_flight_.load()), "try again shortly"});
        return;
    }
    auto work = std::make_shared<Work>();
    work->message = std::move(message);
    work->message.digest = seal::sha256_hex(work->message.payload);
    work->route = std::move(route);
    work->done = std::move(done);
    ++in_flight_;

    JournalEntry entry;
    entry.messages.push_back(work->message);
    entry.keep_conflicts = false;
    parts_.journal->append(std::move(entry), [this, work](Result<std::vector<Journaled>> result) {
        step();
        if (!result.ok()) {
            {
                std::lock_guard lock(work->mutex);
                work->stage = Work::Stage::stopped;
            }
            finish(work, result.problem());
            return;
        }
        const Journaled journaled = result->front();
        if (journaled.arrival == Arrival::fresh) {
            {
                std::lock_guard lock(work->mutex);
                work->message.id = journaled.id;
                work->journaled = true;
            }
            queue_up(work);
            apply_when_ready(work);
            return;
        }
        {
            std::lock_guard lock(work->mutex);
            work->stage = Work::Stage::stopped;
        }
        if (journaled.arrival == Arrival::conflict) {
            finish(work, Problem{"push.key_reused", "this Idempotency-Key was used before with other bytes",
                                 "Idempotency-Key", work->message.source_id, "a new key for new content"});
            return;
        }
        // A repeat: join the first one if it is still on its way, else give its kept answer again.
        {
            std::lock_guard lock(mutex_);
            const auto it = waiting_for_.find(journaled.id);
            if (it != waiting_for_.end()) {
                it->second.push_back(std::move(work->done));
                work->done = nullptr;
            }
        }
        if (!work->done) {
            finish(work, Problem{"flow.joined", "joined the first of this key", {}, {}, {}});
            return;
        }
        boost::asio::post(compute_, [this, work, journaled] {
            const auto row = parts_.store->submission_of(journaled.id);
            if (!row.ok()) {
                finish(work, row.problem());
                return;
            }
            if (!row->has_value()) {
                // Journaled by an earlier run that ended before it was applied: carry it on from here.
                {
                    std::lock_guard lock(work->mutex);
                    work->stage = Work::Stage::open;
                    work->message.id = journaled.id;
                    work->journaled = true;
                }
                if (queue_up(work))
                    apply_when_ready(work);
                return;
            }
            Applied applied;
            applied.submission = (*row)->id;
            applied.earlier = true;
            applied.counts = (*row)->counts;
            applied.answer = (*row)->answer;
            Done answer_to = std::move(work->done);
            work->done = nullptr;
            answer_to(Taken{std::move(applied), Arrival::duplicate, journaled.id});
            finish(work, Problem{"flow.joined", "answered again", {}, {}, {}});
        });
    });
    map(work);
}

void Intake::append(JournalEntry entry, Route route, JournaledDone journaled)
{
    for (Message& message : entry.messages)
        message.digest = seal::sha256_hex(message.payload);
    auto messages = std::make_shared<std::vector<Message>>(entry.messages);
    parts_.journal->append(std::move(entry), [this, messages, route = std::move(route),
                                              journaled = std::move(journaled)](Result<std::vector<Journaled>> result) {
        step();
        if (result.ok())
            for (std::size_t i = 0; i < messages->size(); ++i) {
                const Journaled& one = (*result)[i];
                if (one.arrival == Arrival::duplicate)
                    continue;
                (*messages)[i].id = one.id;
                carry(std::move((*messages)[i]), route, nullptr);
            }
        journaled(std::move(result));
    });
}

void Intake::carry(Message message, const Route& route, Done done)
{
    auto work = std::make_shared<Work>();
    work->message = std::move(message);
    work->route = route;
    work->done = std::move(done);
    work->journaled = true;
    ++in_flight_;
    if (queue_up(work))
        map(work);
}

bool Intake::queue_up(const std::shared_ptr<Work>& work)
{
    {
        std::lock_guard lock(mutex_);
        const auto [waiting, is_new] = waiting_for_.try_emplace(work->message.id);
        if (is_new) {
            queues_[{work->message.flow, work->message.sender}].emplace(work->message.id, work);
            return true;
        }
        // Somebody else carries this message already (taken up after a crash, and pushed again meanwhile).
        if (work->done)
            waiting->second.push_back(std::move(work->done));
        work->done = nullptr;
        std::lock_guard of_work(work->mutex);
        work->stage = Work::Stage::stopped;
        work->journaled = false;
    }
    finish(work, Problem{"flow.joined", "joined the one on its way", {}, {}, {}, {}});
    return false;
}

void Intake::leave_queue(const std::shared_ptr<Work>& work)
{
    std::shared_ptr<Work> next;
    {
        std::lock_guard lock(mutex_);
        const auto queue = queues_.find({work->message.flow, work->message.sender});
        const auto place = queue == queues_.end() ? decltype(queue->second.begin()){} : queue->second.find(work->message.id);
        if (queue == queues_.end() || place == queue->second.end() || place->second != work)
            return;
        queue->second.erase(place);
        if (queue->second.empty())
            queues_.erase(queue);
        else
            next = queue->second.begin()->second;
    }
    if (next)
        apply_when_ready(next);
}

void Intake::replay(MessageId id, Route route, Done done)
{
    auto message = parts_.journal->read(id);
    if (!message.ok()) {
        done(message.problem());
        return;
    }
    auto work = std::make_shared<Work>();
    work->message = std::move(message).value();
    work->route = std::move(route);
    work->done = std::move(done);
    work->journaled = true;
    work->replay = true;
    ++in_flight_;
    map(work);
}

Result<std::size_t> Intake::recover(const std::function<std::optional<Route>(const Message&)>& route_of)
{
    std::size_t taken = 0;
    MessageId after = 0;
    for (;;) {
        const auto ids = parts_.journal->unapplied(after, 256);
        if (!ids.ok())
            return ids.problem();
        if (ids->empty())
            return taken;
        for (const MessageId id : *ids) {
            after = id;
            {
                std::lock_guard lock(mutex_);
                if (waiting_for_.contains(id))
                    continue;
            }
            const auto row = parts_.store->submission_of(id);
            if (!row.ok())
                return row.problem();
            if (row->has_value()) {
                parts_.journal->mark_applied({id});
                continue;
            }
            auto message = parts_.journal->read(id);
            if (!message.ok())
                return message.problem();
            const auto route = route_of(*message);
            if (!route)
                continue;
            if (is_busy())
                return taken;
            carry(std::move(message).value(), *route, nullptr);
            ++taken;
        }
    }
}

void Intake::map(const std::shared_ptr<Work>& work)
{
    if (work->message.content_type == set_aside_content_type) {
        Verdict verdict;
        verdict.excerpt = shortened(work->message.payload, excerpt_bytes);
        verdict.problems.push_back(Problem{"connector.set_aside", work->message.attributes, work->message.source_id, {}, {}, {}});
        {
            std::lock_guard lock(work->mutex);
            work->outcome.emplace().verdicts.push_back(std::move(verdict));
        }
        apply_when_ready(work);
        return;
    }
    workshop::Job job;
    job.mapping = work->route.mapping;
    job.content_type = work->message.content_type;
    job.payload = work->message.payload;
    job.scope = work->route.scope;
    parts_.workshop(workshop::encode(job), [this, work](Result<std::string> outcome) {
        boost::asio::post(compute_, [this, work, outcome = std::move(outcome)]() mutable { mapped(work, std::move(outcome)); });
    });
}

void Intake::mapped(const std::shared_ptr<Work>& work, Result<std::string> outcome)
{
    step();
    Result<workshop::Outcome> decoded =
        outcome.ok() ? workshop::decode_outcome(*outcome) : Result<workshop::Outcome>(outcome.problem());
    if (!decoded.ok() && says_nothing_about_the_message(decoded.problem())) {
        give_back(work, decoded.problem());
        return;
    }
    if (!decoded.ok() && !work->workshop_tried_before) {
        // A worker may have died for a reason outside this message; only a second death is held against it.
        work->workshop_tried_before = true;
        map(work);
        return;
    }
    if (!decoded.ok()) {
        Verdict set_aside;
        set_aside.problems.push_back(decoded.problem());
        set_aside.excerpt = shortened(work->message.payload, excerpt_bytes);
        workshop::Outcome poison;
        poison.verdicts.push_back(std::move(set_aside));
        decoded = std::move(poison);
    }
    {
        std::lock_guard lock(work->mutex);
        work->outcome = std::move(decoded).value();
    }
    apply_when_ready(work);
}

void Intake::give_back(const std::shared_ptr<Work>& work, const Problem& problem)
{
    {
        std::lock_guard lock(work->mutex);
        work->kept_back = problem;
    }
    apply_when_ready(work);
}

void Intake::apply_when_ready(const std::shared_ptr<Work>& work)
{
    {
        std::lock_guard queues(mutex_);
        const auto queue = queues_.find({work->message.flow, work->message.sender});
        const bool is_first = work->replay || (queue != queues_.end() && queue->second.begin()->second == work);
        std::lock_guard lock(work->mutex);
        if (work->stage != Work::Stage::open || !work->journaled || (!work->outcome && !work->kept_back) || !is_first)
            return;
        work->stage = work->outcome ? Work::Stage::applying : Work::Stage::stopped;
    }
    boost::asio::post(compute_, [this, work] {
        if (work->outcome)
            apply(work);
        else
            finish(work, *work->kept_back);
    });
}

void Intake::apply(const std::shared_ptr<Work>& work)
{
    Application application;
    application.message = work->message.id;
    application.replay = work->replay;
    application.mode = work->route.mode;
    application.flow = work->route.flow;
    application.connector = work->route.connector;
    application.sender = work->message.sender;
    application.catalogue_digest = std::move(work->outcome->catalogue_digest);
    application.mapping_digest = std::move(work->outcome->mapping_digest);
    application.received_at = work->message.received_at;
    application.applied_at = parts_.clock->now();
    application.verdicts = std::move(work->outcome->verdicts);
    set_leaf(application, work->message.digest);
    parts_.store->apply(std::move(application), parts_.answer,
                        [this, work](Result<Applied> applied) { finish(work, std::move(applied)); });
    leave_queue(work);
}

void Intake::finish(const std::shared_ptr<Work>& work, Result<Applied> applied)
{
    step();
    leave_queue(work);
    std::vector<Done> joined;
    if (work->journaled && !work->replay) {
        std::lock_guard lock(mutex_);
        const auto it = waiting_for_.find(work->message.id);
        if (it != waiting_for_.end()) {
            joined = std::move(it->second);
            waiting_for_.erase(it);
        }
    }
    if (applied.ok()) {
        parts_.journal->mark_applied({work->message.id});
        if (parts_.applied)
            parts_.applied();
        for (const Done& done : joined)
            done(Taken{*applied, Arrival::duplicate, work->message.id});
        if (work->done)
            work->done(Taken{std::move(*applied), Arrival::fresh, work->message.id});
    } else {
        if (work->done)
            work->done(applied.problem());
        for (const Done& done : joined)
            done(applied.problem());
    }
    std::lock_guard lock(mutex_);
    --in_flight_;
    idle_.notify_all();
}

}  // namespace lienthong::flow
