// Syllables are known by their grammar, tones by where they stand.
#include "hub/text/syllable.hpp"

#include "hub/text/legacy.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

bool is(std::string_view word)
{
    return text::is_syllable(*text::decode_loosely(word, {}));
}

}  // namespace

TEST(Syllable, KnowsWhatVietnameseWrite)
{
    for (const char* word :
         {"tổng", "sản",  "phẩm", "nghiêng", "Nguyễn", "khuỷu", "quý", "quốc",  "giếng", "gì",    "già",  "ở",    "ý",
          "yến",  "ƯƠNG", "thuở", "khuya",   "ngoằn",  "Đắk",   "Đăk", "Krông", "Kạn",   "xoong", "rượu", "huyện"})
        EXPECT_TRUE(is(word)) << word;
}

TEST(Syllable, TheToneMayStandInItsOldAndItsNewPlace)
{
    for (const char* word : {"hòa", "hoà", "khỏe", "khoẻ", "thúy", "thuý", "hoàn", "mía", "người"})
        EXPECT_TRUE(is(word)) << word;
    for (const char* word : {"hòan", "miá", "ngừơi", "tòan", "aó"})
        EXPECT_FALSE(is(word)) << word;
}

TEST(Syllable, WordsEndingInAStopHaveOneOfTwoTones)
{
    EXPECT_TRUE(is("một"));
    EXPECT_TRUE(is("bốc"));
    for (const char* word : {"mồt", "bổc", "lêch", "đãp"})
        EXPECT_FALSE(is(word)) << word;
}

TEST(Syllable, RefusesWhatMisreadTextLooksLike)
{
    for (const char* word :
         {"", "Toång", "saûn", "Tæng", "s¶n", "Néi", "caùc", "ngé", "ghà", "â", "thă", "bcd", "nghiêngg", "éé"})
        EXPECT_FALSE(is(word)) << word;
}
