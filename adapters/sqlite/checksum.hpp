/// Checksum of what is kept, because SQLite's pages carry none: it finds damage on disk, not forgery.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace lienthong::adapters::sqlite {

/// CRC-32 over the parts, each preceded by its length so that a letter cannot move from one to the next unseen.
[[nodiscard]] std::int64_t checksum(std::initializer_list<std::string_view> parts);

}  // namespace lienthong::adapters::sqlite
