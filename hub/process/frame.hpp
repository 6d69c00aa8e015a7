/// Frame: the unit in which core and worker speak over their socket pair.
///
/// Sixteen bytes of header, little-endian: u32 size of the body, u8 kind, three zero bytes, u64 id of the job. Then
/// the body. Whoever receives trusts nothing: a size above the limit or a non-zero filler ends the conversation.
#pragma once

#include "hub/model/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lienthong::process {

struct Frame
{
    std::uint8_t kind = 0;
    std::uint64_t id = 0;
    std::string body;

    friend bool operator==(const Frame&, const Frame&) = default;
};

inline constexpr std::size_t frame_header_bytes = 16;
inline constexpr std::size_t frame_limit = 80 * 1024 * 1024;  ///< Bytes of body: the largest answer there may be, and what goes with it.

/// Header and body as they go over the socket. Throws std::length_error beyond frame_limit: callers check before.
[[nodiscard]] std::string encode_frame(std::uint8_t kind, std::uint64_t id, std::string_view body);

/// Takes bytes as they come and gives frames. After bad() it gives nothing more. One thread at a time.
class FrameReader
{
public:
    explicit FrameReader(std::size_t limit = frame_limit) : limit_(limit) {}

    /// Room for the next read, never empty; filled() says how much of it was used.
    [[nodiscard]] std::span<char> space();
    void filled(std::size_t bytes) { end_ += bytes; }

    /// The next whole frame, if one has arrived.
    [[nodiscard]] std::optional<Frame> next();
    [[nodiscard]] bool bad() const { return !fault_.empty(); }
    /// Why the bytes are no frames, in words: what was found and what is allowed.
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    std::size_t limit_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string fault_;
};

/// The worker's side: blocking reads and writes on one descriptor.
class FrameSocket
{
public:
    explicit FrameSocket(int descriptor) : descriptor_(descriptor) {}

    /// Nothing when the other side closed. Throws std::runtime_error when the core speaks nonsense.
    [[nodiscard]] std::optional<Frame> read();
    /// false when the other side is gone. Throws std::length_error beyond frame_limit.
    [[nodiscard]] bool write(std::uint8_t kind, std::uint64_t id, std::string_view body);

private:
    int descriptor_;
    FrameReader reader_;
};

}  // namespace lienthong::process
