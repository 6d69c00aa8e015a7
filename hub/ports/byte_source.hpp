/// ByteSource: a document's bytes piece by piece, so that a document may be larger than memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace lienthong {

/// One thread at a time.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    /// The next bytes, as many as the source likes; they stay until the next call. Empty at the end.
    [[nodiscard]] virtual std::string_view next() = 0;
    /// Back to the first byte. The same bytes come again.
    virtual void rewind() = 0;
};

/// Bytes that are in memory already.
class MemorySource final : public ByteSource
{
public:
    static constexpr std::size_t piece_bytes = 64 * 1024;

    explicit MemorySource(std::string_view bytes, std::size_t piece = piece_bytes) : bytes_(bytes), piece_(piece) {}

    [[nodiscard]] std::string_view next() override
    {
        const std::string_view out = bytes_.substr(at_, piece_);
        at_ += out.size();
        return out;
    }
    void rewind() override { at_ = 0; }

private:
    std::string_view bytes_;
    std::size_t piece_, at_ = 0;
};

}  // namespace lienthong
