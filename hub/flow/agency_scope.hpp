/// Agency scope: for whom a message may speak, where a flow and the one who brings the message each have a say.
#pragma once

#include <string>
#include <vector>

namespace lienthong::flow {

/// `allowed` as far as `spoken_for` goes: what both name; "*" stands for all. Thread-safe.
[[nodiscard]] std::vector<std::string> both_allow(const std::vector<std::string>& allowed, const std::vector<std::string>& spoken_for);

}  // namespace lienthong::flow
