/// Folder answer: how a listing and a file are answered, the same for every scheme that has files.
///
/// A listing: `{"files": [{"name": "a.csv", "size": 12, "modified": 1743480000123}], "left_out": [{"name": "a\\xff.csv", "why":
/// "…"}], "more": false}`. Oldest first, `modified` in milliseconds since 1970 as the file system says it, at most 2000 files and
/// 100 names left out; `more` says that there are others. Subfolders and names that begin with a dot are passed over. What is
/// left out cannot be asked for: its name is shown with every byte that is no printable ASCII as `\xNN`.
#pragma once

#include "hub/ports/transport.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct FolderEntry
{
    std::string name;
    std::uint64_t size = 0;            ///< Bytes.
    std::int64_t modified_millis = 0;  ///< Since 1970, UTC.
};

/// Gathers what lies in a folder. One thread at a time.
class FolderListing
{
public:
    /// A plain file; left out by itself when its name is not one that is taken.
    void add(FolderEntry entry);
    void leave_out(std::string_view name, std::string_view why);
    /// Whether so many names were seen that looking on is no use: 100,000.
    [[nodiscard]] bool is_full();
    [[nodiscard]] HttpAnswer answer() &&;

private:
    struct LeftOut
    {
        std::string name, why;
    };
    std::vector<FolderEntry> files_;
    std::vector<LeftOut> left_out_;
    std::size_t seen_ = 0;
    bool more_ = false;
};

/// A whole file, with its size and digest in the headers. Throws std::runtime_error when the digest cannot be computed.
[[nodiscard]] HttpAnswer file_answer(std::string bytes);

/// The sentence for a file larger than the request allows.
[[nodiscard]] HttpAnswer too_large_answer(std::uint64_t size, std::size_t limit);

/// 201 with the place a file was moved to.
[[nodiscard]] HttpAnswer moved_answer(const std::string& destination, const std::string& name);

}  // namespace lienthong::adapters
