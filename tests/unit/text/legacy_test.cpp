// Every Vietnamese letter survives every encoding that has it, as two programs written by others read it as well.
#include "hub/text/legacy.hpp"

#include "hub/text/unicode.hpp"
#include "hub/text/vietnamese_letter.hpp"

#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace lienthong;
using namespace std::string_literals;
using text::Encoding;
using text::Reading;

namespace {

/// The 134 letters beyond ASCII.
std::vector<std::string> letters()
{
    std::vector<std::string> out;
    for (const std::u16string_view row : {text::small_vowels, text::capital_vowels, std::u16string_view(u"đĐ")})
        for (const char16_t c : row)
            if (c >= 0x80)
                out.push_back(text::utf8_of(std::u32string(1, c)));
    return out;
}

std::string in(std::string_view utf8, Reading reading)
{
    return text::encode(utf8, reading).value_or("(none)");
}

std::string from(std::string_view bytes, Reading reading)
{
    return text::decode(bytes, reading).value_or("(none)");
}

/// What glibc makes of the bytes; "(none)" when it refuses.
std::string by_glibc(std::string bytes, const char* encoding)
{
    const iconv_t conversion = iconv_open("UTF-8", encoding);
    if (conversion == reinterpret_cast<iconv_t>(-1))
        return "no such encoding";
    std::array<char, 256> room{};
    char* source = bytes.data();
    char* target = room.data();
    std::size_t left = bytes.size(), free = room.size();
    const bool read = iconv(conversion, &source, &left, &target, &free) != static_cast<std::size_t>(-1) &&
                      iconv(conversion, nullptr, nullptr, &target, &free) != static_cast<std::size_t>(-1);
    iconv_close(conversion);
    return read ? text::to_nfc(std::string_view(room.data(), room.size() - free)).value_or("(no UTF-8)") : "(none)";
}

/// What GNU recode makes of the bytes.
std::string by_recode(const std::string& bytes, const std::string& from_encoding)
{
    const auto file = std::filesystem::temp_directory_path() /
                      ("lienthong-recode-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
                       std::to_string(std::hash<std::string>{}(LIENTHONG_BINARY_DIR)));
    std::ofstream(file, std::ios::binary) << bytes;
    std::FILE* pipe = popen(("recode -f '" + from_encoding + "..UTF-8' < '" + file.string() + "'").c_str(), "r");
    std::string out;
    std::array<char, 4096> room{};
    for (std::size_t read = 0; pipe != nullptr && (read = std::fread(room.data(), 1, room.size(), pipe)) > 0;)
        out.append(room.data(), read);
    const bool fine = pipe != nullptr && pclose(pipe) == 0;
    std::filesystem::remove(file);
    return fine ? text::to_nfc(out).value_or("(no UTF-8)") : "recode failed";
}

bool has_tone_and_capital(const std::string& letter)
{
    const auto parts = text::vietnamese_letter(text::decode_loosely(letter, {})->front());
    return parts->capital && parts->tone != 0;
}

}  // namespace

TEST(Legacy, ThereAre134LettersBeyondAscii)
{
    EXPECT_EQ(letters().size(), 134U);
}

TEST(Legacy, EveryLetterComesBackFromEveryEncodingThatHasIt)
{
    for (const Encoding encoding : {Encoding::utf8, Encoding::utf8_decomposed, Encoding::utf16le, Encoding::utf16be,
                                    Encoding::tcvn5712_1, Encoding::vni, Encoding::viscii, Encoding::cp1258})
        for (const bool misread : {false, true}) {
            if (misread && (encoding == Encoding::utf16le || encoding == Encoding::utf16be))
                continue;
            const Reading reading{encoding, misread};
            for (const std::string& letter : letters())
                EXPECT_EQ(from(in(letter + "m", reading), reading), letter + "m") << to_text(reading);
        }
}

TEST(Legacy, Tcvn3HasEveryLetterButCapitalsWithTones)
{
    for (const std::string& letter : letters()) {
        const std::string bytes = in(letter, {Encoding::tcvn3});
        EXPECT_EQ(bytes.size(), 1U) << letter;
        EXPECT_EQ(from(bytes, {Encoding::tcvn3}), has_tone_and_capital(letter) ? text::folded(letter) : letter);
    }
}

TEST(Legacy, GlibcReadsEveryLetterAsWeDo)
{
    const std::pair<Encoding, const char*> referees[] = {{Encoding::tcvn5712_1, "TCVN5712-1"}, {Encoding::tcvn3, "TCVN5712-1"},
                                                         {Encoding::viscii, "VISCII"},         {Encoding::cp1258, "CP1258"},
                                                         {Encoding::utf16le, "UTF-16LE"},      {Encoding::utf16be, "UTF-16BE"}};
    for (const auto& [encoding, name] : referees)
        for (const std::string& letter : letters())
            EXPECT_EQ(by_glibc(in(letter + "x", {encoding}), name), from(in(letter + "x", {encoding}), {encoding})) << name;
}

