// A way out whose partner is away for a day: nothing is given up, nothing is told twice or in another order, and how often the
// partner is asked has a bound, while it is away and when it is back.
#include "hub/flow/deliverable.hpp"
#include "hub/flow/delivery_flow.hpp"

#include "tests/unit/flow/exchange_support.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace lienthong;
using namespace lienthong::flow;
using namespace lienthong::testing;
using namespace std::chrono_literals;

namespace {

/// The clock of the wall and of the sources, moved by the test alone.
struct Watch final : Clock
{
    [[nodiscard]] Time now() const override { return at; }
    void move(std::chrono::milliseconds by)
    {
        at += by;
        instant += by;
    }
    Time at = lienthong::testing::at(10'000);
    Instant instant{1'000'000s};
};

/// A partner that keeps a book of what it took, by the packet's identity, and can be away in several ways.
struct Partner final : Transport
{
    enum class Away { no, unreachable, gateway, overloaded, hanging, hanging_having_taken, unable_to_take };

    void ask(HttpRequest request, Done done) override
    {
        ++asked;
        const std::string id = request.url.substr(request.url.rfind('/') + 1);
        const bool sent = request.method == "POST";
        switch (away) {
        case Away::unreachable:
            return done(Problem{"transport.refused", "connection refused", {}, {}, {}});
        case Away::gateway:
            return done(answer_of(502, {}, "<html>"));
        case Away::overloaded:
            return done(answer_of(503, {{"Retry-After", "120"}}, "<html>"));
        case Away::hanging_having_taken:
            if (sent)
                take(id);
            return done(Problem{"transport.unknown", "no answer within 30 s", {}, {}, {}});
        case Away::hanging:
            return done(Problem{"transport.unknown", "no answer within 30 s", {}, {}, {}});
        case Away::unable_to_take:
            return done(answer_of(sent ? 500 : 404));
        case Away::no:
            break;
        }
        if (sent && refuses.contains(id))
            return done(answer_of(500));
        if (sent)
            take(id);
        done(answer_of(sent || taken.contains(id) ? 200 : 404));
    }
    void take(const std::string& id)
    {
        book.push_back(id);
        taken.insert(id);
    }

    Away away = Away::no;
    int asked = 0;
    std::vector<std::string> book;
    std::set<std::string> taken;
    std::set<std::string> refuses;  ///< Packets it fails over, and no others.
};

/// A packet is posted under its identity, and asked about there.
sdk::Step packets(const sdk::Event& event)
{
    sdk::Step step;
    const auto ask = [&step](const char* method, const std::string& id) {
        sdk::Request request;
        request.method = method;
        request.target = sdk::literal("/" + id);
        request.context = method;
        request.repeatable = request.method == "GET";
        step.requests.push_back(std::move(request));
    };
    if (const auto* sending = std::get_if<sdk::Deliver>(&event.what)) {
        ask("POST", sending->parcel.id);
    } else if (const auto* asking = std::get_if<sdk::FindOut>(&event.what)) {
        ask("GET", asking->parcel.id);
    } else if (const auto* reply = std::get_if<sdk::Reply>(&event.what)) {
        const std::int32_t status = reply->answer.status;
        if (status == 200)
            step.delivery = sdk::DeliveryReport{sdk::Delivery::delivered, "receipt", {}};
        else if (reply->context == "GET" && status == 404)
            step.delivery = sdk::DeliveryReport{sdk::Delivery::not_delivered, {}, "it never came"};
        else if (reply->context == "GET" || status == 503)
            step.failure = sdk::http_failure(reply->answer, "the packet");
        else
            step.delivery = sdk::DeliveryReport{sdk::Delivery::unknown, {}, "HTTP status " + std::to_string(status)};
    }
    return step;
}

class DeliveryFlowTest : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        machine->answer = packets;
        start();
    }

    DeliveryParts parts()
    {
        DeliveryParts parts;
        parts.flow = "out";
        parts.connector = "nrs";
        parts.pace.interval = 1h;
        parts.exchange = {machine, partner, watch, {{"base_url", "https://h"}}, {}, sources};
        parts.outbox = faces.outbox;
        parts.parcel = [](const OutboxItem& item) -> Result<std::optional<sdk::Parcel>> {
            return std::optional(sdk::Parcel{std::to_string(item.leaf), "application/json", "{}"});
        };
        return parts;
    }

