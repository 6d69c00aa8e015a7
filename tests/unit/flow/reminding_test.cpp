// Rounds of reminders against a mail server and a store that can be told to fail, and the day they belong to.
#include "hub/flow/reminding.hpp"

#include "hub/compliance/event_text.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

Time at(const char* text)
{
    return *time_from(std::string(text) + "+07:00");
}

class Kept final : public ComplianceEvents
{
public:
    Result<std::string> append(const ComplianceEvent& event) override
    {
        if (fails)
            return Problem{"store.busy", "told to fail"};
        rows.push_back(event);
        rows.back().id = "E-" + std::to_string(rows.size());
        return rows.back().id;
    }
    Result<std::size_t> append_all(const std::vector<ComplianceEvent>& events) override
    {
        for (const ComplianceEvent& event : events)
            if (const auto id = append(event); !id.ok())
                return id.problem();
        return events.size();
    }
    Result<std::vector<ComplianceEvent>> after(const std::string&) const override { return rows; }
    std::vector<ComplianceEvent> rows;
    bool fails = false;
};

class Post final : public Mailer
{
public:
    Result<std::vector<Problem>> send(const Mail& mail) override
    {
        ++tries;
        if (!failure.empty() && (only.empty() || mail.to.front().address == only))
            return Problem{failure, "told to fail"};
        sent.push_back(mail);
        return std::vector<Problem>{};
    }
    std::vector<Mail> sent;
    std::string failure, only;
    int tries = 0;
};

class Fixed final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return time; }
    Time time = at("2026-03-13T08:00:00");
};

struct Round : testing::Test
{
    Round()
    {
        static const auto catalogue = [] {
            std::vector<Problem> problems;
            return catalogue::Catalogue::load(
                LIENTHONG_SOURCE_DIR "/mappings/catalogue", [](std::string_view b) { return seal::sha256_hex(b); }, problems);
        }();
        parts.catalogue = catalogue;
        parts.set = "SL228";
        parts.events = kept;
        parts.mailer = post;
        parts.clock = clock;
        parts.from = {.address = "ioc@x.test"};
        parts.head = {.sender = "IOC", .base_url = {}};
        for (const char* agency : {"H52.01", "H52.03", "H52.04", "H52.05"})
            parts.contacts[agency] = {{.address = std::string(agency) + "@x.test"}};
    }
    ReminderRound round(const std::set<std::string>& left_out = {}) { return send_reminders(parts, clock->now(), left_out); }

    std::shared_ptr<Kept> kept = std::make_shared<Kept>();
    std::shared_ptr<Post> post = std::make_shared<Post>();
    std::shared_ptr<Fixed> clock = std::make_shared<Fixed>();
    ReminderParts parts;
};

}  // namespace

TEST_F(Round, WritesEachAgencyOnceAndRecordsWhatItListed)
{
    const ReminderRound first = round();
    EXPECT_EQ(first.sent(), 4U);
    EXPECT_EQ(post->sent.size(), 4U);
    std::size_t listed = 0;
    for (const LetterOutcome& letter : first.letters)
        listed += letter.sent ? letter.letter.reminders.size() : 0;
    EXPECT_EQ(kept->rows.size(), listed);
    EXPECT_TRUE(std::all_of(kept->rows.begin(), kept->rows.end(), [](const auto& row) { return row.kind == "reminder"; }));
    EXPECT_EQ(first.permanent(), nullptr) << "an agency without a contact is a finding";
    EXPECT_EQ(round().sent(), 0U) << "the stage has gone out";
}

TEST_F(Round, SendsNothingTwiceAsOfAnEarlierMoment)
{
    EXPECT_EQ(round().sent(), 4U);
    EXPECT_EQ(send_reminders(parts, at("2026-03-12T08:00:00"), {}).sent(), 0U) << "a nearer stage went out";
    clock->time = at("2026-11-26T08:00:00");
    EXPECT_EQ(send_reminders(parts, at("2026-03-13T08:00:00"), {}).sent(), 0U) << "recorded later than that moment";
}

TEST_F(Round, KeepsForLaterWhatTheServerDoesNotTakeNow)
{
    post->failure = "mail.later";
    const ReminderRound away = round();
    EXPECT_EQ(away.sent(), 0U);
    ASSERT_NE(away.transient(), nullptr);
    EXPECT_EQ(post->tries, 3) << "a server that is away is not asked for every agency";
    EXPECT_TRUE(kept->rows.empty());
    post->failure.clear();
    EXPECT_EQ(round().sent(), 4U);
}

TEST_F(Round, GoesOnPastOneMailboxThatFails)
{
    post->only = "H52.03@x.test";
    for (const char* failure : {"mail.later", "mail.refused"}) {
        kept->rows.clear();
        post->failure = failure;
        EXPECT_EQ(round().sent(), 3U) << failure;
    }
}

TEST_F(Round, RepeatsNoMailThatWentOutUnrecorded)
{
    kept->fails = true;
    const ReminderRound unrecorded = round();
    EXPECT_EQ(unrecorded.sent(), 4U);
    ASSERT_NE(unrecorded.permanent(), nullptr);
    EXPECT_EQ(unrecorded.permanent()->code, "store.busy");
    ReminderDay day(std::chrono::hours(8), {});
    day.ended(clock->now(), unrecorded);
    EXPECT_EQ(day.left_out(clock->now()).count("H52.01"), 1U);
    EXPECT_EQ(round(day.left_out(clock->now())).sent(), 0U);
}

TEST_F(Round, BelongsToAWorkingDayFromItsHourOn)
{
    const auto working = compliance::next_working_of(*parts.catalogue);
    ReminderDay day(std::chrono::hours(8), {});
    EXPECT_FALSE(day.is_due(at("2026-03-13T07:59:59"), working));
    EXPECT_TRUE(day.is_due(at("2026-03-13T08:00:00"), working));
    EXPECT_TRUE(day.is_due(at("2026-03-13T23:00:00"), working)) << "started late: caught up";
    EXPECT_FALSE(day.is_due(at("2026-03-14T09:00:00"), working)) << "a Saturday";
    EXPECT_FALSE(day.is_due(at("2026-02-18T09:00:00"), working)) << "Tết";
    EXPECT_TRUE(day.is_due(at("2026-01-10T09:00:00"), working)) << "a Saturday worked in exchange";
    EXPECT_TRUE(day.is_due(at("2099-03-14T09:00:00"), working)) << "days off not known: every day counts";
    day.ended(at("2026-03-13T08:00:00"), ReminderRound{});
    EXPECT_FALSE(day.is_due(at("2026-03-13T12:00:00"), working)) << "done for the day";
    EXPECT_TRUE(day.is_due(at("2026-03-16T08:00:00"), working));
}

TEST_F(Round, IsTriedAgainWithLongerPauses)
{
    const auto working = compliance::next_working_of(*parts.catalogue);
    ReminderDay day(std::chrono::hours(8), {.first_pause = std::chrono::minutes(1), .longest_pause = std::chrono::minutes(30)});
    post->failure = "mail.later";
    day.ended(at("2026-03-13T08:00:00"), round());
    EXPECT_FALSE(day.is_due(at("2026-03-13T08:00:59"), working));
    EXPECT_TRUE(day.is_due(at("2026-03-13T08:01:00"), working));
    day.ended(at("2026-03-13T08:01:00"), round());
    EXPECT_FALSE(day.is_due(at("2026-03-13T08:02:59"), working));
    EXPECT_TRUE(day.is_due(at("2026-03-13T08:03:00"), working));
}
