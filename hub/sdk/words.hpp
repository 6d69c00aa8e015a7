/// Words: reads cursors and contexts, which are short texts of words with one space between them.
#pragma once

#include "hub/sdk/calendar.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

class Words
{
public:
    explicit Words(std::string_view text) : rest_(text) {}

    /// The next word; empty at the end.
    std::string_view next()
    {
        const std::size_t space = rest_.find(' ');
        const std::string_view word = rest_.substr(0, space);
        rest_.remove_prefix(space == std::string_view::npos ? rest_.size() : space + 1);
        return word;
    }
    /// The next word as a number of digits only.
    std::optional<int> number() { return read_digits(next()); }
    /// The next word as "2025-03".
    std::optional<Month> month() { return read_month(next()); }
    /// Everything not read yet, spaces and all.
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

/// A cursor this version of the connector did not write. Guessing could skip figures, so a person decides.
inline Failure unknown_cursor(std::string_view cursor)
{
    return {
        FailureClass::permanent,
        "cursor_unknown",
        "the stored cursor '" + std::string(cursor.substr(0, 80)) +
            "' is not one this version of the connector can continue from; load the version that wrote it, or reset the cursor",
        {},
        0};
}

/// A context the machine never gave out: the host mixed up two connectors or two versions.
inline Failure unknown_context(std::string_view context)
{
    return {FailureClass::permanent,
            "context_unknown",
            "the context '" + std::string(context.substr(0, 80)) + "' is not one this version of the connector gave out",
            {},
            0};
}

}  // namespace lienthong::sdk
