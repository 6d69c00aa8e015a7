#include "hub/flow/listing.hpp"

#include "hub/seal/digest.hpp"

#include <deque>
#include <utility>

namespace lienthong::flow {
namespace {

void add(sdk::Inventory& all, const sdk::Inventory& part)
{
    all.listed.insert(all.listed.end(), part.listed.begin(), part.listed.end());
    all.counted.insert(all.counted.end(), part.counted.begin(), part.counted.end());
    all.covers.insert(all.covers.end(), part.covers.begin(), part.covers.end());
}

/// What the source handed over instead of naming it.
void add(sdk::Inventory& all, const std::vector<sdk::Payload>& payloads, const std::vector<sdk::SetAside>& set_aside)
{
    for (const sdk::Payload& one : payloads)
        all.listed.push_back({one.source_id, {}, seal::sha256_hex(one.bytes), "held"});
    for (const sdk::SetAside& one : set_aside)
        all.listed.push_back({one.source_id, {}, seal::sha256_hex(one.bytes), "held, damaged"});
}

}  // namespace

boost::asio::awaitable<sdk::Step> ask_inventory(Exchange& exchange, std::string since)
{
    sdk::Step out;
    out.inventory.emplace();
    sdk::Event event{exchange.moment(), sdk::List{since}};
    sdk::Step step = co_await exchange.tell(std::move(event), sdk::AnswerForm::none);
    std::deque<sdk::Request> next;
    for (;;) {
        if (step.inventory)
            add(*out.inventory, *step.inventory);
        add(*out.inventory, step.payloads, step.set_aside);
        if (step.failure) {
            out.failure = step.failure;
            co_return out;
        }
        next.insert(next.end(), step.requests.begin(), step.requests.end());
        if (next.empty())
            co_return out;
        sdk::Request request = std::move(next.front());
        next.pop_front();
        Carried carried = co_await exchange.carry_out(std::move(request));
        step = std::move(carried.step);
    }
}

}  // namespace lienthong::flow
