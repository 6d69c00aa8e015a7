/// Wire: the one binary form for what crosses a pipe or the plugin border.
///
/// Unsigned integers are LEB128, texts are length and bytes, nothing is aligned. A Reader never reads past
/// its end: after the first bad read `ok()` is false and everything it returns is empty or zero.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

class Writer
{
public:
    void number(std::uint64_t value)
    {
        while (value >= 0x80U) {
            bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
            value >>= 7U;
        }
        bytes_ += static_cast<char>(value);
    }
    void signed_number(std::int64_t value)
    {
        number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void flag(bool value) { bytes_ += value ? '\1' : '\0'; }
    void text(std::string_view value)
    {
        number(value.size());
        bytes_ += value;
    }
    template <class T, class Each>
    void list(const std::vector<T>& items, Each each)
    {
        number(items.size());
        for (const T& item : items)
            each(*this, item);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class Reader
{
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty())
                return fail();
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            if (shift == 63 && byte > 1U)
                return fail();
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        return fail();
    }
    std::int64_t signed_number()
    {
        const std::uint64_t raw = number();
        return static_cast<std::int64_t>(raw >> 1U) ^ -static_cast<std::int64_t>(raw & 1U);
    }
    bool flag()
    {
        if (rest_.empty() || static_cast<unsigned char>(rest_.front()) > 1U) {
            fail();
            return false;
        }
        const bool value = rest_.front() != '\0';
        rest_.remove_prefix(1);
        return value;
    }
    std::string_view view()
    {
        const std::uint64_t size = number();
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    std::string text() { return std::string(view()); }
    /// A list of at most `most` items. Memory grows with what was really read, never with a forged count.
    template <class T, class Each>
    std::vector<T> list(Each each, std::size_t most = 1'000'000)
    {
        const std::uint64_t count = number();
        std::vector<T> items;
        if (count > most || count > rest_.size()) {
            fail();
            return items;
        }
        items.reserve(std::min<std::size_t>(count, 64));
        for (std::uint64_t i = 0; i < count && ok(); ++i)
            items.push_back(each(*this));
        return items;
    }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
    void refuse() { fail(); }

private:
    std::uint64_t fail()
    {
        ok_ = false;
        rest_ = {};
        return 0;
    }
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace lienthong::sdk
