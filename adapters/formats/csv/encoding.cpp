// One function a layout's encodings come through; other names join here.
#include "adapters/formats/csv/encoding.hpp"

#include "adapters/formats/place/place.hpp"
#include "hub/model/utf8.hpp"

#include <cstdint>
#include <optional>

namespace lienthong::adapters {
namespace {

constexpr std::string_view little_mark = "\xFF\xFE", big_mark = "\xFE\xFF";

void append_utf8(std::string& out, char32_t code)
{
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

Result<std::string> from_utf16(std::string_view bytes, bool big)
{
    bytes.remove_prefix(little_mark.size());
    std::string out;
    out.reserve(bytes.size());
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big ? first << 8U | second : second << 8U | first);
    };
    const auto broken = [&] {
        return placed({"format.not_utf8", "the document is declared as UTF-16 and is not", {}, {}, {}, {}}, out, out.size());
    };
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        if (bytes.size() - at < 2)
            return broken();
        char32_t code = unit(at);
        if (code >= 0xD800 && code < 0xDC00 && bytes.size() - at >= 4 && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (code >= 0xD800 && code < 0xE000) {
            return broken();
        }
        append_utf8(out, code);
    }
    return out;
}

Problem other_encoding(std::string found, std::string expected)
{
    return {"format.csv.encoding", "the document is in another encoding than its layout declares", "1:1", std::move(found), std::move(expected), {}};
}

}  // namespace

Result<std::string> utf8_of(std::string_view bytes, std::string_view encoding)
{
    const bool little = bytes.starts_with(little_mark), big = bytes.starts_with(big_mark);
    if (encoding == "utf-16") {
        if (!little && !big)
            return other_encoding("no byte order mark", "the mark that UTF-16 begins with");
        return from_utf16(bytes, big);
    }
    if (encoding != "utf-8")
        return other_encoding(std::string(encoding), "encoding: utf-8 or encoding: utf-16");
    if (little || big)
        return other_encoding("the byte order mark of UTF-16", "encoding: utf-16, or a document in UTF-8");
    const std::string_view text = without_mark(bytes);
    if (const std::size_t bad = first_not_utf8(text); bad < text.size())
        return placed({"format.not_utf8", "the document is not UTF-8", {}, {}, {}, {}}, text, bad);
    return std::string(text);
}

}  // namespace lienthong::adapters
