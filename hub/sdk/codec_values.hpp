/// Codec values: limits, and the forms that steps, events and descriptions share.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/wire.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace lienthong::sdk {

/// What a decoder accepts. Sizes in bytes are the frame's affair.
struct CodecLimits
{
    static constexpr std::size_t part_depth = 16;
    static constexpr std::size_t parts = 20'000;  ///< In one step, all levels counted.
    static constexpr std::size_t requests = 1'000;
    static constexpr std::size_t named_parts = 256;  ///< Headers of a request, and its computed parts.
    static constexpr std::size_t payloads = 10'000;
    static constexpr std::size_t listed = 200'000;  ///< Of an inventory, in one step.
    static constexpr std::size_t headers = 256;  ///< Of an answer or an inbound request.
    static constexpr std::size_t settings = 256;
    static constexpr std::size_t routes = 64;
};

namespace codec {

using Pair = std::pair<std::string, std::string>;

template <class Enum>
void write_enum(Writer& out, Enum value)
{
    out.number(static_cast<std::uint64_t>(value));
}

template <class Enum>
Enum read_enum(Reader& in, Enum last)
{
    const std::uint64_t value = in.number();
    if (value > static_cast<std::uint64_t>(last)) {
        in.refuse();
        return Enum{};
    }
    return static_cast<Enum>(value);
}

inline std::uint32_t read_u32(Reader& in)
{
    const std::uint64_t value = in.number();
    if (value > UINT32_MAX) {
        in.refuse();
        return 0;
    }
    return static_cast<std::uint32_t>(value);
}

inline std::int32_t read_i32(Reader& in)
{
    const std::int64_t value = in.signed_number();
    if (value < INT32_MIN || value > INT32_MAX) {
        in.refuse();
        return 0;
    }
    return static_cast<std::int32_t>(value);
}

inline void write_texts(Writer& out, const std::vector<std::string>& texts)
{
    out.list(texts, [](Writer& w, const std::string& text) { w.text(text); });
}

inline std::vector<std::string> read_texts(Reader& in)
{
    return in.list<std::string>([](Reader& r) { return r.text(); }, CodecLimits::settings);
}

inline void write_pairs(Writer& out, const std::vector<Pair>& pairs)
{
    out.list(pairs, [](Writer& w, const Pair& pair) {
        w.text(pair.first);
        w.text(pair.second);
    });
}

inline std::vector<Pair> read_pairs(Reader& in)
{
    return in.list<Pair>(
        [](Reader& r) {
            std::string first = r.text();
            return Pair{std::move(first), r.text()};
        },
        CodecLimits::headers);
}

template <class T, class Write>
void write_optional(Writer& out, const std::optional<T>& value, Write write)
{
    out.flag(value.has_value());
    if (value)
        write(out, *value);
}

template <class Read>
auto read_optional(Reader& in, Read read) -> std::optional<std::decay_t<decltype(read(in))>>
{
    if (!in.flag())
        return std::nullopt;
    return read(in);
}

inline void write_part(Writer& out, const Part& part)
{
    write_enum(out, part.kind);
    out.text(part.text);
    out.list(part.arguments, write_part);
}

/// `left` is how many parts the whole step may still hold.
inline Part read_part(Reader& in, std::size_t& left, std::size_t depth = 1)
{
    Part part;
    if (left == 0 || depth > CodecLimits::part_depth) {
        in.refuse();
        return part;
    }
    --left;
    part.kind = read_enum(in, PartKind::hmac_sha256);
    part.text = in.text();
    part.arguments = in.list<Part>([&](Reader& r) { return read_part(r, left, depth + 1); }, CodecLimits::parts);
    return part;
}

inline void write_named_part(Writer& out, const NamedPart& named)
{
    out.text(named.name);
    write_part(out, named.part);
}

inline std::vector<NamedPart> read_named_parts(Reader& in, std::size_t& left)
{
    return in.list<NamedPart>(
        [&](Reader& r) {
            NamedPart named;
            named.name = r.text();
            named.part = read_part(r, left);
            return named;
        },
        CodecLimits::named_parts);
}

inline void write_response(Writer& out, const Response& response)
{
    out.signed_number(response.status);
    out.text(response.content_type);
    out.text(response.body);
}

inline Response read_response(Reader& in)
{
    Response response;
    response.status = read_i32(in);
    response.content_type = in.text();
    response.body = in.text();
    return response;
}

}  // namespace codec

}  // namespace lienthong::sdk
