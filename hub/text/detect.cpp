// Weighs the readings of a text against each other, word by word.
#include "hub/text/detect.hpp"

#include "hub/model/utf8.hpp"
#include "hub/text/syllable.hpp"
#include "hub/text/vietnamese_letter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace lienthong::text {
namespace {

constexpr std::size_t most_bytes = 256 * 1024;
constexpr std::size_t most_fields = 20'000;

/// Weights in tenths of a natural logarithm. Read rightly, one word in fifty is no syllable (a foreign name, a slip); read
/// wrongly, about one in three is one by chance. A sign in the middle of a word is in no language.
constexpr int weight_syllable = 12;
constexpr int weight_no_syllable = -35;
constexpr int weight_foreign = -20;  ///< No syllable, but letters only, in Unicode: names of other languages are written so.
constexpr int weight_strange = -40;  ///< With a letter of Latin-1 that Vietnamese lacks: what misread text is full of.
constexpr int weight_junk = -80;
/// Unicode is what a text is that looks so; the rule since QĐ 72/2002/QĐ-TTg.
constexpr int weight_unicode = 25;
/// Characters that are whole sequences of UTF-8 when taken as bytes: "2010â€“2020" has no word to judge by.
constexpr int weight_sequences = 35;
/// What the best must be ahead of the next to be taken at all, and to be certain: a word that reads well in one and badly in
/// the other, with three words or more; a text of two needs both of them.
constexpr int ahead_taken = 25;
constexpr int ahead_certain = 45;
constexpr int ahead_certain_of_few = 60;
constexpr int few_words = 3;

constexpr std::array<Reading, 14> readings = {{{.encoding = Encoding::utf8},
                                               {.encoding = Encoding::utf16le},
                                               {.encoding = Encoding::utf16be},
                                               {.encoding = Encoding::tcvn3},
                                               {.encoding = Encoding::tcvn5712_1},
                                               {.encoding = Encoding::vni},
                                               {.encoding = Encoding::viscii},
                                               {.encoding = Encoding::cp1258},
                                               {.encoding = Encoding::utf8, .misread = true},
                                               {.encoding = Encoding::tcvn3, .misread = true},
                                               {.encoding = Encoding::tcvn5712_1, .misread = true},
                                               {.encoding = Encoding::vni, .misread = true},
                                               {.encoding = Encoding::viscii, .misread = true},
                                               {.encoding = Encoding::cp1258, .misread = true}}};

/// Signs that stand between words, or after one without belonging to it.
bool is_between(char32_t c)
{
    if (c < 0x80)
        return !(c < 0x20 && c != '\t' && c != '\n' && c != '\r') && c != 0x7F && !vietnamese_letter(c);
    return c == 0xA0 || (c >= 0x2000 && c <= 0x206F) || c == 0x20AB || c == 0x20AC || c == 0x2122 ||
           (c >= 0x2190 && c <= 0x22FF) || (c >= 0x25A0 && c <= 0x27BF) || c == 0xFEFF;
}

/// "m²", "km³", "25 °C"; elsewhere the same bytes are letters.
bool is_exponent_or_degree(std::u32string_view text, std::size_t at)
{
    const auto at_letter = [&](std::size_t i) { return i < text.size() && (vietnamese_letter(text[i]) || text[i] >= 0xA1); };
    const bool behind = at > 0 && at_letter(at - 1), before = at_letter(at + 1);
    if (text[at] == 0xB2 || text[at] == 0xB3)
        return !before && (!behind || text[at - 1] == U'm');
    return text[at] == 0xB0 && !behind;
}

/// Signs of Latin-1 that are fine by themselves, but letters of another encoding where they touch a word.
bool is_sign(char32_t c)
{
    return (c >= 0xA1 && c < 0xC0) || c == 0xD7 || c == 0xF7;
}

/// What no word has: control and private characters, and what had no meaning.
bool is_never(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xE000 && c < 0xF900) || c >= 0xFFF0;
}

/// A Latin letter beside one of another script.
bool mixes_scripts(std::u32string_view word)
{
    const auto other = [](char32_t c) { return c >= 0x370 && !(c >= 0x1E00 && c < 0x1F00); };
    return std::any_of(word.begin(), word.end(), other) &&
           std::any_of(word.begin(), word.end(), [](char32_t c) { return vietnamese_letter(c).has_value(); });
}

