// Reading canonical JSON: parsed by Boost.JSON, written again, and refused unless the two texts are equal.
#include "hub/seal/json_value.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace lienthong::seal {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 32;

Problem refused(std::string detail, std::string place = {}, std::string found = {})
{
    return {"seal.not_canonical", std::move(detail), std::move(place), shortened(found), "canonical JSON (RFC 8785)"};
}

bool convert(const json::value& from, JsonValue& to);

bool convert(const json::object& from, JsonValue& to)
{
    JsonValue::Object object;
    object.reserve(from.size());
    for (const auto& member : from) {
        JsonMember& added = object.emplace_back(JsonMember{std::string(member.key()), {}});
        if (!convert(member.value(), added.value))
            return false;
    }
    to.held = std::move(object);
    return true;
}

bool convert(const json::array& from, JsonValue& to)
{
    JsonValue::Array array(from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
        if (!convert(from[i], array[i]))
            return false;
    to.held = std::move(array);
    return true;
}

bool convert(const json::value& from, JsonValue& to)
{
    switch (from.kind()) {
        case json::kind::null:
            to.held = nullptr;
            return true;
        case json::kind::bool_:
            to.held = from.get_bool();
            return true;
        case json::kind::int64:
            to.held = from.get_int64();
            return true;
        case json::kind::string:
            to.held = std::string(from.get_string());
            return true;
        case json::kind::array:
            return convert(from.get_array(), to);
        case json::kind::object:
            return convert(from.get_object(), to);
        default:
            return false;  // beyond 2^63, or floating point
    }
}

}  // namespace

Result<JsonValue> from_canonical(std::string_view text)
{
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code error;
    const json::value parsed = json::parse({text.data(), text.size()}, error, {}, options);
    if (error)
        return refused("this is not JSON: " + error.message(), {}, std::string(text.substr(0, 200)));
    JsonValue value;
    if (!convert(parsed, value))
        return refused("a number is neither a small integer nor a text");
    // A name standing twice, blanks, order and escapes all show as a difference between the two texts.
    try {
        if (to_canonical(value) == text)
            return value;
    } catch (const std::invalid_argument&) {
        return refused("a number is beyond 2^53");
    }
    return refused("the text is not in canonical form", {}, std::string(text.substr(0, 200)));
}

JsonMembers::JsonMembers(JsonValue value)
{
    if (auto* object = std::get_if<JsonValue::Object>(&value.held))
        left_ = std::move(*object);
    else
        complain("", "an object");
}

void JsonMembers::complain(std::string_view name, std::string_view expected)
{
    if (complained_)
        return;
    complained_ = true;
    complaint_ = refused("a member is missing or of another kind", name.empty() ? "" : "/" + std::string(name));
    complaint_.expected = expected;
}

bool JsonMembers::has(std::string_view name) const
{
    return std::any_of(left_.begin(), left_.end(), [&](const JsonMember& member) { return member.name == name; });
}

JsonValue JsonMembers::value(std::string_view name)
{
    const auto at = std::find_if(left_.begin(), left_.end(), [&](const JsonMember& member) { return member.name == name; });
    if (at == left_.end()) {
        complain(name, "this member");
        return {};
    }
    JsonValue taken = std::move(at->value);
    left_.erase(at);
    return taken;
}

std::string JsonMembers::text(std::string_view name)
{
    JsonValue taken = value(name);
    if (auto* held = std::get_if<std::string>(&taken.held))
        return std::move(*held);
    complain(name, "a text");
    return {};
}

std::int64_t JsonMembers::integer(std::string_view name)
{
    const JsonValue taken = value(name);
    if (const auto* held = std::get_if<std::int64_t>(&taken.held))
        return *held;
    complain(name, "an integer");
    return 0;
}

std::uint64_t JsonMembers::count(std::string_view name)
{
    const std::int64_t number = integer(name);
    if (number < 0)
        complain(name, "an integer that is not negative");
    return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

std::vector<std::string> JsonMembers::texts(std::string_view name)
{
    JsonValue taken = value(name);
    std::vector<std::string> out;
    if (auto* array = std::get_if<JsonValue::Array>(&taken.held)) {
        for (JsonValue& item : *array) {
            if (auto* held = std::get_if<std::string>(&item.held))
                out.push_back(std::move(*held));
            else
                complain(name, "a list of texts");
        }
    } else {
        complain(name, "a list of texts");
    }
    return out;
}

Result<void> JsonMembers::finish() const
{
    if (complained_)
        return complaint_;
    if (!left_.empty())
        return refused("this member does not belong here", "/" + left_.front().name);
    return {};
}

}  // namespace lienthong::seal
