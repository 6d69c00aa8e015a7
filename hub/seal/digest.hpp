/// Digests and the texts they are written in: SHA-256, HMAC-SHA-256, hex and base64.
///
/// Every function is thread-safe. Bytes go in and out as std::string; a Hash is 32 raw bytes.
#pragma once

#include "hub/ports/signer.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::seal {

inline constexpr std::size_t hash_bytes = 32;

/// SHA-256 (FIPS 180-4) of `bytes`, raw.
[[nodiscard]] Hash sha256(std::string_view bytes);

/// SHA-256 of the parts one after the other, without joining them first.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts);

/// The same into `out`, which has room for hash_bytes; for callers that must not allocate.
void sha256_into(std::initializer_list<std::string_view> parts, char* out);

/// SHA-256 of `bytes` as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104), 32 raw bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// Lower-case hex, two digits a byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);

/// Reads what to_hex writes and nothing else: no upper case, no blanks, an even number of digits.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

/// RFC 4648 §4 with padding and without line ends.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Reads what to_base64 writes and nothing else: padding required, unused bits zero, no blanks or line ends.
/// One text for each value of bytes, so that a changed text is a changed value.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// Compares in a time that depends on the lengths only; for secrets and keyed digests.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

}  // namespace lienthong::seal
