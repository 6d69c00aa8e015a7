/// Template: a path or body in which {page}, {since} and their kind stand for what a request is about.
#pragma once

#include "hub/sdk/json_text.hpp"
#include "hub/sdk/query.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::rest {

/// What is wrong with a template; empty when nothing is. A '{' that begins no lower-case word is text of its own, as in JSON.
inline std::string fault_of_template(std::string_view text)
{
    constexpr std::array<std::string_view, 7> known = {"page", "offset", "page_size", "token", "since", "today", "id"};
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 1);
        if (end == at + 1 || end == std::string_view::npos || text[end] != '}')
            continue;
        const std::string_view name = text.substr(at + 1, end - at - 1);
        bool is_known = false;
        for (const std::string_view one : known)
            is_known = is_known || one == name;
        if (!is_known)
            return "{" + std::string(name) +
                   "} stands for nothing; there are {page}, {offset}, {page_size}, {token}, {since}, {today} and {id}";
    }
    return {};
}

/// The text with every known placeholder replaced by its value, which goes through `written` first.
template <class Written>
std::string fill(std::string_view text, const std::vector<std::pair<std::string_view, std::string>>& values, Written written)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t at = text.find('{');
        out += text.substr(0, at);
        if (at == std::string_view::npos)
            break;
        text.remove_prefix(at);
        std::size_t used = 0;
        for (const auto& [name, value] : values)
            if (text.size() >= name.size() + 2 && text.substr(1, name.size()) == name && text[name.size() + 1] == '}') {
                out += written(value);
                used = name.size() + 2;
            }
        if (used == 0)
            out += text[used++];
        text.remove_prefix(used);
    }
    return out;
}

/// Fit to stand inside a JSON string.
inline std::string json_escaped(std::string_view text)
{
    const std::string quoted = sdk::json_quoted(text);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace lienthong::rest
