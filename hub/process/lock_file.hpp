/// Lock file: the plugins an operator trusts, by name and digest. `deploy/plugins.lock`.
///
/// One plugin a line: name, SHA-256 in 64 lower-case hex digits, file, separated by blanks. '#' begins a comment.
#pragma once

#include "hub/model/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::process {

struct LockedPlugin
{
    std::string name;    ///< ^[a-z0-9]+(_[a-z0-9]+)*$
    std::string sha256;  ///< Hex.
    std::string file;    ///< Relative to the folder plugins are kept in, or absolute.

    friend bool operator==(const LockedPlugin&, const LockedPlugin&) = default;
};

/// Fails with: process.lock_malformed; place is "line:column".
[[nodiscard]] Result<std::vector<LockedPlugin>> read_lock(std::string_view text);

/// The lock file's text with this plugin in it, replacing the line of that name; comments are kept.
[[nodiscard]] std::string with_plugin(std::string_view lock_text, const LockedPlugin& plugin);

[[nodiscard]] bool is_connector_name(std::string_view name);

}  // namespace lienthong::process
