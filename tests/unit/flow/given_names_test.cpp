// What a partner calls facts, said in the middle of a delivery: on disk before the next call leaves, and not lost to a store that fails.
#include "hub/flow/delivery_flow.hpp"

#include "tests/unit/flow/exchange_support.hpp"
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::flow;
using namespace lienthong::testing;

namespace {

sdk::Request post(std::string context)
{
    sdk::Request request;
    request.method = "POST";
    request.context = std::move(context);
    request.repeatable = false;
    return request;
}

/// A fact is created, which the partner answers with its name, and told further in a second call.
sdk::Step create_then_tell(const sdk::Event& event)
{
    sdk::Step step;
    if (std::holds_alternative<sdk::Deliver>(event.what)) {
        step.requests.push_back(post("create"));
    } else if (std::holds_alternative<sdk::FindOut>(event.what)) {
        step.delivery = sdk::DeliveryReport{sdk::Delivery::not_delivered, {}, "nobody can say"};
    } else if (const auto* reply = std::get_if<sdk::Reply>(&event.what)) {
        if (reply->context == "create") {
            step.names.push_back({"H31-1", std::string(reply->answer.body)});
            step.requests.push_back(post("tell"));
        } else {
            step.delivery = sdk::DeliveryReport{sdk::Delivery::delivered, "taken", {}};
        }
    }
    return step;
}

class GivenNames : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        lienthong::testing::apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
        ASSERT_TRUE(faces.store->number_leaves(0, 10).ok());
        machine->answer = create_then_tell;
        transport->answers = {answer_of(200, {}, "b6b2"), answer_of(200)};
        DeliveryParts parts;
        parts.flow = "out";
        parts.exchange = {machine, transport, clock, {{"base_url", "https://h"}}, {}, {}};
        parts.outbox = faces.outbox;
        parts.parcel = [](const OutboxItem&) -> Result<std::optional<sdk::Parcel>> { return std::optional(sdk::Parcel{"out-S1", "application/json", "{}"}); };
        parts.keep_names = [this](const std::vector<sdk::GivenName>& given) -> Result<void> {
            calls_before_keeping.push_back(transport->asked.size());
            if (full)
                return Problem{"store.full", "the disk is full", {}, {}, {}};
            for (const sdk::GivenName& one : given)
                kept.push_back(one);
            return {};
        };
        flow = std::make_unique<DeliveryFlow>(context.get_executor(), std::move(parts));
        flow->sealed(1);
    }
    DeliveryState state() { return faces.outbox->items("out", 1)->at(0).state; }

    boost::asio::io_context context;
    std::shared_ptr<ScriptedMachine> machine = std::make_shared<ScriptedMachine>();
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<FixedClock> clock = std::make_shared<FixedClock>();
    std::unique_ptr<DeliveryFlow> flow;
    bool full = false;
    std::vector<sdk::GivenName> kept;
    std::vector<std::size_t> calls_before_keeping;
};

}  // namespace

TEST_F(GivenNames, AreKeptBeforeTheNextCallLeaves)
{
    (void)awaited(flow->turn());
    EXPECT_EQ(kept, (std::vector<sdk::GivenName>{{"H31-1", "b6b2"}}));
    EXPECT_EQ(calls_before_keeping, std::vector<std::size_t>{1}) << "after the answer that said it, and once";
    EXPECT_EQ(transport->asked.size(), 2U);
    EXPECT_EQ(state(), DeliveryState::delivered);
}

TEST_F(GivenNames, ThatTheStoreDoesNotTakeEndTheDeliveryAndAreKeptBeforeAnotherBegins)
{
    full = true;
    (void)awaited(flow->turn());
    EXPECT_EQ(transport->asked.size(), 1U) << "nothing is told under a name that is not kept";
    EXPECT_EQ(state(), DeliveryState::unknown);
    clock->at += std::chrono::hours(1);
    (void)awaited(flow->turn());
    EXPECT_EQ(transport->asked.size(), 1U);

    full = false;
    clock->at += std::chrono::hours(1);
    (void)awaited(flow->turn());
    ASSERT_FALSE(kept.empty());
    EXPECT_EQ(kept.front(), (sdk::GivenName{"H31-1", "b6b2"}));
    EXPECT_EQ(calls_before_keeping.at(2), 1U) << "kept before anything is sent again";
    EXPECT_EQ(state(), DeliveryState::delivered);
}