/// One case throughout, or one capital first. ABC texts have capitals of ASCII among letters that can only be small.
bool case_fits(std::u32string_view word, bool capitals_lost)
{
    bool all_capital = true, later_capital = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto letter = vietnamese_letter(word[i]);
        const bool capital = letter && letter->capital;
        if (capitals_lost && word[i] >= 0x80 && !capital)
            continue;
        all_capital = all_capital && capital;
        later_capital = later_capital || (capital && i > 0);
    }
    return all_capital || !later_capital;
}

/// "UBND", "QĐ", "LĐLĐ": no syllables, and nothing to judge by.
bool is_abbreviation(std::u32string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char32_t c) {
        const auto letter = vietnamese_letter(c);
        return letter && letter->capital && (c < 0x80 || letter->plain == u'đ');
    });
}

/// "µm", "µg/m³"; "Windows®".
bool is_unit_or_mark(std::u32string_view word)
{
    const bool micro = word.size() <= 3 && word[0] == 0xB5 && std::all_of(word.begin() + 1, word.end(), [](char32_t c) {
                           return std::u32string_view(U"mgslVA").find(c) != std::u32string_view::npos;
                       });
    const bool mark = word.size() > 4 && (word.back() == 0xAE || word.back() == 0xA9) &&
                      std::all_of(word.begin(), word.end() - 1, [](char32_t c) { return c < 0x80; });
    return micro || mark;
}

struct Evidence
{
    int syllables = 0, foreign = 0, strange = 0, wrong = 0, junk = 0;
    int letters = 0;  ///< Words that are evidence at all.

    [[nodiscard]] int weight(bool unicode) const
    {
        return syllables * weight_syllable + foreign * (unicode ? weight_foreign : weight_no_syllable) +
               strange * weight_strange + wrong * weight_no_syllable + junk * weight_junk + (unicode ? weight_unicode : 0);
    }
    /// Whether it reads as Vietnamese: a slip among many words is forgiven.
    [[nodiscard]] bool fits() const { return junk == 0 && syllables > 0 && syllables >= 6 * (foreign + strange + wrong); }
    /// Whether it may be Vietnamese with foreign names, where the neighbours say so.
    [[nodiscard]] bool may_fit(bool unicode) const { return junk + wrong == 0 && (syllables > 0 || letters == 0 || unicode); }
};

/// How a reading looks at words.
struct Eye
{
    bool capitals_lost = false;        ///< ABC
    bool lone_capitals_wrong = false;  ///< Not Unicode: where ABC has dashes and quotes, others have capitals with tones.
};

/// One letter says little, but a capital with a tone all by itself behind other words is a dash or a quote misread.
bool is_lone(std::u32string_view word, bool first, Eye eye, Evidence& out)
{
    const auto letter = vietnamese_letter(word[0]);
    if (word.size() > 1 || word[0] < 0x80 || !letter || !is_syllable(word))
        return false;
    if (eye.lone_capitals_wrong && !first && letter->capital && letter->tone != 0) {
        ++out.letters;
        ++out.wrong;
    }
    return true;
}

void judge_word(std::u32string_view word, bool capitals_lost, Evidence& out)
{
    const bool ascii = std::all_of(word.begin(), word.end(), [](char32_t c) { return c >= 0x20 && c < 0x80; });
    if (ascii || is_abbreviation(word) || is_unit_or_mark(word))
        return;
    ++out.letters;
    if (mixes_scripts(word) || std::any_of(word.begin(), word.end(), [](char32_t c) { return is_never(c) || is_sign(c); }))
        ++out.junk;
    else if (is_syllable(word))
        ++(case_fits(word, capitals_lost) ? out.syllables : out.wrong);
    else if (std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= 0xC0 && c < 0x100 && !vietnamese_letter(c); }))
        ++out.strange;
    else
        ++out.foreign;
}

/// Each word once: what is repeated says nothing new.
Evidence judge(std::u32string_view text, Eye eye)
{
    Evidence out;
    std::set<std::u32string_view> seen;
    for (std::size_t at = 0; at < text.size();) {
        const auto between = [&] { return is_between(text[at]) || is_exponent_or_degree(text, at); };
        if (between()) {
            ++at;
            continue;
        }
        const std::size_t from = at;
        while (at < text.size() && !between())
            ++at;
        const std::u32string_view word = text.substr(from, at - from);
        const bool sign = word.size() == 1 && std::u32string_view(U"×÷±§©®·¤£¥½¼¾«»").find(word[0]) != std::u32string_view::npos;
        if (!sign && seen.insert(word).second && !is_lone(word, from == 0, eye, out))
            judge_word(word, eye.capitals_lost, out);
    }
    return out;
}

