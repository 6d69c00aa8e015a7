// Which addresses are never connected to, whatever a name server says.
#include "adapters/transports/reach/reach.hpp"

#include <gtest/gtest.h>

using namespace lienthong::adapters;

namespace {

bool may(const char* address, ReachRules rules = {})
{
    return refusal_of(asio::ip::make_address(address), rules).empty();
}

}  // namespace

TEST(Reach, IsOpenToTheInternetAndToAProvincesPrivateNetworksByDefault)
{
    for (const char* address : {"113.160.1.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "2001:ee0:1::1", "fd12:3456::1",
                                "64:ff9b::a00:1", "::ffff:10.0.0.1"})
        EXPECT_TRUE(may(address)) << address;
}

TEST(Reach, IsNeverOpenToMetadataLinkLocalMulticastReservedOrUnspecifiedAddresses)
{
    constexpr ReachRules everything{true, true};
    for (const char* address :
         {"169.254.169.254", "169.254.0.1", "169.254.170.2", "fe80::1", "febf::1", "fec0::1", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200",
          "168.63.129.16", "192.0.0.192", "224.0.0.1", "239.255.255.255", "ff02::1", "0.0.0.0", "0.1.2.3", "::", "240.0.0.1", "255.255.255.255",
          // the same, carried in addresses of version 6
          "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::169.254.169.254", "::ffff:0.0.0.0"})
        EXPECT_FALSE(may(address, everything)) << address;
}

TEST(Reach, IsOpenToThisMachineOnlyWhereTheEndpointNamesIt)
{
    for (const char* address : {"127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_FALSE(may(address)) << address;
        EXPECT_TRUE(may(address, {true, true})) << address;
    }
    for (const char* host : {"localhost", "LocalHost", "127.0.0.1", "127.1.1.1", "::1"})
        EXPECT_TRUE(names_own_machine(host)) << host;
    for (const char* host : {"localhost.example", "lgsp.tinh.gov.vn", "10.0.0.1", "127.0.0.1.example", ""})
        EXPECT_FALSE(names_own_machine(host)) << host;
}

TEST(Reach, CanBeKeptOutOfPrivateNetworks)
{
    constexpr ReachRules internet{false, false};
    for (const char* address : {"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.127.255.255", "fd12:3456::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"})
        EXPECT_FALSE(may(address, internet)) << address;
    for (const char* address : {"9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "100.63.0.1", "100.128.0.1", "2001:ee0::1"})
        EXPECT_TRUE(may(address, internet)) << address;
}
