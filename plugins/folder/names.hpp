/// Names: what a name says of its file, beyond hub/sdk/file_name.hpp.
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

}  // namespace folder
