// The ways in: a push, what a connector brings, a replay, and what an earlier run left in the journal.
#include "hub/flow/intake.hpp"

#include "hub/flow/intake_work.hpp"
#include "hub/seal/digest.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace lienthong::flow {

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

}  // namespace lienthong::flow
