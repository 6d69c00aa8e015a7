// Places and accounts as configurations and connectors write them.
#include "adapters/transports/blocking/server_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lienthong::adapters {
namespace {

std::string place(std::string_view authority)
{
    const auto read = read_host_and_port(authority);
    return read ? read->host + ' ' + read->port : "none";
}

TEST(ServerAddress, NamesAHostAndPerhapsAPort)
{
    EXPECT_EQ(place("csdl.tinh.gov.vn"), "csdl.tinh.gov.vn ");
    EXPECT_EQ(place("csdl:5432"), "csdl 5432");
    EXPECT_EQ(place("[2001:db8::1]"), "2001:db8::1 ");
    EXPECT_EQ(place("[2001:db8::1]:22"), "2001:db8::1 22");
}

TEST(ServerAddress, RefusesWhatIsNone)
{
    for (const char* authority : {"", ":22", "a:", "a:b", "a:123456", "a:-1", "[", "[]", "[]:22", "[::1", "[::1:22", "[::1]22", "u@a", "u:p@a"})
        EXPECT_EQ(place(authority), "none") << authority;
}

TEST(ServerAddress, ReadsTheAccountOfBasicAuthorization)
{
    const auto login = read_basic_login("Basic dXNlcjpwYTpzcw==");
    ASSERT_TRUE(login);
    EXPECT_EQ(login->user + '|' + login->password, "user|pa:ss");
}

TEST(ServerAddress, RefusesOtherAuthorizations)
{
    for (const char* header : {"", "Basic", "Basic dXNlcg==", "Basic dXNlcjpwYTpzcw", "Bearer dXNlcjpwYTpzcw==", "Basic dXMAZXI6cA=="})
        EXPECT_FALSE(read_basic_login(header)) << header;
}

}  // namespace
}  // namespace lienthong::adapters
