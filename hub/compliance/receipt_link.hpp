/// Where the receipt behind a status is found over HTTP.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::compliance {

/// "/v1/submissions/S-17" behind `base` ("https://host:8443" or empty: relative to the hub) for a submission of the hub's own;
/// empty for any other text, such as where a report on paper is kept. Thread-safe.
[[nodiscard]] std::string receipt_link(std::string_view base, std::string_view submission);

}  // namespace lienthong::compliance
