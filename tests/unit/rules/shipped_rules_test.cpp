// The rules that ship, held against a year of real figures: Hưng Yên, monthly reports of December 2024 to November 2025.
#include "tests/unit/rules/demonstration.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::rules;

TEST(ShippedRules, EachHasAnActOrIsArithmetic)
{
    ASSERT_GT(catalogue::shipped().rules().size(), 50U);
    for (const catalogue::Rule& rule : catalogue::shipped().rules())
        EXPECT_TRUE(rule.act == "arithmetic" || rule.act == "demonstration" || rule.act.starts_with("197/KH-UBND")) << rule.code;
}

TEST(ShippedRules, FindWhatIsAmissInAYearOfRealFigures)
{
    const Told told = demonstration(catalogue::shipped());
    EXPECT_GT(told.figures().size(), 300U);
    // From July 2025 the province is two provinces, which the *_ADDS_UP and *_JUMP of July say; most others are figures of a month
    // published anew in the next report, against which that one compares.
    const Breaks found = {
        "A_III_5_JUMP 2025-07: 247850, from 81302 to 182930",
        "A_III_5_JUMP 2025-08: 245000, from 82054 to 184622",
        "A_III_5_JUMP 2025-09: 255000, from 82731 to 186145",
        "A_II_1_ADDS_UP 2025-05: 29376, 18211",
        "A_II_1_ADDS_UP 2025-06: 45692, 43277",
        "A_II_1_ADDS_UP 2025-07: 61399, 50857",
        "A_II_1_ADDS_UP 2025-08: 67803, 68703",
        "A_II_1_ADDS_UP 2025-09: 70625, 71472",
        "A_II_1_ADDS_UP 2025-11: 82983, 79720",
        "A_II_2_PARTS 2025-07: 40942, 40492",
        "A_IV_1_NEW_CAPITAL_ADDS_UP 2025-07: 46161, 30982",
        "A_IV_1_NEW_ENTERPRISES_ADDS_UP 2025-04: 861, 868",
        "A_IV_1_NEW_ENTERPRISES_ADDS_UP 2025-07: 3027, 1995",
        "A_I_1_CHAINED 2025-04: 1.48, 1.45",
        "A_I_1_CHAINED 2025-07: 1.87, 2.36",
        "A_I_1_CHAINED 2025-08: 2.45, 1.86",
        "A_I_1_CHAINED 2025-09: 2.40, 2.98",
        "A_I_3_PRICE 2025-08: 1.72, 2.19",
        "A_I_3_PRICE 2025-10: 9.19, 9.35",
        "A_I_3_PRICE 2025-11: 4.15, 7.12",
        "A_I_4_PRICE 2025-07: 0.68, 0.41",
        "A_I_4_PRICE 2025-08: 0.56, 0.27",
        "A_I_4_PRICE 2025-09: 0.69, 3.19",
        "A_I_4_PRICE 2025-10: -0.85, -2.98",
        "A_I_4_PRICE 2025-11: -0.04, -0.16",
        "A_VIII_1_ADDS_UP 2025-05: 45826, 47989",
        "A_VIII_1_ADDS_UP 2025-07: 118927, 73608",
        "A_VIII_1_JUMP 2025-07: 17776, from 5823 to 16828",
        "A_VIII_1_JUMP 2025-08: 18771, from 5823 to 16828",
        "A_VIII_1_JUMP 2025-09: 18994, from 6112 to 17664",
        "A_VIII_1_MONTHLY 2025-04: -8.75, -9.03",
        "A_VIII_1_MONTHLY 2025-05: 5.69, -17.43",
        "A_VIII_1_MONTHLY 2025-06: 9.01, 16",
        "A_VIII_1_MONTHLY 2025-07: 4.76, 87.47",
        "A_VIII_1_MONTHLY 2025-08: 5.11, 5.6",
        "A_VIII_1_MONTHLY 2025-09: 1.56, 1.19",
        "A_VIII_1_MONTHLY 2025-10: 5.03, 13.24",
        "A_VIII_1_MONTHLY 2025-11: 3.62, 12.6",
        "A_VIII_6_ADDS_UP 2025-05: 3031, 3090",
        "A_VIII_6_ADDS_UP 2025-07: 10344, 5200",
        "A_X_3_ACCIDENTS_ADDS_UP 2025-07: 329, 191",
        "A_X_3_ACCIDENTS_ADDS_UP 2025-09: 435, 437",
        "A_X_3_DEATHS_ADDS_UP 2025-07: 192, 104",
        "A_X_3_INJURIES_ADDS_UP 2025-07: 206, 135",
        "A_X_3_INJURIES_ADDS_UP 2025-09: 277, 279",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-05: 27300, 16131",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-06: 43096, 40740",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-07: 57788, 47779",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-08: 63699, 64614",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-09: 66046, 66927",
        "DEMO_HY_DOMESTIC_REVENUE_ADDS_UP 2025-11: 77342, 74134"};
    EXPECT_EQ(told.breaks(), found);
}
