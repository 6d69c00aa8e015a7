// Writes JSON text; the only escaper of the hub.
#include "hub/model/json_text.hpp"

#include "hub/model/utf8.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace lienthong {
namespace {

constexpr char hex[] = "0123456789abcdef";

void append_escape(std::string& out, unsigned char c)
{
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += hex[c >> 4U];
            out += hex[c & 0x0FU];
    }
}

constexpr std::array<bool, 256> plain_bytes()
{
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c)
        plain[c] = c != '"' && c != '\\';
    return plain;
}

constexpr auto plain = plain_bytes();

std::size_t digits(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
        ++end;
    return end - at;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t written = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (plain[c]) {
            ++at;
            continue;
        }
        if (c >= 0x80U) {
            if (const std::size_t length = utf8_length(text.substr(at)); length != 0) {
                at += length;
                continue;
            }
        }
        out.append(text.substr(written, at - written));
        if (c >= 0x80U)
            out += "\xEF\xBF\xBD";
        else
            append_escape(out, c);
        written = ++at;
    }
    out.append(text.substr(written));
    out += '"';
}

std::string json_string(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 2);
    append_json_string(out, text);
    return out;
}

bool is_json_number(std::string_view text)
{
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t whole = digits(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digits(text, at + 1);
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = digits(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.size();
}

void JsonWriter::before_value()
{
    if (finished_)
        throw std::logic_error("JsonWriter: a second root value");
    const bool in_object = !levels_.empty() && levels_.back() == Level::object;
    if (in_object != named_)
        throw std::logic_error("JsonWriter: a value in an object needs a key first");
    if (comma_ && !named_)
        out_ += ',';
    named_ = false;
}

void JsonWriter::after_value()
{
    comma_ = true;
    finished_ = levels_.empty();
}

void JsonWriter::open(Level level, char bracket)
{
    before_value();
    out_ += bracket;
    levels_.push_back(level);
    comma_ = false;
}

void JsonWriter::close(Level level, char bracket)
{
    if (levels_.empty() || levels_.back() != level || named_)
        throw std::logic_error("JsonWriter: an end that closes nothing");
    out_ += bracket;
    levels_.pop_back();
    after_value();
}

JsonWriter& JsonWriter::begin_object()
{
    open(Level::object, '{');
    return *this;
}

JsonWriter& JsonWriter::end_object()
{
    close(Level::object, '}');
    return *this;
}

JsonWriter& JsonWriter::begin_array()
{
    open(Level::array, '[');
    return *this;
}

JsonWriter& JsonWriter::end_array()
{
    close(Level::array, ']');
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    if (levels_.empty() || levels_.back() != Level::object || named_)
        throw std::logic_error("JsonWriter: a key outside an object");
    if (comma_)
        out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
    named_ = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    before_value();
    append_json_string(out_, value);
    after_value();
    return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value)
{
    return json(std::to_string(value));
}

JsonWriter& JsonWriter::raw_number(std::string_view decimal)
{
    if (!is_json_number(decimal))
        throw std::logic_error("JsonWriter: not a number: " + std::string(decimal));
    return json(decimal);
}

JsonWriter& JsonWriter::boolean(bool value)
{
    return json(value ? "true" : "false");
}

JsonWriter& JsonWriter::null()
{
    return json("null");
}

JsonWriter& JsonWriter::json(std::string_view value)
{
    before_value();
    out_ += value;
    after_value();
    return *this;
}

std::string JsonWriter::take()
{
    if (!finished_)
        throw std::logic_error("JsonWriter: the document is not finished");
    finished_ = comma_ = false;
    return std::exchange(out_, {});
}

}  // namespace lienthong
