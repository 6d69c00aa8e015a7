/// Sender: who a mail says it is from, who is let in, and what the province's own server found of it.
#pragma once

#include "plugins/mail/header.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// What stands between blanks, any number of them.
inline std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> out;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const std::size_t size = std::min(text.find_first_of(" \t"), text.size());
        out.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return out;
}

/// Without comments in round brackets, which may nest (RFC 5322, section 3.2.2). What stands in quotation marks stays.
inline std::string without_comments(std::string_view text)
{
    std::string out;
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size() && (quoted || depth > 0)) {
            if (depth == 0)
                out += text.substr(i, 2);
            ++i;
            continue;
        }
        if (depth == 0 && c == '"')
            quoted = !quoted;
        if (!quoted && c == '(')
            ++depth;
        if (depth == 0)
            out += c;
        if (!quoted && c == ')' && depth > 0)
            --depth;
    }
    return out;
}

/// What stands outside of quotation marks.
inline std::string without_quoted(std::string_view text)
{
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted)
            out += text[i];
    }
    return out;
}

inline bool is_address(std::string_view text)
{
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > 254)
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && std::string_view("()<>[]:;,\\\"").find(c) == std::string_view::npos; }) &&
           text.find('@', at + 1) == std::string_view::npos;
}

/// The one address of the one field From, in lower case. Nothing when there are several of either, or none: then nobody can say
/// who it is from.
inline std::optional<std::string> from_of(const Entity& mail)
{
    std::string_view field;
    for (const Field& one : mail.fields) {
        if (one.name != "from")
            continue;
        if (!field.empty())
            return std::nullopt;
        field = one.value;
    }
    std::string text = without_quoted(without_comments(field));
    if (const std::size_t open = text.find('<'); open != std::string::npos) {
        const std::size_t close = text.find('>', open);
        if (close == std::string::npos || text.find('<', open + 1) != std::string::npos || !trimmed(std::string_view(text).substr(close + 1)).empty() ||
            text.substr(0, open).find_first_of(",:;@") != std::string::npos)
            return std::nullopt;
        text = text.substr(open + 1, close - open - 1);
    }
    const std::string address = lower_case(trimmed(text));
    return is_address(address) ? std::optional(address) : std::nullopt;
}

/// Who is let in: "address" or "address=sender" by words, * standing for anything.
class Senders
{
public:
    explicit Senders(std::string_view setting)
    {
        for (const std::string_view word : words_of(setting)) {
            const std::size_t equals = word.find('=');
            const std::string_view name = equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1);
            all_.push_back({lower_case(word.substr(0, equals)), std::string(name)});
        }
    }
    [[nodiscard]] bool are_sound() const
    {
        for (const Known& one : all_)
            if (one.pattern.find_first_of("*@") == std::string::npos)
                return false;
        return !all_.empty();
    }
    /// As whom the first that fits is known, the address itself where nothing else is said; nothing for a stranger.
    [[nodiscard]] std::optional<std::string> known_as(const std::string& address) const
    {
        for (const Known& one : all_)
            if (lienthong::sdk::matches(address, one.pattern))
                return one.sender.empty() ? address : one.sender;
        return std::nullopt;
    }

private:
    struct Known
    {
        std::string pattern, sender;
    };
    std::vector<Known> all_;
};

/// One finding of an Authentication-Results field, such as "dkim=pass header.d=so.example".
inline bool vouches(std::string_view finding, std::string_view domain)
{
    std::string_view method, whose;
    for (const std::string_view word : words_of(finding)) {
        if (method.empty())
            method = word;
        else if (word.starts_with("header.from=") && method == "dmarc=pass")
            whose = word.substr(12);
        else if (word.starts_with("header.d=") && method == "dkim=pass")
            whose = word.substr(9);
        else if (word.starts_with("header.i=") && method == "dkim=pass" && whose.empty())
            whose = word.substr(std::min(word.find('@'), word.size() - 1) + 1);
    }
    return whose == domain && (method == "dmarc=pass" || method == "dkim=pass");
}

/// Whether the server `authserv_id` found that the mail is of the domain of `from` (RFC 8601): dmarc=pass, or dkim=pass, each with
/// exactly that domain. Only its topmost field is looked at, because a sender may write more of them below; the server must remove
/// those that came under its own name.
inline bool is_authenticated(const Entity& mail, std::string_view authserv_id, std::string_view from)
{
    const std::string_view domain = from.substr(from.find('@') + 1);
    for (const Field& field : mail.fields) {
        if (field.name != "authentication-results")
            continue;
        const std::string text = lower_case(without_quoted(without_comments(field.value)));
        std::string_view rest = text;
        const std::string_view id = trimmed(rest.substr(0, rest.find(';')));
        if (id.substr(0, id.find_first_of(" \t")) != lower_case(authserv_id))
            continue;
        bool vouched = false;
        while (rest.find(';') != std::string_view::npos) {
            rest.remove_prefix(rest.find(';') + 1);
            vouched = vouched || vouches(trimmed(rest.substr(0, rest.find(';'))), domain);
        }
        return vouched;
    }
    return false;
}

}  // namespace mail
