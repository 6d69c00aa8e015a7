/// Base64: a damaged document must never pass for a whole one.
#include "hub/sdk/base64.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

TEST(Base64, DecodesTheVectorsOfRfc4648)
{
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9v"), "foo");
    EXPECT_EQ(decode_base64("Zm9vYg=="), "foob");
    EXPECT_EQ(decode_base64("Zm9vYmE="), "fooba");
    EXPECT_EQ(decode_base64("Zm9vYmFy"), "foobar");
}

TEST(Base64, DecodesEveryByte)
{
    EXPECT_EQ(decode_base64("AP+A"), std::string("\x00\xFF\x80", 3));
    EXPECT_EQ(decode_base64("++//"), "\xFB\xEF\xFF");
}

TEST(Base64, SkipsTheLineBreaksOfMimeWriters)
{
    EXPECT_EQ(decode_base64("Zm9v\r\nYmFy\n"), "foobar");
    EXPECT_EQ(decode_base64(" Zm 9v\t"), "foo");
    EXPECT_EQ(decode_base64("QQ=\n="), "A");
}

TEST(Base64, RefusesWhatIsCutShort)
{
    for (const char* text : {"Z", "Zg", "Zg=", "Zm8", "QUI", "Zm9vY", "Zm9vYg", "Zm9vYg="})
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
}

TEST(Base64, RefusesForeignCharactersAndMisplacedPadding)
{
    for (const char* text : {"Zm9*", "Zm9-", "Zm9_", "Zg==Zg==", "=Zm9", "Z=m9", "Zm9v=", "Zm9v====", "Zg===", "Zm9\x80", "QU=I", "QUJD=", "===="})
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
}

TEST(Base64, RefusesBitsLeftOver)
{
    EXPECT_EQ(decode_base64("Zh=="), std::nullopt);
    EXPECT_EQ(decode_base64("Zm9="), std::nullopt);
}

}  // namespace
}  // namespace lienthong::sdk
