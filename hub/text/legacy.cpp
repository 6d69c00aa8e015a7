// Tables of the legacy encodings and the walks over them; no library but this room's own NFC.
#include "hub/text/legacy.hpp"

#include "hub/model/utf8.hpp"
#include "hub/text/unicode.hpp"
#include "hub/text/vietnamese_letter.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::text {
namespace {

constexpr char32_t no_meaning = U'\uFFFD';

/// Bytes 0x80 to 0xFF of each encoding; U+FFFD where a byte has no meaning.
constexpr std::u16string_view tcvn5712_1_high =
    u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    u"\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    u"ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    u"ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";
constexpr std::u16string_view viscii_high =
    u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    u"ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    u"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    u"àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
constexpr std::u16string_view cp1258_high =
    u"€\uFFFD‚ƒ„…†‡ˆ‰\uFFFD‹Œ\uFFFD\uFFFD\uFFFD\uFFFD‘’“”•–—˜™\uFFFD›œ\uFFFD\uFFFDŸ"
    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ß"
    u"àáâăäåæçèéêë\u0301íîïđñ\u0323óôơö÷øùúûüư₫ÿ";
constexpr std::u16string_view cp1252_high =
    u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
static_assert(tcvn5712_1_high.size() == 128 && viscii_high.size() == 128 && cp1258_high.size() == 128 &&
              cp1252_high.size() == 128);

/// Control characters that are letters, each with its byte.
struct LowLetter
{
    unsigned char byte;
    char16_t letter;
};
constexpr std::array<LowLetter, 12> tcvn5712_1_low = {{{0x01, u'Ú'},
                                                       {0x02, u'Ụ'},
                                                       {0x04, u'Ừ'},
                                                       {0x05, u'Ử'},
                                                       {0x06, u'Ữ'},
                                                       {0x11, u'Ứ'},
                                                       {0x12, u'Ự'},
                                                       {0x13, u'Ỳ'},
                                                       {0x14, u'Ỷ'},
                                                       {0x15, u'Ỹ'},
                                                       {0x16, u'Ý'},
                                                       {0x17, u'Ỵ'}}};
constexpr std::array<LowLetter, 6> viscii_low = {
    {{0x02, u'Ẳ'}, {0x05, u'Ẵ'}, {0x06, u'Ẫ'}, {0x14, u'Ỷ'}, {0x19, u'Ỹ'}, {0x1E, u'Ỵ'}}};

/// Combining marks of the tones in the order of the table of letters; the level one has none.
constexpr std::u16string_view tone_marks = u"\uFFFF\u0300\u0309\u0303\u0301\u0323";

char32_t high(std::u16string_view table, unsigned char byte)
{
    return byte < 0x80 ? byte : table[byte - 0x80U];
}

/// ABC fonts have the punctuation of Windows where VN1 has further capitals, and the signs of Latin-1 where it has marks.
char32_t tcvn3(unsigned char byte)
{
    if (byte < 0xA0)
        return high(cp1252_high, byte);
    if (byte >= 0xB0 && byte <= 0xB4)
        return byte;
    const char32_t c = high(tcvn5712_1_high, byte);
    const auto letter = vietnamese_letter(c);
    return letter && letter->capital && letter->tone != 0 ? no_meaning : c;
}

char32_t single(unsigned char byte, Encoding encoding)
{
    const auto low = [byte](const auto& letters) {
        const auto* it = std::find_if(letters.begin(), letters.end(), [byte](const LowLetter& l) { return l.byte == byte; });
        return it == letters.end() ? char32_t{byte} : char32_t{it->letter};
    };
    switch (encoding) {
        case Encoding::tcvn3:
            return tcvn3(byte);
        case Encoding::tcvn5712_1:
            return byte < 0x20 ? low(tcvn5712_1_low) : high(tcvn5712_1_high, byte);
        case Encoding::viscii:
            return byte < 0x20 ? low(viscii_low) : high(viscii_high, byte);
        case Encoding::cp1258:
            return high(cp1258_high, byte);
        default:
            return byte < 0x80 ? byte : no_meaning;
    }
}

using Meanings = std::array<char32_t, 256>;

/// What each byte is in an encoding of single bytes, worked out once.
const Meanings& meanings(Encoding encoding)
{
    static const auto all = [] {
        std::array<Meanings, encoding_count> out{};
        for (std::size_t e = 0; e < encoding_count; ++e)
            for (unsigned byte = 0; byte < 0x100; ++byte)
                out[e][byte] = single(static_cast<unsigned char>(byte), static_cast<Encoding>(e));
        return out;
    }();
    return all.at(static_cast<std::size_t>(encoding));
}

/// Puts a mark over the letter before it where the two are a letter of the alphabet.
void append_composed(std::u32string& out, char32_t c)
{
    const std::size_t tone = c >= 0x300 && c <= 0x323 ? tone_marks.find(static_cast<char16_t>(c)) : std::u16string_view::npos;
    if (tone != std::u16string_view::npos && !out.empty()) {
        auto letter = vietnamese_letter(out.back());
        if (letter && letter->tone == 0 && small_vowels.find(letter->plain) != std::u16string_view::npos) {
            letter->tone = tone;
            out.back() = letter->written();
            return;
        }
    }
    out += c;
}

std::u32string from_single_bytes(std::string_view bytes, Encoding encoding)
{
    const Meanings& table = meanings(encoding);
    std::u32string out;
    for (const char c : bytes)
        append_composed(out, table[static_cast<unsigned char>(c)]);
    return out;
}

/// VNI-Windows. Bytes of capitals are 0x20 less. A mark's place in its row is the tone it brings.
constexpr std::string_view vni_tones = "\x01\xF8\xFB\xF5\xF9\xEF";       // over a e o u y ơ ư; none is level
constexpr std::string_view vni_circumflex = "\xE2\xE0\xE5\xE3\xE1\xE4";  // over a e o
constexpr std::string_view vni_breve = "\xEA\xE8\xFA\xFC\xE9\xEB";       // over a
constexpr std::array<LowLetter, 9> vni_whole = {{{0xE6, u'ỉ'},
                                                 {0xEC, u'ì'},
                                                 {0xED, u'í'},
                                                 {0xEE, u'ỵ'},
                                                 {0xF1, u'đ'},
                                                 {0xF2, u'ị'},
                                                 {0xF3, u'ĩ'},
                                                 {0xF4, u'ơ'},
                                                 {0xF6, u'ư'}}};
constexpr std::u16string_view vni_bare = u"aeo", vni_hatted = u"âêô";

/// The letter that a mark makes of the bare one before it, or U+FFFD.
char32_t vni_marked(char32_t before, char mark)
{
    auto letter = vietnamese_letter(before);
    if (!letter || letter->tone != 0)
        return no_meaning;
    if (const std::size_t tone = vni_tones.find(mark); tone != std::string_view::npos) {
        if (std::u16string_view(u"aeouyơư").find(letter->plain) == std::u16string_view::npos)
            return no_meaning;
        letter->tone = tone;
    } else if (const std::size_t hat = vni_circumflex.find(mark); hat != std::string_view::npos) {
        const std::size_t bare = vni_bare.find(letter->plain);
        if (bare == std::u16string_view::npos)
            return no_meaning;
        letter->plain = vni_hatted[bare];
        letter->tone = hat;
    } else {
        const std::size_t bow = vni_breve.find(mark);
        if (bow == std::string_view::npos || letter->plain != u'a')
            return no_meaning;
        letter->plain = u'ă';
        letter->tone = bow;
    }
    return letter->written();
}

std::u32string from_vni(std::string_view bytes)
{
    std::u32string out;
    bool markable = false;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0xC0 || byte == 0xD7 || byte == 0xF7) {
            out += high(cp1252_high, byte);
            markable = byte < 0x80;
            continue;
        }
        const auto small = static_cast<unsigned char>(byte | 0x20U);
        const auto* whole = std::find_if(vni_whole.begin(), vni_whole.end(), [&](const LowLetter& l) { return l.byte == small; });
        if (whole != vni_whole.end()) {
            auto letter = *vietnamese_letter(whole->letter);
            letter.capital = byte < 0xE0;
            out += letter.written();
            markable = true;
            continue;
        }
        const char32_t marked = markable ? vni_marked(out.back(), static_cast<char>(small)) : no_meaning;
        if (marked == no_meaning)
            out += no_meaning;
        else
            out.back() = marked;
        markable = false;
    }
    return out;
}