struct Candidate
{
    Reading reading;
    std::u32string text;
    Evidence evidence;
    int weight = 0;
};

constexpr Reading utf8_misread{.encoding = Encoding::utf8, .misread = true};

bool is_unicode(Reading reading)
{
    return !reading.misread &&
           (reading.encoding == Encoding::utf8 || reading.encoding == Encoding::utf16le || reading.encoding == Encoding::utf16be);
}

bool is_utf16(Reading reading)
{
    return reading.encoding == Encoding::utf16le || reading.encoding == Encoding::utf16be;
}

/// UTF-16 shows by its zeros: every second byte of the ASCII in it.
bool may_be_utf16(std::string_view bytes)
{
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.find('\0') != std::string_view::npos;
}

std::string_view cut(std::string_view bytes)
{
    if (bytes.size() <= most_bytes)
        return bytes;
    std::size_t end = most_bytes;
    while (!may_be_utf16(bytes) && end > most_bytes - 3 && (static_cast<unsigned char>(bytes[end]) & 0xC0U) == 0x80U)
        --end;
    return bytes.substr(0, end);
}

/// Every reading the text can have, best first; of those that give the same text the first of the list alone.
std::vector<Candidate> candidates(std::string_view bytes)
{
    const bool wide = may_be_utf16(bytes);
    std::vector<Candidate> out;
    for (const Reading reading : readings) {
        if (is_utf16(reading) && !wide)
            continue;
        auto text = decode_loosely(bytes, reading);
        if (!text || std::any_of(out.begin(), out.end(), [&](const Candidate& c) { return c.text == *text; }))
            continue;
        Candidate one{.reading = reading, .text = std::move(*text), .evidence = {}};
        const bool unicode = is_unicode(reading);
        one.evidence = judge(one.text, {.capitals_lost = reading.encoding == Encoding::tcvn3, .lone_capitals_wrong = !unicode});
        one.weight = one.evidence.weight(unicode);
        if (reading == utf8_misread && !bytes.ends_with("Ã"))  // whose second half may be cut away
            one.weight += weight_sequences;
        out.push_back(std::move(one));
    }
    std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    return out;
}

bool is_plain_ascii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F) || c == '\t' || c == '\n' ||
               c == '\r';
    });
}

/// Words of another language in Unicode, misread or not: no signs among them, and no legacy reading makes Vietnamese of them.
bool is_other_unicode(const Candidate& best)
{
    return (is_unicode(best.reading) || best.reading == utf8_misread) && best.evidence.junk == 0;
}

double confidence(int ahead)
{
    return 1 / (1 + std::exp(-ahead / 10.0));
}

Detection decide(const std::vector<Candidate>& all)
{
    if (all.empty())
        return {.standing = Standing::unknown, .confidence = 0};
    const Candidate& best = all.front();
    Detection out{.reading = best.reading};
    const auto* next = all.size() > 1 ? &all[1] : nullptr;
    const int ahead = next == nullptr ? 100 : best.weight - next->weight;
    if (next != nullptr)
        out.runner_up = next->reading;
    out.confidence = confidence(ahead);
    if (is_utf16(best.reading) && best.evidence.letters == 0 && best.evidence.junk == 0)
        return out;  // ASCII in UTF-16: every other reading has zeros in it.
    if (best.evidence.letters == 0 && best.reading.encoding == Encoding::utf8 && !best.reading.misread)
        return out;  // ASCII and signs between words
    if (!best.evidence.fits() && !is_other_unicode(best)) {
        out.standing = Standing::unknown;
        out.confidence = 0;
        return out;
    }
    if (ahead >= (best.evidence.syllables < few_words ? ahead_certain_of_few : ahead_certain) && best.evidence.fits())
        return out;
    // Vietnamese in Unicode is not refused because it could be something else as well.
    const bool taken = ahead >= ahead_taken || (is_unicode(best.reading) && best.evidence.fits());
    out.standing = taken ? Standing::doubtful : Standing::ambiguous;
    return out;
}

/// What nearly every text of today is, told without trying anything else: syllables in UTF-8, one of them with a letter that
/// Windows-1252 does not have.
bool is_surely_unicode(std::string_view bytes)
{
    if (bytes.find("\xE1\xBA") == std::string_view::npos && bytes.find("\xE1\xBB") == std::string_view::npos)
        return false;
    const auto text = decode_loosely(bytes, {});
    if (!text)
        return false;
    const Evidence evidence = judge(*text, {});
    return evidence.letters == evidence.syllables && evidence.syllables > 0;
}

