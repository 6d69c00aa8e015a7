// One body under two identifiers is one body.
#include "hub/text/organ_code.hpp"

#include <gtest/gtest.h>

using namespace lienthong::text;

TEST(OrganCode, OlderFormsAreTurnedRoundAndLoseTheirZeros)
{
    EXPECT_EQ(newer_organ_code("000.00.00.G12"), "G12");
    EXPECT_EQ(newer_organ_code("000.00.14.H52"), "H52.14");
    EXPECT_EQ(newer_organ_code("002.00.20.H13"), "H13.20.00.002") << "a group of zeros between others stays";
    EXPECT_EQ(newer_organ_code("28.22.H17"), "H17.22.28");
    EXPECT_EQ(newer_organ_code("00.00.H17"), "H17");
}

TEST(OrganCode, EverythingElseStaysAsItIs)
{
    for (const char* code : {"H52", "H52.14.3", "H31.08", "G22.99.01.02", "020100107370", "vxp.saas.03", "000.00.00.null", "02.29.W00x", "", ".", "1.2.3.4"})
        EXPECT_EQ(newer_organ_code(code), code);
}

TEST(OrganCode, NodesOfTheAxisAreNoRecipients)
{
    EXPECT_TRUE(is_axis_node("02.29.W00"));
    EXPECT_TRUE(is_axis_node("W00.29"));
    EXPECT_FALSE(is_axis_node("02.29.W001"));
    EXPECT_FALSE(is_axis_node("H52"));
}
