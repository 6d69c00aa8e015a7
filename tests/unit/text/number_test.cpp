// Numbers are read by declared notation only, and counted with exactly.
#include "hub/text/number.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

using namespace lienthong;
using text::NumberLocale;

namespace {

std::string read(std::string_view written, NumberLocale locale)
{
    const auto result = text::decimal_from(written, locale);
    return result.ok() ? *result : result.problem().code;
}

}  // namespace

TEST(Number, ReadsVietnameseNotation)
{
    EXPECT_EQ(read("1.250,5", NumberLocale::vi), "1250.5");
    EXPECT_EQ(read("10.882", NumberLocale::vi), "10882");
    EXPECT_EQ(read("1.234.567,00", NumberLocale::vi), "1234567.00");
    EXPECT_EQ(read("1250,5", NumberLocale::vi), "1250.5");
    EXPECT_EQ(read("-1,26", NumberLocale::vi), "-1.26");
    EXPECT_EQ(read("\xE2\x88\x92"
                   "1,26",
                   NumberLocale::vi),
              "-1.26");
    EXPECT_EQ(read(" \xC2\xA0 0,5\xC2\xA0", NumberLocale::vi), "0.5");
}

TEST(Number, ReadsEnglishAndPlainNotation)
{
    EXPECT_EQ(read("1,250.5", NumberLocale::en), "1250.5");
    EXPECT_EQ(read("-1250.50", NumberLocale::plain), "-1250.50");
    EXPECT_EQ(read("+7", NumberLocale::plain), "7");
}

TEST(Number, KeepsTheScaleAsWrittenButNoEmptyZeros)
{
    EXPECT_EQ(read("007", NumberLocale::plain), "7");
    EXPECT_EQ(read("000", NumberLocale::plain), "0");
    EXPECT_EQ(read("0007.50", NumberLocale::plain), "7.50");
    EXPECT_EQ(read("-0", NumberLocale::plain), "0");
    EXPECT_EQ(read("-0.00", NumberLocale::plain), "0.00");
    EXPECT_EQ(read("-0.01", NumberLocale::plain), "-0.01");
}

TEST(Number, RefusesGroupsThatAreNotThreeDigits)
{
    for (const char* written :
         {"1.25,5", "1.25.000,5", "1.2500.000", "1250.500", "1..250", ".250", "12.3456", "1.250.", "0.123", "1.250,5.000"})
        EXPECT_EQ(read(written, NumberLocale::vi), "number.malformed") << written;
}

TEST(Number, NeverGuessesAnotherNotation)
{
    EXPECT_EQ(read("1,250.5", NumberLocale::vi), "number.malformed");
    EXPECT_EQ(read("1.250,5", NumberLocale::en), "number.malformed");
    EXPECT_EQ(read("1,5", NumberLocale::plain), "number.malformed");
    EXPECT_EQ(read("1e5", NumberLocale::plain), "number.malformed");
    for (const char* written : {"", " ", "-", "+", "--1", "1-", ".5", "5.", "1 000", "NaN", "1.2.3", "٣"})
        EXPECT_EQ(read(written, NumberLocale::plain), "number.malformed") << written;
}

TEST(Number, AnEmbeddedNulIsNoDigit)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(read("1\0"sv, NumberLocale::plain), "number.malformed");
}

TEST(Number, HasAtMostSixtyFourDigits)
{
    EXPECT_EQ(read(std::string(64, '9'), NumberLocale::plain), std::string(64, '9'));
    EXPECT_EQ(read("-" + std::string(32, '9') + "." + std::string(32, '1'), NumberLocale::plain),
              "-" + std::string(32, '9') + "." + std::string(32, '1'));
    EXPECT_EQ(read(std::string(65, '9'), NumberLocale::plain), "number.too_long");
    EXPECT_EQ(read("0." + std::string(64, '9'), NumberLocale::plain), "number.too_long");
    EXPECT_EQ(read(std::string(1000, '0'), NumberLocale::plain), "number.too_long");
}

TEST(Number, SaysWhatItFoundAndWhatWouldBeRight)
{
    const auto result = text::decimal_from("1,250.5", NumberLocale::vi);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problem().found, "1,250.5");
    EXPECT_NE(result.problem().expected.find("1.250,5"), std::string::npos);
}

TEST(Number, MultipliesExactly)
{
    EXPECT_EQ(text::multiply("10.882", "1000000000"), "10882000000.000");
    EXPECT_EQ(text::multiply("1500", "0.001"), "1.5");
    EXPECT_EQ(text::multiply("1500.0", "0.001"), "1.5");
    EXPECT_EQ(text::multiply("-1.26", "100"), "-126.00");
    EXPECT_EQ(text::multiply("0.1", "0.2"), "0.02");
    EXPECT_EQ(text::multiply("0", "-5"), "0");
    EXPECT_EQ(text::multiply("-0.00", "3"), "0.00");
    EXPECT_EQ(text::multiply("99999999999999999999999999", "99999999999999999999999999"),
              "9999999999999999999999999800000000000000000000000001");
}

