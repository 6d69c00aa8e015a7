// Turns what detection says of a field into the text, the problem or the findings.
#include "hub/text/repair.hpp"

#include "hub/text/unicode.hpp"
#include "hub/text/vietnamese_letter.hpp"

#include <algorithm>

namespace lienthong::text {
namespace {

/// ABC alone has its capitals from a font. Signs that it was used: a small letter with a tone behind a capital one that is not
/// the first ("HộI"), or at the very beginning, where a name would have a capital ("ủy ban").
bool lost_capitals(std::string_view utf8)
{
    const auto text = decode_loosely(utf8, {}).value_or(std::u32string());
    const auto is_small_toned = [](char32_t c) {
        const auto letter = vietnamese_letter(c);
        return c >= 0x80 && letter && !letter->capital && letter->tone != 0;
    };
    std::size_t from = 0;
    bool later_capital = false, small_toned = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const auto letter = i < text.size() ? vietnamese_letter(text[i]) : std::nullopt;
        if (!letter) {
            if (later_capital && small_toned)
                return true;
            from = i + 1;
            later_capital = small_toned = false;
            continue;
        }
        later_capital = later_capital || (letter->capital && i > from);
        small_toned = small_toned || is_small_toned(text[i]);
    }
    return !text.empty() && is_small_toned(text.front());
}

std::string names_of(const Detection& found)
{
    return to_text(found.reading) + (found.runner_up ? " or " + to_text(*found.runner_up) : "");
}

Repair repaired(std::string_view field, Detection found)
{
    Repair out{.detection = found, .original = std::string(field)};
    const auto text = found.decided() ? decode(field, found.reading) : std::nullopt;
    if (found.standing == Standing::ambiguous) {
        out.problem = Problem{.code = "text.encoding_ambiguous",
                              .detail = "two encodings explain the text alike",
                              .found = shown(field),
                              .expected = "Unicode (UTF-8); this may be " + names_of(found)};
        return out;
    }
    if (!text) {
        out.problem = Problem{.code = "text.encoding_unknown",
                              .detail = "no known encoding explains the text",
                              .found = shown(field),
                              .expected = "Unicode (UTF-8)"};
        return out;
    }
    out.text = *text;
    const bool unicode = !found.reading.misread &&
                         (found.reading.encoding == Encoding::utf8 || found.reading.encoding == Encoding::utf8_decomposed);
    out.converted = !unicode && found.reading.encoding != Encoding::ascii;
    if (!out.converted)
        return out;
    out.findings = findings_of(field, out.text, found.reading, to_text(found.standing));
    out.capitals_lost = out.findings.size() > 1;
    return out;
}

}  // namespace

std::vector<Problem> findings_of(std::string_view original, std::string_view text, Reading reading, std::string_view how)
{
    std::vector<Problem> out;
    out.push_back({.code = "text.encoding_converted",
                   .detail = "read as " + to_text(reading) + ", " + std::string(how) + ": became '" + shortened(text) + "'",
                   .found = shown(original),
                   .expected = "Unicode (UTF-8)"});
    if (reading.encoding == Encoding::tcvn3 && lost_capitals(text))
        out.push_back({.code = "text.capitals_lost",
                       .detail = "capitals came from a font; they stand as small letters",
                       .found = shortened(text),
                       .expected = "the text typed again in Unicode where its capitals matter"});
    return out;
}

std::string shown(std::string_view original)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const bool readable = is_utf8(original) && std::none_of(original.begin(), original.end(), [](char c) {
                              return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
                          });
    if (readable)
        return shortened(original);
    std::string out;
    for (const char c : original.substr(0, 66)) {
        const auto byte = static_cast<unsigned char>(c);
        if (!out.empty())
            out += ' ';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return original.size() > 66 ? out + "…" : out;
}

Repair repair(std::string_view field)
{
    return repaired(field, detect(field));
}

Repair repair(std::string_view field, const Neighbours& neighbours)
{
    return repaired(field, neighbours.detect(field));
}

std::vector<Repair> repair(std::span<const std::string_view> fields)
{
    const Neighbours neighbours(fields);
    std::vector<Repair> out;
    out.reserve(fields.size());
    for (const std::string_view field : fields)
        out.push_back(repair(field, neighbours));
    return out;
}

}  // namespace lienthong::text
