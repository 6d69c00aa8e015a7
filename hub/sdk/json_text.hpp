/// JSON text for connectors that hand on a part of what they got. A plugin ships no parser; this only writes.
#pragma once

#include "hub/sdk/tree.hpp"

#include <cstdint>
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

/// An object of those members of `object` that are named and stand there, each as it was written; found without regard to
/// case, named as asked for. What is not named stays in the worker.
template <class Names = std::initializer_list<std::string_view>>
std::string only_members(TreeView object, const Names& names)
{
    std::string out = "{";
    for (const std::string_view name : names) {
        const TreeView member = object.child_any_case(name);
        if (!member)
            continue;
        out += out.size() > 1 ? "," : "";
        out += json_quoted(name) + ':';
        out += member.source();
    }
    return out + '}';
}

/// Tells one body from another where nothing else does (FNV-1a, 64 bits, hex). It proves nothing.
inline std::string fingerprint(std::string_view bytes)
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

/// What is said of a body whose members cannot be told apart: nothing of its content.
inline std::string outline_of(std::string_view route, std::string_view body)
{
    return "{\"route\":" + json_quoted(route) + ",\"bytes\":" + std::to_string(body.size()) + ",\"fingerprint\":\"" + fingerprint(body) + "\"}";
}

}  // namespace lienthong::sdk
