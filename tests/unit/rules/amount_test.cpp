// Exact sums, quotients rounded the way asked for, and spans that hold every number a printed one may stand for.
#include "hub/rules/amount.hpp"

#include "hub/text/number.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong;
using namespace lienthong::rules;

TEST(Amount, AddsAndTakesDecimalsOfDifferentScales)
{
    EXPECT_EQ(plus("25751", "14741"), "40492");
    EXPECT_EQ(plus("0.05", "-0.005"), "0.045");
    EXPECT_EQ(plus("-1", "1"), "0");
    EXPECT_EQ(plus("999.9", "0.1"), "1000");
    EXPECT_EQ(minus("0", "0.00"), "0");
    EXPECT_EQ(minus("1.5", "2.25"), "-0.75");
    EXPECT_EQ(minus("-1.5", "-2.25"), "0.75");
}

TEST(Amount, SumsAreThoseOfWholeNumbers)
{
    std::mt19937_64 random(20261126);
    std::uniform_int_distribution<std::int64_t> any(-1'000'000'000, 1'000'000'000);
    for (int i = 0; i < 2'000; ++i) {
        const std::int64_t a = any(random), b = any(random);
        ASSERT_EQ(plus(std::to_string(a), std::to_string(b)), std::to_string(a + b));
        ASSERT_EQ(minus(std::to_string(a), std::to_string(b)), std::to_string(a - b));
    }
}

TEST(Amount, RoundsQuotientsDownUpAndToTheNearest)
{
    EXPECT_EQ(quotient("1", "3", 4, Round::down), "0.3333");
    EXPECT_EQ(quotient("1", "3", 4, Round::up), "0.3334");
    EXPECT_EQ(quotient("-1", "3", 4, Round::down), "-0.3334");
    EXPECT_EQ(quotient("-1", "3", 4, Round::up), "-0.3333");
    EXPECT_EQ(quotient("2", "3", 1, Round::half), "0.7");
    EXPECT_EQ(quotient("0.25", "1", 1, Round::half), "0.3");
    EXPECT_EQ(quotient("-0.25", "1", 1, Round::half), "-0.3");
    EXPECT_EQ(quotient("159800", "4131", 1, Round::half), "38.7");
    EXPECT_EQ(quotient("10", "2", 3, Round::up), "5");
    EXPECT_EQ(quotient("0", "7", 3, Round::up), "0");
    EXPECT_EQ(rounded("1.4472", 2), "1.45");
    EXPECT_EQ(rounded("1.4", 2), "1.4");
}

TEST(Amount, QuotientsEncloseTheExactOne)
{
    std::mt19937_64 random(7);
    std::uniform_int_distribution<int> any(1, 99'999);
    for (int i = 0; i < 500; ++i) {
        const std::string a = std::to_string(any(random)), b = std::to_string(any(random));
        const std::string low = quotient(a, b, 9, Round::down), high = quotient(a, b, 9, Round::up);
        ASSERT_LE(text::compare(text::multiply(low, b), a), 0);
        ASSERT_GE(text::compare(text::multiply(high, b), a), 0);
        ASSERT_LE(text::compare(minus(high, low), "0.000000001"), 0);
    }
}

TEST(Amount, APrintedNumberStandsForHalfAUnitOfItsLastDigitToEitherSide)
{
    EXPECT_EQ(Span::printed("40942").low, "40941.5");
    EXPECT_EQ(Span::printed("40942").high, "40942.5");
    EXPECT_EQ(Span::printed("-0.01").low, "-0.015");
    EXPECT_EQ(Span::printed("4.10").high, "4.105");
}

TEST(Amount, SpansMultiplyAndDivideWhateverTheirSigns)
{
    const Span around{"-1", "2"}, positive{"2", "4"};
    EXPECT_EQ((around * positive).low, "-4");
    EXPECT_EQ((around * positive).high, "8");
    EXPECT_EQ((around / positive)->low, "-0.5");
    EXPECT_EQ((around / positive)->high, "1");
    EXPECT_EQ((positive - around).low, "0");
    EXPECT_FALSE(positive / around);
    EXPECT_FALSE(positive / Span::just("0"));
    EXPECT_TRUE(Span::just("3").is_above(around));
    EXPECT_FALSE(Span::just("2").is_above(around));
}
