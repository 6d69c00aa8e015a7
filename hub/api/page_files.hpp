/// The files of the status page, as the build took them from hub/console.
#pragma once

#include <span>
#include <string_view>

namespace lienthong::api {

struct PageFile
{
    std::string_view name, content_type, bytes;
};

/// Defined in the file that hub/api/CMakeLists.txt generates from hub/console.
[[nodiscard]] std::span<const PageFile> page_files();

}  // namespace lienthong::api
