// An encoding is found by how well the text reads in it, by one field or by its neighbours, or it is refused.
#include "hub/text/repair.hpp"

#include "tests/unit/text/real_names.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace std::string_literals;
using text::Encoding;
using text::Reading;
using text::Standing;

namespace {

std::string in(std::string_view utf8, Reading reading)
{
    return text::encode(utf8, reading).value();
}

std::string code(const text::Repair& repair)
{
    return repair.problem ? repair.problem->code : "";
}

std::vector<text::Repair> repaired(const std::vector<std::string>& fields)
{
    return text::repair(std::vector<std::string_view>(fields.begin(), fields.end()));
}

}  // namespace

TEST(Detect, AsciiNeedsNoDecision)
{
    const auto found = text::detect("Kon Tum 2025, A_I_1\r\n");
    EXPECT_EQ(found.reading.encoding, Encoding::ascii);
    EXPECT_EQ(found.standing, Standing::certain);
    EXPECT_EQ(text::repair("").text, "");
}

TEST(Detect, FindsEveryEncodingOfASentence)
{
    const std::string sentence = "Tổng sản phẩm trên địa bàn tỉnh theo giá so sánh năm 2010, diện tích rừng";
    for (const Encoding encoding : {Encoding::utf8, Encoding::utf8_decomposed, Encoding::utf16le, Encoding::utf16be,
                                    Encoding::tcvn3, Encoding::vni, Encoding::viscii, Encoding::cp1258})
        for (const bool misread : {false, true}) {
            if (misread &&
                (encoding == Encoding::utf16le || encoding == Encoding::utf16be || encoding == Encoding::utf8_decomposed))
                continue;
            const auto found = text::detect(in(sentence, {encoding, misread}));
            EXPECT_EQ(to_text(found.reading), to_text(Reading{encoding, misread}));
            EXPECT_EQ(found.standing, Standing::certain);
            EXPECT_EQ(text::repair(in(sentence, {encoding, misread})).text, sentence);
        }
}

TEST(Detect, Utf16IsKnownWithAndWithoutItsMark)
{
    EXPECT_EQ(text::detect("\xFF\xFEK\0o\0n\0"s).reading.encoding, Encoding::utf16le);
    EXPECT_EQ(text::detect("K\0o\0n\0"s).reading.encoding, Encoding::utf16le);
    EXPECT_EQ(text::detect("\0K\0o\0n"s).reading.encoding, Encoding::utf16be);
    EXPECT_EQ(text::repair("\xFF\xFEK\0o\0n\0"s).text, "Kon");
}

TEST(Detect, CapitalsAmongTheControlCharactersAreRead)
{
    EXPECT_EQ(text::repair(in("HUYỆN ỨNG HÒA, THỊ XÃ MỸ HÀO", {Encoding::tcvn5712_1})).text, "HUYỆN ỨNG HÒA, THỊ XÃ MỸ HÀO");
    EXPECT_EQ(text::repair(in("CHỈ TIÊU KỸ THUẬT, QUỸ ĐẤT", {Encoding::viscii})).text, "CHỈ TIÊU KỸ THUẬT, QUỸ ĐẤT");
}

TEST(Detect, WhatTwoEncodingsExplainAlikeIsRefused)
{
    const auto alone = text::repair("L\xE2m");  // Lâm in VISCII and Windows-1258, and Lõm in ABC
    EXPECT_EQ(alone.detection.standing, Standing::ambiguous);
    EXPECT_EQ(code(alone), "text.encoding_ambiguous");
    EXPECT_EQ(alone.text, "");
    EXPECT_EQ(alone.original, "L\xE2m");
    EXPECT_EQ(alone.problem->found, "4C E2 6D");
}

TEST(Detect, WhatNothingExplainsIsRefused)
{
    for (const std::string& text :
         {"\x80\x81\x82\xFF\xFE\xFD"s, "T\xE6ng s\xFFn b\xFF\xFF"s, "\x01\x02\x03"s, "T\xEF\xBF\xBDng s\xEF\xBF\xBDn"s})
        EXPECT_EQ(code(text::repair(text)), "text.encoding_unknown") << text::shown(text);
}

TEST(Detect, UnicodeStaysWhatItIs)
{
    for (const char* text :
         {"Bé", "Tên", "Hà", "bụi PM10 (µg/m³)", "25 °C", "Société Générale de Surveillance", "“Quỹ” – ½ số hộ", "© 2025",
          "Windows®", "Đắk Lắk", "UBND, HĐND, LĐLĐ", "北京", "Москва", "±5 %", "2×3", "m²", "HĐND tỉnh"}) {
        const auto repair = text::repair(text);
        EXPECT_EQ(repair.text, text) << to_text(repair.detection.reading);
        EXPECT_FALSE(repair.converted || repair.refused());
        EXPECT_TRUE(repair.findings.empty());
    }
}

