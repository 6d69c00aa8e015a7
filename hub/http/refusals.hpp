/// Every reason for which a request is refused before a handler sees it.
#pragma once

#include "hub/http/gate.hpp"

namespace lienthong::http::refusals {

inline constexpr Refusal no_request{"no_request", 400, "http.framing", "the bytes are no HTTP request"};
inline constexpr Refusal request_line{"request_line", 400, "http.framing", "the request line is not 'METHOD target HTTP/1.1'"};
inline constexpr Refusal line_ending{"line_ending", 400, "http.framing",
                                     "a header line does not end in CR LF, or holds a bare CR"};
inline constexpr Refusal control_byte{"control_byte", 400, "http.framing", "the header holds a NUL byte"};
inline constexpr Refusal version{"version", 505, "http.version", "the version is neither HTTP/1.1 nor HTTP/1.0"};
inline constexpr Refusal method{"method", 405, "http.method", "the method is not one this server knows"};
inline constexpr Refusal obs_fold{"obs_fold", 400, "http.framing", "a header line continues on the next"};
inline constexpr Refusal field_name{"field_name", 400, "http.framing", "a header field has no name, or blanks around it"};
inline constexpr Refusal field_value{"field_value", 400, "http.framing",
                                     "a header field holds a control character or a malformed list"};
inline constexpr Refusal repeated_field{"repeated_field", 400, "http.framing", "a header field that may stand once stands twice"};
inline constexpr Refusal too_many_fields{"too_many_fields", 431, "http.header_too_large",
                                         "the request has too many header fields"};
inline constexpr Refusal header_too_large{"header_too_large", 431, "http.header_too_large", "the request header is too large"};
inline constexpr Refusal host_missing{"host_missing", 400, "http.host", "the request has no Host"};
inline constexpr Refusal host_twice{"host_twice", 400, "http.host", "the request has two Host fields"};
inline constexpr Refusal host_unknown{"host_unknown", 400, "http.host", "the Host is not a name of this server"};
inline constexpr Refusal length_twice{"length_twice", 400, "http.framing", "the request has two Content-Length fields"};
inline constexpr Refusal length_form{"length_form", 400, "http.framing", "Content-Length is not 1 to 15 digits"};
inline constexpr Refusal encoding_twice{"encoding_twice", 400, "http.framing", "the request has two Transfer-Encoding fields"};
inline constexpr Refusal encoding_form{"encoding_form", 400, "http.framing", "Transfer-Encoding is not exactly 'chunked'"};
inline constexpr Refusal encoding_version{"encoding_version", 400, "http.framing", "Transfer-Encoding in HTTP/1.0"};
inline constexpr Refusal length_and_encoding{"length_and_encoding", 400, "http.framing",
                                             "the request has both Content-Length and Transfer-Encoding"};
inline constexpr Refusal upgrade{"upgrade", 400, "http.framing", "the request asks for another protocol"};
inline constexpr Refusal trailer{"trailer", 400, "http.framing", "the request announces trailer fields"};
inline constexpr Refusal expectation{"expectation", 417, "http.expectation", "Expect is not 100-continue"};
inline constexpr Refusal target_form{"target_form", 400, "http.target", "the target does not begin with '/'"};
inline constexpr Refusal target_bytes{"target_bytes", 400, "http.target", "the target holds bytes that must be percent-encoded"};
inline constexpr Refusal target_escape{"target_escape", 400, "http.target",
                                       "a '%' in the target is not followed by two hex digits"};
inline constexpr Refusal path_nul{"path_nul", 400, "http.target", "the path holds a NUL or another control character"};
inline constexpr Refusal path_slash{"path_slash", 400, "http.target", "the path holds '//', '%2f', '\\' or '%5c'"};
inline constexpr Refusal path_dots{"path_dots", 400, "http.target", "a segment of the path is '.' or '..'"};
inline constexpr Refusal path_utf8{"path_utf8", 400, "http.target", "the path is not UTF-8 once decoded"};
inline constexpr Refusal slow_header{"slow_header", 408, "http.too_slow", "the request header did not arrive in time"};
inline constexpr Refusal slow_body{"slow_body", 408, "http.too_slow", "the request body arrives too slowly"};
inline constexpr Refusal body_too_large{"body_too_large", 413, "http.body_too_large", "the request body is too large"};
inline constexpr Refusal chunk{"chunk", 400, "http.framing", "a chunk is malformed"};
inline constexpr Refusal chunk_extension{"chunk_extension", 400, "http.framing", "a chunk carries an extension"};
inline constexpr Refusal trailer_field{"trailer_field", 400, "http.framing", "the body ends in trailer fields"};

}  // namespace lienthong::http::refusals
