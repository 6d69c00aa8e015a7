// The defects of published sources, A01 to A37 of mappings/catalogue/RULES.md: for each, which rule or which reader catches it,
// with the numbers as they were printed. Those that nothing here can know have no test, and the page says why.
#include "hub/catalogue/ownership.hpp"
#include "hub/text/number.hpp"
#include "tests/unit/rules/fixture.hpp"
#include "tests/unit/workshop/fixture.hpp"

#include <gtest/gtest.h>


using namespace lienthong;
using namespace lienthong::rules;
using namespace std::chrono;
using lienthong::testing::codes;
using lienthong::testing::message;
using lienthong::testing::record;
using lienthong::testing::worked;

namespace {

const catalogue::Catalogue& shipped()
{
    return catalogue::shipped();
}

/// The code number reading refuses a text with; empty where it takes it.
std::string refused(const char* text, text::NumberLocale locale = text::NumberLocale::vi)
{
    const auto number = text::decimal_from(text, locale);
    return number.ok() ? "" : number.problem().code;
}

/// The breaks of one rule over a catalogue of its own; cells as RuleFolder::rule has them.
class Anomaly : public ::testing::Test
{
protected:
    Told& with(const std::string& cells)
    {
        folder_.rule(cells);
        catalogue_ = folder_.load();
        told_ = std::make_unique<Told>(*catalogue_);
        return *told_;
    }

private:
    RuleFolder folder_;
    std::shared_ptr<const catalogue::Catalogue> catalogue_;
    std::unique_ptr<Told> told_;
};


}  // namespace

TEST_F(Anomaly, A01TwoNumbersInOneReport)
{
    // Hưng Yên, báo cáo tháng 12/2024: 123,32 % in the summary, 23,32 % in the chapter.
    const auto told = [](const char* value) {
        return record({{"indicator", "\"A_II_1\""}, {"measure", "\"CUMULATIVE_VS_PLAN\""}, {"period", "\"2024-12\""}, {"value", value}});
    };
    const auto outcome = worked(message({told("123.32"), told("23.32")}));
    EXPECT_EQ(codes(outcome.verdicts[1]), "record.duplicate_key");
    // Told in two messages it would fall below the months before.
    Told later(shipped());
    later.put("A_II_1|CUMULATIVE_VS_PLAN|2024-11", "110", "PERCENT").put("A_II_1|CUMULATIVE_VS_PLAN|2024-12", "23.32", "PERCENT");
    EXPECT_EQ(later.breaks(), Breaks{"A_II_1_PLAN_NOT_FALLING 2024-12: 23.32, at least 110"});
}

TEST_F(Anomaly, A02AWholeThatIsNotTheSumOfItsParts)
{
    // Hưng Yên, báo cáo tháng 7/2025.
    Told told(shipped());
    told.put("A_II_2|CUMULATIVE|2025-07", "40942", "BILLION_VND");
    told.put("A_II_2|CUMULATIVE|2025-07|EXPENDITURE_ITEM=DEVELOPMENT_INVESTMENT", "25751", "BILLION_VND");
    told.put("A_II_2|CUMULATIVE|2025-07|EXPENDITURE_ITEM=RECURRENT", "14741", "BILLION_VND");
    EXPECT_EQ(told.breaks(), Breaks{"A_II_2_PARTS 2025-07: 40942, 40492"});
}

TEST_F(Anomaly, A03TwoPercentagesInEachOthersPlace)
{
    // Hưng Yên, báo cáo tháng 7, 8 và 9/2025: what would be right is the number printed for the other measure.
    Told told(shipped());
    told.put("A_I_1|VS_DECEMBER|2025-07", "1.87", "PERCENT").put("A_I_1|VS_DECEMBER|2025-08", "2.45", "PERCENT");
    told.put("A_I_1|VS_SAME_PERIOD|2025-08", "1.86", "PERCENT").put("A_I_1|VS_PREVIOUS_MONTH|2025-08", "-0.01", "PERCENT");
    told.put("A_I_1|VS_DECEMBER|2025-09", "2.40", "PERCENT").put("A_I_1|VS_PREVIOUS_MONTH|2025-09", "0.52", "PERCENT");
    EXPECT_EQ(told.breaks(), (Breaks{"A_I_1_CHAINED 2025-08: 2.45, 1.86", "A_I_1_CHAINED 2025-09: 2.40, 2.98"}));
}