    /// As the hub does after its death: the store is what it was, all else is forgotten.
    void start()
    {
        flow.reset();
        reopen();
        sources = std::make_shared<Sources>(SourceSettings{}, [this] { return watch->instant; });
        flow = std::make_unique<DeliveryFlow>(context.get_executor(), parts());
        flow->sealed(faces.store->numbered().value());
        due = {};
    }
    void tell(const std::string& indicator)
    {
        ++told;
        figures.push_back(indicator);
        apply(*faces.store, application(told, told, {accepted_record(0, {observation(indicator, std::to_string(told))})}));
        ASSERT_TRUE(faces.store->number_leaves(faces.store->numbered().value(), 10).ok());
        flow->sealed(faces.store->numbered().value());
        if (sealed_hurries)
            due = {};
    }
    /// Lets so much time go by, and the flow have its rounds in it.
    void pass(std::chrono::milliseconds time)
    {
        const Instant until = watch->instant + time;
        while (std::max(due, watch->instant) < until) {
            if (due > watch->instant)
                watch->move(std::chrono::ceil<std::chrono::milliseconds>(due - watch->instant));
            const auto wait = awaited(flow->turn());
            sealed_hurries = flow->standing().state != "failing";
            due = watch->instant + std::max<std::chrono::milliseconds>(wait, 1ms);
        }
        watch->move(std::chrono::duration_cast<std::chrono::milliseconds>(until - watch->instant));
    }
    std::vector<std::int64_t> standing() { return faces.outbox->standing("out").value(); }
    /// Every leaf once, and of each figure in the order of the leaves.
    void expect_book_is_whole()
    {
        std::map<std::string, std::vector<MessageId>> wanted, found;
        for (MessageId leaf = 1; leaf <= told; ++leaf)
            wanted[figures.at(static_cast<std::size_t>(leaf - 1))].push_back(leaf);
        for (const std::string& id : partner->book)
            found[figures.at(std::stoul(id) - 1)].push_back(std::stol(id));
        EXPECT_EQ(found, wanted);
        EXPECT_EQ(standing()[3], told);
    }

    boost::asio::io_context context;
    std::shared_ptr<Watch> watch = std::make_shared<Watch>();
    std::shared_ptr<Partner> partner = std::make_shared<Partner>();
    std::shared_ptr<ScriptedMachine> machine = std::make_shared<ScriptedMachine>();
    std::shared_ptr<Sources> sources;
    std::unique_ptr<DeliveryFlow> flow;
    MessageId told = 0;
    std::vector<std::string> figures;  ///< Whose each leaf is.
    Instant due{};
    bool sealed_hurries = true;
};

}  // namespace

TEST_F(DeliveryFlowTest, ADayWithoutThePartnerIsCaughtUpInOrderAndWithoutADuplicate)
{
    tell("A");
    pass(1min);
    ASSERT_EQ(partner->book.size(), 1U);

    using Away = Partner::Away;
    const std::vector<Away> ways = {Away::unreachable, Away::gateway, Away::hanging_having_taken, Away::hanging, Away::overloaded, Away::unreachable};
    int most_an_hour = 0;
    for (int hour = 0; hour < 24; ++hour) {
        partner->away = ways[static_cast<std::size_t>(hour / 4)];
        const int before = partner->asked;
        for (int quarter = 0; quarter < 4; ++quarter) {
            tell(quarter % 2 == 0 ? "A" : "B" + std::to_string(hour));
            pass(15min);
        }
        if (hour % 6 == 3)
            start();
        most_an_hour = std::max(most_an_hour, partner->asked - before);
    }
    EXPECT_EQ(standing()[3], 1) << "nothing more was told";
    EXPECT_EQ(standing()[4] + standing()[5], 0) << "nothing was given up, nor left to a person";
    EXPECT_LT(most_an_hour, 40) << "a partner that is away is tried, not besieged";

    partner->away = Away::no;
    const int before = partner->asked;
    pass(11min);
    expect_book_is_whole();
    EXPECT_LE(partner->asked - before, told + 2) << "one request for each packet, and one to ask what became of the first";
}

TEST_F(DeliveryFlowTest, AHubThatDiesAgainAndAgainAsksAPartnerThatIsAwayAFewTimesEachTime)
{
    partner->away = Partner::Away::unreachable;
    tell("A");
    for (int i = 0; i < 10; ++i) {
        const int before = partner->asked;
        start();
        pass(1min);
        EXPECT_LE(partner->asked - before, 10) << i;
    }
    partner->away = Partner::Away::no;
    pass(11min);
    expect_book_is_whole();
}

