/// Same text: whether two texts are equal, at the price of two comparisons where they are short.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace lienthong::text {

/// a == b. Most codes and periods have at most 16 bytes, and for those std::string_view makes a call.
[[nodiscard]] inline bool is_same(std::string_view a, std::string_view b)
{
    const std::size_t size = a.size();
    if (size != b.size())
        return false;
    // Both ends of a text, which meet or overlap in its middle.
    const auto ends_alike = [&]<class Word>(Word) {
        Word a_first, a_last, b_first, b_last;
        std::memcpy(&a_first, a.data(), sizeof(Word));
        std::memcpy(&b_first, b.data(), sizeof(Word));
        std::memcpy(&a_last, a.data() + size - sizeof(Word), sizeof(Word));
        std::memcpy(&b_last, b.data() + size - sizeof(Word), sizeof(Word));
        return a_first == b_first && a_last == b_last;
    };
    if (size > 16)
        return std::memcmp(a.data(), b.data(), size) == 0;
    if (size >= 8)
        return ends_alike(std::uint64_t{});
    if (size >= 4)
        return ends_alike(std::uint32_t{});
    if (size >= 2)
        return ends_alike(std::uint16_t{});
    return size == 0 || a.front() == b.front();
}

}  // namespace lienthong::text
