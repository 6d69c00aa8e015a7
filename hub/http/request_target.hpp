/// Request targets in origin form (RFC 9112 §3.2.1): judged, and decoded exactly once.
#pragma once

#include "hub/http/gate.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::http {

/// Null when the target may pass. Thread-safe.
[[nodiscard]] const Refusal* judge_target(std::string_view target);

struct RequestTarget
{
    std::string path;                                        ///< Decoded, begins with '/'.
    std::vector<std::pair<std::string, std::string>> query;  ///< Decoded, '+' as a blank, in order.
};

/// Takes apart a target that judge_target let pass. Thread-safe.
[[nodiscard]] RequestTarget read_target(std::string_view target);

}  // namespace lienthong::http
