// What stands in the sheets, cell by cell.
#include "fixture.hpp"

#include "hub/compliance/receipt_link.hpp"
#include "hub/compliance/scoreboard_table.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

std::vector<TableSheet> sheets(std::string_view base)
{
    const Obligation one = march();
    const std::vector<Event> events = {receipt(one, "r", at("2026-03-19T08:00:00"), {"=NARRATIVE"})};
    const Report report = monthly_report(std::chrono::year{2026} / std::chrono::March);
    auto board = scoreboard(std::vector<Obligation>{one}, events, at("2026-04-01T00:00:00"), report.span);
    board.rows[0].entries[0].outcome.submission = "S-17";
    return scoreboard_tables(
        board, report, [](std::string_view code) { return "=" + std::string(code); }, base);
}

}  // namespace

TEST(ScoreboardTables, SayWhatTheyAreBeforeTheyCount)
{
    const auto found = sheets("");
    ASSERT_EQ(found.size(), 2U);
    for (const TableSheet& sheet : found) {
        ASSERT_EQ(sheet.above.size(), 4U);
        EXPECT_EQ(sheet.above[0], (TableRow{"Tình hình cập nhật số liệu báo cáo tháng 03/2026"}));
        EXPECT_EQ(sheet.above[1], (TableRow{"Từ ngày", day(2026, 3, 1), "đến hết ngày", day(2026, 3, 31)}));
        EXPECT_EQ(sheet.above[2], (TableRow{"Tính đến", at("2026-04-01T00:00:00")}));
        EXPECT_EQ(sheet.above[3], (TableRow{"Căn cứ", "Quyết định 17/2022/QĐ-UBND, Điều 18.1"}));
        for (const TableRow& row : sheet.rows)
            EXPECT_EQ(row.size(), sheet.headings.size());
    }
}

TEST(ScoreboardTables, CountWhatIsOwedAndTheSums)
{
    const TableSheet counts = sheets("")[0];
    using Count = std::int64_t;
    EXPECT_EQ(counts.rows,
              (std::vector<TableRow>{
                  {"H52.01", "=H52.01", Count{1}, Count{0}, Count{0}, Count{1}, Count{0}, Count{0}, Count{0}, Count{0}, Count{0}},
                  {"", "Tổng cộng", Count{1}, Count{0}, Count{0}, Count{1}, Count{0}, Count{0}, Count{0}, Count{0}, Count{0}}}));
    EXPECT_TRUE(counts.last_row_sums);
}

TEST(ScoreboardTables, HoldEveryObligationWithRealDatesAndALinkToItsReceipt)
{
    const TableRow row = sheets("https://hub.test:8443/")[1].rows.at(0);
    EXPECT_EQ(row[5], TableCell(day(2026, 3, 17)));
    EXPECT_EQ(row[6], TableCell()) << "no extension";
    EXPECT_EQ(row[7], TableCell("chưa đầy đủ"));
    EXPECT_EQ(row[8], TableCell("")) << "a whole report says no figure";
    EXPECT_EQ(row[9], TableCell(at("2026-03-19T08:00:00")));
    EXPECT_EQ(row[10], TableCell(LinkedText{"S-17", "https://hub.test:8443/v1/submissions/S-17"}));
    EXPECT_EQ(row[11], TableCell("=NARRATIVE")) << "a text; the writer knows no formulas";
    EXPECT_EQ(sheets("")[1].rows.at(0)[10], TableCell(LinkedText{"S-17", ""})) << "where the hub has no address";
}

TEST(ReceiptLink, IsForTheHubsOwnSubmissions)
{
    EXPECT_EQ(receipt_link("", "S-1"), "/v1/submissions/S-1");
    EXPECT_EQ(receipt_link("https://h", "S-12"), "https://h/v1/submissions/S-12");
    for (const char* other : {"", "S-", "X-17", "S-1x", "S-r2", "công văn 12/BC", "S-1/../x"})
        EXPECT_EQ(receipt_link("https://h", other), "") << other;
}

TEST(Reports, AreNamedByTheirKindAndPeriod)
{
    EXPECT_EQ(report_of("month", "2026-03", "p")->title, "Tình hình cập nhật số liệu báo cáo tháng 03/2026");
    EXPECT_EQ(report_of("quarter", "2026-Q1", "p")->act, "Quyết định 17/2022/QĐ-UBND, Điều 18.1");
    EXPECT_EQ(report_of("year", "2026", "p")->act, "Quy chế của tỉnh Sóc Trăng, Điều 17.4");
    EXPECT_EQ(report_of("day", "2026-03-18", "p")->span.from, day(2026, 3, 1));
    for (const auto& [kind, period] : {std::pair{"month", "2026"}, std::pair{"half", "2026-S1"}, std::pair{"day", "mai"}}) {
        const auto report = report_of(kind, period, "query/x");
        ASSERT_FALSE(report.ok()) << kind;
        EXPECT_EQ(report.problem().place, "query/x");
    }
}
