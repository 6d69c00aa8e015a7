// What an agency is written.
#include "fixture.hpp"

#include "hub/compliance/reminder_letter.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

const std::vector<unsigned> stages = {5, 2, 0};

std::vector<Letter> written(const std::vector<Obligation>& owed, const std::vector<Event>& events, Time now)
{
    const auto due = reminders(owed, events, now, stages, next_working);
    return letters(due, [](std::string_view code) { return "Sở " + std::string(code); },
                   {.sender = "Trung tâm Điều hành", .base_url = "https://hub.test"});
}

}  // namespace

TEST(Letters, SayFormPeriodDayRuleAndWhatToDo)
{
    const auto found = written({march()}, {}, at("2026-03-16T08:00:00"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].agency, "H52.01");
    EXPECT_EQ(found[0].subject, "Nhắc thời hạn báo cáo: 1 báo cáo, gần nhất hết thứ Ba, ngày 17/03/2026");
    EXPECT_EQ(
        found[0].text,
        "Kính gửi: Sở H52.01\n\n"
        "Trung tâm Điều hành trân trọng thông báo: 1 báo cáo sau đây của quý cơ quan sắp hết thời hạn gửi.\n\n"
        "1. Báo cáo F_1 (biểu F_1)\n"
        "   Kỳ báo cáo: Tháng 3/2026\n"
        "   Thời hạn: hết thứ Ba, ngày 17/03/2026 (còn 1 ngày làm việc sau hôm nay)\n"
        "   Quy định: trước ngày 18 của tháng cuối kỳ báo cáo (Quyết định 228/QĐ-UBND, Điều 8.1b)\n"
        "   Cách tính: trước ngày 18/03/2026, tức hết ngày 17/03/2026\n"
        "   Tình trạng: chưa nhận được báo cáo\n\n"
        "Đề nghị quý cơ quan gửi đầy đủ các báo cáo trên trước khi hết thời hạn; báo cáo gửi sau thời hạn được ghi nhận là "
        "quá hạn. Trường hợp gặp sự cố khi gửi, đề nghị thông báo ngay cho Trung tâm Điều hành để phối hợp khắc phục, bảo đảm "
        "thời hạn.\n"
        "Tình hình nhận báo cáo: https://hub.test/\n\n"
        "Trân trọng.\nTrung tâm Điều hành\n\n"
        "Thư này do hệ thống tự động gửi, mỗi báo cáo một lần tại mỗi mốc nhắc. Báo cáo vừa gửi xong thì không cần gửi lại.\n");
}

TEST(Letters, AreOneAnAgency)
{
    auto two = duty("F_2", {{.kind = PeriodKind::month}});
    auto other = duty("F_3", {{.kind = PeriodKind::month}});
    other.agency = "H52.02";
    const auto owed =
        plan({duty("F_1", {{.kind = PeriodKind::month}}), two, other}, day(2026, 3, 1), day(2026, 4, 1)).obligations;
    const auto found = written(owed, {}, at("2026-03-17T08:00:00"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].reminders.size(), 2U);
    EXPECT_NE(found[0].text.find("2. Báo cáo F_2"), std::string::npos);
    EXPECT_NE(found[0].text.find("hôm nay là ngày cuối"), std::string::npos);
    EXPECT_EQ(found[1].agency, "H52.02");
    EXPECT_EQ(found[1].text.find("F_2"), std::string::npos);
}

TEST(Letters, SayWhatLacksAndWhenATimeOfDayWasGranted)
{
    const std::vector<Event> events = {receipt(march(), "r", at("2026-03-16T07:00:00"), {"NARRATIVE", "SIGNATURE"}),
                                       extension(scope_of(march()), "e", at("2026-03-16T07:30:00"), at("2026-03-18T17:00:00"))};
    const auto found = written({march()}, events, at("2026-03-17T08:00:00"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].text.find("đã nhận nhưng chưa đầy đủ, còn thiếu: NARRATIVE; SIGNATURE"), std::string::npos)
        << found[0].text;
    EXPECT_NE(found[0].text.find("Thời hạn: trước 17:00 thứ Tư, ngày 18/03/2026"), std::string::npos) << found[0].text;
}

TEST(Letters, NameWeekdaysAsPeopleDo)
{
    EXPECT_EQ(weekday_text(day(2026, 3, 15)), "Chủ nhật");
    EXPECT_EQ(weekday_text(day(2026, 3, 16)), "thứ Hai");
    EXPECT_EQ(weekday_text(day(2026, 3, 21)), "thứ Bảy");
}