std::optional<std::u32string> from_utf16(std::string_view bytes, bool big)
{
    if (bytes.size() % 2 != 0)
        return std::nullopt;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big ? first << 8U | second : second << 8U | first);
    };
    std::u32string out;
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        const char32_t c = unit(at);
        if (at == 0 && c == 0xFEFF)
            continue;
        const bool pair = c >= 0xD800 && c < 0xDC00 && at + 2 < bytes.size() && (unit(at + 2) & 0xFC00U) == 0xDC00U;
        if (pair)
            out += 0x10000 + ((c & 0x3FFU) << 10U) + (unit(at += 2) & 0x3FFU);
        else
            out += c >= 0xD800 && c < 0xE000 ? no_meaning : c;
    }
    return out;
}

std::u32string code_points(std::string_view utf8)
{
    std::u32string out;
    while (!utf8.empty()) {
        const std::size_t size = utf8_length(utf8);
        const auto lead = static_cast<unsigned char>(utf8[0]);
        char32_t c = size == 0 ? no_meaning : size == 1 ? lead : lead & (0x7FU >> size);
        for (std::size_t i = 1; i < size; ++i)
            c = c << 6U | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
        out += c;
        utf8.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

/// Of valid UTF-8: composed only where there is something to compose, which is seldom.
std::u32string from_utf8(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    std::u32string out = code_points(bytes);
    const auto is_mark = [](char32_t c) { return c >= 0x300 && c < 0x370; };
    if (std::any_of(out.begin(), out.end(), is_mark))
        if (const auto composed = to_nfc(bytes))
            return code_points(*composed);
    return out;
}

/// The bytes behind characters that are bytes read as Latin-1 or Windows-1252.
std::optional<std::string> bytes_misread(std::string_view utf8)
{
    if (first_not_utf8(utf8) != utf8.size())
        return std::nullopt;
    std::string out;
    for (const char32_t c : code_points(utf8)) {
        if (c < 0x100) {
            out += static_cast<char>(c);
            continue;
        }
        const std::size_t at = c > 0xFFFF ? std::u16string_view::npos : cp1252_high.find(static_cast<char16_t>(c));
        if (at == std::u16string_view::npos || c == no_meaning)
            return std::nullopt;
        out += static_cast<char>(0x80 + at);
    }
    return out;
}

std::string misread(std::string_view bytes)
{
    std::u32string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const char32_t read = high(cp1252_high, byte);
        out += read == no_meaning ? byte : read;
    }
    return utf8_of(out);
}

/// Appends the byte of a character; false when it has none.
bool append_single(std::string& out, char32_t c, Encoding encoding)
{
    if (encoding == Encoding::tcvn3)
        if (auto letter = vietnamese_letter(c); letter && letter->capital && letter->tone != 0) {
            letter->capital = false;
            c = letter->written();
        }
    const Meanings& table = meanings(encoding);
    if (const auto* it = std::find(table.begin(), table.end(), c); it != table.end() && c != no_meaning) {
        out += static_cast<char>(it - table.begin());
        return true;
    }
    auto letter = vietnamese_letter(c);
    if (encoding != Encoding::cp1258 || !letter || letter->tone == 0)
        return false;
    const char32_t mark = tone_marks[letter->tone];
    letter->tone = 0;
    return append_single(out, letter->written(), encoding) && append_single(out, mark, encoding);
}

bool append_vni(std::string& out, char32_t c)
{
    const auto letter = vietnamese_letter(c);
    if (c < 0x80 || !letter) {
        const std::size_t at = c > 0xFFFF ? std::u16string_view::npos : cp1252_high.find(static_cast<char16_t>(c));
        const bool kept =
            c < 0x80 || (at != std::u16string_view::npos && c != no_meaning && (at < 0x40 || c == U'×' || c == U'÷'));
        if (kept)
            out += static_cast<char>(c < 0x80 ? c : 0x80 + at);
        return kept;
    }
    const auto put = [&](unsigned char small) { out += static_cast<char>(letter->capital ? small - 0x20 : small); };
    auto small = *letter;
    small.capital = false;
    for (const LowLetter& whole : vni_whole)
        if (whole.letter == small.written()) {
            put(whole.byte);
            return true;
        }
    const std::size_t hat = vni_hatted.find(letter->plain);
    const bool horned = letter->plain == u'ơ' || letter->plain == u'ư';
    if (hat != std::u16string_view::npos)
        out += static_cast<char>(letter->capital ? vni_bare[hat] - u'a' + u'A' : vni_bare[hat]);
    else if (horned)
        put(letter->plain == u'ơ' ? 0xF4 : 0xF6);
    else
        out += letter->plain == u'ă' ? (letter->capital ? 'A' : 'a')
                                     : static_cast<char>(letter->capital ? letter->plain - u'a' + u'A' : letter->plain);
    const std::string_view row = hat != std::u16string_view::npos ? vni_circumflex
                                 : letter->plain == u'ă'          ? vni_breve
                                                                  : vni_tones;
    put(static_cast<unsigned char>(row[letter->tone]));
    return true;
}

/// Letter, hat and tone apart in canonical order: a dot below stands before a hat and behind a horn.
std::u32string decomposed(std::u32string_view text)
{
    constexpr std::u16string_view whole = u"âêôăơư", base = u"aeoaou";
    constexpr std::u16string_view hats = u"\u0302\u0302\u0302\u0306\u031B\u031B";
    std::u32string out;
    for (const char32_t c : text) {
        auto letter = vietnamese_letter(c);
        if (!letter || c < 0x80 || letter->plain == u'đ') {
            out += c;
            continue;
        }
        const std::size_t hat = whole.find(letter->plain);
        const std::size_t tone = std::exchange(letter->tone, 0);
        const bool dot_first = tone == tone_count - 1 && hat < 4;
        if (hat != std::u16string_view::npos)
            letter->plain = base[hat];
        out += letter->written();
        if (dot_first)
            out += tone_marks[tone];
        if (hat != std::u16string_view::npos)
            out += hats[hat];
        if (tone != 0 && !dot_first)
            out += tone_marks[tone];
    }
    return out;
}

void append_utf16(std::string& out, char32_t c, bool big)
{
    const auto unit = [&](char32_t u) {
        const char above = static_cast<char>(u >> 8U), below = static_cast<char>(u & 0xFFU);
        out += big ? above : below;
        out += big ? below : above;
    };
    if (c > 0xFFFF) {
        unit(0xD800 + ((c - 0x10000) >> 10U));
        unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
    } else {
        unit(c);
    }
}

std::optional<std::string> encode_once(const std::string& utf8, Encoding encoding)
{
    if (encoding == Encoding::utf8)
        return utf8;
    const std::u32string text = code_points(utf8);
    if (encoding == Encoding::utf8_decomposed)
        return utf8_of(decomposed(text));
    std::string out;
    for (const char32_t c : text) {
        if (encoding == Encoding::utf16le || encoding == Encoding::utf16be)
            append_utf16(out, c, encoding == Encoding::utf16be);
        else if (!(encoding == Encoding::vni ? append_vni(out, c) : append_single(out, c, encoding)))
            return std::nullopt;
    }
    return out;
}

constexpr std::array<std::pair<std::string_view, Encoding>, 7> declared = {{{"utf-8", Encoding::utf8},
                                                                             {"utf-16", Encoding::utf16le},
                                                                             {"tcvn3", Encoding::tcvn3},
                                                                             {"tcvn5712-1", Encoding::tcvn5712_1},
                                                                             {"vni", Encoding::vni},
                                                                             {"viscii", Encoding::viscii},
                                                                             {"cp1258", Encoding::cp1258}}};

}  // namespace