TEST_F(Anomaly, A04AnAbsurdValue)
{
    // Hưng Yên, báo cáo tháng 8/2025: other goods and services, against December.
    Told told(shipped());
    told.put("A_I_1|VS_DECEMBER|2025-08|GOODS_GROUP=G11", "54.77", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{"A_I_1_PLAUSIBLE_RISE 2025-08: 54.77, at most 30"});
}

TEST_F(Anomaly, A05AGrowthAgainstAFigureThatWasPublishedAnew)
{
    // Hưng Yên, báo cáo tháng 4 và 5/2025.
    Told told(shipped());
    told.put("A_VIII_1|VALUE|2025-04", "9899", "BILLION_VND").put("A_VIII_1|VALUE|2025-05", "8174", "BILLION_VND");
    told.put("A_VIII_1|VS_PREVIOUS_MONTH|2025-05", "5.69", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{"A_VIII_1_MONTHLY 2025-05: 5.69, -17.43"});
}

TEST_F(Anomaly, A06APercentSignTwice)
{
    EXPECT_EQ(refused("3,45%%"), "number.percent");
    EXPECT_FALSE(shipped().unit("%%").ok());
}

TEST_F(Anomaly, A08WindowsThatDifferAreKeptWithTheirFigures)
{
    // Hưng Yên: accidents from the 15th to the 14th.
    const auto outcome = worked(message({record({{"indicator", "\"A_X_3\""}, {"measure", "\"ACCIDENTS\""}, {"period", "\"2025-05\""},
                                                 {"value", "23"}, {"unit", "\"vụ\""}, {"window", "\"2025-04-15/2025-05-14\""}})}));
    ASSERT_EQ(codes(outcome.verdicts[0]), "");
    EXPECT_EQ(outcome.verdicts[0].observations[0].window, "2025-04-15/2025-05-14");
}

TEST_F(Anomaly, A09AProvinceThatGrewInTheMidstOfASeries)
{
    // Hưng Yên, from July 2025 with Thái Bình.
    Told told(shipped());
    told.put("A_III_5|VALUE|2025-04", "120825", "BILLION_VND").put("A_III_5|VALUE|2025-05", "123081", "BILLION_VND");
    told.put("A_III_5|VALUE|2025-06", "125112", "BILLION_VND").put("A_III_5|VALUE|2025-07", "247850", "BILLION_VND");
    told.put("A_VIII_1|VALUE|2025-04", "9899", "BILLION_VND").put("A_VIII_1|VALUE|2025-05", "8174", "BILLION_VND");
    told.put("A_VIII_1|VALUE|2025-06", "9482", "BILLION_VND").put("A_VIII_1|VALUE|2025-07", "17776", "BILLION_VND");
    EXPECT_EQ(told.breaks(), (Breaks{"A_III_5_JUMP 2025-07: 247850, from 82054 to 184622", "A_VIII_1_JUMP 2025-07: 17776, from 5578 to 16119"}));
}

TEST_F(Anomaly, A10TwoAgenciesWithTwoNumbers)
{
    // Hưng Yên, nine months of 2025: the statistics office and the people's committee.
    const auto told = [](const char* agency, const char* value) {
        return Observation{{"A_II_1", "CUMULATIVE", "2025-09", "GSO:33", "_T", agency}, value, "BILLION_VND"};
    };
    EXPECT_FALSE(catalogue::same_figure(shipped(), told("H31.01", "70625"), told("H31", "71062")));
}

TEST_F(Anomaly, A11AZeroInWords)
{
    EXPECT_EQ(refused("không xảy ra vụ cháy, nổ nào"), "number.malformed");
}

TEST_F(Anomaly, A12WordsWithoutANumber)
{
    // Hưng Yên, báo cáo tháng 6/2025: gold "tăng nhẹ".
    EXPECT_EQ(refused("tăng nhẹ"), "number.malformed");
    const auto outcome = worked(message({record({{"indicator", "\"A_I_3\""}, {"measure", "\"VS_PREVIOUS_MONTH\""}, {"period", "\"2025-06\""},
                                                 {"value", ""}, {"availability", "\"not_available\""}})}));
    EXPECT_EQ(codes(outcome.verdicts[0]), "") << "what is not told is told as such";
}

