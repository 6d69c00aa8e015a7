// Sums and quotients are exact, and rounded as declared.
#include "hub/compute/decimal.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong::compute;

TEST(Decimal, AddsWithTheLongerScaleAndEitherSign)
{
    EXPECT_EQ(add("1.5", "2"), "3.5");
    EXPECT_EQ(add("0.1", "0.2"), "0.3");
    EXPECT_EQ(add("-1.25", "1.25"), "0.00");
    EXPECT_EQ(add("-3", "1"), "-2");
    EXPECT_EQ(add("1", "-3.5"), "-2.5");
    EXPECT_EQ(add("999", "1"), "1000");
    EXPECT_EQ(add("99999999999999999999.99", "0.01"), "100000000000000000000.00");
}

TEST(Decimal, RoundsHalfAwayFromZero)
{
    EXPECT_EQ(quotient("200", 3, 2), "66.67");
    EXPECT_EQ(quotient("100", 3, 2), "33.33");
    EXPECT_EQ(quotient("1", 8, 2), "0.13");
    EXPECT_EQ(quotient("-1", 8, 2), "-0.13");
    EXPECT_EQ(quotient("1", 2, 0), "1");
    EXPECT_EQ(quotient("0", 7, 2), "0.00");
    EXPECT_EQ(quotient("-0.001", 1, 2), "0.00");
    EXPECT_EQ(quotient("2.345", 1, 2), "2.35");
    EXPECT_EQ(quotient("999.995", 1, 2), "1000.00");
    EXPECT_EQ(quotient("100", 1, 2), "100.00");
    EXPECT_EQ(quotient("7", 10, 0), "1");
    EXPECT_EQ(quotient("4", 10, 0), "0");
}

TEST(Decimal, AgreesWithWholeNumbers)
{
    std::mt19937 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const auto number = [&](std::int64_t most) { return static_cast<std::int64_t>(random()) % (2 * most + 1) - most; };
        const std::int64_t a = number(1'000'000), b = number(1'000'000), by = std::abs(number(5'000)) + 1;
        EXPECT_EQ(add(std::to_string(a), std::to_string(b)), std::to_string(a + b));
        const std::int64_t scaled = std::abs(a) * 100, rest = scaled % by;
        const std::int64_t rounded = scaled / by + (2 * rest >= by ? 1 : 0);
        std::string expected = std::to_string(rounded / 100) + (rounded % 100 < 10 ? ".0" : ".") + std::to_string(rounded % 100);
        if (a < 0 && rounded != 0)
            expected = "-" + expected;
        ASSERT_EQ(quotient(std::to_string(a), by, 2), expected) << a << " / " << by;
    }
}
