// What becomes of an obligation as events come in.
#include "fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

const Time long_after = at("2026-06-01T00:00:00");

std::string word(const std::vector<Event>& events, Time now = long_after)
{
    const Outcome outcome = status(march(), events, now);
    std::string out(to_text(outcome.status));
    if (!outcome.decided_by.empty())
        out += " by " + outcome.decided_by;
    if (!outcome.extended_by.empty())
        out += " with " + outcome.extended_by;
    return out;
}

Event waiver(Time when)
{
    return {.id = "w", .at = when, .scope = scope_of(march()), .who = "H52", .why = "không phát sinh", .what = Waiver{}};
}

Event intake(std::string id, Time when, std::optional<Time> opens, std::optional<Time> closes, std::string notice = "TB 5/TB-STC")
{
    return {.id = std::move(id),
            .at = when,
            .scope = {.period = "2026-03"},
            .who = "H52.07",
            .why = "chờ số liệu kho bạc",
            .act = std::move(notice),
            .what = Intake{.opens = opens, .closes = closes}};
}

}  // namespace

TEST(Status, FollowsTheDatesWhereNothingHappens)
{
    EXPECT_EQ(word({}, at("2026-03-14T23:59:59")), "upcoming");
    EXPECT_EQ(word({}, at("2026-03-15T00:00:00")), "open");
    EXPECT_EQ(word({}, at("2026-03-17T23:59:59.999999")), "open");
    EXPECT_EQ(word({}, at("2026-03-18T00:00:00")), "missing");
}

TEST(Status, ReceivedInTheLastMicrosecondIsOnTime)
{
    EXPECT_EQ(word({receipt(march(), "r", at("2026-03-17T23:59:59.999999"))}), "on_time by r");
    EXPECT_EQ(word({receipt(march(), "r", at("2026-03-18T00:00:00"))}), "late by r");
    EXPECT_EQ(word({receipt(march(), "r", at("2026-03-02T08:00:00"))}), "on_time by r") << "before it opens is in time too";
}

TEST(Status, TheFirstCompleteReportDecides)
{
    const std::vector<Event> events = {receipt(march(), "r3", at("2026-03-25T08:00:00")),
                                       receipt(march(), "r1", at("2026-03-16T08:00:00"), {"NARRATIVE"}),
                                       receipt(march(), "r2", at("2026-03-17T08:00:00"))};
    EXPECT_EQ(word(events), "on_time by r2");
    EXPECT_EQ(word(events, at("2026-03-16T12:00:00")), "incomplete by r1") << "as it stood that day";
}

TEST(Status, SaysWhatAnIncompleteReportLacks)
{
    const auto outcome = status(march(),
                                std::vector<Event>{receipt(march(), "r1", at("2026-03-16T08:00:00"), {"TABLE", "NARRATIVE"}),
                                                   receipt(march(), "r2", at("2026-03-17T08:00:00"), {"NARRATIVE"})},
                                long_after);
    EXPECT_EQ(outcome.status, Status::incomplete);
    EXPECT_EQ(outcome.decided_by, "r2");
    EXPECT_EQ(outcome.submission, "S-r2");
    EXPECT_EQ(outcome.lacking, (std::vector<std::string>{"NARRATIVE"}));
}

TEST(Status, AnotherObligationsReceiptIsNone)
{
    Event other = receipt(march(), "r", at("2026-03-16T08:00:00"));
    other.scope.period = "2026-02";
    Event vague = receipt(march(), "v", at("2026-03-16T08:00:00"));
    vague.scope.subject.clear();
    EXPECT_EQ(word({other, vague}), "missing") << "a receipt names its obligation";
}

TEST(Status, AnExtensionGivesTimeToAllItSpeaksOf)
{
    const Event more = extension({.period = "2026-03"}, "e", at("2026-03-16T08:00:00"), at("2026-03-21T00:00:00"));
    EXPECT_EQ(word({more}, at("2026-03-17T12:00:00")), "open") << "it is not needed yet";
    EXPECT_EQ(word({more}, at("2026-03-20T12:00:00")), "open by e with e");
    EXPECT_EQ(word({more}, at("2026-03-21T00:00:00")), "missing by e");
    EXPECT_EQ(word({more, receipt(march(), "r", at("2026-03-20T08:00:00"))}), "on_time by r with e");
    EXPECT_EQ(word({more, receipt(march(), "r", at("2026-03-17T08:00:00"))}), "on_time by r");
    const Event other = extension({.agency = "H52.09"}, "e", at("2026-03-16T08:00:00"), at("2026-03-21T00:00:00"));
    EXPECT_EQ(word({other, receipt(march(), "r", at("2026-03-20T08:00:00"))}), "late by r");
}

