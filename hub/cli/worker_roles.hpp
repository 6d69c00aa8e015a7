/// Worker roles: what a worker process can be. Each loads what it needs, locks itself in, and serves until the hub hangs up.
#pragma once

#include "hub/process/sandbox.hpp"

#include <map>
#include <string>

namespace lienthong::cli {

/// "--name" → value, as given by the hub; a name may come more than once.
using WorkerArguments = std::multimap<std::string, std::string>;

[[nodiscard]] std::string value_of(const WorkerArguments& arguments, const std::string& name);
/// `--memory MIB`, else `default_mib`.
[[nodiscard]] process::SandboxLimits limits_of(const WorkerArguments& arguments, std::uint64_t default_mib);

/// --plugin FILE --name NAME --digest SHA256: runs one connector. Returns the exit status.
[[nodiscard]] int be_connector(const WorkerArguments& arguments);
/// --catalogue DIR --mapping FILE…: works on messages. Returns the exit status.
[[nodiscard]] int be_workshop(const WorkerArguments& arguments);

}  // namespace lienthong::cli
