// Periods before and after, within and around.
#include "hub/rules/neighbours.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::rules;

namespace {

text::Period at(const std::string& canonical)
{
    return text::period_from(canonical).value();
}

std::string moved_by(const std::string& from, int by)
{
    const auto out = moved(at(from), by);
    return out ? to_text(*out) : "none";
}

std::string joined(const std::vector<text::Period>& periods)
{
    std::string out;
    for (const text::Period& period : periods)
        out += (out.empty() ? "" : " ") + to_text(period);
    return out;
}

}  // namespace

TEST(Neighbours, FollowEachOtherOverTheYearsEnd)
{
    EXPECT_EQ(moved_by("2025-12", 1), "2026-01");
    EXPECT_EQ(moved_by("2025-01", -1), "2024-12");
    EXPECT_EQ(moved_by("2025-03", -14), "2024-01");
    EXPECT_EQ(moved_by("2025-Q4", 1), "2026-Q1");
    EXPECT_EQ(moved_by("2025-S1", -1), "2024-S2");
    EXPECT_EQ(moved_by("2025-M9", 1), "2026-M9");
    EXPECT_EQ(moved_by("2025", -1), "2024");
    EXPECT_EQ(moved_by("2024-02-28", 1), "2024-02-29");
    EXPECT_EQ(moved_by("2025-01-01", -1), "2024-12-31");
    EXPECT_EQ(moved_by("1900-01", -1), "none");
    EXPECT_EQ(to_text(*years_later(at("2025-03"), -1)), "2024-03");
    EXPECT_FALSE(years_later(at("2024-02-29"), 1));
}

TEST(Neighbours, StandWithinAndAround)
{
    EXPECT_EQ(joined(within(at("2025-M9"), text::PeriodKind::quarter)), "2025-Q1 2025-Q2 2025-Q3");
    EXPECT_EQ(joined(within(at("2025-S2"), text::PeriodKind::quarter)), "2025-Q3 2025-Q4");
    EXPECT_EQ(joined(within(at("2025-Q2"), text::PeriodKind::month)), "2025-04 2025-05 2025-06");
    EXPECT_EQ(within(at("2025"), text::PeriodKind::month).size(), 12U);
    EXPECT_EQ(joined(within(at("2025-03"), text::PeriodKind::quarter)), "");
    EXPECT_EQ(joined(around(at("2025-09"))), "2025-Q3 2025-S2 2025-M9 2025");
    EXPECT_EQ(joined(around(at("2025-10"))), "2025-Q4 2025-S2 2025");
    EXPECT_EQ(joined(around(at("2025-Q1"))), "2025-S1 2025-M9 2025");
}

TEST(Neighbours, WhatStandsWithinAPeriodHasItAround)
{
    for (const char* wide : {"2025-Q1", "2025-Q4", "2025-S1", "2025-S2", "2025-M9", "2025"})
        for (const text::PeriodKind kind : {text::PeriodKind::month, text::PeriodKind::quarter})
            for (const text::Period& one : within(at(wide), kind)) {
                const auto wider = around(one);
                EXPECT_NE(std::find(wider.begin(), wider.end(), at(wide)), wider.end()) << to_text(one) << " in " << wide;
            }
}
