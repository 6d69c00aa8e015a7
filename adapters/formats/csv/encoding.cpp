// Unicode is checked here; every other encoding is the text room's.
#include "adapters/formats/csv/encoding.hpp"

#include "adapters/formats/place/place.hpp"
#include "hub/model/utf8.hpp"
#include "hub/text/detect.hpp"

#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view little_mark = "\xFF\xFE", big_mark = "\xFE\xFF";

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
        out += text::utf8_of(std::u32string_view(&code, 1));
    }
    return out;
}

Problem other_encoding(std::string found, std::string expected)
{
    return {"format.csv.encoding", "the document is in another encoding than its layout declares", "1:1", std::move(found), std::move(expected), {}};
}

/// A document of which every text was in one encoding that is not Unicode.
Result<Decoded> from_legacy(std::string_view bytes, text::Reading reading, std::string_view word, std::string how)
{
    if (auto text = text::decode(bytes, reading))
        return Decoded{*std::move(text), Tree::Conversion{std::string(word), reading.misread, std::move(how)}};
    const std::u32string loose = text::decode_loosely(bytes, reading).value_or(U"\uFFFD");
    const std::string before = text::utf8_of(std::u32string_view(loose).substr(0, loose.find(U'\uFFFD')));
    return placed({"format.csv.encoding", "a byte means nothing in the encoding of the document", {}, to_text(reading),
                   "the encoding the document was saved in, or encoding: detect", {}},
                  before, before.size());
}

Result<Decoded> as_detected(std::string_view bytes)
{
    const text::Detection found = text::detect(bytes);
    const std::string how(to_text(found.standing));
    const std::string names = to_text(found.reading) + (found.runner_up ? " or " + to_text(*found.runner_up) : "");
    if (!found.decided())
        return Problem{"format.csv.encoding", "the encoding of the document cannot be told from its texts", "1:1",
                       found.standing == text::Standing::ambiguous ? names : "no known encoding",
                       "encoding: with the one it was saved in, or the document saved as UTF-8", {}};
    switch (found.reading.encoding) {
        case text::Encoding::utf16le:
        case text::Encoding::utf16be:
            break;
        case text::Encoding::ascii:
        case text::Encoding::utf8:
        case text::Encoding::utf8_decomposed:
            return found.reading.misread ? from_legacy(bytes, found.reading, "utf-8", how) : decoded(bytes, "utf-8");
        default:
            for (const std::string& word : text::encoding_words())
                if (text::encoding_from(word) == found.reading.encoding)
                    return from_legacy(bytes, found.reading, word, how);
    }
    if (bytes.starts_with(little_mark) || bytes.starts_with(big_mark))
        return decoded(bytes, "utf-16");
    auto text = text::decode(bytes, found.reading);
    return text ? Result<Decoded>(Decoded{*std::move(text)}) : other_encoding("no byte order mark", "the mark that UTF-16 begins with");
}

}  // namespace

Result<Decoded> decoded(std::string_view bytes, std::string_view encoding)
{
    if (encoding == "detect")
        return as_detected(bytes);
    const auto known = text::encoding_from(encoding);
    if (!known)
        return other_encoding(std::string(encoding), "encoding: detect, or the name of an encoding");
    const bool little = bytes.starts_with(little_mark), big = bytes.starts_with(big_mark);
    if (*known == text::Encoding::utf16le) {
        if (!little && !big)
            return other_encoding("no byte order mark", "the mark that UTF-16 begins with");
        auto text = from_utf16(bytes, big);
        return text ? Result<Decoded>(Decoded{*std::move(text)}) : Result<Decoded>(text.problem());
    }
    if (little || big)
        return other_encoding("the byte order mark of UTF-16", "encoding: utf-16, or a document in UTF-8");
    if (*known != text::Encoding::utf8)
        return from_legacy(bytes, {.encoding = *known}, encoding, "as declared");
    const std::string_view text = without_mark(bytes);
    if (const std::size_t bad = first_not_utf8(text); bad < text.size())
        return placed({"format.not_utf8", "the document is not UTF-8", {}, {}, {}, {}}, text, bad);
    return Decoded{std::string(text)};
}

}  // namespace lienthong::adapters
