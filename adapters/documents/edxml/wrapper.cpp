// One entry, its directory, the end.
#include "adapters/documents/edxml/wrapper.hpp"

#include <zlib.h>

#include <cstdint>
#include <stdexcept>

namespace lienthong::adapters {
namespace {

constexpr std::uint32_t version_needed = 20, deflate_method = 8, first_day = 0x21;  // 1980-01-01

void put(std::string& out, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFFU);
}

std::string deflated(std::string_view bytes)
{
    z_stream stream{};
    // Negative window bits: no zlib header, as archives want it.
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END)
        throw std::runtime_error("an attachment could not be packed");
    return out;
}

}  // namespace

std::string wrapped(std::string_view name, std::string_view bytes)
{
    const std::string packed = deflated(bytes);
    const auto crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    std::string common;
    put(common, version_needed, 2);
    put(common, 0, 2);
    put(common, deflate_method, 2);
    put(common, 0, 2);
    put(common, first_day, 2);
    put(common, crc, 4);
    put(common, static_cast<std::uint32_t>(packed.size()), 4);
    put(common, static_cast<std::uint32_t>(bytes.size()), 4);
    put(common, static_cast<std::uint32_t>(name.size()), 2);
    put(common, 0, 2);

    std::string out = "PK\x03\x04" + common;
    out.append(name).append(packed);
    const std::size_t directory = out.size();
    out += "PK\x01\x02";
    put(out, version_needed, 2);
    out += common;
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 4);
    put(out, 0, 4);
    out += name;
    const std::size_t end = out.size();
    out += "PK\x05\x06";
    put(out, 0, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, static_cast<std::uint32_t>(end - directory), 4);
    put(out, static_cast<std::uint32_t>(directory), 4);
    put(out, 0, 2);
    return out;
}

}  // namespace lienthong::adapters
