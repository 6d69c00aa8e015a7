/// Checkpoints: what the log says of itself (c2sp.org/tlog-checkpoint), the text that both keys sign.
///
///     <origin>
///     <size>
///     <base64 of the root>
///     time 2025-04-10T09:12:03.482+07:00
///     prev <hex SHA-256 of the previous checkpoint's body>      (not in the first)
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/signer.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lienthong::seal {

struct Checkpoint
{
    std::string origin;  ///< The log's name; the note key's name as well.
    std::uint64_t size = 0;
    Hash root;
    Time time{};       ///< Written with milliseconds.
    std::string prev;  ///< Hex; empty in the first checkpoint.

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The body, ending in a line end. Thread-safe.
[[nodiscard]] std::string to_body(const Checkpoint& checkpoint);

/// Reads exactly such a body. Fails with: seal.checkpoint_malformed. Thread-safe.
[[nodiscard]] Result<Checkpoint> checkpoint_from_body(std::string_view body);

}  // namespace lienthong::seal
