// Any bytes become one word, and come back.
#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/percent.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lienthong::sdk {
namespace {

TEST(Percent, WritesUnreservedCharactersAsTheyAre)
{
    EXPECT_EQ(percent_encoded("Az09-._~"), "Az09-._~");
    EXPECT_EQ(percent_encoded("tệp 1/2%|\n"), "t%E1%BB%87p%201%2F2%25%7C%0A");
}

TEST(Percent, BringsEveryByteBack)
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
    EXPECT_EQ(percent_decoded("%e1%bb%87"), "ệ") << "either case";
}

TEST(Percent, RefusesASignWithoutTwoDigits)
{
    for (const char* text : {"%", "%4", "a%4", "%4G", "%G4", "%%41", "%-1", "% 1"})
        EXPECT_EQ(percent_decoded(text), std::nullopt) << text;
}

TEST(Fingerprint, IsFnv1aAndKeepsTextsApart)
{
    EXPECT_EQ(fingerprint(""), "cbf29ce484222325");
    EXPECT_EQ(fingerprint("a"), "af63dc4c8601ec8c") << "a published value of FNV-1a, 64 bits";
    EXPECT_NE(fingerprint({"ab", "c"}), fingerprint({"a", "bc"}));
}

}  // namespace
}  // namespace lienthong::sdk
