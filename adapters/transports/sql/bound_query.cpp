// Finds the parameters of a statement without understanding the rest of it.
#include "adapters/transports/sql/bound_query.hpp"

#include <algorithm>

namespace lienthong::adapters {
namespace {

bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Size of a quoted piece at the beginning; a doubled quotation mark is part of it, and a backslash escapes where it may.
std::size_t quoted_size(std::string_view text, bool backslashes)
{
    const char quote = text.front();
    std::size_t at = 1;
    while (at < text.size()) {
        if (backslashes && text[at] == '\\')
            ++at;
        else if (text[at] == quote && text.substr(at + 1, 1) != std::string_view(&quote, 1))
            return at + 1;
        else if (text[at] == quote)
            ++at;
        ++at;
    }
    return text.size();
}

/// Block comments nest in PostgreSQL; where they do not, nothing that is one statement has a second begin inside.
std::size_t comment_size(std::string_view text)
{
    std::size_t depth = 0, at = 0;
    while (at < text.size()) {
        const std::string_view two = text.substr(at, 2);
        if (two == "/*") {
            ++depth;
            at += 2;
        } else if (two == "*/") {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            ++at;
        }
    }
    return text.size();
}

/// "$tag$ … $tag$" or "$$ … $$"; 0 when it is none.
std::size_t dollar_size(std::string_view text)
{
    std::size_t end = 1;
    while (end < text.size() && is_word(text[end]))
        ++end;
    if (end >= text.size() || text[end] != '$' || is_digit(text[1]))
        return 0;
    const std::string_view tag = text.substr(0, end + 1);
    const std::size_t close = text.find(tag, tag.size());
    return close == std::string_view::npos ? text.size() : close + tag.size();
}

/// Size of what is left alone at the beginning, 0 when the next character is looked at by itself.
std::size_t untouched_size(std::string_view text, char before, char before_that)
{
    const char c = text.front();
    if (c == '\'')
        return quoted_size(text, (before == 'E' || before == 'e') && !is_word(before_that));
    if (c == '"' || c == '`')
        return quoted_size(text, false);
    if (text.substr(0, 2) == "--")
        return std::min(text.find('\n'), text.size());
    if (text.substr(0, 2) == "/*")
        return comment_size(text);
    if (text.substr(0, 2) == "::")
        return 2;
    return c == '$' && !is_word(before) ? dollar_size(text) : 0;
}

}  // namespace

BoundQuery bound_query(std::string_view text, Placeholder form)
{
    BoundQuery out;
    char before = ' ', before_that = ' ';
    while (!text.empty()) {
        std::size_t size = untouched_size(text, before, before_that);
        if (size == 0 && text.front() == ':' && text.size() > 1 && is_word(text[1]) && !is_digit(text[1])) {
            std::size_t end = 1;
            while (end < text.size() && is_word(text[end]))
                ++end;
            const std::string name(text.substr(1, end - 1));
            auto known = form == Placeholder::numbered ? std::find(out.names.begin(), out.names.end(), name) : out.names.end();
            if (known == out.names.end())
                known = out.names.insert(known, name);
            out.text += form == Placeholder::question ? "?" : '$' + std::to_string(known - out.names.begin() + 1);
            size = end;
        } else {
            size = std::max<std::size_t>(size, 1);
            out.text += text.substr(0, size);
        }
        before_that = size > 1 ? text[size - 2] : before;
        before = text[size - 1];
        text.remove_prefix(size);
    }
    return out;
}

}  // namespace lienthong::adapters
