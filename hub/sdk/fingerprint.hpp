/// Fingerprint: tells bodies, files or questions apart where nothing else does. It proves nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace lienthong::sdk {

/// FNV-1a of 64 bits, as 16 hexadecimal digits.
[[nodiscard]] inline std::string fingerprint(std::string_view bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += digits[(hash >> static_cast<unsigned>(shift)) & 15U];
    return out;
}

/// Of several texts without a NUL, so that {"ab", "c"} is not {"a", "bc"}.
[[nodiscard]] inline std::string fingerprint(std::initializer_list<std::string_view> texts)
{
    std::string bytes;
    for (const std::string_view text : texts)
        bytes.append(text).push_back('\0');
    return fingerprint(bytes);
}

}  // namespace lienthong::sdk
