#include "hub/flow/fetching.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/reconciliation.hpp"
#include "hub/flow/step_messages.hpp"
#include "hub/seal/digest.hpp"

#include <deque>
#include <set>
#include <utility>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;
using Outcome = Result<std::vector<Journaled>>;

/// One way through a source's answers, for as many items as are wanted.
class Fetching
{
public:
    Fetching(Exchange& exchange, Intake& intake, const FetchOrder& order, Fetched& out)
        : exchange_(exchange), intake_(intake), order_(order), out_(out)
    {
    }

    awaitable<void> follow(sdk::Step step, std::set<std::string> wanted)
    {
        std::deque<sdk::Request> next;
        std::string reply;
        for (;;) {
            co_await keep(step, reply, wanted, next);
            if (step.failure)
                out_.failure = step.failure;
            if (out_.failure || next.empty() || wanted.empty())
                break;
            sdk::Request request = std::move(next.front());
            next.pop_front();
            Carried carried = co_await exchange_.carry_out(std::move(request));
            step = std::move(carried.step);
            reply = std::move(carried.reply);
        }
        // What is journaled is acknowledged even where the rest failed; a refused acknowledgement is asked for again by the flow.
        while (!acknowledgements_.empty()) {
            sdk::Request request = std::move(acknowledgements_.front());
            acknowledgements_.pop_front();
            Carried carried = co_await exchange_.carry_out(std::move(request));
            if (carried.step.failure && !out_.failure)
                out_.failure = carried.step.failure;
        }
    }

private:
    struct Kept
    {
        std::string name, context;
    };

    /// Takes what is wanted out of a step's items.
    template <class Item>
    void choose(std::vector<Item>& items, const std::string& reply, std::set<std::string>& wanted, std::vector<Message>& messages,
                std::vector<Kept>& kept) const
    {
        for (Item& item : items) {
            const std::string name = item.source_id.empty() ? name_of_bytes(seal::sha256_hex(item.bytes)) : item.source_id;
            if (wanted.erase(name) == 0)
                continue;
            kept.push_back({name, item.context});
            messages.push_back(message_from(item, reply));
        }
    }

    static Message message_from(sdk::Payload& item, const std::string& reply) { return message_of(item, reply); }
    static Message message_from(sdk::SetAside& item, const std::string&) { return message_of(item); }

    awaitable<void> keep(sdk::Step& step, const std::string& reply, std::set<std::string>& wanted, std::deque<sdk::Request>& next)
    {
        JournalEntry entry;
        entry.states_now = true;
        std::vector<Kept> kept;
        choose(step.payloads, reply, wanted, entry.messages, kept);
        choose(step.set_aside, reply, wanted, entry.messages, kept);
        next.insert(next.end(), std::make_move_iterator(step.requests.begin()), std::make_move_iterator(step.requests.end()));
        if (entry.messages.empty())
            co_return;
        for (Message& message : entry.messages) {
            message.flow = order_.route.flow;
            message.source = order_.route.connector;
            message.plugin_digest = order_.plugin_digest;
            message.received_at = exchange_.now();
            if (message.sender.empty())
                message.sender = order_.route.sender;
        }
        std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
            intake_.append(std::move(entry), order_.route, std::move(done));
        };
        Outcome journaled = co_await completion_of<Outcome>(std::move(start));
        if (!journaled.ok()) {
            out_.failure = failure_of(sdk::FailureClass::transient, journaled.problem());
            co_return;
        }
        for (std::size_t i = 0; i < kept.size(); ++i) {
            out_.items[kept[i].name] = (*journaled)[i];
            sdk::Event event{exchange_.moment(), sdk::Journaled{kept[i].context, arrived((*journaled)[i].arrival)}};
            sdk::Step told = co_await exchange_.tell(std::move(event), sdk::AnswerForm::none);
            if (told.failure)
                out_.failure = told.failure;
            acknowledgements_.insert(acknowledgements_.end(), std::make_move_iterator(told.requests.begin()),
                                     std::make_move_iterator(told.requests.end()));
        }
    }

    Exchange& exchange_;
    Intake& intake_;
    const FetchOrder& order_;
    Fetched& out_;
    std::deque<sdk::Request> acknowledgements_;
};

}  // namespace

awaitable<Fetched> fetch_items(Exchange& exchange, Intake& intake, FetchOrder order)
{
    Fetched out;
    Fetching fetching(exchange, intake, order, out);
    std::set<std::string> of_the_list;
    for (const std::string& item : order.items) {
        sdk::Event event{exchange.moment(), sdk::Fetch{item}};
        sdk::Step first = co_await exchange.tell(std::move(event), sdk::AnswerForm::none);
        if (first.failure && first.failure->code == sdk::no_fetch) {
            of_the_list.insert(item);
            continue;
        }
        std::set<std::string> wanted{item};
        co_await fetching.follow(std::move(first), std::move(wanted));
        if (out.failure)
            co_return out;
    }
    if (of_the_list.empty())
        co_return out;
    sdk::Event event{exchange.moment(), sdk::List{order.since}};
    sdk::Step first = co_await exchange.tell(std::move(event), sdk::AnswerForm::none);
    co_await fetching.follow(std::move(first), std::move(of_the_list));
    co_return out;
}

}  // namespace lienthong::flow
