/// JSON text for connectors that hand on a part of what they got. A plugin ships no parser; this only writes.
#pragma once

#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/tree.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace lienthong::sdk {

/// `text`, which is UTF-8, as a quoted JSON string.
inline std::string json_quoted(std::string_view text)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20U) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

/// An object of those members of `object` that are named and are plain values, each as it was written; found without regard to
/// case, named as asked for. What is not named stays in the worker, also where it stands inside a member that is named.
template <class Names = std::initializer_list<std::string_view>>
std::string only_members(TreeView object, const Names& names)
{
    std::string out = "{";
    for (const std::string_view name : names) {
        const TreeView member = object.child_any_case(name);
        const lienthong_node_kind kind = member.kind();
        if (kind != LIENTHONG_NODE_TEXT && kind != LIENTHONG_NODE_NUMBER && kind != LIENTHONG_NODE_BOOLEAN)
            continue;
        out += out.size() > 1 ? "," : "";
        out += json_quoted(name) + ':';
        out += member.source();
    }
    return out + '}';
}

/// What is said of a body whose members cannot be told apart: nothing of its content.
inline std::string outline_of(std::string_view route, std::string_view body)
{
    return "{\"route\":" + json_quoted(route) + ",\"bytes\":" + std::to_string(body.size()) + ",\"fingerprint\":\"" + fingerprint(body) + "\"}";
}

}  // namespace lienthong::sdk
