// Judges and decodes request targets.
#include "hub/http/request_target.hpp"

#include "hub/http/refusals.hpp"
#include "hub/model/utf8.hpp"

#include <algorithm>

namespace lienthong::http {
namespace {

constexpr std::size_t npos = std::string_view::npos;

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool escapes_are_whole(std::string_view text)
{
    for (std::size_t at = text.find('%'); at != npos; at = text.find('%', at + 1))
        if (at + 2 >= text.size() || hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0)
            return false;
    return true;
}

/// RFC 3986: what may stand in a path or query unescaped. No fragment, no quotes, no bytes beyond ASCII.
bool is_target_byte(char c)
{
    constexpr std::string_view allowed = "-._~:/?@!$&'()*+,;=%";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || allowed.find(c) != npos;
}

std::string decoded(std::string_view text, bool plus_is_blank)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

bool has_dot_segment(std::string_view path)
{
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        // ';' begins parameters for some readers: "/..;/" is theirs "/../"
        const std::string_view name = segment.substr(0, segment.find(';'));
        if (name == "." || name == "..")
            return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

}  // namespace

const Refusal* judge_target(std::string_view target)
{
    if (!target.starts_with('/'))
        return &refusals::target_form;
    if (!std::all_of(target.begin(), target.end(), is_target_byte))
        return target.find('\\') != npos ? &refusals::path_slash : &refusals::target_bytes;
    if (!escapes_are_whole(target))
        return &refusals::target_escape;
    const std::string_view raw = target.substr(0, target.find('?'));
    const std::string path = decoded(raw, false);
    if (std::count(path.begin(), path.end(), '/') != std::count(raw.begin(), raw.end(), '/') || path.find("//") != npos ||
        path.find('\\') != npos)
        return &refusals::path_slash;
    if (std::any_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }))
        return &refusals::path_nul;
    if (has_dot_segment(path))
        return &refusals::path_dots;
    return first_not_utf8(path) == path.size() ? nullptr : &refusals::path_utf8;
}

RequestTarget read_target(std::string_view target)
{
    const std::size_t mark = target.find('?');
    RequestTarget out;
    out.path = decoded(target.substr(0, mark), false);
    std::string_view rest = mark == npos ? std::string_view{} : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        const std::string_view value = equals == npos ? std::string_view{} : pair.substr(equals + 1);
        out.query.emplace_back(decoded(pair.substr(0, equals), true), decoded(value, true));
    }
    return out;
}

}  // namespace lienthong::http
