/// Names: which files are taken, and what a name says of its file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace folder {

inline bool ends_with(std::string_view text, std::string_view ending)
{
    return text.size() > ending.size() && text.substr(text.size() - ending.size()) == ending;
}

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

using NameParts = std::vector<std::pair<std::string, std::string>>;

/// What a name says, by a pattern such as "{sender}_{period}.csv": each part runs up to the next character of the pattern, the
/// last to the end. Nothing when the name does not follow the pattern. Two parts side by side are no pattern.
inline std::optional<NameParts> parts_of(std::string_view name, std::string_view pattern)
{
    NameParts parts;
    while (!pattern.empty()) {
        if (pattern.front() != '{') {
            if (name.empty() || name.front() != pattern.front())
                return std::nullopt;
            name.remove_prefix(1);
            pattern.remove_prefix(1);
            continue;
        }
        const std::size_t end = pattern.find('}');
        const std::string_view key = pattern.substr(1, end == std::string_view::npos ? end : end - 1);
        pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
        const std::size_t next = pattern.find('{');
        const std::string_view until = pattern.substr(0, next);
        // A literal that ends the pattern is looked for at the end, so that dots in front of an ending do no harm.
        const bool last = next == std::string_view::npos;
        const std::size_t size = until.empty() ? name.size()
                                 : last        ? (ends_with(name, until) ? name.size() - until.size() : 0)
                                               : name.find(until);
        if (size == 0 || size == std::string_view::npos)
            return std::nullopt;
        parts.emplace_back(key, name.substr(0, size));
        name.remove_prefix(size);
    }
    return name.empty() ? std::optional(parts) : std::nullopt;
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
    std::string lower(name);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const auto& [ending, type] : types)
        if (ends_with(lower, ending))
            return std::string(type);
    return "application/octet-stream";
}

}  // namespace folder
