/// The framing gate: what the raw bytes of a request header must be before any parser sees them.
///
/// Two readers of one request must never disagree where it ends (RFC 9112 §11.2). Beast alone is too lenient
/// for that, so everything ambiguous is refused here, by a pure function over the bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lienthong::http {

/// Why a request is refused. Every reason stands in refusals.hpp.
struct Refusal
{
    std::string_view reason;  ///< One word, for counters: "obs_fold".
    int status;
    std::string_view code;    ///< Problem code: "http.framing".
    std::string_view detail;  ///< One English sentence.
};

struct GateRules
{
    std::size_t header_bytes = 8 * 1024;
    std::size_t header_fields = 64;
    std::span<const std::string> hosts;  ///< Allowed names, lower case, without port.
};

/// Length of the header including its empty line, 0 while it is not complete. An empty line counts also when it
/// ends in a bare line feed, so that such a header is refused at once instead of waited for.
[[nodiscard]] std::size_t header_length(std::string_view bytes);

/// Judges a complete raw header, request line to empty line: null when it may pass. Thread-safe.
[[nodiscard]] const Refusal* judge_header(std::string_view header, const GateRules& rules);

}  // namespace lienthong::http
