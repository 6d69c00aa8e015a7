/// Header: the fields of a mail or of a part of one (RFC 5322, section 2.2), their parameters (RFC 2045, RFC 2231) and words (RFC 2047).
#pragma once

#include "hub/sdk/percent.hpp"
#include "plugins/mail/charset.hpp"
#include "plugins/mail/transfer.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail {

using lienthong::sdk::lower_case;

inline constexpr std::size_t longest_header = 256 * 1024;  ///< Bytes of one header.
inline constexpr std::size_t most_fields = 1'000;
inline constexpr std::size_t most_parameters = 200;
inline constexpr std::size_t longest_word = 1'000;  ///< RFC 2047 allows 75; some programs write more.

struct Field
{
    std::string name;   ///< In lower case.
    std::string value;  ///< In one line.
};

/// A mail, or a part of one: a header and what follows it.
struct Entity
{
    std::vector<Field> fields;
    std::string_view body;

    /// The first field of that name, which is in lower case; empty when there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const
    {
        for (const Field& one : fields)
            if (one.name == name)
                return one.value;
        return {};
    }
};

inline std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes a line off the beginning, without its end.
inline std::string_view take_line(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

/// Nothing when the header is larger than any honest one. A line that is no field is passed over.
inline std::optional<Entity> read_entity(std::string_view text)
{
    Entity out;
    std::size_t size = 0;
    while (!text.empty()) {
        const std::size_t before = text.size();
        const std::string_view line = take_line(text);
        if (line.empty())
            break;
        size += before - text.size();
        if (size > longest_header || out.fields.size() > most_fields)
            return std::nullopt;
        if (line.front() == ' ' || line.front() == '\t') {
            if (!out.fields.empty())
                out.fields.back().value += line;
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos)
            out.fields.push_back({lower_case(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
    }
    out.body = text;
    return out;
}

/// One encoded word "=?charset?B?…?=" at the beginning: its size, charset and bytes.
struct EncodedWord
{
    std::size_t size = 0;
    std::string_view charset;
    std::string bytes;
};

inline std::optional<EncodedWord> read_encoded_word(std::string_view text)
{
    text = text.substr(0, longest_word);
    if (!text.starts_with("=?"))
        return std::nullopt;
    const std::size_t charset_end = text.find('?', 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
        return std::nullopt;
    const std::size_t end = text.find("?=", charset_end + 3);
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string_view charset = text.substr(2, charset_end - 2);
    const std::string_view coded = text.substr(charset_end + 3, end - charset_end - 3);
    EncodedWord out{end + 2, charset.substr(0, charset.find('*')), {}};
    const char how = text[charset_end + 1];
    if (how == 'B' || how == 'b') {
        auto bytes = lienthong::sdk::decode_base64(coded);
        if (!bytes)
            return std::nullopt;
        out.bytes = std::move(*bytes);
        return out;
    }
    if (how != 'Q' && how != 'q')
        return std::nullopt;
    for (std::size_t i = 0; i < coded.size(); ++i) {
        const int high = coded[i] == '=' && i + 2 < coded.size() ? hex_digit(coded[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(coded[i + 2]) : -1;
        out.bytes += low >= 0 ? static_cast<char>(static_cast<unsigned char>(high * 16 + low)) : coded[i] == '_' ? ' ' : coded[i];
        i += low >= 0 ? 2 : 0;
    }
    return out;
}

/// Text with its encoded words read. Words that follow each other are put together before their bytes are made characters, because
/// many programs cut a character in two.
inline std::string decoded_words(std::string_view text)
{
    std::string out, bytes, charset, blanks;
    bool after_word = false;
    const auto end_words = [&] {
        out += to_utf8(bytes, charset);
        bytes.clear();
    };
    while (!text.empty()) {
        if (auto word = read_encoded_word(text)) {
            if (!after_word || charset != word->charset) {
                end_words();
                out += after_word ? "" : blanks;
            }
            blanks.clear();
            charset = word->charset;
            bytes += word->bytes;
            after_word = true;
            text.remove_prefix(word->size);
            continue;
        }
        const std::size_t size = std::max<std::size_t>(utf8_size(text), 1);
        if (text.front() == ' ' || text.front() == '\t') {
            blanks += text.front();
        } else {
            end_words();
            out += blanks + tidy_utf8(text.substr(0, size));
            blanks.clear();
            after_word = false;
        }
        text.remove_prefix(size);
    }
    end_words();
    return out;
}

/// A field's value in front of the first ';', in lower case, and its parameters as they were written, names in lower case.
struct Parameters
{
    std::string value;
    std::vector<std::pair<std::string, std::string>> all;

    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const
    {
        for (const auto& [key, text] : all)
            if (key == name)
                return text;
        return std::nullopt;
    }
};

/// Takes a value, quoted or not, up to the next ';'.
inline std::string take_value(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string out;
    if (!text.starts_with('"')) {
        const std::size_t end = std::min(text.find(';'), text.size());
        out = trimmed(text.substr(0, end));
        text.remove_prefix(end);
        return out;
    }
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1)
            text.remove_prefix(1);
        out += text.front();
        text.remove_prefix(1);
    }
    text.remove_prefix(std::min(text.find(';'), text.size()));
    return out;
}

inline Parameters read_parameters(std::string_view field)
{
    Parameters out;
    const std::size_t end = std::min(field.find(';'), field.size());
    out.value = lower_case(trimmed(field.substr(0, end)));
    field.remove_prefix(end);
    while (!field.empty() && out.all.size() < most_parameters) {
        field.remove_prefix(1);
        const std::size_t equals = field.find_first_of("=;");
        const std::string name = lower_case(trimmed(field.substr(0, equals)));
        field.remove_prefix(std::min(equals, field.size()));
        if (!field.starts_with('='))
            continue;
        field.remove_prefix(1);
        out.all.emplace_back(name, take_value(field));
    }
    return out;
}

/// A parameter that may be in another charset, or cut into pieces (RFC 2231), or, against RFC 2047 but as most programs write it,
/// in encoded words. Empty when there is none.
inline std::string text_parameter(const Parameters& parameters, const std::string& name)
{
    std::string bytes, charset;
    const auto add = [&](std::string_view text, bool coded, bool first) {
        if (coded && first) {
            const std::size_t charset_end = std::min(text.find('\''), text.size());
            charset = text.substr(0, charset_end);
            const std::size_t language_end = text.find('\'', std::min(charset_end + 1, text.size()));
            text.remove_prefix(language_end == std::string_view::npos ? 0 : language_end + 1);
        }
        bytes += coded ? lienthong::sdk::percent_decoded(text).value_or(std::string(text)) : std::string(text);
    };
    if (const auto whole = parameters.find(name + '*')) {
        add(*whole, true, true);
        return to_utf8(bytes, charset);
    }
    for (std::size_t i = 0; i < most_parameters; ++i) {
        const std::string piece = name + '*' + std::to_string(i);
        if (const auto coded = parameters.find(piece + '*'))
            add(*coded, true, i == 0);
        else if (const auto plain = parameters.find(piece))
            add(*plain, false, i == 0);
        else if (i > 0)
            return to_utf8(bytes, charset);
        else
            break;
    }
    return decoded_words(parameters.find(name).value_or(std::string_view()));
}

}  // namespace mail
