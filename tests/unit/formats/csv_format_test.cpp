// CSV is read as its layout declares, and what differs is told with its line and column.
#include "adapters/formats/csv/csv_format.hpp"
#include "hub/text/detect.hpp"
#include "tests/unit/formats/read_tables.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

Layout plain()
{
    Layout layout;
    layout.stub = 0;
    return layout;
}

std::string told(std::string_view text, const Layout& layout = plain(), const FormatLimits& limits = {})
{
    return shown(adapters::CsvFormat().read(text, layout, limits));
}

std::string refused(std::string_view text, const Layout& layout = plain(), const FormatLimits& limits = {})
{
    return refusal(adapters::CsvFormat().read(text, layout, limits));
}

}  // namespace

TEST(CsvFormat, MakesARecordOfEveryRowBelowTheFirst)
{
    EXPECT_EQ(told("ma,ten,gia\nCPI,Chỉ số giá,\"102,44\"\nGDP,,7.09\n"),
              "[]  ()\n2:1: ma=CPI; ten=Chỉ số giá; gia=102,44;\n3:1: ma=GDP; gia=7.09;\n");
    Layout layout;
    EXPECT_EQ(told("ma,gia\nCPI,1\n", layout), "[]  ()\n2:1: row=CPI; ma=CPI; gia=1;\n") << "the first column names the row";
}

TEST(CsvFormat, ReadsQuotedCellsWithSeparatorsLinesAndQuotationMarks)
{
    EXPECT_EQ(told("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\"\",3\r\n"), "[]  ()\n2:1: a=x, \"y\"\nz; b=2;\n4:4: b=3;\n")
        << "line 4, because a quoted cell holds a line end; an empty cell is none";
    EXPECT_EQ(told("a,b\n1,2"), "[]  ()\n2:1: a=1; b=2;\n") << "without a line end at the end";
}

TEST(CsvFormat, CountsPlacesInCharacters)
{
    const auto tree = adapters::CsvFormat().read("tỉnh,số\nHưng Yên,5\n", plain(), {});
    ASSERT_TRUE(tree.ok());
    const NodeId record = tree->node(tree->child(tree->node(tree->child(root_node, "tables")).first_child, "records")).first_child;
    EXPECT_EQ(tree->place(tree->child(record, "số")), "2:10");
}

TEST(CsvFormat, TakesEveryDeclaredSeparator)
{
    for (const char separator : {';', '\t', '|'}) {
        Layout layout = plain();
        layout.separator = separator;
        EXPECT_EQ(told(std::string("a") + separator + "b\n1" + separator + "2\n", layout), "[]  ()\n2:1: a=1; b=2;\n");
    }
}

TEST(CsvFormat, SaysWhichSeparatorStandsWhereAnotherWasDeclared)
{
    const auto tree = adapters::CsvFormat().read("ma;ten\n1;2\n", plain(), {});
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.problem().code, "format.csv.separator");
    EXPECT_EQ(tree.problem().place, "1:1");
    EXPECT_EQ(tree.problem().found, "semicolon");
    EXPECT_EQ(tree.problem().expected, "separator: comma");
    EXPECT_EQ(refused("ma\n1\n2\n"), "read") << "one column needs no separator";
}

TEST(CsvFormat, RefusesRowsOfAnotherLengthWhereTheyStand)
{
    EXPECT_EQ(refused("a,b,c\n1,2,3\n4,5\n"), "format.csv.ragged@3:3");
    EXPECT_EQ(refused("a,b\n1,2,3\n"), "format.csv.ragged@2:5");
    EXPECT_EQ(refused("a,b\n\n,\n1,2\n"), "read") << "empty lines are no rows";
}

TEST(CsvFormat, RefusesWhatRfc4180DoesNotKnow)
{
    EXPECT_EQ(refused("a,b\n1,x\"y\n"), "format.csv.syntax@2:4");
    EXPECT_EQ(refused("a,b\n1,\"x\"y\n"), "format.csv.syntax@2:6");
    EXPECT_EQ(refused("a,b\n1,\"x\n\n"), "format.csv.syntax@2:3") << "where the quotation begins";
    EXPECT_EQ(refused("a,b\r1,2\r"), "format.csv.syntax@1:4");
    EXPECT_EQ(refused(std::string("a,b\n1,\0\n", 8)), "format.not_utf8@2:3");
}

