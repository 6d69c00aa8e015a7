/// Same text: whether two texts are equal, at the price of two comparisons where they are short.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace lienthong::text {

/// The first eight, four or two bytes at `at`, as they lie.
template <class Word>
[[nodiscard]] inline Word word_at(const char* at)
{
    Word out;
    std::memcpy(&out, at, sizeof out);
    return out;
}

/// Whether two texts of one size, at least that of a word and at most twice that, are equal: their ends meet or overlap.
template <class Word>
[[nodiscard]] inline bool ends_alike(const char* a, const char* b, std::size_t size)
{
    return ((word_at<Word>(a) ^ word_at<Word>(b)) | (word_at<Word>(a + size - sizeof(Word)) ^ word_at<Word>(b + size - sizeof(Word)))) == 0;
}

/// a == b. Most codes and periods have at most 16 bytes, and for those std::string_view makes a call.
[[nodiscard]] inline bool is_same(std::string_view a, std::string_view b)
{
    const std::size_t size = a.size();
    if (size != b.size())
        return false;
    if (size > 16)
        return std::memcmp(a.data(), b.data(), size) == 0;
    if (size >= 8)
        return ends_alike<std::uint64_t>(a.data(), b.data(), size);
    if (size >= 4)
        return ends_alike<std::uint32_t>(a.data(), b.data(), size);
    if (size >= 2)
        return ends_alike<std::uint16_t>(a.data(), b.data(), size);
    return size == 0 || a.front() == b.front();
}

}  // namespace lienthong::text