TEST(Status, AnExtensionGrantedAfterwardsIsUnknownBefore)
{
    const std::vector<Event> events = {receipt(march(), "r", at("2026-03-20T08:00:00")),
                                       extension(scope_of(march()), "e", at("2026-03-30T08:00:00"), at("2026-03-21T00:00:00"))};
    EXPECT_EQ(word(events, at("2026-03-29T08:00:00")), "late by r");
    EXPECT_EQ(word(events, at("2026-03-31T08:00:00")), "on_time by r with e");
}

TEST(Status, TheLeadsIntakeCountsWithANoticeOnly)
{
    const Time when = at("2026-03-10T08:00:00");
    EXPECT_EQ(word({intake("o", when, at("2026-03-12T00:00:00"), std::nullopt)}, at("2026-03-12T08:00:00")), "open by o");
    EXPECT_EQ(word({intake("o", when, at("2026-03-12T00:00:00"), std::nullopt, "")}, at("2026-03-12T08:00:00")), "upcoming");
    EXPECT_EQ(word({intake("o", when, at("2026-03-17T00:00:00"), std::nullopt)}, at("2026-03-16T08:00:00")), "upcoming by o");
    EXPECT_EQ(word({intake("c", when, std::nullopt, at("2026-03-20T00:00:00"))}, at("2026-03-19T08:00:00")), "open by c with c");
    EXPECT_EQ(word({intake("c", when, std::nullopt, at("2026-03-20T00:00:00"), "")}, at("2026-03-19T08:00:00")), "missing");
}

TEST(Status, TheIntakeThatOpensFirstCounts)
{
    const Time when = at("2026-03-10T08:00:00");
    const Event early = intake("early", when, at("2026-03-12T00:00:00"), std::nullopt);
    const Event later = intake("later", when, at("2026-03-14T00:00:00"), std::nullopt);
    for (const auto& events : {std::vector<Event>{early, later}, std::vector<Event>{later, early}})
        EXPECT_EQ(word(events, at("2026-03-12T08:00:00")), "open by early");
}

TEST(Status, OfTwoExtensionsToOneMomentTheFirstRecordedIsNamed)
{
    const Time until = at("2026-03-21T00:00:00");
    const Event first = extension({}, "first", at("2026-03-16T08:00:00"), until);
    const Event second = extension({}, "second", at("2026-03-17T08:00:00"), until);
    for (const auto& events : {std::vector<Event>{first, second}, std::vector<Event>{second, first}}) {
        EXPECT_EQ(word(events, at("2026-03-20T08:00:00")), "open by first with first");
        EXPECT_EQ(word(events), "missing by first");
    }
}

TEST(Status, ClosingEarlyTakesNothingAway)
{
    EXPECT_EQ(word({intake("c", at("2026-03-10T08:00:00"), std::nullopt, at("2026-03-16T00:00:00")),
                    receipt(march(), "r", at("2026-03-17T08:00:00"))}),
              "on_time by r");
}

TEST(Status, AnIncidentStandsBesideALateReportAndDoesNotExcuseIt)
{
    const auto incident = [](std::string id, Time from, std::optional<Time> to) {
        return Event{
            .id = std::move(id), .at = at("2026-03-17T10:00:00"), .who = "H52.15", .why = "mất điện", .what = Incident{from, to}};
    };
    const std::vector<Event> events = {incident("i2", at("2026-03-17T08:00:00"), at("2026-03-17T17:00:00")),
                                       incident("i1", at("2026-03-17T20:00:00"), std::nullopt),
                                       incident("i0", at("2026-03-01T08:00:00"), at("2026-03-01T17:00:00")),
                                       incident("i9", at("2026-03-19T08:00:00"), std::nullopt),
                                       receipt(march(), "r", at("2026-03-18T08:00:00"))};
    const auto outcome = status(march(), events, long_after);
    EXPECT_EQ(outcome.status, Status::late);
    EXPECT_EQ(outcome.incidents, (std::vector<std::string>{"i1", "i2"})) << "those that touch the time it could be sent in";
}

TEST(Status, WaivedIsNotOwedAndOnTimeStaysOnTime)
{
    EXPECT_EQ(word({waiver(at("2026-03-10T08:00:00"))}), "waived by w");
    EXPECT_EQ(word({waiver(at("2026-03-10T08:00:00")), receipt(march(), "r", at("2026-04-17T08:00:00"))}), "waived by w");
    EXPECT_EQ(word({waiver(at("2026-04-10T08:00:00")), receipt(march(), "r", at("2026-03-17T08:00:00"))}), "on_time by r");
    EXPECT_EQ(word({waiver(at("2026-04-10T08:00:00"))}, at("2026-04-01T08:00:00")), "missing");
}

