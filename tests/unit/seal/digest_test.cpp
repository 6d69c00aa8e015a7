// Digests agree with the published vectors; hex and base64 have one text for each value.
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace lienthong::seal;

TEST(Digest, AgreesWithTheVectorsOfFips180)
{
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, OfPartsIsTheDigestOfTheirSum)
{
    EXPECT_EQ(sha256({"Hưng ", "", "Yên"}), sha256("Hưng Yên"));
}

TEST(Digest, IsTheSameOnEveryThread)
{
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    for (std::string& out : found)
        threads.emplace_back([&out] {
            for (int i = 0; i < 500; ++i)
                out = sha256_hex("abc");
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const std::string& hex : found)
        EXPECT_EQ(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hmac, AgreesWithRfc4231)
{
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hex, ReadsOnlyWhatItWrites)
{
    EXPECT_EQ(to_hex(std::string_view("\0\x7f\xff", 3)), "007fff");
    EXPECT_EQ(from_hex("007fff"), std::string("\0\x7f\xff", 3));
    for (const char* bad : {"0", "0g", "FF", " 00", "00 "})
        EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(Base64, AgreesWithRfc4648)
{
    const char* const pairs[][2] = {{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"fooba", "Zm9vYmE="},
                                    {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : pairs) {
        EXPECT_EQ(to_base64(plain), text);
        EXPECT_EQ(from_base64(text), plain);
    }
}

TEST(Base64, HasOneTextForEachValue)
{
    for (const char* bad :
         {"Zg", "Zg=", "Zh==", "Zm9=", "Zm8", "Zm9v\n", "Zm 9", "====", "Z===", "Zg==Zg==", "Zm-_", "=Zm9", "Z=g="})
        EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Secret, ComparesByValue)
{
    EXPECT_TRUE(same_secret("a", "a"));
    EXPECT_FALSE(same_secret("a", "b"));
    EXPECT_FALSE(same_secret("a", "ab"));
}