std::string_view to_text(Encoding encoding)
{
    constexpr std::array<std::string_view, encoding_count> names = {"ASCII",    "UTF-8",       "UTF-8 (NFD)", "UTF-16LE",
                                                                    "UTF-16BE", "TCVN3 (ABC)", "TCVN 5712-1", "VNI-Windows",
                                                                    "VISCII",   "Windows-1258"};
    return names.at(static_cast<std::size_t>(encoding));
}

std::optional<Encoding> encoding_from(std::string_view word)
{
    const auto at = std::find_if(declared.begin(), declared.end(), [&](const auto& one) { return one.first == word; });
    return at == declared.end() ? std::nullopt : std::optional(at->second);
}

std::vector<std::string> encoding_words()
{
    std::vector<std::string> out;
    for (const auto& [word, encoding] : declared)
        out.emplace_back(word);
    return out;
}

std::string to_text(Reading reading)
{
    return std::string(to_text(reading.encoding)) + (reading.misread ? " read as Windows-1252" : "");
}

std::string utf8_of(std::u32string_view text)
{
    std::string out;
    for (char32_t c : text) {
        if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
            c = no_meaning;
        const auto follow = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xC0U | c >> 6U);
            follow(0);
        } else if (c < 0x10000) {
            out += static_cast<char>(0xE0U | c >> 12U);
            follow(6);
            follow(0);
        } else {
            out += static_cast<char>(0xF0U | c >> 18U);
            follow(12);
            follow(6);
            follow(0);
        }
    }
    return out;
}

