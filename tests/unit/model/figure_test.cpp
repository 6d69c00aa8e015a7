// The key of a figure as one text, and back.
#include "hub/model/figure.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

TEST(FigureKey, IsTheSeriesKeyWithoutItsAgencyAndReadsBackAsWritten)
{
    const SeriesKey series{"A_VIII_1", "VALUE", "2026-03", "GSO:33", "RETAIL_GROUP=FOOD;SEX=F", "H31.03"};
    const std::string text = to_text(figure_of(series));
    EXPECT_EQ(text, "A_VIII_1|VALUE|2026-03|GSO:33|RETAIL_GROUP=FOOD;SEX=F");
    EXPECT_EQ(figure_from(text), figure_of(series));
}

TEST(FigureKey, IsNothingElse)
{
    for (const char* text : {"", "A|B|C|D", "A|B|C|D|", "A||C|D|E", "|B|C|D|E", "A|B|C|D|E|F"})
        EXPECT_FALSE(figure_from(text)) << text;
}
