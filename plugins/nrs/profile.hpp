/// Profile: a partner's words for what the packets of QCVN 125:2021/BTTTT say, as data. The regulation fixes 13 kinds of packets;
/// its element names are whatever the profile has them to be. mappings/nrs/qcvn125-gia-dinh.profile explains the form.
#pragma once

#include "plugins/nrs/pattern.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nrs {

/// The 13 kinds in the order of the regulation, then tasks, which are the tracking system's and no kind of the regulation.
inline constexpr std::array<std::string_view, 14> kind_names = {
    "regimes", "forms",      "outline_forms", "figures",          "list_figures", "outline_reports", "report_status",
    "periods", "indicators", "kpi_sets",      "indicator_groups", "breakdowns",   "kpi_data",        "tasks"};

/// What fields are called in the hub's own packets and messages. A profile may place these and no others.
inline constexpr std::array<std::string_view, 50> field_names = {
    "kind",         "id",        "sender",   "receiver", "time",       "submission", "replaces", "regime",     "form",
    "form_version", "period",    "agency",   "title",    "status",     "reason",     "packet",   "indicator",  "measure",
    "area",         "breakdown", "value",    "unit",     "vintage",    "note",       "row",      "column",     "section",
    "text",         "code",      "name",     "group",    "parent",     "frequency",  "version",  "indicators", "breakdowns",
    "sections",     "dimension", "method",   "act",      "valid_from", "valid_to",   "from",     "until",      "deadline",
    "document",     "giver",     "assigned", "due",      "finished"};

/// What can become of a report, then what a partner says of a packet.
inline constexpr std::array<std::string_view, 10> status_names = {"draft", "waiting",   "submitted", "approved",  "returned",
                                                                  "late",  "cancelled", "received",  "duplicate", "missing"};

inline constexpr std::array<std::string_view, 6> type_names = {"text", "period", "day", "moment", "status", "submission"};
inline constexpr std::array<std::string_view, 8> receipt_names = {"packet",  "status", "number", "reason",
                                                                  "earlier", "items",  "item",   "item_reason"};
inline constexpr std::array<std::string_view, 3> direction_names = {"in", "out", "both"};

using Path = std::vector<std::string>;

inline std::string shown(const Path& path)
{
    std::string out;
    for (const std::string& step : path)
        out += (out.empty() ? "" : "/") + step;
    return out;
}

struct Field
{
    std::string name;
    Path path;
    std::string type = "text";
    bool required = false;
    bool in_row = false;
    std::size_t line = 0;
};

struct Kind
{
    std::string name;
    std::string word;  ///< The partner's; empty when the profile has no `kind.` line for it.
    bool in = false, out = false;
    Path rows;
    std::vector<Field> fields;  ///< In the order of the profile, which is that of the packet.
    std::size_t line = 0;

    [[nodiscard]] const Field* field(std::string_view name_wanted, bool in_row) const
    {
        for (const Field& one : fields)
            if (one.name == name_wanted && one.in_row == in_row)
                return &one;
        return nullptr;
    }
};

struct Profile
{
    std::map<std::string, std::string, std::less<>>
        words;                                   ///< profile, standing, send, find, pull, day, moment, period.*, submission.*
    std::pair<std::string, std::string> notice;  ///< A member every packet carries, and its text; empty for none.
    std::map<std::string, std::vector<std::string>, std::less<>> statuses;
    std::map<std::string, Path, std::less<>> places;  ///< receipt.*, answer.*
    std::vector<Kind> kinds;

    [[nodiscard]] std::string_view word(std::string_view key) const
    {
        const auto it = words.find(key);
        return it == words.end() ? std::string_view{} : std::string_view(it->second);
    }
    [[nodiscard]] const Kind* kind(std::string_view name) const
    {
        for (const Kind& one : kinds)
            if (one.name == name)
                return &one;
        return nullptr;
    }
    /// Our word for the partner's; empty when the profile does not know it.
    [[nodiscard]] std::string_view status_of(std::string_view theirs) const
    {
        for (const auto& [ours, words_of_it] : statuses)
            if (std::find(words_of_it.begin(), words_of_it.end(), theirs) != words_of_it.end())
                return ours;
        return {};
    }
    [[nodiscard]] const Path& place(std::string_view key) const
    {
        static const Path none;
        const auto it = places.find(key);
        return it == places.end() ? none : it->second;
    }
};

}  // namespace nrs
