// What people read of an alarm: lengths of time, and the mail in both languages.
#include "hub/flow/alarm_text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lienthong::flow {
namespace {

using namespace std::chrono_literals;

TEST(AlarmText, ALengthOfTimeHasItsTwoGreatestParts)
{
    EXPECT_EQ(duration_text(0s), "0 s");
    EXPECT_EQ(duration_text(3s), "3 s");
    EXPECT_EQ(duration_text(40min), "40 min");
    EXPECT_EQ(duration_text(25h), "1 d 1 h");
    EXPECT_EQ(duration_text(24h + 40min), "1 d");
    EXPECT_EQ(duration_text(59min + 59s, vietnamese_units), "59 phút 59 giây");
    EXPECT_EQ(duration_text(76h, vietnamese_units), "3 ngày 4 giờ");
}

TEST(AlarmText, AMailSaysEachThingInTheReadersLanguage)
{
    const Quiet quiet{.since = Time{}, .expected = Time{} + 30h, .usual = 24h};
    const Alarm alarm{.flow = "gia", .problem = quiet_problem("gia", quiet, false), .since = quiet.since, .usual = quiet.usual};
    const Mail mail = mail_of(std::vector{alarm}, "https://lienthong.example");
    EXPECT_NE(mail.text.find("thường có sau mỗi: 1 ngày\n"), std::string::npos) << mail.text;
    EXPECT_NE(mail.text.find("1 d"), std::string::npos) << mail.text;
    EXPECT_NE(mail.text.find("https://lienthong.example/"), std::string::npos) << mail.text;
}

}  // namespace
}  // namespace lienthong::flow
