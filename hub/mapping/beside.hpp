/// Beside: what a mapping may name is a file of its own folder, and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::mapping {

/// Whether a name written in a mapping is that of a file beside it: no folder, no hidden file.
[[nodiscard]] bool is_file_beside(std::string_view name);
/// The path of the file `name` beside the file `path`.
[[nodiscard]] std::string beside(std::string_view path, std::string_view name);
/// The name a file beside would be called by: the path without its folder.
[[nodiscard]] std::string file_beside(std::string_view path);

}  // namespace lienthong::mapping
