/// One file's bytes, for the subcommands that look at a file somebody names.
#pragma once

#include "hub/model/problem.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace lienthong::cli {

/// Nothing when it cannot be read.
[[nodiscard]] inline std::optional<std::string> read_one_file(const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    if (!stream || stream.peek() == std::ifstream::traits_type::eof())
        return stream.is_open() ? std::optional<std::string>("") : std::nullopt;
    if (!(bytes << stream.rdbuf()))
        return std::nullopt;
    return std::move(bytes).str();
}

/// What is said of a mapping's file that is not there.
[[nodiscard]] inline Problem no_mapping_file(const std::string& path)
{
    return {"mapping.absent", "there is no such file", path, {}, "a mapping's file", {}};
}

}  // namespace lienthong::cli
