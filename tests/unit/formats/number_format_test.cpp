// What a cell prints, exact in decimal.
#include "adapters/formats/xlsx/number_format.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::adapters;

namespace {

std::string printed(std::string_view stored, std::string_view code, DateSystem dates = DateSystem::from_1900)
{
    const auto out = print_number(stored, read_number_format(code), dates);
    if (!out)
        return "refused";
    return out->kind == CellKind::number ? out->text : std::string(name_of(out->kind)) + " " + out->text;
}

}  // namespace

TEST(NumberFormat, PrintsFixedDecimalsWithoutTheBinaryNumbersOwnDigits)
{
    EXPECT_EQ(printed("96.90000000000001", "0.0"), "96.9");
    EXPECT_EQ(printed("160.77000000000001", "0.0"), "160.8");
    EXPECT_EQ(printed("99.954999999999998", "0.00"), "99.96") << "fifteen digits are the number, and they say 99.955";
    EXPECT_EQ(printed("100", "0.00"), "100.00");
    EXPECT_EQ(printed("525605.31299999997", "#,##0"), "525605");
    EXPECT_EQ(printed("0.05", "0.0"), "0.1");
    EXPECT_EQ(printed("0.04", "0.0"), "0.0");
    EXPECT_EQ(printed("9.96", "0.0"), "10.0");
    EXPECT_EQ(printed("999.99", "0"), "1000");
    EXPECT_EQ(printed("1E-7", "0.00"), "0.00");
    EXPECT_EQ(printed("-0.04", "0.0"), "0.0") << "no minus before nothing";
    EXPECT_EQ(printed("1.5E+3", "0.0"), "1500.0");
    EXPECT_EQ(printed("12.5", "0.0##"), "12.5");
    EXPECT_EQ(printed("12.5678", "0.0##"), "12.568");
}

TEST(NumberFormat, PrintsTheShortestDecimalWhereNothingIsFixed)
{
    EXPECT_EQ(printed("96.90000000000001", "General"), "96.9");
    EXPECT_EQ(printed("0.1", ""), "0.1");
    EXPECT_EQ(printed("1.234E-5", "General"), "0.00001234");
    EXPECT_EQ(printed("123456789012345678", "General"), "123456789012346000");
    EXPECT_EQ(printed("3.25", "# ?/?"), "3.25") << "fractions";
    EXPECT_EQ(printed("12345", "0.00E+00"), "12345") << "exponents";
    EXPECT_EQ(printed("5", "[>10]0.0;0.00"), "5") << "conditions";
    EXPECT_EQ(printed("7", "@"), "7");
}

TEST(NumberFormat, ChoosesTheSectionBySign)
{
    EXPECT_EQ(printed("-1234.56", "#,##0.0;\\-#,##0.0"), "-1234.6");
    EXPECT_EQ(printed("-1234.56", "#,##0;(#,##0)"), "-1235");
    EXPECT_EQ(printed("0", "_(* #,##0.0_);_(* \\(#,##0.0\\);_(* \"-\"??_);_(@_)"), "0.0") << "a dash for nothing is a zero";
    EXPECT_EQ(printed("1.25", "#\\ ##0.0;[Red]\\-#\\ ##0.0;\" \";[Blue]@"), "1.3");
    EXPECT_EQ(printed("5", ";;;"), "") << "prints nothing, so it is not seen";
    EXPECT_EQ(printed("0", "0.0;-0.0;"), "");
}

TEST(NumberFormat, ScalesPercentAndThousands)
{
    EXPECT_EQ(printed("0.969", "0.0%"), "percent 96.9");
    EXPECT_EQ(printed("0.07000000000000001", "0%"), "percent 7");
    EXPECT_EQ(printed("1234500", "#,##0.0,"), "1234.5");
    EXPECT_EQ(printed("5", "0\"%\""), "5") << "a sign in quotation marks scales nothing";
    EXPECT_EQ(printed("5", "0.0\" tỷ đồng\""), "5.0");
}

TEST(NumberFormat, ReadsDaysInBothDateSystems)
{
    EXPECT_EQ(printed("45747", "dd/mm/yyyy"), "date 2025-03-31");
    EXPECT_EQ(printed("44285", "dd/mm/yyyy", DateSystem::from_1904), "date 2025-03-31");
    EXPECT_EQ(printed("45747.5", "d/m/yy h:mm"), "date 2025-03-31T12:00:00");
    EXPECT_EQ(printed("45747.999999", "d/m/yyyy"), "date 2025-04-01") << "to the nearest second";
    EXPECT_EQ(printed("59", "d/m/yyyy"), "date 1900-02-28");
    EXPECT_EQ(printed("60", "d/m/yyyy"), "date 1900-02-29") << "a day that sheets count and nobody lived";
    EXPECT_EQ(printed("61", "d/m/yyyy"), "date 1900-03-01");
    EXPECT_EQ(printed("1", "d/m/yyyy"), "date 1900-01-01");
    EXPECT_EQ(printed("0", "d/m/yyyy", DateSystem::from_1904), "date 1904-01-01");
    EXPECT_EQ(printed("0.5", "h:mm"), "date 12:00:00");
    EXPECT_EQ(printed("1.5", "[h]:mm"), "1.5") << "a duration is a number";
    EXPECT_EQ(printed("2958465", "d/m/yyyy"), "date 9999-12-31");
    EXPECT_EQ(printed("2958466", "d/m/yyyy"), "2958466");
    EXPECT_EQ(printed("-1", "d/m/yyyy"), "-1");
    EXPECT_EQ(printed("45747", "[$-42A]mmmm yyyy"), "date 2025-03-31");
    EXPECT_EQ(printed("45747", "\"ngày \"0"), "45747") << "letters in quotation marks are no date";
}

TEST(NumberFormat, KnowsTheFormatsThatHaveNumbers)
{
    EXPECT_EQ(print_number("96.88", built_in_number_format(2), DateSystem::from_1900)->text, "96.88");
    EXPECT_EQ(print_number("96.88", built_in_number_format(1), DateSystem::from_1900)->text, "97");
    EXPECT_EQ(print_number("0.9688", built_in_number_format(10), DateSystem::from_1900)->text, "96.88");
    EXPECT_EQ(print_number("45747", built_in_number_format(14), DateSystem::from_1900)->text, "2025-03-31");
    EXPECT_EQ(print_number("96.88", built_in_number_format(99), DateSystem::from_1900)->text, "96.88");
}

TEST(NumberFormat, RefusesWhatIsNoNumberOfASheet)
{
    for (const char* bad : {"", "abc", "1,5", "1e", "1e99999", "--1", "0x10", "NaN", "INF", "1e401", ".", "1.2.3"})
        EXPECT_EQ(printed(bad, "0.0"), "refused") << bad;
    EXPECT_EQ(printed(std::string(65, '1'), "0"), "refused");
    EXPECT_EQ(printed("1", std::string(10'000, '0')), "1") << "a format longer than any";
}
