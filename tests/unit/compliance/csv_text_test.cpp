// Tables for spreadsheets run nothing.
#include "hub/compliance/csv_text.hpp"

#include <gtest/gtest.h>

using namespace lienthong::compliance;

TEST(CsvText, NeverStartsAFormula)
{
    for (const char* text : {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\r=1", "\n=1", "-", "- không có số liệu"})
        EXPECT_EQ(guarded(text), "'" + std::string(text));
}

TEST(CsvText, LeavesNumbersAndOtherTextsAlone)
{
    for (const char* text : {"-1,5", "+1.250", "-12", "", "Sở Y tế", "'=1", "17/03/2026", "S-1", "+84 24"})
        EXPECT_EQ(guarded(text), text);
}
