// The scoreboard counts what it shows, and shows what it counts.
#include "fixture.hpp"

#include "hub/catalogue/csv.hpp"
#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_csv.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

/// Five monthly forms of the first quarter for two agencies, and what became of those of March.
struct Quarter
{
    std::vector<Obligation> obligations;
    std::vector<Event> events;

    Quarter()
    {
        std::vector<Duty> duties;
        for (const char* agency : {"H52.02", "H52.01"})
            for (const char* form : {"F_1", "F_2", "F_3", "F_4", "F_5"}) {
                duties.push_back(duty(form, {{.kind = PeriodKind::month}}));
                duties.back().agency = agency;
            }
        obligations = plan(duties, day(2026, 1, 1), day(2026, 4, 1)).obligations;
        events = {receipt(of("F_1"), "r1", at("2026-03-16T08:00:00")),
                  receipt(of("F_2"), "r2", at("2026-03-19T08:00:00")),
                  receipt(of("F_3"), "r3", at("2026-03-16T08:00:00"), {"NARRATIVE"}),
                  {.id = "w",
                   .at = at("2026-03-01T00:00:00"),
                   .scope = scope_of(of("F_4")),
                   .who = "H52",
                   .why = "x",
                   .what = Waiver{}}};
    }

    [[nodiscard]] const Obligation& of(const std::string& form) const
    {
        return *std::find_if(obligations.begin(), obligations.end(), [&](const Obligation& one) {
            return one.subject == form && one.agency == "H52.01" && one.period_text == "2026-03";
        });
    }
};

std::string name(std::string_view code)
{
    return code == "H52.01" ? "Sở Tài chính, \"H52.01\"" : "Sở Y tế";
}

const Span in_march = {day(2026, 3, 1), day(2026, 4, 1)};
const Time april = at("2026-04-02T00:00:00");

}  // namespace

TEST(Scoreboard, CountsEachObligationOnceAndKeepsItBehindTheNumber)
{
    const Quarter quarter;
    const auto board = scoreboard(quarter.obligations, quarter.events, april, in_march);
    ASSERT_EQ(board.rows.size(), 2U);
    EXPECT_EQ(board.rows[0].agency, "H52.01") << "by code";
    const ScoreRow& row = *board.row("H52.01");
    EXPECT_EQ(row.expected(), 5U);
    for (const Status one : {Status::on_time, Status::late, Status::incomplete, Status::waived, Status::missing})
        EXPECT_EQ(row[one], 1U) << to_text(one);
    EXPECT_EQ((*board.row("H52.02"))[Status::missing], 5U);
    EXPECT_EQ(board.row("H52.99"), nullptr);
    EXPECT_EQ(row.entries[1].obligation.subject, "F_2");
    EXPECT_EQ(row.entries[1].outcome.status, Status::late);
    EXPECT_EQ(row.entries[1].outcome.submission, "S-r2") << "the way to the receipt";
}

TEST(Scoreboard, CountsAddUpAtAnyMoment)
{
    const Quarter quarter;
    const Span whole{day(2026, 1, 1), day(2027, 1, 1)};
    for (Time now = at("2026-01-01T00:00:00"); now < at("2026-05-01T00:00:00"); now += std::chrono::hours{36})
        for (const ScoreRow& row : scoreboard(quarter.obligations, quarter.events, now, whole).rows) {
            std::size_t sum = 0;
            for (const Status one : all_statuses)
                sum += row[one];
            EXPECT_EQ(sum, 15U);
            EXPECT_EQ(row.expected(), 15U);
        }
}

TEST(Scoreboard, OfAPastDayComesOutAsItStood)
{
    const Quarter quarter;
    const auto board = scoreboard(quarter.obligations, quarter.events, at("2026-03-16T07:00:00"), in_march);
    EXPECT_EQ((*board.row("H52.01"))[Status::open], 4U);
    EXPECT_EQ((*board.row("H52.01"))[Status::waived], 1U);
    EXPECT_EQ(
        (*scoreboard(quarter.obligations, quarter.events, at("2026-03-10T07:00:00"), in_march).row("H52.02"))[Status::upcoming],
        5U);
}

TEST(Scoreboard, AnExtensionMovesNothingIntoAnotherSpan)
{
    Quarter quarter;
    quarter.events.push_back(extension({}, "e", at("2026-03-16T00:00:00"), at("2026-05-01T00:00:00")));
    const auto board = scoreboard(quarter.obligations, quarter.events, april, in_march);
    EXPECT_EQ(board.row("H52.02")->expected(), 5U);
    EXPECT_EQ((*board.row("H52.02"))[Status::open], 5U);
    EXPECT_EQ((*board.row("H52.01"))[Status::on_time], 2U);
}

TEST(Reports, AreSpansOfTheOneScoreboard)
{
    const Report daily = daily_report(day(2026, 3, 18));
    EXPECT_EQ(daily.span, in_march);
    EXPECT_EQ(daily.title, "Tình hình cập nhật số liệu báo cáo ngày 18/03/2026");
    const Report monthly = monthly_report(std::chrono::year{2026} / std::chrono::December);
    EXPECT_EQ(monthly.span, (Span{day(2026, 12, 1), day(2027, 1, 1)}));
    EXPECT_EQ(monthly.title, "Tình hình cập nhật số liệu báo cáo tháng 12/2026");
    const Report quarterly = quarterly_report(std::chrono::year{2026}, 4);
    EXPECT_EQ(quarterly.span, (Span{day(2026, 10, 1), day(2027, 1, 1)}));
    EXPECT_EQ(quarterly.title, "Tình hình cập nhật số liệu báo cáo quý IV/2026");
    EXPECT_EQ(yearly_report(std::chrono::year{2026}).span, (Span{day(2026, 1, 1), day(2027, 1, 1)}));
}

TEST(ScoreboardCsv, HasARowAnAgencyAndTheSums)
{
    const Quarter quarter;
    EXPECT_EQ(scoreboard_csv(scoreboard(quarter.obligations, quarter.events, april, in_march), name),
              "Mã cơ quan,Cơ quan,Nghĩa vụ báo cáo,Đúng hạn,Quá hạn,Chưa đầy đủ,Bị từ chối,Chưa gửi,Miễn,Đang mở,Chưa mở\r\n"
              "H52.01,\"Sở Tài chính, \"\"H52.01\"\"\",5,1,1,1,0,1,1,0,0\r\n"
              "H52.02,Sở Y tế,5,0,0,0,0,5,0,0,0\r\n"
              ",Tổng cộng,10,1,1,1,0,6,1,0,0\r\n");
}

TEST(ScoreboardCsv, ShowsTheObligationsBehindTheNumbers)
{
    const Quarter quarter;
    const auto rows =
        catalogue::read_csv(obligations_csv(scoreboard(quarter.obligations, quarter.events, april, in_march), name), "o.csv");
    ASSERT_TRUE(rows.ok()) << rows.problem().sentence();
    ASSERT_EQ(rows->size(), 11U);
    std::string late;
    for (const auto& cell : (*rows)[2])
        late += cell.text + '|';
    EXPECT_EQ(late,
              "H52.01|Sở Tài chính, \"H52.01\"|F_2|Báo cáo F_2|2026-03|17/03/2026||quá hạn||2026-03-19T08:00:00.000+07:00|"
              "S-r2||r2||trước ngày 18 của tháng cuối kỳ báo cáo|Quyết định 228/QĐ-UBND, Điều 8.1b||");
}