TEST(Number, DividesOnlyWhereTheQuotientEnds)
{
    EXPECT_EQ(text::divide("1", "1000"), "0.001");
    EXPECT_EQ(text::divide("1000000000", "1000000"), "1000");
    EXPECT_EQ(text::divide("1", "3.75"), std::nullopt);
    EXPECT_EQ(text::divide("3.75", "1000"), "0.00375");
    EXPECT_EQ(text::divide("1", "0.001"), "1000");
    EXPECT_EQ(text::divide("0", "7"), "0");
    EXPECT_EQ(text::divide("1", "0"), std::nullopt);
    EXPECT_EQ(text::divide("-1", "2"), std::nullopt);
}

TEST(Number, ComparesByValueNotByText)
{
    EXPECT_EQ(text::compare("1.0", "1"), 0);
    EXPECT_EQ(text::compare("-0.0", "0"), 0);
    EXPECT_EQ(text::compare("9", "10"), -1);
    EXPECT_EQ(text::compare("-9", "-10"), 1);
    EXPECT_EQ(text::compare("0.10", "0.09"), 1);
    EXPECT_EQ(text::compare("-1", "1"), -1);
}

TEST(Number, NoBreakAndNarrowSpacesGroupByThree)
{
    EXPECT_EQ(read("1\u00A0250\u00A0000,5", NumberLocale::vi), "1250000.5");
    EXPECT_EQ(read("\u22121\u202F250.5", NumberLocale::en), "-1250.5");
    EXPECT_EQ(read("1\u2009250", NumberLocale::vi), "1250");
    for (const char* written :
         {"1\u00A025", "1\u00A0250.000", "1.250\u00A0000", "1 250", "1\u00A0250 000", "0\u00A0123", "1\u00A0\u00A0250"})
        EXPECT_EQ(read(written, NumberLocale::vi), "number.malformed") << written;
    EXPECT_EQ(read("1\u00A0250", NumberLocale::plain), "number.malformed");
    EXPECT_EQ(read("1\x01"
                   "250\u00A0000",
                   NumberLocale::vi),
              "number.malformed");
}

TEST(Number, AnExponentIsReadWhereItIsDeclaredOnly)
{
    EXPECT_EQ(read("1.25E+6", NumberLocale::scientific), "1250000");
    EXPECT_EQ(read("-1.2500e2", NumberLocale::scientific), "-125.00");
    EXPECT_EQ(read("125E-4", NumberLocale::scientific), "0.0125");
    EXPECT_EQ(read("-1.5", NumberLocale::scientific), "-1.5");
    EXPECT_EQ(read("0E9", NumberLocale::scientific), "0");
    for (const char* written : {"E5", "1E", "1E+", "1.E5", "1 E5", "1E5.0", "1E1234", "1,5E3", "1E65"})
        EXPECT_EQ(read(written, NumberLocale::scientific), "number.malformed") << written;
    EXPECT_EQ(read("12E63", NumberLocale::scientific), "number.too_long");
    EXPECT_EQ(read("1E-64", NumberLocale::scientific), "number.too_long");
}

TEST(Number, APercentSignIsNoPartOfANumber)
{
    for (const NumberLocale locale : {NumberLocale::plain, NumberLocale::vi, NumberLocale::en, NumberLocale::scientific})
        for (const char* written : {"12%", "12 %", "12\u00A0% ", "%"})
            EXPECT_EQ(read(written, locale), "number.percent") << written;
}

TEST(Number, IsCanonicalExactlyWhenReadingItChangesNothing)
{
    const std::string_view signs = "0019-.+ ,eE";
    std::mt19937 random(11);
    std::size_t canonical = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string written;
        for (auto left = random() % 8; left > 0; --left)
            written += signs[random() % signs.size()];
        const auto decimal = text::decimal_from(written, NumberLocale::plain);
        EXPECT_EQ(text::is_canonical(written), decimal.ok() && *decimal == written) << written;
        canonical += text::is_canonical(written) ? 1 : 0;
    }
    EXPECT_GT(canonical, 1'000U);
    for (std::size_t digits = 1; digits < 80; ++digits) {
        const std::string written = "-1." + std::string(digits, '0');
        const auto decimal = text::decimal_from(written, NumberLocale::plain);
        EXPECT_EQ(text::is_canonical(written), decimal.ok() && *decimal == written) << written;
    }
}

TEST(Number, ComparesWithZeroByTheSignOfWhatIsNotZero)
{
    for (const std::string_view zero : {"0", "0.00", "-0", "-0.0"})
        EXPECT_EQ(text::compare(zero, "0"), 0) << zero;
    EXPECT_EQ(text::compare("-0.01", "0"), -1);
    EXPECT_EQ(text::compare("0.01", "0"), 1);
}