TEST(Legacy, GlibcReadsEverySingleByteAsWeDo)
{
    const std::pair<Encoding, const char*> referees[] = {
        {Encoding::tcvn5712_1, "TCVN5712-1"}, {Encoding::viscii, "VISCII"}, {Encoding::cp1258, "CP1258"}};
    for (const auto& [encoding, name] : referees)
        for (int byte = 1; byte < 256; ++byte)
            EXPECT_EQ(by_glibc(std::string(1, static_cast<char>(byte)), name),
                      from(std::string(1, static_cast<char>(byte)), {encoding}))
                << name << " " << byte;
}

TEST(Legacy, RecodeReadsEveryLetterAsWeDo)
{
    const std::pair<Encoding, std::string> referees[] = {
        {Encoding::vni, "VNI"}, {Encoding::tcvn5712_1, "TCVN"}, {Encoding::viscii, "VISCII"}, {Encoding::cp1258, "CP1258"}};
    for (const auto& [encoding, name] : referees) {
        std::string bytes, truth;
        for (const std::string& letter : letters()) {
            bytes += in(letter, {encoding}) + "x\n";
            // recode 3.6 has two capitals of VNI the other way round than their small letters.
            const bool swapped = encoding == Encoding::vni && (letter == "Ằ" || letter == "Ắ");
            truth += (!swapped ? letter : letter == "Ằ" ? "Ắ" : "Ằ") + "x\n";
        }
        EXPECT_EQ(by_recode(bytes, name), truth) << name;
    }
}

TEST(Legacy, ReadsWhatPeopleKnowByHeart)
{
    EXPECT_EQ(from("T\xE6ng s\xB6n ph\xC8m", {Encoding::tcvn3}), "Tổng sản phẩm");
    EXPECT_EQ(from("Toång saûn phaåm", {Encoding::vni, true}), "Tổng sản phẩm");
    EXPECT_EQ(from("Tæng s¶n phÈm", {Encoding::tcvn3, true}), "Tổng sản phẩm");
    EXPECT_EQ(from("Tá»•ng sáº£n pháº©m", {Encoding::utf8, true}), "Tổng sản phẩm");
    EXPECT_EQ(from("H\xC3\x83\xC2", {Encoding::utf8, true}), "(none)");
    EXPECT_EQ(from("HÃ", {Encoding::utf8, true}), "Hà") << "the no-break space at the end is cut away by readers";
    EXPECT_EQ(from("\xFF\xFEH\0\xE0\0"s, {Encoding::utf16le}), "Hà");
    EXPECT_EQ(from("\xFE\xFF\0H\0\xE0"s, {Encoding::utf16be}), "Hà");
    EXPECT_EQ(from("\xEF\xBB\xBFHa\xCC\x80", {Encoding::utf8_decomposed}), "Hà");
}

TEST(Legacy, AbcHasThePunctuationOfWindows)
{
    EXPECT_EQ(from("\x93"
                   "km\xB2\x94 \x96 25 \xB0"
                   "C",
                   {Encoding::tcvn3}),
              "“km²” – 25 °C");
}

TEST(Legacy, ControlCharactersAreLettersWhereTheyAre)
{
    EXPECT_EQ(from("\x11NG HO\x80", {Encoding::tcvn5712_1}), "ỨNG HOÀ");
    EXPECT_EQ(from("\x02N", {Encoding::viscii}), "ẲN");
    EXPECT_EQ(from("a\tb\r\n", {Encoding::tcvn5712_1}), "a\tb\r\n");
}

TEST(Legacy, BytesWithoutAMeaningAreNotRead)
{
    EXPECT_EQ(from("T\xE6ng \xFF", {Encoding::tcvn3}), "(none)");
    EXPECT_EQ(from("b\xF9", {Encoding::vni}), "(none)") << "a mark over no vowel";
    EXPECT_EQ(from("a\xF9\xF9", {Encoding::vni}), "(none)") << "a second mark";
    EXPECT_EQ(from("a\x81", {Encoding::cp1258}), "(none)");
    EXPECT_EQ(from("H\xE0", {Encoding::utf8}), "(none)");
    EXPECT_EQ(from("abc", {Encoding::utf16le}), "(none)");
    EXPECT_EQ(from("\0\xD8"s, {Encoding::utf16le}), "(none)") << "half a pair";
    EXPECT_EQ(from("Tổng", {Encoding::tcvn3, true}), "(none)") << "characters that are no bytes";
}

TEST(Legacy, WhatAnEncodingLacksIsNotWritten)
{
    EXPECT_EQ(in("日本", {Encoding::tcvn3}), "(none)");
    EXPECT_EQ(in("a\x01", {Encoding::viscii}), "a\x01");
    EXPECT_EQ(in("a\x01", {Encoding::tcvn5712_1}), "(none)") << "the byte is the letter Ú";
}
