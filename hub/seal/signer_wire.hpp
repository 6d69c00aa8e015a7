/// What crosses the signer's socket: one request frame in, one reply frame out. A frame is four bytes of length
/// (big endian, at most 1 MiB) and that many bytes in the form of hub/sdk/wire.hpp. Thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/signer.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lienthong::seal {

inline constexpr std::size_t largest_frame = 1024U * 1024U;

[[nodiscard]] std::string encode_request(const SealRequest& request);
[[nodiscard]] std::optional<SealRequest> decode_request(std::string_view bytes);

[[nodiscard]] std::string encode_reply(const Result<SealedCheckpoint>& reply);
/// Size, root and time are read from the note itself. Fails with what the signer answered, or seal.signer_unreachable
/// for a reply that is none.
[[nodiscard]] Result<SealedCheckpoint> decode_reply(std::string_view bytes);

using Deadline = std::chrono::steady_clock::time_point;

/// Waits until `fd` can be read (or written), the deadline passes, or one of `stops` becomes readable; true in
/// the first case only.
[[nodiscard]] bool wait_for(int fd, short events, Deadline deadline, std::span<const int> stops = {});

/// For a non-blocking stream socket. Nothing when the peer went away, was too slow, or spoke another protocol.
[[nodiscard]] std::optional<std::string> read_frame(int fd, Deadline deadline, std::span<const int> stops = {});
[[nodiscard]] bool write_frame(int fd, std::string_view bytes, Deadline deadline, std::span<const int> stops = {});

}  // namespace lienthong::seal
