// Frames on a socket: encoding, incremental decoding, blocking reads and writes.
#include "hub/process/frame.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace lienthong::process {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;

std::uint64_t little_endian(const char* bytes, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = count; i > 0; --i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[i - 1]);
    return value;
}

void append_little_endian(std::string& out, std::uint64_t value, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i, value >>= 8U)
        out += static_cast<char>(value & 0xFFU);
}

}  // namespace

std::string encode_frame(std::uint8_t kind, std::uint64_t id, std::string_view body)
{
    if (body.size() > frame_limit)
        throw std::length_error("a frame of " + std::to_string(body.size()) + " bytes");
    std::string out;
    out.reserve(frame_header_bytes + body.size());
    append_little_endian(out, body.size(), 4);
    append_little_endian(out, kind, 4);
    append_little_endian(out, id, 8);
    out += body;
    return out;
}

std::span<char> FrameReader::space()
{
    if (begin_ == end_)
        begin_ = end_ = 0;
    if (begin_ > 0 && buffer_.size() - end_ < read_bytes) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (buffer_.size() - end_ < read_bytes)
        buffer_.resize(std::max(end_ + read_bytes, std::min(buffer_.size() * 2, limit_ + frame_header_bytes + read_bytes)));
    return {buffer_.data() + end_, buffer_.size() - end_};
}

std::optional<Frame> FrameReader::next()
{
    if (bad() || end_ - begin_ < frame_header_bytes)
        return std::nullopt;
    const char* header = buffer_.data() + begin_;
    const std::size_t size = little_endian(header, 4);
    if (size > limit_) {
        fault_ = "a frame of " + std::to_string(size) + " bytes where " + std::to_string(limit_) + " are allowed";
        return std::nullopt;
    }
    if (little_endian(header + 5, 3) != 0) {
        fault_ = "bytes that are no frame header";
        return std::nullopt;
    }
    if (end_ - begin_ < frame_header_bytes + size)
        return std::nullopt;
    Frame frame{static_cast<std::uint8_t>(header[4]), little_endian(header + 8, 8),
                std::string(header + frame_header_bytes, size)};
    begin_ += frame_header_bytes + size;
    if (begin_ == end_ && buffer_.size() > 16 * read_bytes) {
        buffer_ = {};
        begin_ = end_ = 0;
    }
    return frame;
}

std::optional<Frame> FrameSocket::read()
{
    for (;;) {
        if (auto frame = reader_.next())
            return frame;
        if (reader_.bad())
            throw std::runtime_error("the core sent " + reader_.fault());
        const auto space = reader_.space();
        const ssize_t got = ::read(descriptor_, space.data(), space.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return std::nullopt;
        reader_.filled(static_cast<std::size_t>(got));
    }
}

bool FrameSocket::write(std::uint8_t kind, std::uint64_t id, std::string_view body)
{
    const std::string frame = encode_frame(kind, id, body);
    for (std::size_t at = 0; at < frame.size();) {
        const ssize_t sent = ::write(descriptor_, frame.data() + at, frame.size() - at);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace lienthong::process
