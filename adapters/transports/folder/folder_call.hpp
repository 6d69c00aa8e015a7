/// Folder call: what a request for a folder of files asks, in words that are the same for every scheme that has files.
///
/// | request | asks | answer |
/// |---|---|---|
/// | `GET /` | what lies in the folder | 200 and a listing, see folder_answer.hpp |
/// | `GET /NAME` | one file, whole | 200, its bytes, `Content-Length`, `Content-Sha256` (hex) |
/// | `MOVE /NAME`, header `Destination: SUBFOLDER` | rename it into that subfolder, which is made when it is missing | 201,
/// `Location: SUBFOLDER/NAME` |
///
/// NAME is the last segment of the address, percent-encoded; what stands before it is the folder: the endpoint's own, or one
/// below it. A path that holds a symbolic link is refused, so that nothing below an endpoint leads elsewhere. A move never
/// replaces a file: a name that is taken becomes `name.2.csv`, `name.3.csv` … up to 999. With a header `Beside: SUFFIX` the
/// request's body is written first, to the same name and that suffix, and made durable, so that no moved file ever lacks it.
///
/// Answers that refuse have no body and say why in the header `Why`: 403 no permission, 404 no such file or folder, 409 the file
/// changed while it was read, 413 it is larger than the request allows, 422 it is no plain file or cannot be read, 507 no room.
/// Any of them leaves the folder as it was.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/transport.hpp"

#include <string>
#include <string_view>

namespace lienthong::adapters {

struct FolderCall
{
    enum class Verb : unsigned char { list, read, move };

    Verb verb = Verb::list;
    std::string folder;       ///< Absolute, without a slash at its end.
    std::string name;         ///< Empty for a listing.
    std::string destination;  ///< Of a move.
    std::string beside;       ///< Suffix of the file written beside; empty: none.
    std::string text;         ///< What is written there.
};

/// Longest name of a file that is taken, in bytes: number and suffix still have room below the 255 of common file systems.
inline constexpr std::size_t longest_file_name = 200;
/// How many names a move tries.
inline constexpr int most_numbers = 999;

/// Why a file of this name is not taken, as one sentence; empty when it is. Nothing else may ever become part of a path: one
/// component of UTF-8 without '/', NUL and control characters, that does not begin with a dot.
[[nodiscard]] std::string_view fault_of_name(std::string_view name);

/// `path` is the address behind scheme and host. Fails with: transport.bad_request.
[[nodiscard]] Result<FolderCall> read_folder_call(const HttpRequest& request, std::string_view path);

/// The n-th name a file may get: "a.csv", "a.2.csv", "a.3.csv".
[[nodiscard]] std::string numbered_name(std::string_view name, int n);

}  // namespace lienthong::adapters
