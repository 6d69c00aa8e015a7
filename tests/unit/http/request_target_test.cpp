// A target is decoded once, and only once.
#include "hub/http/request_target.hpp"

#include <gtest/gtest.h>

using namespace lienthong::http;

TEST(RequestTarget, DecodesPathAndQueryOnce)
{
    const RequestTarget target = read_target("/v1/s%E1%BB%91+a%2541?ky=03%2F2025&rong=&co&q=a+b%26c&&ky=04");
    EXPECT_EQ(target.path, "/v1/số+a%41");
    const std::vector<std::pair<std::string, std::string>> query = {
        {"ky", "03/2025"}, {"rong", ""}, {"co", ""}, {"q", "a b&c"}, {"ky", "04"}};
    EXPECT_EQ(target.query, query);
}

TEST(RequestTarget, HasAnEmptyQueryWhenNoneIsGiven)
{
    EXPECT_TRUE(read_target("/x").query.empty());
    EXPECT_TRUE(read_target("/x?").query.empty());
    EXPECT_EQ(read_target("/x?a=?b=c").query.at(0).second, "?b=c");
}