TEST(CsvFormat, ReadsUtf8AndUtf16AsDeclared)
{
    EXPECT_EQ(told("\xEF\xBB\xBFma,b\n1,2\n"), "[]  ()\n2:1: ma=1; b=2;\n") << "a byte order mark is no part of the first name";
    Layout wide = plain();
    wide.encoding = "utf-16";
    EXPECT_EQ(told(std::string("\xFF\xFE\xF3\x1E,\0b\0\n\0\x31\0,\0\x32\0", 16), wide), "[]  ()\n2:1: ỳ=1; b=2;\n") << "ỳ is U+1EF3";
    EXPECT_EQ(told(std::string("\xFE\xFF\x1E\xF3\0,\0b\0\n\0\x31\0,\xD8\x3C\xDD\xFB", 18), wide), "[]  ()\n2:1: ỳ=1; b=🇻;\n");
    EXPECT_EQ(refused(std::string("\xFF\xFE" "a\0b", 5), wide), "format.not_utf8@1:2") << "half a character";
    EXPECT_EQ(refused(std::string("\xFF\xFE\x3D\xD8" "a\0", 6), wide), "format.not_utf8@1:1") << "half a pair";
    EXPECT_EQ(refused("a,b\n", wide), "format.csv.encoding@1:1");
    EXPECT_EQ(refused(std::string("\xFF\xFE" "a\0", 4)), "format.csv.encoding@1:1");
    EXPECT_EQ(refused("a,b\n1,\xE9\n"), "format.not_utf8@2:3");
    Layout unknown = plain();
    unknown.encoding = "ebcdic";
    EXPECT_EQ(refused("a\n", unknown), "format.csv.encoding@1:1");
}

/// What the text is in an encoding, so that the test needs no bytes that nobody can read.
std::string in(text::Encoding encoding, std::string_view utf8, bool misread = false)
{
    return text::encode(utf8, {encoding, misread}).value();
}

TEST(CsvFormat, ReadsTheEncodingsOfBeforeUnicodeAsDeclared)
{
    const std::string text = "mã,tên chỉ tiêu\n1,Tổng sản phẩm trên địa bàn\n";
    const std::vector<std::pair<std::string, text::Encoding>> all = {{"tcvn3", text::Encoding::tcvn3},
                                                                     {"tcvn5712-1", text::Encoding::tcvn5712_1},
                                                                     {"vni", text::Encoding::vni},
                                                                     {"viscii", text::Encoding::viscii},
                                                                     {"cp1258", text::Encoding::cp1258}};
    Layout layout = plain();
    for (const auto& [word, encoding] : all) {
        layout.encoding = word;
        EXPECT_EQ(told(in(encoding, text), layout), "[]  ()\n2:1: mã=1; tên chỉ tiêu=Tổng sản phẩm trên địa bàn;\n") << word;
        auto tree = adapters::CsvFormat().read(in(encoding, text), layout, {});
        ASSERT_TRUE(tree.ok() && tree->conversion() != nullptr) << word;
        EXPECT_EQ(tree->conversion()->encoding, word);
        EXPECT_EQ(tree->conversion()->how, "as declared");
    }
    layout.encoding = "tcvn3";
    EXPECT_EQ(refused("a,b\n1,x\xFF\n", layout), "format.csv.encoding@2:4") << "TCVN3 has no letter there";
}

TEST(CsvFormat, TellsTheEncodingByTheSyllablesOfTheWholeDocument)
{
    const std::string text =
        "mã,tên chỉ tiêu,đơn vị\n1,Tổng sản phẩm trên địa bàn,tỷ đồng\n2,Diện tích gieo trồng lúa,nghìn ha\n";
    const std::string expected =
        "[]  ()\n2:1: mã=1; tên chỉ tiêu=Tổng sản phẩm trên địa bàn; đơn vị=tỷ đồng;\n"
        "3:1: mã=2; tên chỉ tiêu=Diện tích gieo trồng lúa; đơn vị=nghìn ha;\n";
    Layout layout = plain();
    layout.encoding = "detect";
    using text::Encoding;
    for (const Encoding encoding : {Encoding::tcvn3, Encoding::vni, Encoding::viscii, Encoding::cp1258, Encoding::tcvn5712_1}) {
        EXPECT_EQ(told(in(encoding, text), layout), expected) << to_text(encoding);
        EXPECT_EQ(told(in(encoding, text, true), layout), expected) << to_text(encoding) << " saved as UTF-8 by mistake";
    }
    EXPECT_EQ(told(text, layout), expected);
    EXPECT_EQ(told("\xEF\xBB\xBF" + text, layout), expected);
    EXPECT_EQ(told("\xFF\xFE" + in(Encoding::utf16le, text), layout), expected);
    EXPECT_EQ(told(in(Encoding::utf8, text, true), layout), expected) << "UTF-8 twice";
    EXPECT_EQ(told("ma,b\n1,2\n", layout), "[]  ()\n2:1: ma=1; b=2;\n");
    EXPECT_EQ(adapters::CsvFormat().read(text, layout, {})->conversion(), nullptr);
    EXPECT_EQ(adapters::CsvFormat().read(in(Encoding::tcvn3, text), layout, {})->conversion()->how, "certain");
}