TEST(Detect, TextOfCharactersThatAreBytesIsRepaired)
{
    for (const char* misread : {"Tæng s¶n phÈm", "Toång saûn phaåm", "Tá»•ng sáº£n pháº©m", "T\xCC\x80"}) {
        const auto repair = text::repair(misread);
        if (repair.converted) {
            EXPECT_EQ(repair.text, "Tổng sản phẩm");
        }
        EXPECT_EQ(repair.original, misread);
    }
    EXPECT_TRUE(text::repair("Tæng s¶n phÈm").converted);
    EXPECT_TRUE(text::repair("Toång saûn phaåm").converted);
    EXPECT_TRUE(text::repair("Tá»•ng sáº£n pháº©m").converted);
}

TEST(Detect, DashesAndQuotesOfAbcAreNoCapitals)
{
    const auto repair = text::repair(in("Tổng sản phẩm giai đoạn 2021–2025 – “sơ bộ”", {Encoding::tcvn3}));
    EXPECT_EQ(repair.text, "Tổng sản phẩm giai đoạn 2021–2025 – “sơ bộ”");
    EXPECT_EQ(repair.detection.reading.encoding, Encoding::tcvn3);
}

TEST(Detect, ADashOfMisreadUtf8IsKnownWithoutAnyWord)
{
    EXPECT_EQ(text::repair("2010â€“2020").text, "2010–2020");
    EXPECT_EQ(text::repair("XÃ").text, "XÃ") << "a heading, and no à whose second half is cut away";
}

TEST(Detect, AFieldOfTwoWordsIsDecidedByItsNeighbours)
{
    std::vector<std::string> fields = {in("Xã Hòa An", {Encoding::tcvn3})};
    EXPECT_TRUE(repaired(fields).front().refused());
    for (const char* name :
         {"Tổng sản phẩm trên địa bàn", "Diện tích gieo trồng cây hàng năm", "Tỷ lệ hộ nghèo", "Số lượt khách du lịch quốc tế"})
        fields.push_back(in(name, {Encoding::tcvn3}));
    EXPECT_EQ(repaired(fields).front().text, "Xã Hòa An");
    EXPECT_EQ(repaired(fields).front().detection.standing, Standing::certain);
}

TEST(Detect, AMixedDocumentKeepsWhatIsUnicodeAndDoesNotGuess)
{
    const auto all =
        repaired({"Tổng sản phẩm trên địa bàn", in("Diện tích gieo trồng cây hàng năm", {Encoding::tcvn3, true}), "Bé"});
    EXPECT_EQ(all[0].text, "Tổng sản phẩm trên địa bàn");
    EXPECT_EQ(all[1].text, "Diện tích gieo trồng cây hàng năm");
    EXPECT_NE(all[2].detection.standing, Standing::certain) << "Bé in Unicode, or Bộ in the encoding of its neighbour";
}

TEST(Repair, SaysWhatItWasWhatItBecameAndKeepsTheBytes)
{
    const auto repair = text::repair("Tæng s¶n phÈm");
    ASSERT_EQ(repair.findings.size(), 1U);
    EXPECT_EQ(repair.findings[0].code, "text.encoding_converted");
    EXPECT_EQ(repair.findings[0].found, "Tæng s¶n phÈm");
    EXPECT_EQ(repair.findings[0].detail, "read as TCVN3 (ABC) read as Windows-1252, certain: became 'Tổng sản phẩm'");
    EXPECT_FALSE(repair.capitals_lost);
}

TEST(Repair, SaysWhereCapitalsAreLost)
{
    const auto heading = text::repair("CéNG HßA X\xB7 HéI CHñ NGHÜA VIÖT NAM"s);
    EXPECT_TRUE(heading.refused()) << "one byte of it is no character";
    const auto whole = text::repair("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM");
    EXPECT_EQ(whole.text, "CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM");
    EXPECT_TRUE(whole.capitals_lost);
    EXPECT_EQ(whole.findings.back().code, "text.capitals_lost");
    EXPECT_TRUE(text::repair(in("ủy ban nhân dân tỉnh Hà Giang", {Encoding::tcvn3})).capitals_lost);
    EXPECT_FALSE(text::repair(in("Sở Tài chính tỉnh Hà Giang", {Encoding::tcvn3})).capitals_lost);
}

TEST(Detect, RealNamesAreSeldomReadWrongly)
{
    // Some names of the catalogue, in documents of twenty; tests/bench/bench_text measures all of them.
    std::size_t fields = 0, right = 0, wrong = 0;
    for (const Encoding encoding :
         {Encoding::utf8, Encoding::tcvn3, Encoding::tcvn5712_1, Encoding::vni, Encoding::viscii, Encoding::cp1258})
        for (const bool misread : {false, true})
            for (const char* file : {"indicators.csv", "forms.csv", "agencies.csv", "areas.csv"}) {
                const auto names = real_names::some_of(real_names::names_of(file));
                const auto tally = real_names::measure(names, {encoding, misread}, 20);
                fields += tally.fields;
                right += tally.right;
                wrong += tally.wrong;
            }
    EXPECT_GT(fields, 1'000U);
    EXPECT_GT(right * 100, fields * 99);
    EXPECT_LE(wrong * 500, fields);
}
