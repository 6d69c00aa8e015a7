// What would have been right, in the sender's language.
#include "hub/model/expected_text.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace lienthong;

TEST(ExpectedText, IsSaidInVietnameseWithWhatDiffersFromCaseToCase)
{
    EXPECT_EQ(expected_in_vietnamese("a period that has begun on 2026-11-26"), "một kỳ đã bắt đầu vào ngày 2026-11-26");
    EXPECT_EQ(expected_in_vietnamese("one of the 4 keys of prices.csv"), "một trong 4 khóa của prices.csv");
    EXPECT_EQ(expected_in_vietnamese("a day from 2008-08-01 until before 2025-07-01"), "một ngày từ 2008-08-01 đến trước 2025-07-01");
    EXPECT_EQ(expected_in_vietnamese("no value"), "không có giá trị");
}

TEST(ExpectedText, TakesThePhraseThatSaysMost)
{
    EXPECT_EQ(expected_in_vietnamese("digits with an optional point, as in -1250.5"), "các chữ số, có thể có dấu chấm thập phân, ví dụ -1250.5");
    EXPECT_EQ(expected_in_vietnamese("no value, or the availability 'value'; found no_case"),
              "không có giá trị, hoặc lý do là 'value'; đang là no_case");
}

TEST(ExpectedText, LeavesNamesAndCodesAlone)
{
    for (const char* text : {"", "A_I_1, A_I_2", "PERCENT", "H31.01", "at most", "at most ", "a unit of it", "one of the  keys of "})
        EXPECT_EQ(expected_in_vietnamese(text), "") << text;
}

TEST(ExpectedText, EveryPhraseStandsOnceAndHasAsManyHolesInBothLanguages)
{
    std::set<std::string_view> seen;
    const auto holes = [](std::string_view phrase) {
        std::size_t count = 0;
        for (std::size_t at = phrase.find("{}"); at != std::string_view::npos; at = phrase.find("{}", at + 2))
            ++count;
        return count;
    };
    for (const ExpectedText& text : all_expected_texts()) {
        EXPECT_TRUE(seen.insert(text.en).second) << text.en;
        EXPECT_EQ(holes(text.en), holes(text.vi)) << text.en;
        EXPECT_FALSE(text.vi.empty()) << text.en;
    }
}
