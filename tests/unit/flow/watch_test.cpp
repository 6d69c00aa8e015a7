// A source that falls silent and comes back, over restarts, and figures that are due while their flow is late.
#include "hub/flow/watch.hpp"

#include "adapters/watch/sqlite/sqlite_watch_book.hpp"
#include "hub/flow/figure_refusals.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

Time moment(const std::string& local)
{
    return *time_from(local + "+07:00");
}

class Fixed final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return time; }
    Time time = moment("2026-03-02T08:00:00");
};

class Post final : public Mailer
{
public:
    Result<std::vector<Problem>> send(const Mail& mail) override
    {
        if (fails)
            return Problem{"mail.later", "told to fail"};
        sent.push_back(mail);
        return std::vector<Problem>{};
    }
    std::vector<Mail> sent;
    bool fails = false;
};

std::shared_ptr<const catalogue::Catalogue> loaded()
{
    static const auto catalogue = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(LIENTHONG_SOURCE_DIR "/mappings/catalogue",
                                          [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems);
    }();
    return catalogue;
}

Observation figure(const std::string& indicator, const std::string& period, const std::string& value = "1")
{
    return {{indicator, "VALUE", period, "GSO:33", "_T", "H31.01"}, value, "VND", Vintage::official};
}

struct WatchedFlows : lienthong::testing::StoreFixture
{
    void SetUp() override
    {
        StoreFixture::SetUp();
        parts.store = faces.store;
        parts.events = faces.events;
        parts.clock = clock;
        parts.catalogue = loaded();
        parts.say = [this](const std::string& line) { said.push_back(line); };
        parts.routes = {{.flow = "declared", .expects_every = 60s}, {.flow = "learnt"}};
        start();
    }

    /// As after a restart: only what was kept is known.
    void start()
    {
        parts.book = adapters::open_sqlite_watch_book(folder.file("watch.db")).value();
        watch.emplace(parts);
        ASSERT_TRUE(watch->begin().ok());
    }

    void brings(const std::string& flow, std::vector<Observation> observations)
    {
        auto one = lienthong::testing::application(++message, 0, {});
        for (Observation& observation : observations)
            one.verdicts.push_back(lienthong::testing::accepted_record(static_cast<std::uint32_t>(one.verdicts.size()), {std::move(observation)}));
        apply(flow, std::move(one));
    }
    void brings_something(const std::string& flow) { brings(flow, {figure("DEMO_HY_GOLD_PRICE", "2024-01", std::to_string(message + 1))}); }
    Applied apply(const std::string& flow, Application one, Store::Render render = {})
    {
        one.flow = flow;
        one.received_at = clock->time;
        one.applied_at = clock->time;
        return lienthong::testing::apply(*faces.store, std::move(one), std::move(render));
    }

    void look()
    {
        const auto looked = watch->look();
        ASSERT_TRUE(looked.ok()) << looked.problem().sentence();
    }
    void look_after(std::chrono::seconds pause)
    {
        clock->time += pause;
        look();
    }
    std::vector<std::string> open()
    {
        std::vector<std::string> out;
        for (const Alarm& alarm : watch->alarms())
            out.push_back(alarm.flow + ' ' + alarm.problem.code);
        return out;
    }

    using Names = std::vector<std::string>;
    std::shared_ptr<Fixed> clock = std::make_shared<Fixed>();
    WatchParts parts;
    std::optional<Watch> watch;
    std::vector<std::string> said;
    MessageId message = 0;
};

const WatchedRoute prices{.flow = "prices"};

/// A flow that has brought two months of one agency's figures, and is owed March by the 18th.
struct WatchedDeadlines : WatchedFlows
{
    void SetUp() override
    {
        WatchedFlows::SetUp();
        parts.routes = {prices};
        parts.set = "DEMO_HY";
        for (const char* period : {"2026-01", "2026-02"}) {
            brings("prices", {figure("DEMO_HY_GOLD_PRICE", period), figure("DEMO_HY_USD_PRICE", period)});
            brings("typed-in", {figure("A_I_1", period)});
        }
        start();
        look();
    }
};

}  // namespace

