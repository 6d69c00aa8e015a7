/// whole_file: a file's bytes, for commands and for the hub's start.
#pragma once

#include "hub/model/result.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace lienthong::cli {

/// `what` names it for people. Fails with: settings.unreadable, place is the path.
[[nodiscard]] inline Result<std::string> whole_file(const std::string& path, const std::string& what = "this file")
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream)
        return Problem{"settings.unreadable", what + " cannot be read", path, {}, "a readable file", {}};
    return bytes.str();
}

}  // namespace lienthong::cli