TEST_F(DeliveryFlowTest, APacketThePartnerCannotDigestLetsOthersPassButNoNewerOneOfTheSameFigure)
{
    partner->refuses = {"1"};
    tell("A");
    tell("B");
    tell("A");
    tell("C");
    pass(2h);
    EXPECT_EQ(partner->book, (std::vector<std::string>{"2", "4"}));
    EXPECT_LT(partner->asked, 200);
    partner->refuses.clear();
    pass(1h);
    EXPECT_EQ(partner->book, (std::vector<std::string>{"2", "4", "1", "3"})) << "the newer value came last";
    EXPECT_EQ(standing()[3], told);
}

TEST_F(DeliveryFlowTest, AFailureOverEveryPacketIsTroubleWithThePartnerAndNotTriedWithAllOfThem)
{
    for (int i = 0; i < 200; ++i)
        tell("A" + std::to_string(i));
    partner->away = Partner::Away::unable_to_take;
    pass(30min);
    EXPECT_LT(partner->asked, 60);
    partner->away = Partner::Away::no;
    pass(11min);
    expect_book_is_whole();
}

TEST_F(DeliveryFlowTest, AReportIsMadeWholeAsItStoodUnderTheLeafThatIsTold)
{
    const auto tell_of = [this](const std::string& indicator, const std::string& value, const std::string& period, const std::string& from) {
        ++told;
        Application one = application(told, told, {accepted_record(0, {observation(indicator, value, period)})});
        one.flow = from;
        apply(*faces.store, std::move(one));
    };
    tell_of("A", "1", "2026-03", "push");
    tell_of("B", "2", "2026-03", "push");
    tell_of("B", "3", "2026-03", "push");
    tell_of("B", "4", "2026-04", "push");
    tell_of("C", "5", "2026-03", "from-partner");
    tell_of("D", "6", "2026-03", "push");
    tell_of("A", "7", "2026-03", "push");
    tell_of("B", "8", "2026-03", "push");
    ASSERT_EQ(faces.store->number_leaves(0, 20)->size(), 8U);

    const std::vector<std::string> only = {"A", "B", "C"};
    const auto rest = rest_of_reports(*faces.store, std::vector{observation("A", "7")}, 6, "from-partner", only);
    ASSERT_TRUE(rest.ok());
    ASSERT_EQ(rest->size(), 1U) << "neither of another month, nor of another form, nor what the partner told, nor what came later";
    EXPECT_EQ(rest->front().value, "3");
    EXPECT_EQ(rest_of_reports(*faces.store, std::vector{observation("A", "7")}, 7, "", {})->size(), 3U);
}

TEST_F(DeliveryFlowTest, OneThatGoesBehindAnotherSendsNothingOfASubmissionTheOtherStillHasInHand)
{
    DeliveryParts second = parts();
    second.flow = "behind";
    second.behind = "out";
    DeliveryFlow behind(context.get_executor(), std::move(second));
    partner->refuses = {"1"};
    tell("A");
    tell("B");
    behind.sealed(2);
    EXPECT_LE(awaited(behind.turn()), 2s) << "it looks again soon";
    EXPECT_TRUE(partner->book.empty()) << "the first has not even looked";
    awaited(flow->turn());
    awaited(behind.turn());
    EXPECT_EQ(faces.outbox->standing("behind").value()[3], 0) << "of the first submission nobody knows yet";
    partner->refuses.clear();
    pass(1h);
    awaited(behind.turn());
    EXPECT_EQ(partner->book, (std::vector<std::string>{"1", "2", "1", "2"}));
}

TEST_F(DeliveryFlowTest, WhatALaterItemTellsIsNotSent)
{
    DeliveryParts of = parts();
    of.parcel = [](const OutboxItem& item) -> Result<std::optional<sdk::Parcel>> {
        if (item.leaf == 1)
            return std::optional<sdk::Parcel>();
        return std::optional(sdk::Parcel{std::to_string(item.leaf), "application/json", "{}"});
    };
    tell("A");
    tell("B");
    DeliveryFlow other(context.get_executor(), std::move(of));
    other.sealed(2);
    awaited(other.turn());
    EXPECT_EQ(partner->book, std::vector<std::string>{"2"});
    const OutboxItem first = faces.outbox->items("out", 10)->back();
    EXPECT_EQ(first.state, DeliveryState::delivered);
    EXPECT_EQ(first.attempts, 0U);
    EXPECT_NE(first.problem.find("a later item tells the newer version"), std::string::npos);
}