TEST(Status, IsSaidInTheRegulationsWords)
{
    EXPECT_EQ(in_words(status(march(), std::vector<Event>{receipt(march(), "r", at("2026-03-18T08:00:00"))}, long_after)),
              "quá hạn: thời hạn hết ngày 17/03/2026, nhận lúc 2026-03-18T08:00:00.000+07:00, lần gửi S-r");
    EXPECT_EQ(in_words(status(march(), {}, long_after)), "chưa gửi: thời hạn hết ngày 17/03/2026");
    EXPECT_EQ(
        in_words(status(march(), std::vector<Event>{receipt(march(), "r", at("2026-03-17T08:00:00"), {"A", "B"})}, long_after)),
        "chưa đầy đủ: thời hạn hết ngày 17/03/2026, nhận lúc 2026-03-17T08:00:00.000+07:00, lần gửi S-r, còn thiếu A; B");
    EXPECT_EQ(in_words(status(march(), std::vector<Event>{waiver(at("2026-03-10T08:00:00"))}, long_after)),
              "miễn: thời hạn hết ngày 17/03/2026, theo w");
}

TEST(Status, AReceiptCountsFromWhenTheReportCameAndIsKnownFromWhenItWasRecorded)
{
    const Event in_time = taken_over(march(), "r", at("2026-03-17T09:00:00"), at("2026-04-02T08:00:00"));
    EXPECT_EQ(word({in_time}, at("2026-04-02T07:59:59")), "missing") << "as the board of that morning had it";
    EXPECT_EQ(word({in_time}), "on_time by r");
    EXPECT_EQ(status(march(), std::vector{in_time}, long_after).received, at("2026-03-17T09:00:00"));
    const Event late = receipt(march(), "q", at("2026-03-20T08:00:00"));
    EXPECT_EQ(word({late, in_time}), "on_time by r") << "what came first decides, not what was recorded first";
}

TEST(Status, WhatCameAndWasRefusedIsNeitherThereNorNeverCame)
{
    const Event refused = refusal(march(), "q", at("2026-03-16T08:00:00"));
    EXPECT_EQ(word({refused}, at("2026-03-16T07:59:59")), "open");
    EXPECT_EQ(word({refused}, at("2026-03-17T08:00:00")), "refused by q");
    EXPECT_EQ(word({refused}), "refused by q") << "after the deadline too";
    EXPECT_EQ(word({refused, refusal(march(), "q2", at("2026-03-17T08:00:00"))}), "refused by q2") << "the last one tells what to mend";
    EXPECT_EQ(word({refused, receipt(march(), "r", at("2026-03-17T09:00:00"))}), "on_time by r");
    EXPECT_EQ(word({refused, receipt(march(), "r", at("2026-03-19T09:00:00"))}), "late by r") << "a refused report was none";
    EXPECT_EQ(word({refused, receipt(march(), "r", at("2026-03-15T09:00:00"), {"TABLE"})}), "incomplete by r");
    EXPECT_EQ(word({refused, waiver(at("2026-03-10T08:00:00"))}), "waived by w");
    EXPECT_EQ(in_words(status(march(), std::vector{refused}, long_after)),
              "bị từ chối: thời hạn hết ngày 17/03/2026, nhận lúc 2026-03-16T08:00:00.000+07:00, lần gửi S-q, đang ở khu cách ly");
}

TEST(Status, ZeroAndNoCaseAreAnswersAndSaySo)
{
    for (const auto& [said, words] : {std::pair{Said::zero, ", bằng 0"}, std::pair{Said::no_case, ", không phát sinh"},
                                      std::pair{Said::figures, ""}, std::pair{Said::unstated, ""}}) {
        Event told = receipt(march(), "r", at("2026-03-17T08:00:00"));
        std::get<Receipt>(told.what).said = said;
        const Outcome outcome = status(march(), std::vector{told}, long_after);
        EXPECT_EQ(outcome.status, Status::on_time);
        EXPECT_EQ(outcome.said, said);
        EXPECT_EQ(in_words(outcome), std::string("đúng hạn: thời hạn hết ngày 17/03/2026, nhận lúc 2026-03-17T08:00:00.000+07:00, lần gửi S-r") + words);
    }
}
