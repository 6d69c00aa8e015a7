/// ZipReader: the entries of an archive, such as a workbook's package (ECMA-376 part 2), read from memory by someone who trusts
/// none of it.
///
/// The directory is judged whole before a byte is inflated; inflating then stops at what the directory promised.
#pragma once

#include "hub/model/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::adapters {

struct ZipLimits
{
    std::size_t entries = 1'000;
    std::size_t total_bytes = 100 * 1024 * 1024;  ///< Of all entries together, unpacked.
    std::size_t ratio = 100;                      ///< Unpacked to packed, for each entry.
    bool archives = false;                        ///< Whether an entry may be an archive itself.
};

/// Holds a view of the package, which must outlive it. Copies nothing. Reading from several threads is safe.
class ZipReader
{
public:
    /// Fails with: format.zip.damaged, format.zip.too_large, format.zip.unsafe (encrypted, overlapping, a name that climbs
    /// out or stands twice, an archive inside, Zip64); place is the entry's name.
    [[nodiscard]] static Result<ZipReader> open(std::string_view package, const ZipLimits& limits = {});

    /// In the order of the directory; as long as the package lives.
    [[nodiscard]] std::vector<std::string_view> names() const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    /// The first entry whose name ends so, of upper or lower case alike; empty when there is none.
    [[nodiscard]] std::string_view name_ending(std::string_view lower_ending) const;
    /// The entry unpacked, its check sum verified. Names by letter, upper or lower case. Fails with: format.zip.damaged (also when there is none).
    [[nodiscard]] Result<std::string> read(std::string_view name) const;

private:
    struct Entry
    {
        std::string_view name;
        std::string_view packed;
        std::uint32_t size = 0, crc = 0, header = 0;
        std::uint16_t method = 0;
    };
    class Directory;
    [[nodiscard]] const Entry* find(std::string_view name) const;

    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> by_name_;  ///< In lower case.
};

}  // namespace lienthong::adapters
