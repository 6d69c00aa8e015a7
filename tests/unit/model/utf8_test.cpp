// Only well-formed UTF-8 counts as UTF-8.
#include "hub/model/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

TEST(Utf8, FindsTheFirstBadByteWhereverItStands)
{
    EXPECT_EQ(first_not_utf8(""), 0U);
    EXPECT_EQ(first_not_utf8("số liệu kỳ báo cáo \xF0\x9F\x87\xBB"),
              std::string_view("số liệu kỳ báo cáo \xF0\x9F\x87\xBB").size());
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        text[at] = '\x80';
        EXPECT_EQ(first_not_utf8(text), at);
    }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndTheOutOfRange)
{
    for (const char* bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xE1\xBB", "\xC3", "\xFF"})
        EXPECT_EQ(utf8_length(bad), 0U) << bad;
    EXPECT_EQ(utf8_length("\xF4\x8F\xBF\xBF"), 4U);
    EXPECT_EQ(utf8_length("\xED\x9F\xBF"), 3U);
}
