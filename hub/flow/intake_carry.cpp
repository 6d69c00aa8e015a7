// The way of one journaled message through the workshop into the store, in the order of its sender's messages.
#include "hub/flow/intake_work.hpp"
#include "hub/flow/leaf.hpp"
#include "hub/flow/reconciled_message.hpp"
#include "hub/flow/step_messages.hpp"

#include <boost/asio/post.hpp>

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

void Intake::map(const std::shared_ptr<Work>& work)
{
    if (work->message.content_type == set_aside_content_type) {
        Verdict verdict;
        verdict.excerpt = shortened(work->message.payload, excerpt_bytes);
        verdict.problems.push_back(Problem{"connector.set_aside", why_set_aside(work->message), work->message.source_id, {}, {}, {}});
        {
            std::lock_guard lock(work->mutex);
            work->outcome.emplace().verdicts.push_back(std::move(verdict));
        }
        apply_when_ready(work);
        return;
    }
    if (work->message.source == reconciled_source) {
        {
            std::lock_guard lock(work->mutex);
            work->outcome = read_reconciled(work->message.payload);
        }
        apply_when_ready(work);
        return;
    }
    workshop::Job job;
    job.mapping = work->route.mapping;
    job.content_type = work->message.content_type;
    job.payload = work->message.payload;
    job.scope = work->route.scope;
    job.scope.today = local_day(parts_.clock->now());
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
        // Why there is no worker is the operator's affair, who replays; to a sender it says nothing.
        work->kept_back = work->replay ? problem
                                       : Problem{.code = "push.kept",
                                                 .detail = "the message is kept, and no worker could look at it yet",
                                                 .expected = "the same message again, under the same key"};
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
    application.report = work->route.report;
    set_leaf(application, work->message.digest);
    parts_.store->apply(std::move(application), parts_.told,
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