TEST_F(WatchedFlows, SaysOnceThatASourceIsQuietAndOnceThatItCameBack)
{
    brings_something("declared");
    look();
    look_after(60s);
    EXPECT_EQ(open(), Names{}) << "in time";
    look_after(1s);
    ASSERT_EQ(open(), Names{"declared flow.quiet"});
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("ALARM: flow declared: nothing new has come since 2026-03-02T08:00:00.000+07:00; declared: every 1 min"), std::string::npos) << said[0];
    EXPECT_NE(said[0].find("Luồng im lặng"), std::string::npos);
    EXPECT_EQ(watch->alarms()[0].since, moment("2026-03-02T08:00:00"));
    EXPECT_EQ(watch->alarms()[0].expected, moment("2026-03-02T08:01:00"));
    EXPECT_EQ(watch->news_of("declared").quiet->since, moment("2026-03-02T08:00:00"));
    for (int i = 0; i < 10; ++i)
        look_after(20s);
    EXPECT_EQ(said.size(), 1U) << "once, not at every look";
    brings_something("declared");
    look();
    EXPECT_EQ(open(), Names{});
    ASSERT_EQ(said.size(), 2U);
    EXPECT_NE(said[1].find("alarm over: flow declared [flow.quiet]"), std::string::npos) << said[1];
    EXPECT_NE(said[1].find("đã có gói tin mới lúc"), std::string::npos);
}

TEST_F(WatchedFlows, ForgetsNothingOverARestart)
{
    brings_something("declared");
    look();
    look_after(61s);
    ASSERT_EQ(open(), Names{"declared flow.quiet"});
    start();
    look_after(1s);
    EXPECT_EQ(open(), Names{"declared flow.quiet"});
    EXPECT_EQ(said.size(), 1U) << "it was said before the restart";
    EXPECT_EQ(watch->news_of("declared").last, moment("2026-03-02T08:00:00"));
    // It comes back while nobody watches.
    clock->time += 10s;
    brings_something("declared");
    start();
    look();
    EXPECT_EQ(open(), Names{});
    EXPECT_EQ(said.size(), 2U);
}

TEST_F(WatchedFlows, LearnsARhythmFromTheStoreItFinds)
{
    const Time begin = clock->time;
    for (int day = 0; day < 5; ++day) {
        clock->time = begin + 24h * day;
        brings_something("learnt");
    }
    look();
    EXPECT_EQ(watch->news_of("learnt").usual, std::optional<std::chrono::seconds>(24h));
    EXPECT_FALSE(watch->news_of("learnt").declared);
    look_after(24h * 4);  // Monday to Friday it came; Tuesday morning is late.
    EXPECT_EQ(open(), (Names{"declared flow.quiet", "learnt flow.quiet"}));
}

TEST_F(WatchedFlows, TakesRepeatsAndWhatIsKnownForNoNews)
{
    brings("declared", {figure("DEMO_HY_GOLD_PRICE", "2026-01")});
    look();
    clock->time += 50s;
    brings("declared", {figure("DEMO_HY_GOLD_PRICE", "2026-01")});
    look_after(11s);
    EXPECT_EQ(open(), Names{"declared flow.quiet"}) << "the same figure again is no news";
}

TEST_F(WatchedFlows, GivesAFlowTimeAfterAStartAndAfterAPause)
{
    std::optional<Pause> pause;
    parts.routes = {{.flow = "declared", .expects_every = 60s, .raises_quiet = true, .paused = [&] { return pause; }}};
    brings_something("declared");
    start();
    look();
    clock->time += 1h;
    start();
    look();
    EXPECT_EQ(open(), Names{}) << "it was down itself, and the flow has had no chance yet";
    pause = Pause{"declared", "chuyển máy chủ", "an", clock->time};
    look_after(1h);
    EXPECT_EQ(open(), Names{}) << "people stopped it";
    pause.reset();
    look_after(1s);
    EXPECT_EQ(open(), Names{});
    look_after(60s);
    EXPECT_EQ(open(), Names{"declared flow.quiet"});
}

TEST_F(WatchedFlows, RaisesNothingOfAFlowThatComesAsItComes)
{
    parts.routes = {{.flow = "declared", .expects_every = 60s, .raises_quiet = false}};
    brings_something("declared");
    start();
    look_after(1h);
    look_after(1h);
    EXPECT_EQ(open(), Names{});
    EXPECT_TRUE(watch->news_of("declared").last) << "and is shown all the same";
    parts.routes[0].raises_quiet = true;
    start();
    look_after(61s);
    ASSERT_EQ(open(), Names{"declared flow.quiet"});
    parts.routes[0].raises_quiet = false;
    start();
    look();
    EXPECT_EQ(open(), Names{});
    EXPECT_NE(said.back().find("nothing is expected any more"), std::string::npos) << "nothing came, and nobody says so";
}

TEST_F(WatchedFlows, EndsWhatIsNotConfiguredAnyMore)
{
    look_after(61s);
    ASSERT_EQ(open(), Names{"declared flow.quiet"});
    parts.routes = {};
    start();
    look();
    EXPECT_EQ(open(), Names{});
}

