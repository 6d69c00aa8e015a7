// Periods have one canonical text, and are read from it, from patterns and from Vietnamese.
#include "hub/text/period.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace std::chrono;
using text::Period;
using text::PeriodKind;

namespace {

std::string shown(const Result<Period>& result)
{
    return result.ok() ? to_text(*result) : result.problem().code;
}

std::string by_pattern(std::string_view written, std::string_view pattern)
{
    return shown(text::period_by_pattern(written, pattern));
}

std::string vietnamese(std::string_view written)
{
    return shown(text::period_from_vietnamese(written));
}

}  // namespace

TEST(Period, ReadsItsOwnCanonicalTextBack)
{
    for (const char* canonical :
         {"2025", "2025-S1", "2025-S2", "2025-Q1", "2025-Q4", "2025-M9", "2025-01", "2025-12", "2024-02-29"})
        EXPECT_EQ(shown(text::period_from(canonical)), canonical);
}

TEST(Period, RefusesTextsThatAreNotCanonical)
{
    for (const char* written :
         {"", "25", "2025-", "2025-13", "2025-00", "2025-3", "2025-Q5", "2025-Q0", "2025-S3", "2025-M8", "2025-02-29",
          "2025-04-31", "2025/03", "2025-03-1", "2025-03-01T", "0025", "2025-Q1 ", "03-2025", "2025-03/01"})
        EXPECT_EQ(shown(text::period_from(written)), "period.malformed") << written;
}

TEST(Period, KnowsItsFirstAndLastDay)
{
    const auto first_of = [](const char* canonical) { return text::first_day(*text::period_from(canonical)); };
    const auto last_of = [](const char* canonical) { return text::last_day(*text::period_from(canonical)); };
    EXPECT_EQ(first_of("2025-Q3"), 2025y / July / 1);
    EXPECT_EQ(last_of("2025-Q3"), 2025y / September / 30);
    EXPECT_EQ(first_of("2025-S2"), 2025y / July / 1);
    EXPECT_EQ(last_of("2025-S1"), 2025y / June / 30);
    EXPECT_EQ(first_of("2025-M9"), 2025y / January / 1);
    EXPECT_EQ(last_of("2025-M9"), 2025y / September / 30);
    EXPECT_EQ(last_of("2024-02"), 2024y / February / 29);
    EXPECT_EQ(last_of("2025"), 2025y / December / 31);
    EXPECT_EQ(first_of("2025-03-31"), 2025y / March / 31);
    EXPECT_EQ(last_of("2025-03-31"), 2025y / March / 31);
}

TEST(Period, ReadsByDeclaredPattern)
{
    EXPECT_EQ(by_pattern("03/2025", "MM/yyyy"), "2025-03");
    EXPECT_EQ(by_pattern("202503", "yyyyMM"), "2025-03");
    EXPECT_EQ(by_pattern("20253", "yyyyq"), "2025-Q3");
    EXPECT_EQ(by_pattern("2/2025", "h/yyyy"), "2025-S2");
    EXPECT_EQ(by_pattern("14/03/2025", "dd/MM/yyyy"), "2025-03-14");
    EXPECT_EQ(by_pattern("2025", "yyyy"), "2025");
    EXPECT_EQ(by_pattern("3/2025", "M/yyyy"), "2025-03");
    EXPECT_EQ(by_pattern("11/2025", "M/yyyy"), "2025-11");
    EXPECT_EQ(by_pattern("tháng 03.2025", "'tháng 'MM.yyyy"), "2025-03");
}

