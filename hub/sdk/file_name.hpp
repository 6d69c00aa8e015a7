/// File name: which files are meant by a pattern, and what the ending of a name says of the bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace lienthong::sdk {

/// "*" stands for any run of characters, everything else for itself.
inline bool matches(std::string_view name, std::string_view pattern)
{
    std::size_t n = 0, p = 0, star = std::string_view::npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// Letters of ASCII in lower case; all other bytes as they are.
inline std::string lower_case(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// The media type of a file by the ending of its name; what the bytes are is the mapping's affair.
inline std::string content_type_of(std::string_view name)
{
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".csv", "text/csv"},
        {".json", "application/json"},
        {".ndjson", "application/x-ndjson"},
        {".xml", "application/xml"},
        {".edxml", "application/edxml+xml"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
    const std::string lower = lower_case(name);
    for (const auto& [ending, type] : types)
        if (lower.size() > ending.size() && lower.ends_with(ending))
            return std::string(type);
    return "application/octet-stream";
}

}  // namespace lienthong::sdk
