// The grammar as three short tables: onsets, rimes, and the rimes whose tone may stand in two places.
#include "hub/text/syllable.hpp"

#include "hub/text/vietnamese_letter.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lienthong::text {
namespace {

/// Longest first where one begins with another; the empty one last.
constexpr std::array<std::u16string_view, 28> onsets = {u"ngh", u"ng", u"nh", u"n",  u"gh", u"gi", u"g", u"kh", u"k", u"ch",
                                                        u"c",   u"ph", u"p",  u"th", u"tr", u"t",  u"b", u"d",  u"đ", u"h",
                                                        u"l",   u"m",  u"qu", u"r",  u"s",  u"v",  u"x", u""};

/// Onsets that stand only in names and words taken from other languages.
constexpr std::array<std::u16string_view, 14> foreign_onsets = {u"kr", u"br", u"pr", u"pl", u"kl", u"bl", u"gr",
                                                                u"đr", u"hr", u"kn", u"kb", u"j",  u"w",  u"z"};

constexpr std::u16string_view rimes =
    u"a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    u"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    u"o oc oi om on ong oong ooc op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    u"ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ "
    u"uôc uôi uôm uôn uông uôp uôt uy uya uych uynh uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu "
    u"ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ";

/// Behind qu stands what else has the glide in itself, and these.
constexpr std::u16string_view rimes_behind_qu = u"y yên yêt ych ynh yt yp ôc ";

bool in_list(std::u16string_view list, std::u16string_view rime)
{
    for (std::size_t at = list.find(rime); at != std::u16string_view::npos; at = list.find(rime, at + 1))
        if ((at == 0 || list[at - 1] == u' ') && at + rime.size() < list.size() && list[at + rime.size()] == u' ')
            return true;
    return false;
}

/// All rimes in order, since the list is asked once a word.
bool is_rime(std::u16string_view rime)
{
    static const auto sorted = [] {
        std::vector<std::u16string_view> out;
        for (std::size_t from = 0, to = 0; (to = rimes.find(u' ', from)) != std::u16string_view::npos; from = to + 1)
            out.push_back(rimes.substr(from, to - from));
        std::sort(out.begin(), out.end());
        return out;
    }();
    return std::binary_search(sorted.begin(), sorted.end(), rime);
}

bool is_vowel(char16_t c)
{
    return small_vowels.find(c) != std::u16string_view::npos;
}

/// A word taken apart: letters without tones, and the one tone with its place.
struct Parts
{
    std::u16string letters{};
    std::size_t tone = 0;
    std::size_t tone_at = 0;
};

/// Whether the tone stands over the letter of the rime that bears it.
bool tone_fits(std::u16string_view rime, std::size_t at)
{
    std::size_t vowels = 0;
    while (vowels < rime.size() && is_vowel(rime[vowels]))
        ++vowels;
    if (at >= vowels)
        return false;
    for (std::size_t i = vowels; i-- > 0;)
        if (std::u16string_view(u"ăâêôơư").find(rime[i]) != std::u16string_view::npos)
            return at == i;
    const bool closed = vowels < rime.size();
    if (vowels == 1 || (vowels == 2 && closed) || vowels == 3)
        return at == (vowels == 1 ? 0 : 1);
    const bool glide = rime == u"oa" || rime == u"oe" || rime == u"uy";
    return at == 0 || glide;
}

bool fits(const Parts& word, std::u16string_view onset)
{
    std::u16string rime = word.letters.substr(onset.size());
    if (rime.empty())
        return false;
    const char16_t first = rime.front();
    const bool front = std::u16string_view(u"eêiy").find(first) != std::u16string_view::npos;
    // Before other vowels k is c, but for names: Bắc Kạn.
    if ((onset == u"gh" || onset == u"ngh") && !front)
        return false;
    if ((onset == u"c" || onset == u"ng" || (onset == u"g" && first != u'i')) && front)
        return false;
    // The k and l that end Đắk and Plơi count as c and t would, but may be level.
    const bool foreign_end = rime.size() > 1 && (rime.back() == u'k' || rime.back() == u'l' || rime.back() == u'r') &&
                             (word.tone == 0 || word.tone >= 4);
    if (foreign_end)
        rime.back() = rime.back() == u'k' ? u'c' : u't';
    if (onset == u"qu") {
        if (!in_list(rimes_behind_qu, rime) &&
            (first == u'u' || first == u'o' || first == u'ô' || first == u'ư' || !is_rime(rime)))
            return false;
    } else if (!is_rime(rime)) {
        return false;
    }
    const char16_t last = rime.back();
    const bool stopped = last == u'c' || last == u'p' || last == u't' || rime.ends_with(u"ch");
    if (stopped && !foreign_end && word.tone != 4 && word.tone != 5)
        return false;
    return word.tone == 0 || (word.tone_at >= onset.size() && tone_fits(rime, word.tone_at - onset.size()));
}

}  // namespace

bool is_syllable(std::u32string_view word)
{
    constexpr std::size_t longest = 8;  // "nghiêng" has seven letters
    if (word.empty() || word.size() > longest)
        return false;
    Parts parts;
    for (const char32_t c : word) {
        const auto letter = vietnamese_letter(c);
        if (!letter || (letter->tone != 0 && parts.tone != 0))
            return false;
        if (letter->tone != 0) {
            parts.tone = letter->tone;
            parts.tone_at = parts.letters.size();
        }
        parts.letters += letter->plain;
    }
    // "gì" is g and a rime with i, where gi leaves none.
    const auto begins = [&](std::u16string_view onset) { return parts.letters.starts_with(onset) && fits(parts, onset); };
    return std::any_of(onsets.begin(), onsets.end(), begins) || std::any_of(foreign_onsets.begin(), foreign_onsets.end(), begins);
}

}  // namespace lienthong::text
