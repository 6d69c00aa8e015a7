/// Seen: what the cursor remembers of files that still lie in the folder, by a mark of name, size and time of change.
///
/// "v1 0123456789abcdef:1743480000 fedcba9876543210:taken": one file first seen so at that second, and one that is journaled but
/// was not moved away yet.
#pragma once

#include "hub/sdk/fingerprint.hpp"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace folder {

/// Two files with one mark would at worst be read a poll earlier or moved under the wrong heading.
inline std::string mark_of(std::string_view name, std::string_view size, std::string_view modified)
{
    return lienthong::sdk::fingerprint({name, size, modified});
}

class Seen
{
public:
    /// Nothing when this is no cursor of ours. An empty text is the first poll's.
    static std::optional<Seen> read(std::string_view cursor)
    {
        Seen seen;
        if (cursor.empty())
            return seen;
        if (cursor.substr(0, 2) != "v1")
            return std::nullopt;
        cursor.remove_prefix(2);
        while (!cursor.empty()) {
            const std::string_view word = cursor.substr(1, cursor.find(' ', 1) - 1);
            std::int64_t since = taken;
            const std::string_view value = word.size() > 17 ? word.substr(17) : std::string_view();
            const auto end = value.data() + value.size();
            if (cursor.front() != ' ' || value.empty() || word[16] != ':')
                return std::nullopt;
            if (value != "taken" && std::from_chars(value.data(), end, since).ptr != end)
                return std::nullopt;
            seen.marks_[std::string(word.substr(0, 16))] = since;
            cursor.remove_prefix(1 + word.size());
        }
        return seen;
    }
    [[nodiscard]] std::string text() const
    {
        std::string out = "v1";
        for (const auto& [mark, since] : marks_)
            out += ' ' + mark + ':' + (since == taken ? "taken" : std::to_string(since));
        return out;
    }
    /// The second since which the file is seen as it is; nothing when it is new.
    [[nodiscard]] std::optional<std::int64_t> since(const std::string& mark) const
    {
        const auto it = marks_.find(mark);
        return it == marks_.end() ? std::nullopt : std::optional(it->second);
    }
    [[nodiscard]] bool is_taken(const std::string& mark) const { return since(mark) == taken; }
    [[nodiscard]] std::size_t size() const { return marks_.size(); }
    void watch(const std::string& mark, std::int64_t second) { marks_[mark] = second; }
    void take(const std::string& mark) { marks_[mark] = taken; }

private:
    static constexpr std::int64_t taken = -1;
    std::map<std::string, std::int64_t> marks_;
};

}  // namespace folder
