/// Uids: what the cursor remembers of the mails that lie in the mailbox, by their unique ids.
///
/// "v1 0000000168a1:done 0000000268a1:try2 0000000368a1:rest20412": one mail that is journaled, one that was asked for twice without
/// its answer being understood to the end, and one that was set aside unread on day 20412 since 1970. Ids are percent-encoded.
#pragma once

#include "hub/sdk/percent.hpp"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// One mail's standing. A mail that nothing is known of has tried 0.
struct Standing
{
    bool done = false;
    int tried = 0;                   ///< How often it was asked for.
    std::optional<int> rested_on{};  ///< Day on which it was set aside unread.
};

class Uids
{
public:
    /// Nothing when this is no cursor of ours. An empty text is the first poll's.
    static std::optional<Uids> read(std::string_view cursor)
    {
        Uids out;
        if (cursor.empty())
            return out;
        if (cursor.substr(0, 2) != "v1")
            return std::nullopt;
        cursor.remove_prefix(2);
        while (!cursor.empty()) {
            if (cursor.front() != ' ')
                return std::nullopt;
            const std::string_view word = cursor.substr(1, cursor.find(' ', 1) - 1);
            const std::size_t colon = word.find(':');
            const auto uid = lienthong::sdk::percent_decoded(word.substr(0, colon));
            const auto standing = colon == std::string_view::npos ? std::nullopt : standing_of(word.substr(colon + 1));
            if (!uid || uid->empty() || !standing)
                return std::nullopt;
            out.all_[*uid] = *standing;
            cursor.remove_prefix(1 + word.size());
        }
        return out;
    }
    [[nodiscard]] std::string text() const
    {
        std::string out = "v1";
        for (const auto& [uid, standing] : all_) {
            out += ' ' + lienthong::sdk::percent_encoded(uid) + ':';
            out += standing.done        ? "done"
                   : standing.rested_on ? "rest" + std::to_string(*standing.rested_on)
                                        : "try" + std::to_string(standing.tried);
        }
        return out;
    }
    [[nodiscard]] Standing of(const std::string& uid) const
    {
        const auto it = all_.find(uid);
        return it == all_.end() ? Standing{} : it->second;
    }
    [[nodiscard]] std::size_t size() const { return all_.size(); }
    void put(const std::string& uid, const Standing& standing) { all_[uid] = standing; }
    void forget(const std::string& uid) { all_.erase(uid); }

private:
    static std::optional<Standing> standing_of(std::string_view text)
    {
        const auto number_behind = [&](std::string_view word) -> std::optional<int> {
            int value = 0;
            if (!text.starts_with(word))
                return std::nullopt;
            const auto read = std::from_chars(text.data() + word.size(), text.data() + text.size(), value);
            return read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
        };
        if (text == "done")
            return Standing{true, 0, {}};
        if (const auto tried = number_behind("try"))
            return Standing{false, *tried, {}};
        if (const auto day = number_behind("rest"))
            return Standing{false, 0, day};
        return std::nullopt;
    }

    std::map<std::string, Standing> all_;
};

}  // namespace mail
