// Writing: RFC 8785's one text for each value. Reading is in json_read.cpp.
#include "hub/seal/json_value.hpp"

#include "hub/model/json_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace lienthong::seal {
namespace {

constexpr std::int64_t largest_integer = std::int64_t{1} << 53;

void append_value(std::string& out, const JsonValue& value);

void append_object(std::string& out, const JsonValue::Object& object)
{
    std::vector<const JsonMember*> order;
    order.reserve(object.size());
    for (const JsonMember& member : object)
        order.push_back(&member);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return utf16_less(a->name, b->name); });
    out += '{';
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && order[i]->name == order[i - 1]->name)
            throw std::invalid_argument("a JSON object names a member twice: " + order[i]->name);
        if (i > 0)
            out += ',';
        append_json_string(out, order[i]->name);
        out += ':';
        append_value(out, order[i]->value);
    }
    out += '}';
}

void append_array(std::string& out, const JsonValue::Array& array)
{
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i > 0)
            out += ',';
        append_value(out, array[i]);
    }
    out += ']';
}

void append_value(std::string& out, const JsonValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value.held))
        append_json_string(out, *text);
    else if (const auto* integer = std::get_if<std::int64_t>(&value.held))
        append_json_integer(out, *integer);
    else if (const auto* object = std::get_if<JsonValue::Object>(&value.held))
        append_object(out, *object);
    else if (const auto* array = std::get_if<JsonValue::Array>(&value.held))
        append_array(out, *array);
    else if (const auto* boolean = std::get_if<bool>(&value.held))
        out += *boolean ? "true" : "false";
    else
        out += "null";
}

}  // namespace

bool utf16_less(std::string_view left, std::string_view right)
{
    const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (l == left.end() || r == right.end())
        return l == left.end() && r != right.end();
    const auto a = static_cast<unsigned char>(*l);
    const auto b = static_cast<unsigned char>(*r);
    // Characters past U+FFFF are surrogates in UTF-16 and so come before U+E000 to U+FFFF, unlike in UTF-8.
    if (a >= 0xEEU && b >= 0xEEU && (a >= 0xF0U) != (b >= 0xF0U))
        return a >= 0xF0U;
    return a < b;
}

void append_json_integer(std::string& out, std::int64_t value)
{
    if (value > largest_integer || value < -largest_integer)
        throw std::invalid_argument("an integer to be sealed is beyond 2^53");
    out += std::to_string(value);
}

std::string to_canonical(const JsonValue& value)
{
    std::string out;
    append_value(out, value);
    return out;
}

}  // namespace lienthong::seal