std::optional<std::u32string> decode_loosely(std::string_view bytes, Reading reading)
{
    if (reading.misread) {
        auto behind = bytes_misread(bytes);
        if (!behind || reading.encoding == Encoding::utf16le || reading.encoding == Encoding::utf16be)
            return std::nullopt;
        // A trailing à is C3 A0, and A0 read as a no-break space is what readers cut away at the end of a field.
        if (reading.encoding == Encoding::utf8 && behind->ends_with('\xC3'))
            *behind += '\xA0';
        return decode_loosely(*behind, {.encoding = reading.encoding});
    }
    switch (reading.encoding) {
        case Encoding::utf8:
        case Encoding::utf8_decomposed:
            if (first_not_utf8(bytes) != bytes.size())
                return std::nullopt;
            return from_utf8(bytes);
        case Encoding::utf16le:
        case Encoding::utf16be:
            return from_utf16(bytes, reading.encoding == Encoding::utf16be);
        case Encoding::vni:
            return from_vni(bytes);
        default:
            return from_single_bytes(bytes, reading.encoding);
    }
}

std::optional<std::string> decode(std::string_view bytes, Reading reading)
{
    const auto text = decode_loosely(bytes, reading);
    // In UTF-8 the character may stand as any other; from other bytes it says that some had no meaning.
    const bool written = reading.encoding == Encoding::utf8 || reading.encoding == Encoding::utf8_decomposed;
    if (!text || (!written && text->find(no_meaning) != std::u32string::npos))
        return std::nullopt;
    return to_nfc(utf8_of(*text));
}

std::optional<std::string> encode(std::string_view utf8, Reading reading)
{
    const auto composed = to_nfc(utf8);
    if (!composed)
        return std::nullopt;
    auto bytes = encode_once(*composed, reading.encoding);
    if (bytes && reading.misread)
        return misread(*bytes);
    return bytes;
}

}  // namespace lienthong::text
