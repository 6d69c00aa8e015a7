// Equality without a call is the equality of std::string_view.
#include "hub/text/same_text.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

TEST(SameText, IsWhatStringViewsSayAtEveryLengthAndPlace)
{
    for (std::size_t size = 0; size < 40; ++size) {
        const std::string one(size, 'a');
        EXPECT_TRUE(text::is_same(one, std::string(size, 'a'))) << size;
        EXPECT_FALSE(text::is_same(one, one + "a")) << size;
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = one;
            other[at] = 'b';
            EXPECT_FALSE(text::is_same(one, other)) << size << " at " << at;
            EXPECT_FALSE(text::is_same(other, one)) << size << " at " << at;
        }
    }
}
