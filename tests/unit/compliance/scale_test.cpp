// A province's year: the 182 forms of QĐ 228/QĐ-UBND, owed by each of 35 agencies.
#include "fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

TEST(Scale, AYearOf182FormsFor35AgenciesIsPlannedAndScored)
{
    // Monthly 66, yearly 54, quarterly 23, half-yearly 7; the rest yearly with dates of their own.
    const auto kind_of_form = [](unsigned form) -> Recurrence {
        if (form < 66)
            return {.kind = PeriodKind::month};
        if (form < 120)
            return {.kind = PeriodKind::year};
        if (form < 143)
            return {.kind = PeriodKind::quarter};
        if (form < 150)
            return {.kind = PeriodKind::half};
        return {.kind = PeriodKind::year, .due = Due{.from = Due::From::year_after, .day = 10, .month = 2}};
    };
    std::vector<Duty> duties;
    for (unsigned agency = 1; agency <= 35; ++agency)
        for (unsigned form = 0; form < 182; ++form) {
            duties.push_back(duty("F_" + std::to_string(form), {kind_of_form(form)}));
            duties.back().agency = "H52." + std::to_string(100 + agency);
        }
    const auto found = plan(duties, day(2026, 1, 1), day(2027, 1, 1));
    const std::size_t each = 66 * 12 + 54 + 23 * 4 + 7 * 2 + 32;
    ASSERT_EQ(found.obligations.size(), each * 35);
    EXPECT_TRUE(found.findings.empty());

    // Every third report in time, every fifth late; one extension for everybody in March.
    std::vector<Event> events = {extension({.period = "2026-03"}, "e", at("2026-03-16T00:00:00"), at("2026-03-21T00:00:00"))};
    std::size_t number = 0;
    std::size_t on_time = 0;
    for (const Obligation& one : found.obligations) {
        ++number;
        const bool early = number % 3 == 0;
        if (early || number % 5 == 0)
            events.push_back(
                receipt(one, "R" + std::to_string(number),
                        early ? one.deadline.closes - std::chrono::hours{1} : one.deadline.closes + std::chrono::hours{1}));
        on_time += early || (number % 5 == 0 && one.period_text == "2026-03") ? 1 : 0;
    }
    const auto board = scoreboard(found.obligations, events, at("2027-06-01T00:00:00"), {day(2026, 1, 1), day(2028, 1, 1)});
    ASSERT_EQ(board.rows.size(), 35U);
    std::size_t counted = 0;
    std::size_t in_time = 0;
    for (const ScoreRow& row : board.rows) {
        EXPECT_EQ(row.expected(), each);
        counted += row.expected();
        in_time += row[Status::on_time];
    }
    EXPECT_EQ(counted, found.obligations.size());
    EXPECT_EQ(in_time, on_time);
}
