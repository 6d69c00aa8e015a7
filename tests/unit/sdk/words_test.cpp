/// Words: cursors and contexts are read as strictly as foreign text.
#include "hub/sdk/words.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

TEST(Words, ReadsOneAfterTheOther)
{
    Words words("v1 2025 3 2");
    EXPECT_EQ(words.next(), "v1");
    EXPECT_EQ(words.number(), 2025);
    EXPECT_EQ(words.rest(), "3 2");
    EXPECT_EQ(words.number(), 3);
    EXPECT_EQ(words.number(), 2);
    EXPECT_EQ(words.rest(), "");
    EXPECT_EQ(words.next(), "");
    EXPECT_EQ(words.number(), std::nullopt);
}

TEST(Words, LeaveTheRestAsItIs)
{
    Words words("get G22.99 H52.99,2025/11/20,145/BC  UBND");
    words.next();
    words.next();
    EXPECT_EQ(words.rest(), "H52.99,2025/11/20,145/BC  UBND");
}

TEST(Words, TakeTwoSpacesForAnEmptyWord)
{
    Words words("a  b");
    EXPECT_EQ(words.next(), "a");
    EXPECT_EQ(words.next(), "");
    EXPECT_EQ(words.next(), "b");
}

TEST(Words, AnUnknownCursorStopsTheFlowAndIsShown)
{
    const Failure failure = unknown_cursor("v9 " + std::string(500, 'x'));
    EXPECT_EQ(failure.kind, FailureClass::permanent);
    EXPECT_NE(failure.detail.find("'v9 xxx"), std::string::npos);
    EXPECT_LT(failure.detail.size(), 300U);
}

}  // namespace
}  // namespace lienthong::sdk