TEST(CsvFormat, RefusesWhatItsSyllablesDoNotDecide)
{
    Layout layout = plain();
    layout.encoding = "detect";
    EXPECT_EQ(refused("ma,b\n1,\x81\x8D\x8F\n", layout), "format.csv.encoding@1:1");
    unsigned ambiguous = 0;
    for (unsigned byte = 0x80; byte <= 0xFF; ++byte) {
        const std::string document = "ma,b\n1,L" + std::string(1, static_cast<char>(byte)) + "\n";
        const bool decided = text::detect(document).decided();
        EXPECT_EQ(refused(document, layout), decided ? "read" : "format.csv.encoding@1:1") << byte;
        ambiguous += text::detect(document).standing == text::Standing::ambiguous ? 1 : 0;
    }
    EXPECT_GT(ambiguous, 0U) << "two encodings have a letter of a syllable at some byte";
}

TEST(CsvFormat, FindsATableUnderTitlesWhereAHeaderIsDeclared)
{
    Layout layout;
    layout.header = {"so với tháng trước"};
    EXPECT_EQ(told("CHỈ SỐ GIÁ THÁNG 3,,\n,,Đơn vị tính: %\n,So với,So với\n,tháng trước,cùng kỳ\nChung,99.87,103.1\n", layout),
              "format.grid.no_table@: no table of the document is as the mapping's layout says; in no header stands 'so với tháng trước'");
    layout.header = {"THÁNG TRƯỚC", "Cùng  kỳ"};
    EXPECT_EQ(told("CHỈ SỐ GIÁ THÁNG 3,,\n,,Đơn vị tính: %\n,So với,So với\n,tháng trước,cùng kỳ\nChung,99.87,103.1\n", layout),
              "[] CHỈ SỐ GIÁ THÁNG 3 (%)\n5:1: row=Chung; So với | tháng trước=99.87; So với | cùng kỳ=103.1;\n");
}

TEST(CsvFormat, ARowThatNumbersTheColumnsIsNoRecord)
{
    Layout layout;
    layout.header = {"chỉ tiêu", "tháng báo cáo"};
    layout.separator = ';';
    const std::string above = "BIỂU TỔNG HỢP;;;\nMã;Chỉ tiêu;ĐVT;Tháng báo cáo\n", below = "TN01;Số vụ;Vụ;18\n";
    const std::string expected = "[] BIỂU TỔNG HỢP ()\n4:1: row=TN01; Mã=TN01; Chỉ tiêu=Số vụ; ĐVT=Vụ; Tháng báo cáo=18;\n";
    for (const char* numbering : {"A;B;C;1\n", "(a);(b);(c);(1)\n", "A;B;1;2\n", "1;2;3;4\n"})
        EXPECT_EQ(told(above + numbering + below, layout), expected) << numbering;
    EXPECT_NE(told(above + "A;X;Y;18\n" + below, layout), expected) << "letters that do not count are a record's";
}

TEST(CsvFormat, TellsTwoColumnsOfOneNameApart)
{
    EXPECT_EQ(told("a,a\n1,2\n"), "[]  ()\n2:1: a=1; a (2)=2;\n");
}

TEST(CsvFormat, MakesARecordOfEveryCellWhenAsked)
{
    Layout layout;
    layout.cells = true;
    EXPECT_EQ(told("ma,x,y\nCPI,1.5,abc\n", layout), "[]  ()\n2:5: row=CPI; ma=CPI; column=x; value=1.5; kind=number_text;\n"
                                                     "2:9: row=CPI; ma=CPI; column=y; value=abc; kind=text;\n");
    layout.stub = 2;
    EXPECT_EQ(told("row,,x\nCPI,kg,1.5\n", layout), "[]  ()\n2:8: row=kg; group=CPI; column=x; value=1.5; kind=number_text;\n")
        << "a caption that is the label's own name, and none at all";
}

TEST(CsvFormat, KeepsItsLimits)
{
    FormatLimits limits;
    limits.bytes = 10;
    EXPECT_EQ(refused("a,b\n1,2\n3,4\n", plain(), limits), "format.too_large@");
    limits = {};
    limits.nodes = 8;
    EXPECT_EQ(refused("a,b\n1,2\n", plain(), limits), "read");
    EXPECT_EQ(refused("a,b\n1,2\n3,4\n", plain(), limits), "format.too_many_nodes@3:1");
    EXPECT_EQ(refused(std::string(20'000, ',')), "format.too_many_nodes@1:16385");
    EXPECT_EQ(refused("\"" + std::string(200'000, 'x')), "format.csv.syntax@1:1");
}
