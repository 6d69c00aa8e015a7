/// JSON text writing: an append-only writer that cannot produce anything but valid JSON (RFC 8259).
///
/// Strings are escaped as RFC 8785 asks (shortest form, lower-case hex, nothing else escaped), so that text
/// written with sorted keys is also canonical. Bytes that are not UTF-8 are written as U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong {

/// Appends `text` to `out` as a quoted JSON string. Thread-safe.
void append_json_string(std::string& out, std::string_view text);

/// `text` as a quoted JSON string. Thread-safe.
[[nodiscard]] std::string json_string(std::string_view text);

/// True when `text` is one number by the grammar of RFC 8259 §6, and nothing else.
[[nodiscard]] bool is_json_number(std::string_view text);

/// Writes one JSON value piece by piece. Commas and colons are the writer's affair; a call that would break
/// the document (a value without a key in an object, a second root, an end without a begin, a number that is
/// none) throws std::logic_error, because it is a defect of the caller. One thread at a time.
///
///     JsonWriter out;
///     out.begin_object().member("code", "x").key("count").number(3).end_object();
class JsonWriter
{
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    /// Name of the next value; only inside an object. Duplicate names are not looked for.
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& number(std::int64_t value);
    /// A decimal as text ("-1.26"), written as it stands. Throws std::logic_error unless is_json_number.
    JsonWriter& raw_number(std::string_view decimal);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// One value that is JSON already. The caller vouches for it: the only door for invalid output.
    JsonWriter& json(std::string_view value);

    JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).number(value); }
    JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }

    /// Bytes written so far; for deciding when to stop, not for reading.
    [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }
    /// The finished document, leaving the writer empty. Throws std::logic_error while anything is open or nothing written.
    [[nodiscard]] std::string take();

private:
    enum class Level : std::uint8_t { object, array };
    void before_value();
    void after_value();
    void open(Level level, char bracket);
    void close(Level level, char bracket);

    std::string out_;
    std::vector<Level> levels_;
    bool comma_ = false;  ///< Something stands before the next value or key on this level.
    bool named_ = false;  ///< A key waits for its value.
    bool finished_ = false;
};

}  // namespace lienthong
