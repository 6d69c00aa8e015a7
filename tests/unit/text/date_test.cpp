// Dates are read in the order Vietnamese write them, and in no other.
#include "hub/text/date.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

std::string read(std::string_view written)
{
    const auto date = text::date_from_vietnamese(written);
    return date.ok() ? to_text(*date) : date.problem().code;
}

}  // namespace

TEST(Date, ReadsWhatPeopleWrite)
{
    for (const char* written : {"ngày 05 tháng 01 năm 2020", "Ngày 5 tháng 1 năm 2020", "5 tháng 1, năm 2020", "05/01/2020",
                                "5-1-2020", "5.1.2020", "ngày 5/1/2020", "  05 / 01 / 2020 ", "NGÀY 05 THÁNG 01 NĂM 2020"})
        EXPECT_EQ(read(written), "2020-01-05") << written;
    EXPECT_EQ(read("29/2/2024"), "2024-02-29");
}

TEST(Date, RefusesWhatIsNoDayOrAnotherOrder)
{
    for (const char* written : {"", "ngày", "2020-01-05", "31/02/2020", "29/2/2025", "13/13/2020", "5/1", "5/1/20", "5/1-2020",
                                "5,1,2020", "05012020", "5 1 2020", "ngày 5 tháng 1", "ngày 5 tháng 1 2020", "5/1/2020 10:00",
                                "tháng 1 năm 2020", "0/1/2020", "ngày 5 tháng 1 năm 20205"})
        EXPECT_EQ(read(written), "date.malformed") << written;
    EXPECT_EQ(read("5/1/2020" + std::string(200, ' ')), "date.malformed");
}

TEST(Date, SaysWhatWouldBeRight)
{
    const auto date = text::date_from_vietnamese("2020-01-05");
    EXPECT_EQ(date.problem().found, "2020-01-05");
    EXPECT_NE(date.problem().expected.find("05/01/2020"), std::string::npos);
}
