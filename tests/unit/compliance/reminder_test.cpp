// Who is reminded, when, and only once a stage.
#include "fixture.hpp"

#include "hub/compliance/reminder.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

const std::vector<unsigned> stages = {3, 0, 1};

std::string mails(const std::vector<Event>& events, Time now, const Obligation& one = march())
{
    std::string out;
    for (const Reminder& reminder : reminders(std::vector<Obligation>{one}, events, now, stages, next_working))
        out += reminder.obligation.id + " stage " + std::to_string(reminder.stage) + " left " +
               std::to_string(reminder.working_days);
    return out;
}

Event sent(unsigned stage, Time when)
{
    return {.id = "m" + std::to_string(stage), .at = when, .scope = scope_of(march()), .what = ReminderSent{.stage = stage}};
}

}  // namespace

TEST(Reminders, CountWorkingDays)
{
    EXPECT_EQ(working_days_between(day(2026, 3, 13), day(2026, 3, 17), next_working), 2U) << "Friday to Tuesday";
    EXPECT_EQ(working_days_between(day(2026, 2, 13), day(2026, 2, 23), next_working), 1U) << "over Tết";
    EXPECT_EQ(working_days_between(day(2026, 1, 9), day(2026, 1, 12), next_working), 2U) << "a Saturday worked";
    EXPECT_EQ(working_days_between(day(2026, 3, 17), day(2026, 3, 17), next_working), 0U);
}

TEST(Reminders, AreForWhatIsOpenAndNear)
{
    EXPECT_EQ(mails({}, at("2026-03-14T08:00:00")), "") << "not open";
    EXPECT_EQ(mails({}, at("2026-03-15T08:00:00")), "F_1|2026-03|H52.01 stage 3 left 2");
    EXPECT_EQ(mails({}, at("2026-03-16T08:00:00")), "F_1|2026-03|H52.01 stage 1 left 1");
    EXPECT_EQ(mails({}, at("2026-03-17T23:00:00")), "F_1|2026-03|H52.01 stage 0 left 0");
    EXPECT_EQ(mails({}, at("2026-03-18T08:00:00")), "") << "it is missing now";
}

TEST(Reminders, GoOutOnceAStage)
{
    EXPECT_EQ(mails({sent(3, at("2026-03-15T08:00:00"))}, at("2026-03-15T09:00:00")), "");
    EXPECT_EQ(mails({sent(3, at("2026-03-15T08:00:00"))}, at("2026-03-16T08:00:00")), "F_1|2026-03|H52.01 stage 1 left 1");
    EXPECT_EQ(mails({sent(1, at("2026-03-14T08:00:00"))}, at("2026-03-15T09:00:00")), "") << "a nearer stage is out already";
}

TEST(Reminders, StopWithACompleteReportAndNotWithAnIncompleteOne)
{
    EXPECT_EQ(mails({receipt(march(), "r", at("2026-03-16T07:00:00"))}, at("2026-03-16T08:00:00")), "");
    EXPECT_EQ(mails({receipt(march(), "r", at("2026-03-16T07:00:00"), {"NARRATIVE"})}, at("2026-03-16T08:00:00")),
              "F_1|2026-03|H52.01 stage 1 left 1");
    EXPECT_EQ(mails({receipt(march(), "r", at("2026-03-16T07:00:00"), {"NARRATIVE"})}, at("2026-03-18T08:00:00")), "");
}

TEST(Reminders, CountToTheExtendedDeadline)
{
    const Event more = extension(scope_of(march()), "e", at("2026-03-16T07:00:00"), at("2026-04-01T00:00:00"));
    EXPECT_EQ(mails({more}, at("2026-03-16T08:00:00")), "");
    EXPECT_EQ(mails({more}, at("2026-03-30T08:00:00")), "F_1|2026-03|H52.01 stage 1 left 1");
}

TEST(Reminders, ComeByDeadlineAndFromTheBottomUp)
{
    const auto found = plan({duty("A_TOP", {{.kind = PeriodKind::month}}, "dpi", "LC17", ReportClass::socio_economic),
                             duty("B_LOW", {{.kind = PeriodKind::month}}, "department", "LC17", ReportClass::socio_economic)},
                            day(2026, 2, 1), day(2026, 3, 1));
    Event open{.id = "o",
               .at = at("2026-02-01T00:00:00"),
               .act = "TB",
               .what = Intake{.opens = at("2026-02-02T00:00:00"), .closes = {}}};
    const auto mail = reminders(found.obligations, std::vector<Event>{open}, at("2026-02-23T08:00:00"), stages, next_working);
    ASSERT_EQ(mail.size(), 2U);
    EXPECT_EQ(mail[0].obligation.subject, "B_LOW");
    EXPECT_EQ(mail[1].obligation.subject, "A_TOP");
}
