/// JsonValue: the small JSON that proofs are made of, written in the one canonical form of RFC 8785.
///
/// Objects, arrays, texts, integers of at most 2^53 in size, booleans and null; decimals travel as text, and
/// there is no floating point. Every value has exactly one text, and the reader takes no other.
#pragma once

#include "hub/model/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lienthong::seal {

struct JsonMember;

struct JsonValue
{
    using Array = std::vector<JsonValue>;
    using Object = std::vector<JsonMember>;

    // Defined below, where a member is a whole type.
    JsonValue();
    JsonValue(bool value);
    JsonValue(std::int64_t value);
    JsonValue(std::string value);
    JsonValue(const char* value);
    JsonValue(Array value);
    JsonValue(Object value);

    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> held;

    friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

struct JsonMember
{
    std::string name;
    JsonValue value;

    friend bool operator==(const JsonMember&, const JsonMember&) = default;
};

inline JsonValue::JsonValue() = default;
inline JsonValue::JsonValue(bool value) : held(value) {}
inline JsonValue::JsonValue(std::int64_t value) : held(value) {}
inline JsonValue::JsonValue(std::string value) : held(std::move(value)) {}
inline JsonValue::JsonValue(const char* value) : held(std::string(value)) {}
inline JsonValue::JsonValue(Array value) : held(std::move(value)) {}
inline JsonValue::JsonValue(Object value) : held(std::move(value)) {}

/// Orders names as RFC 8785 §3.2.3 asks: by UTF-16 code units. Both are UTF-8.
[[nodiscard]] bool utf16_less(std::string_view left, std::string_view right);

/// Appends an integer. Throws std::invalid_argument beyond 2^53.
void append_json_integer(std::string& out, std::int64_t value);

/// The canonical text; members are sorted here. Throws std::invalid_argument for a name that stands twice.
[[nodiscard]] std::string to_canonical(const JsonValue& value);

/// Reads canonical text and nothing else: other order, blanks, other escapes, a name standing twice, numbers
/// with point or exponent and more than 32 levels are refused. Fails with: seal.not_canonical.
[[nodiscard]] Result<JsonValue> from_canonical(std::string_view text);

/// Takes the members of an object one by one by name and kind; `finish` tells whether all were there, of
/// their kind, and none was left over. Texts and numbers asked for wrongly come back empty.
class JsonMembers
{
public:
    explicit JsonMembers(JsonValue value);

    [[nodiscard]] bool has(std::string_view name) const;
    std::string text(std::string_view name);
    std::int64_t integer(std::string_view name);
    /// An integer that is not negative.
    std::uint64_t count(std::string_view name);
    std::vector<std::string> texts(std::string_view name);
    JsonValue value(std::string_view name);
    /// Fails with: seal.not_canonical, naming the first member that was missing, of another kind or unknown.
    [[nodiscard]] Result<void> finish() const;
    /// Says that a member's content is wrong; the first complaint is the one `finish` reports.
    void complain(std::string_view name, std::string_view expected);

private:
    JsonValue::Object left_;
    Problem complaint_{};
    bool complained_ = false;
};

}  // namespace lienthong::seal
