// Events go out as CSV and come back the same, or are refused at their cell.
#include "fixture.hpp"

#include "hub/compliance/event_text.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

const std::string header = "id,kind,at,subject,agency,period,who,why,act,from,to,submission,missing,stage\r\n";

std::string fault(const std::string& row)
{
    const auto events = events_from(header + row + "\r\n", "e.csv");
    return events.ok() ? "ok" : events.problem().code + ' ' + events.problem().place;
}

}  // namespace

TEST(EventText, GivesBackEveryKindOfEventToTheMicrosecond)
{
    const Obligation one = march();
    const std::vector<Event> events = {
        receipt(one, "r", at("2026-03-17T23:59:59.999999"), {"TABLE", "NARRATIVE"}),
        taken_over(one, "r2", at("2026-03-17T08:00:00"), at("2026-03-20T08:00:00.000001")),
        extension({.agency = "H52.01"}, "e", at("2026-03-16T08:00:00.000001"), at("2026-03-21T00:00:00")),
        {.id = "i",
         .at = at("2026-03-16T08:00:00"),
         .who = "a, \"b\"",
         .why = "dòng 1\ndòng 2",
         .what = Incident{.from = at("2026-03-16T07:00:00"), .to = std::nullopt}},
        {.id = "o",
         .at = at("2026-03-16T08:00:00"),
         .act = "TB 1",
         .what = Intake{.opens = at("2026-03-01T00:00:00"), .closes = std::nullopt}},
        {.id = "w", .at = at("2026-03-16T08:00:00"), .who = "H52", .why = "x", .what = Waiver{}},
        {.id = "m", .at = at("2026-03-16T08:00:00"), .scope = scope_of(one), .what = ReminderSent{.stage = 2}},
    };
    const auto back = events_from(events_text(events), "e.csv");
    ASSERT_TRUE(back.ok()) << back.problem().sentence();
    EXPECT_EQ(*back, events);
}

TEST(EventText, KeepsAnEventInPlainFieldsAndGivesItBack)
{
    const Obligation one = march();
    const std::vector<Event> events = {
        receipt(one, "r", at("2026-03-17T23:59:59.999999"), {"TABLE", "NARRATIVE"}),
        taken_over(one, "r2", at("2026-03-17T08:00:00"), at("2026-03-20T08:00:00.000001")),
        extension({.agency = "H52.01"}, "e", at("2026-03-16T08:00:00.000001"), at("2026-03-21T00:00:00")),
        {.id = "i",
         .at = at("2026-03-16T08:00:00"),
         .who = "a, \"b\"",
         .why = "mất điện",
         .what = Incident{.from = at("2026-03-16T07:00:00"), .to = std::nullopt}},
        {.id = "w", .at = at("2026-03-16T08:00:00"), .who = "H52", .why = "x", .what = Waiver{}},
    };
    std::vector<ComplianceEvent> rows;
    for (const Event& event : events)
        rows.push_back(kept(event));
    EXPECT_EQ(rows[0].kind, "receipt");
    EXPECT_EQ(rows[0].subject, "F_1");
    EXPECT_EQ(rows[2].body, ",2026-03-21T00:00:00.000000+07:00,,,");
    const auto back = events_from(rows);
    ASSERT_TRUE(back.ok()) << back.problem().sentence();
    EXPECT_EQ(*back, events);
    rows[2].act.clear();
    EXPECT_EQ(event_from(rows[2]).problem().code, "compliance.event") << "more time needs an act";
    rows[3].body = "x";
    EXPECT_EQ(event_from(rows[3]).problem().place, "i");
}

TEST(EventText, OfNothingIsAHeaderRow)
{
    EXPECT_EQ(events_text({}), header);
    EXPECT_TRUE(events_from(header, "e.csv")->empty());
}

TEST(EventText, RefusesAtTheCellThatIsWrong)
{
    EXPECT_EQ(fault("r,receipt,2026-03-17T08:00:00+07:00,F_1,H52.01,2026-03,,,,,,S-1,,"), "ok");
    EXPECT_EQ(fault(",receipt,2026-03-17T08:00:00+07:00,F_1,H52.01,2026-03,,,,,,S-1,,"), "compliance.event e.csv:2:1");
    EXPECT_EQ(fault("r,letter,2026-03-17T08:00:00+07:00,F_1,H52.01,2026-03,,,,,,S-1,,"), "compliance.event e.csv:2:3");
    EXPECT_EQ(fault("r,receipt,17/3/2026,F_1,H52.01,2026-03,,,,,,S-1,,"), "compliance.event e.csv:2:11");
    EXPECT_EQ(fault("r,receipt,,F_1,H52.01,2026-03,,,,,,S-1,,"), "compliance.event e.csv:2:11");
    EXPECT_EQ(fault("r,receipt,2026-03-17T08:00:00+07:00,F_1,,2026-03,,,,,,S-1,,"), "compliance.event e.csv:2:41");
    EXPECT_EQ(fault("r,receipt,2026-03-17T08:00:00+07:00,F_1,H52.01,2026-03,,,,,,,,"), "compliance.event e.csv:2:61");
    EXPECT_EQ(fault("e,extension,2026-03-17T08:00:00+07:00,,,,H52,mưa,,,2026-03-20T00:00:00+07:00,,,"),
              "compliance.event e.csv:2:50")
        << "an extension without an act";
    EXPECT_EQ(fault("w,waiver,2026-03-17T08:00:00+07:00,,,,H52,,,,,,,"), "compliance.event e.csv:2:43")
        << "a waiver without a reason";
    EXPECT_EQ(fault("m,reminder,2026-03-17T08:00:00+07:00,F,A,2026,,,,,,,,x"), "compliance.event e.csv:2:54");
    EXPECT_EQ(fault("r,receipt"), "compliance.event e.csv:2:1");
    EXPECT_EQ(fault("r\"x,receipt"), "catalogue.csv e.csv:2:2");
    EXPECT_EQ(events_from("", "e.csv").problem().code, "compliance.event");
    EXPECT_EQ(events_from("id,kind\r\n", "e.csv").problem().place, "e.csv:1:1");
}