TEST_F(Anomaly, A17ANumberKeptAsTextWithAPoint)
{
    // Tổng cục Thống kê, biểu tháng 12/2024, lao động.
    EXPECT_EQ(refused("40.3"), "number.malformed") << "a point groups by three in Vietnamese";
}

TEST_F(Anomaly, A18ACountWithDigitsBehindThePoint)
{
    Told told(shipped());
    told.put("DEMO_HY_ENV_VIOLATIONS|VALUE|2025-05", "4053.0", "CASE").put("DEMO_HY_ENV_VIOLATIONS|VALUE|2025-06", "4053.5", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"COUNT_WHOLE 2025-06: 4053.5, a whole number"}) << "4053,0 is 4053, only written oddly";
}

TEST_F(Anomaly, A20AProvinceInManyWritings)
{
    const auto code = [](const char* name) {
        const auto area = shipped().area("NAME", name, 2024y / June / 1);
        return area.ok() ? (*area)->code : area.problem().code;
    };
    for (const char* name : {"TP. Hồ Chí Minh", "Tp. Hồ Chí Minh", "TP Hồ Chí Minh"})
        EXPECT_EQ(code(name), "GSO:79") << name;
    for (const char* name : {"Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thừa Thiên Huế"})
        EXPECT_EQ(code(name), "GSO:46") << name;
    for (const char* name : {"Đắk Lắk", "Đăk Lăk"})
        EXPECT_EQ(code(name), "GSO:66") << name;
    EXPECT_EQ(code("Dak Lak"), "area.unknown") << "what nobody declared is no writing of it";
}

