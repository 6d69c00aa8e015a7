// Plays the host for a connector.
#include "tests/golden/player.hpp"

#include "tests/golden/readable_request.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::golden {
namespace {

sdk::Step failed(std::string code, std::string detail)
{
    sdk::Step step;
    step.failure = sdk::Failure{sdk::FailureClass::transient, std::move(code), std::move(detail), {}, 0};
    return step;
}

}  // namespace

Record Player::play()
{
    if (golden_.polls)
        cursor_ = golden_.start_text;
    return run(golden_.start);
}

Record Player::poll_again()
{
    sdk::Event start;
    start.what = sdk::Poll{cursor_};
    return run(start);
}

Record Player::run(sdk::Event start)
{
    record_ = {};
    next_.clear();
    const std::string cursor = cursor_;
    if (auto* poll = std::get_if<sdk::Poll>(&start.what))
        poll->cursor = cursor;
    bool going = keep(tell(start.what, form_of(start)), false);
    while (going && !next_.empty()) {
        const sdk::Request request = std::move(next_.front());
        next_.pop_front();
        going = keep(carry_out(request), false);
    }
    return std::move(record_);
}

sdk::AnswerForm Player::form_of(const sdk::Event& start) const
{
    if (const auto* called = std::get_if<sdk::Called>(&start.what))
        for (const sdk::Route& route : machine_.description().routes)
            if (route.name == called->request.route)
                return route.form;
    return sdk::AnswerForm::none;
}

sdk::Moment Player::moment()
{
    char nonce[33];
    std::snprintf(nonce, sizeof nonce, "%032zx", ++events_);
    return {golden_.now_millis, nonce};
}

sdk::Step Player::tell(What what, sdk::AnswerForm form)
{
    return machine_.handle(sdk::Event{moment(), std::move(what)}, form);
}

bool Player::fail(const sdk::Failure& failure)
{
    record_.failures.push_back({record_.asked.size(), failure});
    return false;
}

sdk::Arrived Player::arrival(const std::string& source_id, const std::string& bytes)
{
    const bool same = journal_.count({source_id, bytes}) > 0;
    const bool other = !source_id.empty() && std::any_of(journal_.begin(), journal_.end(), [&](const auto& held) {
        return held.first == source_id && held.second != bytes;
    });
    const auto declared = golden_.arrived.find(source_id);
    journal_.emplace(source_id, bytes);
    if (same)
        return sdk::Arrived::duplicate;
    if (declared != golden_.arrived.end())
        return declared->second;
    return other ? sdk::Arrived::conflict : sdk::Arrived::fresh;
}

bool Player::keep(sdk::Step step, bool from_journaled)
{
    if (step.credential)
        record_.credentials.push_back(step.credential->name);
    record_.names.insert(record_.names.end(), step.names.begin(), step.names.end());
    if (step.delivery)
        record_.delivery = step.delivery;
    if (step.inventory) {
        sdk::Inventory& all = record_.inventory ? *record_.inventory : record_.inventory.emplace();
        all.listed.insert(all.listed.end(), step.inventory->listed.begin(), step.inventory->listed.end());
        all.counted.insert(all.counted.end(), step.inventory->counted.begin(), step.inventory->counted.end());
        all.covers.insert(all.covers.end(), step.inventory->covers.begin(), step.inventory->covers.end());
    }
    for (const sdk::Request& request : step.requests)
        (from_journaled ? record_.asked_by_journaled : record_.asked_otherwise).insert(readable(request));

    struct Item
    {
        std::string what, context;
        sdk::Arrived arrived;
    };
    std::vector<Item> items;
    if (!step.payloads.empty() || !step.set_aside.empty() || step.cursor) {
        if (accepts_ && !accepts_(++entries_))
            return fail({sdk::FailureClass::transient, "journal.full", "the journal takes nothing", {}, 0});
        for (const sdk::Payload& payload : step.payloads)
            items.push_back({payload.source_id.empty() ? payload.context : payload.source_id, payload.context,
                             arrival(payload.source_id, payload.bytes)});
        for (const sdk::SetAside& item : step.set_aside)
            items.push_back(
                {item.source_id.empty() ? item.context : item.source_id, item.context, arrival(item.source_id, item.bytes)});
        if (step.cursor) {
            cursor_ = *step.cursor;
            record_.cursors.push_back(cursor_);
        }
        record_.payloads.insert(record_.payloads.end(), step.payloads.begin(), step.payloads.end());
        record_.set_aside.insert(record_.set_aside.end(), step.set_aside.begin(), step.set_aside.end());
    }
    if (step.response)
        record_.response = step.response;
    std::deque<sdk::Request> following;
    for (const Item& item : items) {
        const sdk::Step acknowledging = tell(sdk::Journaled{item.context, item.arrived}, sdk::AnswerForm::none);
        record_.acknowledged.push_back({item.what, item.arrived, acknowledging.requests.size()});
        for (const sdk::Request& request : acknowledging.requests)
            record_.asked_by_journaled.insert(readable(request));
        if (acknowledging.response)
            record_.response = acknowledging.response;
        if (acknowledging.failure)
            return fail(*acknowledging.failure);
        following.insert(following.end(), acknowledging.requests.begin(), acknowledging.requests.end());
    }
    following.insert(following.end(), step.requests.begin(), step.requests.end());
    next_.insert(next_.begin(), following.begin(), following.end());
    return step.failure ? fail(*step.failure) : !step.delivery;
}

sdk::Step Player::ask(const sdk::Request& request)
{
    record_.asked.push_back(readable(request));
    record_.requests.push_back(request);
    const std::size_t number = record_.asked.size();
    const auto answer = peer_(number, record_.asked.back());
    if (!answer)
        return failed("transport.unknown", "the exchange was lost");
    sdk::Reply reply;
    reply.context = request.context;
    reply.answer.status = answer->status;
    reply.answer.headers = answer->headers;
    reply.answer.body = answer->body;
    sdk::Step step = tell(std::move(reply), request.answer);
    record_.step_after[number] = step;
    return step;
}

sdk::Step Player::acquire(const std::string& name)
{
    sdk::Step step = tell(sdk::Acquire{name}, sdk::AnswerForm::none);
    while (!step.failure && !step.credential && !step.requests.empty()) {
        const sdk::Request request = step.requests.front();
        record_.asked_otherwise.insert(readable(request));
        step = ask(request);
    }
    if (step.credential) {
        credentials_.insert(step.credential->name);
        record_.credentials.push_back(step.credential->name);
    } else if (!step.failure) {
        step = failed("no_credential", "the connector brought no credential '" + name + "'");
    }
    return step;
}

sdk::Step Player::carry_out(const sdk::Request& request)
{
    for (int attempt = 0;; ++attempt) {
        for (const std::string& name : credentials_of(request)) {
            if (credentials_.count(name) > 0)
                continue;
            sdk::Step step = acquire(name);
            if (step.failure)
                return step;
        }
        sdk::Step step = ask(request);
        const bool expired = step.failure && step.failure->kind == sdk::FailureClass::auth && !step.failure->credential.empty();
        // Every credential of a case is new, so what may be something else than the credential is something else.
        if (expired && (step.delivery || !step.requests.empty())) {
            step.failure.reset();
            return step;
        }
        if (!expired || attempt > 0)
            return step;
        (void)fail(*step.failure);
        credentials_.erase(step.failure->credential);
    }
}

}  // namespace lienthong::golden
