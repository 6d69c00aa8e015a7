/// A mail as the bytes of RFC 5322 and MIME. Nothing in a name, subject or text can begin a header of its own.
#pragma once

#include "hub/model/mail.hpp"

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// A text as words of RFC 2047 (UTF-8, base64), none ending inside a character, folded so that
/// the lines of a header that begins with them stay within 76 characters. Control characters become blanks first. Thread-safe.
[[nodiscard]] std::string encoded_words(std::string_view text);

/// Headers and body, lines ended by CRLF. `date` as RFC 5322 has it, `id` without angle brackets. All addresses must be such
/// (is_mail_address). Thread-safe.
[[nodiscard]] std::string message_text(const Mail& mail, std::string_view date, std::string_view id);

}  // namespace lienthong::adapters
