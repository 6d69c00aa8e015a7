/// Values of packets between the hub's words and the partner's, and the little JSON a connector writes itself.
#pragma once

#include "hub/sdk/tree.hpp"
#include "plugins/nrs/profile.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nrs {

using lienthong::sdk::TreeView;

/// A JSON text.
inline std::string quoted(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text)
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20U) {
            out += "\\u00";
            out += digits[static_cast<unsigned char>(c) >> 4U];
            out += digits[static_cast<unsigned char>(c) & 0xFU];
        } else {
            out += c;
        }
    return out + '"';
}

/// The partner's word for one of ours; nothing when the profile has none or the value is not what its type says.
inline std::optional<std::string> to_theirs(const Profile& profile, std::string_view type, std::string_view value)
{
    if (type == "period") {
        for (const WrittenForm& form : period_forms)
            if (const auto pieces = read_pattern(form.canonical, value))
                return profile.word(form.name).empty() ? std::nullopt
                                                       : std::optional(write_pattern(profile.word(form.name), *pieces));
        return std::nullopt;
    }
    if (type == "day" || type == "moment") {
        const WrittenForm& form = type == "day" ? day_form : moment_form;
        const std::size_t size = type == "day" ? 10 : 19;
        const auto pieces = read_pattern(form.canonical, value.substr(0, size));
        return pieces ? std::optional(write_pattern(profile.word(type), *pieces)) : std::nullopt;
    }
    if (type == "status") {
        const auto it = profile.statuses.find(value);
        return it == profile.statuses.end() ? std::nullopt : std::optional(it->second.front());
    }
    return std::string(value);
}

/// Our word for one of the partner's; nothing when it is not what the profile says.
inline std::optional<std::string> to_ours(const Profile& profile, std::string_view type, std::string_view value)
{
    if (type == "period") {
        for (const WrittenForm& form : period_forms)
            if (!profile.word(form.name).empty())
                if (const auto pieces = read_pattern(profile.word(form.name), value))
                    return write_pattern(form.canonical, *pieces);
        return std::nullopt;
    }
    if (type == "day" || type == "moment") {
        const auto pieces = read_pattern(profile.word(type), value);
        if (!pieces)
            return std::nullopt;
        return type == "day" ? write_pattern(day_form.canonical, *pieces)
                             : write_pattern(moment_form.canonical, *pieces) + "+07:00";
    }
    if (type == "status") {
        const std::string_view ours = profile.status_of(value);
        return ours.empty() ? std::nullopt : std::optional(std::string(ours));
    }
    return std::string(value);
}

/// Every scalar at the path that is not blank, joined by ";".
inline void collect(TreeView node, const Path& path, std::size_t step, std::string& out)
{
    if (step == path.size()) {
        const bool scalar =
            node.kind() == LIENTHONG_NODE_TEXT || node.kind() == LIENTHONG_NODE_NUMBER || node.kind() == LIENTHONG_NODE_BOOLEAN;
        if (scalar && !node.text().empty())
            out += (out.empty() ? "" : ";") + std::string(node.text());
    } else if (path[step] == "*") {
        for (TreeView at = node.first(); at; at = at.next())
            collect(at, path, step + 1, out);
    } else {
        collect(node.child(path[step]), path, step + 1, out);
    }
}

inline std::string text_at(TreeView node, const Path& path)
{
    std::string out;
    if (!path.empty())
        collect(node, path, 0, out);
    return out;
}

inline TreeView node_at(TreeView node, const Path& path)
{
    for (const std::string& step : path)
        node = node.child(step);
    return node;
}

}  // namespace nrs