TEST_F(Anomaly, A24ADefinitionThatChanged)
{
    // Tổng cục Thống kê, persons injured by quarter, from the tables of 2023 and 2024.
    Told& told = with("jump,hint,,A_1,VALUE,,,,,1.5,4,printed");
    told.put("A_1|VALUE|2023-Q3", "1350", "CASE").put("A_1|VALUE|2023-Q4", "2382", "CASE");
    told.put("A_1|VALUE|2024-Q2", "2610", "CASE").put("A_1|VALUE|2024-Q3", "3952", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2024-Q3: 3952, from 1588 to 3573"});
}

TEST_F(Anomaly, A26ThreeOutcomesThatAreNotAllOfThem)
{
    // dichvucong.thuathienhue.gov.vn; the rule's days are those of the test's catalogue.
    Told& told = with("sum,finding,,A_1,VALUE,,,,/CUMULATIVE;A_1_1;A_1_2,,,printed");
    told.put("A_1|VALUE|2025", "257141", "CASE").put("A_1|CUMULATIVE|2025", "124907", "CASE");
    told.put("A_1_1|VALUE|2025", "102770", "CASE").put("A_1_2|VALUE|2025", "19852", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025: 257141, 247529"});
}

TEST_F(Anomaly, A27TwoUnitsInOneArticle)
{
    // Báo Quảng Nam 9/2024: 6.370 tỷ đồng in the month, 49,2 nghìn tỷ đồng since January.
    Told told(shipped());
    ASSERT_EQ((*shipped().unit("nghìn tỷ đồng"))->code, "TRILLION_VND");
    told.put("A_VIII_1|VALUE|2024-09", "6370", "BILLION_VND").put("A_VIII_1|CUMULATIVE|2024-09", "49.2", "TRILLION_VND");
    EXPECT_EQ(told.breaks(), Breaks{}) << "read with its unit it is right";
    told.put("A_VIII_1|CUMULATIVE|2024-09", "49.2", "BILLION_VND");
    EXPECT_EQ(told.breaks(), Breaks{"A_VIII_1_WITHIN_YEAR 2024-09: 6370, at most 49"}) << "read in the other's unit it is less than the month";
}

TEST_F(Anomaly, A28EnglishSeparators)
{
    EXPECT_EQ(refused("13,591,492"), "number.malformed");
    EXPECT_EQ(refused("8.01"), "number.malformed");
    EXPECT_EQ(text::decimal_from("114,792", text::NumberLocale::vi).value(), "114.792") << "one comma alone is a number in both notations";
    Told& told = with("jump,hint,,A_1,VALUE,,,,,2,4,printed");
    for (const char* period : {"2022-M9", "2023-M9", "2024-M9"})
        told.put(std::string("A_1|VALUE|") + period, "100000", "KG");
    told.put("A_1|VALUE|2025-M9", "114.792", "KG");
    EXPECT_EQ(told.breaks().size(), 1U) << "its neighbours show it";
}

TEST_F(Anomaly, A29LettersThatWereLost)
{
    const auto unknown = shipped().area("NAME", "L m   ng", 2025y / August / 1);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.problem().code, "area.unknown");
    EXPECT_FALSE(shipped().unit("t   ng").ok());
}

TEST_F(Anomaly, A30ValuesThatAreNoNumbers)
{
    for (const char* text : {"trên 97%", "gần 86%", "hơn 1.768 tỷ", "khoảng 1.858 tỷ"})
        EXPECT_TRUE(refused(text).starts_with("number.")) << text << ": " << refused(text);
}

TEST_F(Anomaly, A31AShareOfSomethingElse)
{
    // Vĩnh Phúc, tháng 9/2021: 1.598 of 4.131 dossiers.
    Told& told = with("ratio,finding,,A_1,GROWTH,,,,/VALUE;/CUMULATIVE,,,printed");
    told.put("A_1|GROWTH|2025-09", "18.9", "PERCENT").put("A_1|VALUE|2025-09", "1598", "CASE").put("A_1|CUMULATIVE|2025-09", "4131", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-09: 18.9, 38.7"});
}

TEST_F(Anomaly, A32AProvincesCodeInOtherHands)
{
    const auto name = [](catalogue::Day day) { return (*shipped().area("GSO", "15", day))->name_vi; };
    EXPECT_EQ(name(2025y / June / 30), "Tỉnh Yên Bái");
    EXPECT_EQ(name(2025y / July / 1), "Tỉnh Lào Cai");
}

TEST_F(Anomaly, A33ACommuneUnderAnotherCode)
{
    EXPECT_EQ((*shipped().area("GSO", "06970", 2025y / August / 1))->name_vi, "Xã Ba Chẽ");
    EXPECT_EQ(shipped().area("GSO", "06978", 2025y / August / 1).problem().code, "area.unknown");
}

TEST_F(Anomaly, A34OneFigureInTwoAndInFourteenDigits)
{
    // Tổng cục Thống kê and the National Summary Data Page.
    Told& told = with("equal,finding,,A_1,VALUE,,,,A_2,,,printed");
    told.put("A_1|VALUE|2025-07", "106.33", "POINT").put("A_2|VALUE|2025-07", "106.33176672076075", "POINT");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1|VALUE|2025-07", "106.34", "POINT");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 106.34, 106.33"});
}

TEST_F(Anomaly, A35SixMarksThatMakeLessThanTheirSum)
{
    // Bắc Kạn, index of Decision 766, tháng 7/2024.
    Told& told = with("sum,finding,,A_1,VALUE,,,,/CUMULATIVE;/GROWTH;/SINCE_DECEMBER;A_1_1;A_1_2;A_2,,,printed");
    told.put("A_1|VALUE|2024-07", "82.88", "POINT").put("A_1|CUMULATIVE|2024-07", "14.1", "POINT").put("A_1|GROWTH|2024-07", "19.5", "POINT");
    told.put("A_1|SINCE_DECEMBER|2024-07", "7.9", "POINT").put("A_1_1|VALUE|2024-07", "8.2", "POINT");
    told.put("A_1_2|VALUE|2024-07", "14.4", "POINT").put("A_2|VALUE|2024-07", "18", "POINT");
    EXPECT_EQ(told.breaks(), Breaks{"R 2024-07: 82.88, 82.1"});
}

TEST_F(Anomaly, A37NineMonthsThatAreNotTheirQuarters)
{
    // Tổng cục Thống kê, biểu tháng 9/2024, traffic accidents; with the third quarter left blank nothing could be said.
    Told& told = with("sum,finding,,A_1,VALUE,,,,quarters,,,printed");
    told.put("A_1|VALUE|2024-M9", "17629", "CASE").put("A_1|VALUE|2024-Q1", "6577", "CASE").put("A_1|VALUE|2024-Q2", "5776", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1|VALUE|2024-Q3", "5424", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2024-M9: 17629, 17777"});
}