/// Decomposed text is named as such where anything was to compose.
Detection named(Detection found, std::string_view bytes)
{
    if (found.reading == Reading{.encoding = Encoding::utf8} && found.decided()) {
        const bool marks = bytes.find("\xCC") != std::string_view::npos;
        if (marks && decode(bytes, found.reading).value_or("") != bytes)
            found.reading.encoding = Encoding::utf8_decomposed;
    }
    return found;
}

/// The readings that read a text just as well as its best one does: those that give the same text too.
std::vector<Reading> readings_alike(std::string_view bytes, const Candidate& best)
{
    std::vector<Reading> out;
    for (const Reading reading : readings)
        if (const auto text = decode_loosely(bytes, reading); text && *text == best.text)
            out.push_back(reading);
    return out;
}

}  // namespace

std::string_view to_text(Standing standing)
{
    constexpr std::array<std::string_view, 4> names = {"certain", "doubtful", "ambiguous", "unknown"};
    return names.at(static_cast<std::size_t>(standing));
}

Detection detect(std::string_view bytes)
{
    if (is_plain_ascii(bytes))
        return {};
    bytes = cut(bytes);
    if (is_surely_unicode(bytes))
        return named({.reading = {}}, bytes);
    return named(decide(candidates(bytes)), bytes);
}

Neighbours::Neighbours(std::span<const std::string_view> fields)
{
    std::string together;
    std::size_t certain = 0;
    std::array<std::size_t, readings.size()> votes{};
    for (const std::string_view field : fields.first(std::min(fields.size(), most_fields))) {
        if (is_plain_ascii(field))
            continue;
        if (together.size() + field.size() > most_bytes)
            break;
        together.append(field).append(1, '\n');
        if (is_surely_unicode(field)) {
            ++certain;
            ++votes[0];
            continue;
        }
        const auto all = candidates(field);
        if (decide(all).standing != Standing::certain || all.front().evidence.letters == 0)
            continue;
        ++certain;
        for (const Reading reading : readings_alike(field, all.front()))
            ++votes[static_cast<std::size_t>(std::find(readings.begin(), readings.end(), reading) - readings.begin())];
    }
    if (certain == 0) {
        const auto all = candidates(together);
        if (const Detection found = decide(all); found.decided() && !is_utf16(found.reading))
            readings_ = readings_alike(together, all.front());
        return;
    }
    const bool agree = std::find(votes.begin(), votes.end(), certain) != votes.end();
    for (std::size_t i = 0; i < readings.size(); ++i)
        if (votes[i] >= (agree ? certain : 1))
            readings_.push_back(readings[i]);
    strong_ = agree && certain >= 3;
}

Detection Neighbours::detect(std::string_view field) const
{
    if (is_plain_ascii(field))
        return {};
    field = cut(field);
    if (is_surely_unicode(field))
        return named({.reading = {}}, field);
    const auto all = candidates(field);
    const Detection by_itself = named(decide(all), field);
    if (readings_.empty() || by_itself.standing == Standing::certain)
        return by_itself;
    const bool none_fits = std::none_of(all.begin(), all.end(), [](const Candidate& c) { return c.evidence.fits(); });
    // Best first, so that of two readings of the document the one that explains more comes before the other.
    std::vector<const Candidate*> fitting;
    for (const Candidate& candidate : all)
        for (const Reading reading : readings_) {
            const bool fits =
                candidate.evidence.fits() || (strong_ && none_fits && candidate.evidence.may_fit(is_unicode(reading)));
            if (fits && decode_loosely(field, reading) == candidate.text) {
                fitting.push_back(&candidate);
                break;
            }
        }
    Detection out = by_itself;
    if (fitting.empty())
        return out;
    if (fitting.size() > 1 && fitting[0]->weight - fitting[1]->weight < weight_syllable) {
        out.standing = Standing::ambiguous;
        return out;
    }
    const Candidate& taken = *fitting.front();
    const bool sure = strong_ && fitting.size() == 1 && taken.evidence.fits();
    out.reading = taken.reading;
    out.standing = sure ? Standing::certain : Standing::doubtful;
    out.confidence = sure ? 0.99 : 0.9;
    if (&taken != &all.front())
        out.runner_up = all.front().reading;
    return named(out, field);
}

std::vector<Detection> detect(std::span<const std::string_view> fields)
{
    const Neighbours neighbours(fields);
    std::vector<Detection> out;
    out.reserve(fields.size());
    for (const std::string_view field : fields)
        out.push_back(neighbours.detect(field));
    return out;
}

}  // namespace lienthong::text