TEST_F(WatchedFlows, MailsTheBeginningAndTheEndOnceEach)
{
    const auto post = std::make_shared<Post>();
    parts.post = {post, {.address = "hub@x.test"}, {{.address = "truc@x.test"}}, "https://hub.test"};
    post->fails = true;
    start();
    look_after(61s);
    EXPECT_EQ(post->sent.size(), 0U);
    EXPECT_EQ(said.size(), 2U) << "the alarm, and that it was not mailed";
    post->fails = false;
    look_after(60s);
    EXPECT_EQ(post->sent.size(), 0U) << "not before the pause is over";
    look_after(5min);
    ASSERT_EQ(post->sent.size(), 1U);
    EXPECT_EQ(post->sent[0].to[0].address, "truc@x.test");
    EXPECT_NE(post->sent[0].subject.find("declared"), std::string::npos);
    EXPECT_NE(post->sent[0].text.find("Cách xử lý"), std::string::npos);
    EXPECT_NE(post->sent[0].text.find("https://hub.test/"), std::string::npos);
    start();
    look_after(20s);
    EXPECT_EQ(post->sent.size(), 1U);
    brings_something("declared");
    look();
    ASSERT_EQ(post->sent.size(), 2U);
    EXPECT_NE(post->sent[1].subject.find("Hết báo động"), std::string::npos);
}

TEST_F(WatchedDeadlines, AreForeseenByTheFlowThatUsuallyBringsWhatIsOwed)
{
    clock->time = moment("2026-03-13T08:00:00");  // Friday; three working days before Wednesday the 18th
    look();
    EXPECT_EQ(open(), Names{});
    clock->time = moment("2026-03-16T08:00:00");
    look();
    ASSERT_EQ(open(), Names{"prices flow.not_here_yet"}) << "and none of the flow nobody watches";
    const Alarm alarm = watch->alarms()[0];
    EXPECT_EQ(alarm.expected, moment("2026-03-19T00:00:00"));
    EXPECT_EQ(alarm.problem.found, "DEMO_HY_GOLD_PRICE 2026-03 H31.01; DEMO_HY_USD_PRICE 2026-03 H31.01");
    EXPECT_NE(said[0].find("due by the end of 18/03/2026"), std::string::npos) << said[0];
    look_after(1h);
    EXPECT_EQ(said.size(), 1U);
    brings("prices", {figure("DEMO_HY_GOLD_PRICE", "2026-03", "0")});
    look();
    EXPECT_EQ(watch->alarms().at(0).problem.found, "DEMO_HY_USD_PRICE 2026-03 H31.01") << "zero is there";
    EXPECT_EQ(said.size(), 1U) << "what is left is no new alarm";
    start();
    look_after(20s);
    EXPECT_EQ(said.size(), 1U) << "nor is a restart";
    Observation none = figure("DEMO_HY_USD_PRICE", "2026-03", "");
    none.availability = Availability::no_case;
    brings("prices", {none});
    look();
    EXPECT_EQ(open(), Names{}) << "no case is an answer";
    EXPECT_NE(said.at(1).find("all of it is there"), std::string::npos);
}

TEST_F(WatchedDeadlines, EndWithTheDeadlineAndSayWhatNeverCame)
{
    clock->time = moment("2026-03-17T08:00:00");
    look();
    ASSERT_EQ(open().size(), 1U);
    clock->time = moment("2026-03-19T00:00:00");
    look();
    EXPECT_EQ(open(), Names{});
    EXPECT_NE(said.at(1).find("never came: DEMO_HY_GOLD_PRICE 2026-03 H31.01"), std::string::npos) << said.at(1);
}

TEST_F(WatchedDeadlines, SayOfARefusedFigureThatItWasRefused)
{
    clock->time = moment("2026-03-16T08:00:00");
    auto one = lienthong::testing::application(++message, 0, {lienthong::testing::refused_record(0, "x")});
    one.verdicts[0].about = {{.indicator = "DEMO_HY_GOLD_PRICE", .measure = {}, .period = "2026-03", .area = {}, .breakdown = {}, .agency = "H31.01"},
                             {.indicator = "A_I_9", .measure = {}, .period = "2026-03", .area = {}, .breakdown = {}, .agency = "H31.01"}};
    const OwedFigures owed(*loaded());
    const Applied applied = apply("prices", std::move(one), [&](const Application& application, const Applied& done) {
        return Told{.answer = "", .events = figure_refusals(application, done, owed)};
    });
    ASSERT_EQ(faces.events->after({})->size(), 1U) << "what nobody owes leaves none";
    look();
    ASSERT_EQ(open().size(), 1U);
    EXPECT_NE(watch->alarms()[0].problem.found.find("DEMO_HY_GOLD_PRICE 2026-03 H31.01 (refused / bị từ chối: S-" + std::to_string(applied.submission) + ")"),
              std::string::npos)
        << watch->alarms()[0].problem.found;
}
