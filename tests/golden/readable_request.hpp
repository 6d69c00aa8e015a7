/// Readable request: a connector's request as people read it in N.request.txt, secrets and computed parts by name.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <vector>

namespace lienthong::golden {

[[nodiscard]] std::string readable(const sdk::Part& part);
[[nodiscard]] std::string readable(const sdk::Request& request);

/// The credentials a request names, each once.
[[nodiscard]] std::vector<std::string> credentials_of(const sdk::Request& request);

}  // namespace lienthong::golden