TEST(Period, RefusesWhatDoesNotFitThePattern)
{
    EXPECT_EQ(by_pattern("3/2025", "MM/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("03/2025 ", "MM/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("13/2025", "MM/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("31/02/2025", "dd/MM/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("5/2025", "q/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("", "yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("03-2025", "MM/yyyy"), "period.malformed");
    EXPECT_EQ(by_pattern("0325", "MMyy"), "period.malformed");
}

TEST(Period, APatternTellsItsKindBeforeAnythingIsRead)
{
    EXPECT_EQ(text::kind_of_pattern("MM/yyyy"), PeriodKind::month);
    EXPECT_EQ(text::kind_of_pattern("dd/MM/yyyy"), PeriodKind::day);
    EXPECT_EQ(text::kind_of_pattern("yyyy'-Q'q"), PeriodKind::quarter);
    for (const char* pattern : {"", "MM", "yy", "dd/yyyy", "q/MM/yyyy", "yyyy/yyyy", "MMM/yyyy", "yyyy'"})
        EXPECT_EQ(text::kind_of_pattern(pattern), std::nullopt) << pattern;
}

TEST(Period, ReadsMonthsAndDaysInVietnamese)
{
    EXPECT_EQ(vietnamese("tháng 3 năm 2025"), "2025-03");
    EXPECT_EQ(vietnamese("Tháng 03/2025"), "2025-03");
    EXPECT_EQ(vietnamese("THÁNG 12 NĂM 2024"), "2024-12");
    EXPECT_EQ(vietnamese("tháng 3, năm  2025"), "2025-03");
    EXPECT_EQ(vietnamese("ngày 05 tháng 01 năm 2020"), "2020-01-05");
    EXPECT_EQ(vietnamese("Ngày 5/1/2020"), "2020-01-05");
}

TEST(Period, ReadsQuarterInRomanNumerals)
{
    EXPECT_EQ(vietnamese("Quý I/2025"), "2025-Q1");
    EXPECT_EQ(vietnamese("quý IV năm 2024"), "2024-Q4");
    EXPECT_EQ(vietnamese("quý 3 năm 2025"), "2025-Q3");
    EXPECT_EQ(vietnamese("Quý III-2025"), "2025-Q3");
}

TEST(Period, ReadsSpansOfMonths)
{
    EXPECT_EQ(vietnamese("6 tháng đầu năm 2025"), "2025-S1");
    EXPECT_EQ(vietnamese("06 tháng cuối năm 2025"), "2025-S2");
    EXPECT_EQ(vietnamese("6 tháng năm 2025"), "2025-S1");
    EXPECT_EQ(vietnamese("9 tháng năm 2025"), "2025-M9");
    EXPECT_EQ(vietnamese("9 tháng đầu năm 2025"), "2025-M9");
    EXPECT_EQ(vietnamese("năm 2025"), "2025");
    EXPECT_EQ(vietnamese("Cả năm 2025"), "2025");
    EXPECT_EQ(vietnamese("12 tháng năm 2024"), "2024");
}

TEST(Period, ReadsVietnameseInDecomposedForm)
{
    EXPECT_EQ(vietnamese("tha\xCC\x81ng 3 na\xCC\x86m 2025"), "2025-03");
}

TEST(Period, RefusesVietnameseThatNamesNoPeriod)
{
    for (const char* written :
         {"", "tháng 13 năm 2025", "tháng năm 2025", "quý V/2025", "quý 0/2025", "7 tháng đầu năm 2025", "9 tháng cuối năm 2025",
          "03/2025", "2025", "tháng 3 năm 25", "ngày 30 tháng 2 năm 2025", "tháng 3 năm 2025 (ước)", "tháng 32025"})
        EXPECT_EQ(vietnamese(written), "period.malformed") << written;
}

TEST(Period, AYearIsNamedByItsWord)
{
    for (const char* written : {"/2025", "- 2025", "cả/2025", "cả 2025"})
        EXPECT_EQ(vietnamese(written), "period.malformed") << written;
}

TEST(Period, IsWrittenInVietnameseAndReadBack)
{
    const std::pair<const char*, const char*> rows[] = {{"2025-03", "Tháng 3/2025"},
                                                        {"2025-Q1", "Quý I/2025"},
                                                        {"2025-Q4", "Quý IV/2025"},
                                                        {"2025-S1", "6 tháng đầu năm 2025"},
                                                        {"2025-S2", "6 tháng cuối năm 2025"},
                                                        {"2025-M9", "9 tháng năm 2025"},
                                                        {"2025", "Năm 2025"},
                                                        {"2020-01-05", "Ngày 5/1/2020"}};
    for (const auto& [canonical, words] : rows) {
        EXPECT_EQ(to_vietnamese(*text::period_from(canonical)), words);
        EXPECT_EQ(vietnamese(words), canonical);
    }
}

TEST(Period, ATextThatOnlyBeginsWithAPeriodIsNone)
{
    EXPECT_EQ(vietnamese("năm 2025" + std::string(100, ' ')), "2025");
    EXPECT_EQ(vietnamese("năm 2025" + std::string(300, ' ') + "(ước)"), "period.malformed");
}

TEST(Period, MonthsQuartersAndSpansMayBeWords)
{
    EXPECT_EQ(vietnamese("Tháng Ba năm 2025"), "2025-03");
    EXPECT_EQ(vietnamese("tháng giêng năm 2025"), "2025-01");
    EXPECT_EQ(vietnamese("tháng tư/2025"), "2025-04");
    EXPECT_EQ(vietnamese("tháng Năm năm 2025"), "2025-05");
    EXPECT_EQ(vietnamese("tháng mười năm 2025"), "2025-10");
    EXPECT_EQ(vietnamese("tháng mười một năm 2025"), "2025-11");
    EXPECT_EQ(vietnamese("tháng mười hai năm 2025"), "2025-12");
    EXPECT_EQ(vietnamese("tháng chạp năm 2025"), "2025-12");
    EXPECT_EQ(vietnamese("quý một năm 2025"), "2025-Q1");
    EXPECT_EQ(vietnamese("Quý tư năm 2025"), "2025-Q4");
    EXPECT_EQ(vietnamese("sáu tháng đầu năm 2025"), "2025-S1");
    EXPECT_EQ(vietnamese("chín tháng năm 2025"), "2025-M9");
    EXPECT_EQ(vietnamese("mười hai tháng năm 2025"), "2025");
    EXPECT_EQ(vietnamese("9 tháng/2025"), "2025-M9");
    for (const char* written : {"tháng mười ba năm 2025", "quý năm năm 2025", "ba tháng đầu năm 2025", "mười tháng năm 2025"})
        EXPECT_EQ(vietnamese(written), "period.malformed") << written;
}

TEST(Period, OneOfNoYearIsToldAsThat)
{
    for (const char* written : {"6 tháng đầu năm", "sáu tháng đầu năm", "9 tháng", "tháng 3", "Quý I", "quý một", "ngày 29/2"})
        EXPECT_EQ(vietnamese(written), "period.no_year") << written;
    for (const char* written : {"năm", "tháng 13", "ngày 30/2", "tháng"})
        EXPECT_EQ(vietnamese(written), "period.malformed") << written;
}

TEST(Period, ACropSeasonIsNone)
{
    for (const char* written : {"vụ Đông xuân 2024-2025", "Vụ Mùa năm 2025", "Đông Xuân 2024-2025", "hè thu 2025"})
        EXPECT_EQ(vietnamese(written), "period.season") << written;
}

TEST(Period, DigitsAloneWantAPattern)
{
    for (const char* written : {"202503", "20251", "2025Q1"}) {
        const auto read = text::period_from_vietnamese(written);
        ASSERT_FALSE(read.ok());
        EXPECT_NE(read.problem().expected.find("yyyyMM"), std::string::npos) << written;
    }
    EXPECT_EQ(by_pattern("2025Q1", "yyyy'Q'q"), "2025-Q1");
}

TEST(PeriodWithin, IsTheOneATextSpeaksOf)
{
    const auto read = [](std::string_view text) {
        const auto period = text::period_within(text);
        return period ? text::to_text(*period) : period.problem().code;
    };
    EXPECT_EQ(read("BIỂU TỔNG HỢP TÌNH HÌNH TRẬT TỰ, AN TOÀN XÃ HỘI Tháng 10 năm 2025"), "2025-10");
    EXPECT_EQ(read("Biểu 01/BC-TK. Giá trị sản xuất 6 tháng đầu năm 2025 (theo giá so sánh)"), "2025-S1");
    EXPECT_EQ(read("BÁO CÁO THÁNG 3/2025, TỈNH HƯNG YÊN"), "2025-03");
    EXPECT_EQ(read("Kết quả quý II năm 2025 và nhiệm vụ"), "2025-Q2");
    EXPECT_EQ(read("Tháng 3 năm 2025: số liệu tháng 3/2025"), "2025-03") << "twice the same is one";
    EXPECT_EQ(read("so với tháng trước, năm 2024"), "2024") << "a month that is not named is none";
    EXPECT_EQ(read("Tháng 3 năm 2025 so với tháng 3 năm 2024"), "period.several");
    EXPECT_EQ(read("Tháng 3 và 6 tháng đầu năm 2025"), "period.several") << "the month's year is not guessed";
    EXPECT_EQ(read("Báo cáo 9 tháng"), "period.no_year");
    EXPECT_EQ(read("Báo cáo định kỳ"), "period.malformed");
    EXPECT_EQ(read(""), "period.malformed");
}
