/// Words: reads cursors and contexts, which are short texts of words with one space between them.
#pragma once

#include "hub/sdk/calendar.hpp"
#include "hub/sdk/failures.hpp"

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

/// Most bytes of a partner's word (a token, a link, a watermark) in a cursor or context, as it is written there, so percent-encoded
/// where it is: they are kept and come back with every event, so no partner may make them as long as it likes. Some APIs use links of
/// several hundred.
inline constexpr std::size_t longest_partner_word = 1'000;

/// A partner's word that leads on and is longer than that; `written` as the cursor or context would hold it.
inline Failure word_too_long(std::string_view asked, std::string_view written)
{
    return {FailureClass::permanent,
            "word_too_long",
            std::string(asked) + " leads on by '" + excerpt(written, 60) + "', which is " + std::to_string(written.size()) +
                " bytes long; at most " + std::to_string(longest_partner_word) + " are carried, so the source must use shorter ones",
            {},
            0};
}

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
