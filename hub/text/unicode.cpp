// The only file that knows ICU: Unicode form, comparison keys and nearness of Vietnamese text.
#include "hub/text/unicode.hpp"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace lienthong::text {
namespace {

const icu::Normalizer2& nfc()
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status))
        throw std::runtime_error("ICU has no NFC data");
    return *instance;
}

bool is_ascii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::StringPiece piece(std::string_view text)
{
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

/// The five tones over a vowel, in one order for all vowels.
struct Vowel
{
    char16_t plain;
    std::u16string_view toned;
};
constexpr Vowel vowel_a{u'a', u"\u00E0\u1EA3\u00E3\u00E1\u1EA1"};
constexpr Vowel vowel_e{u'e', u"\u00E8\u1EBB\u1EBD\u00E9\u1EB9"};
constexpr Vowel vowel_o{u'o', u"\u00F2\u1ECF\u00F5\u00F3\u1ECD"};
constexpr Vowel vowel_u{u'u', u"\u00F9\u1EE7\u0169\u00FA\u1EE5"};
constexpr Vowel vowel_y{u'y', u"\u1EF3\u1EF7\u1EF9\u00FD\u1EF5"};
constexpr std::array<std::pair<const Vowel*, const Vowel*>, 3> glides = {
    std::pair{&vowel_o, &vowel_a}, std::pair{&vowel_o, &vowel_e}, std::pair{&vowel_u, &vowel_y}};

/// In oa, oe and uy the first letter is a glide; the tone belongs over the vowel behind it.
void move_tones(icu::UnicodeString& text)
{
    for (std::int32_t i = 0; i + 1 < text.length(); ++i)
        for (const auto& [glide, vowel] : glides) {
            const std::size_t tone = glide->toned.find(text[i]);
            if (tone != std::u16string_view::npos && text[i + 1] == vowel->plain) {
                text.setCharAt(i, glide->plain);
                text.setCharAt(i + 1, vowel->toned[tone]);
                break;
            }
        }
}

/// One blank for every run of white space, none at the ends; invisible characters dropped.
icu::UnicodeString one_blank_between(const icu::UnicodeString& text)
{
    icu::UnicodeString out;
    bool blank = false;
    for (std::int32_t i = 0; i < text.length(); ++i) {
        const char16_t c = text[i];
        if (c == 0x200B || c == 0xFEFF || c == 0x00AD)
            continue;
        if (u_isUWhiteSpace(c)) {
            blank = !out.isEmpty();
            continue;
        }
        if (blank)
            out.append(u' ');
        blank = false;
        out.append(c);
    }
    return out;
}

std::string folded_ascii(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (const char c : text) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank = !out.empty();
            continue;
        }
        if (blank)
            out += ' ';
        blank = false;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

/// Longest name nearness is judged over; beyond it a text is no misspelt name.
constexpr std::size_t longest_name = 128;

/// UTF-16 of the folded text: one unit a Vietnamese letter.
std::u16string key_of(std::string_view text)
{
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(folded(text.substr(0, 4 * longest_name)));
    return {wide.getBuffer(), static_cast<std::size_t>(wide.length())};
}

/// Letters to insert, drop or change to make one text of the other; more than `most` once it is clear it is more.
std::size_t edit_distance(std::u16string_view a, std::u16string_view b, std::size_t most)
{
    if (a.size() > longest_name || b.size() > longest_name || std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most)
        return most + 1;
    std::array<std::size_t, longest_name + 1> row{};
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        std::size_t least = row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
            least = std::min(least, row[j + 1]);
        }
        if (least > most)
            return least;
    }
    return row[b.size()];
}

}  // namespace

bool is_utf8(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + size > bytes.size())
            return false;
        char32_t code = lead & (0x7FU >> size);
        for (std::size_t k = 1; k < size; ++k) {
            const auto follow = static_cast<unsigned char>(bytes[i + k]);
            if ((follow & 0xC0U) != 0x80U)
                return false;
            code = (code << 6U) | (follow & 0x3FU);
        }
        const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
        if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
        i += size;
    }
    return true;
}

bool is_nfc(std::string_view utf8)
{
    if (is_ascii(utf8))
        return true;
    UErrorCode status = U_ZERO_ERROR;
    return is_utf8(utf8) && nfc().isNormalizedUTF8(piece(utf8), status) != 0 && U_SUCCESS(status);
}

std::optional<std::string> to_nfc(std::string_view utf8)
{
    if (is_ascii(utf8))
        return std::string(utf8);
    if (!is_utf8(utf8))
        return std::nullopt;
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(utf8.size()));
    UErrorCode status = U_ZERO_ERROR;
    nfc().normalizeUTF8(0, piece(utf8), sink, nullptr, status);
    if (U_FAILURE(status))
        return std::nullopt;
    return out;
}

std::string tidied(std::string_view utf8)
{
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    nfc().normalize(one_blank_between(icu::UnicodeString::fromUTF8(piece(utf8))), status).toUTF8String(out);
    return out;
}

std::string folded(std::string_view utf8)
{
    if (is_ascii(utf8))
        return folded_ascii(utf8);
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(piece(utf8)).toLower(icu::Locale::getRoot());
    text = nfc().normalize(one_blank_between(text), status);
    move_tones(text);
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string unmarked(std::string_view utf8)
{
    const std::string key = folded(utf8);
    if (is_ascii(key))
        return key;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status))
        throw std::runtime_error("ICU has no NFD data");
    const icu::UnicodeString apart = nfd->normalize(icu::UnicodeString::fromUTF8(key), status);
    icu::UnicodeString letters;
    for (std::int32_t i = 0; i < apart.length(); ++i)
        if (u_charType(apart[i]) != U_NON_SPACING_MARK)
            letters.append(apart[i] == u'\u0111' ? u'd' : apart[i]);
    std::string out;
    letters.toUTF8String(out);
    return out;
}

Nearness::Nearness(const std::vector<std::string>& candidates)
{
    for (const std::string& candidate : candidates)
        candidates_.push_back({candidate, key_of(candidate)});
}

std::vector<std::string> Nearness::of(std::string_view wanted, std::size_t most) const
{
    const std::u16string key = key_of(wanted);
    const std::size_t near = key.size() <= 3 ? 1 : std::max<std::size_t>(2, key.size() / 3);
    std::vector<std::pair<std::size_t, const std::string*>> found;
    for (const Candidate& candidate : candidates_)
        if (const std::size_t distance = edit_distance(key, candidate.key, near); distance <= near)
            found.emplace_back(distance, &candidate.name);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (const auto& [distance, name] : found)
        if (out.size() < most && std::find(out.begin(), out.end(), *name) == out.end())
            out.push_back(*name);
    return out;
}

std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& candidates, std::size_t most)
{
    return Nearness(candidates).of(wanted, most);
}

}  // namespace lienthong::text
