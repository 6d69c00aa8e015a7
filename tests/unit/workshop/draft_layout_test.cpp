// How documents of rows are found to be laid out, and drafts of them.
#include "hub/workshop/draft_layout.hpp"
#include "hub/text/legacy.hpp"
#include "hub/workshop/draft.hpp"
#include "tests/unit/formats/workbook_builder.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

/// The key `layout` alone, without its comments; a refusal by its code and place.
std::string found(const std::string& bytes, const char* name = "csv")
{
    const auto layout = workshop::layout_of(format(name), bytes, FormatLimits{});
    if (!layout)
        return layout.problem().code + "@" + layout.problem().place;
    const std::string text = workshop::layout_text(*layout);
    return text.substr(text.find("layout:\n"));
}

std::size_t records_of(const std::string& bytes)
{
    const auto layout = workshop::layout_of(format("csv"), bytes, FormatLimits{});
    const auto draft = layout ? workshop::draft_of({layout->tree, "demo/x", "csv", "x.csv", workshop::layout_text(*layout)}, the_catalogue())
                              : Result<workshop::Draft>(layout.problem());
    return draft ? draft->records : 0;
}

/// As Excel in Vietnamese saves it: title lines filled up with separators, columns numbered, groups, a signature.
std::string printed(char separator)
{
    std::string out = "\xEF\xBB\xBF"
                      "CÔNG AN TỈNH;;;;;;\r\n"
                      "BIỂU TỔNG HỢP;;;;;;\r\n"
                      "Tháng 10 năm 2025;;;;;;\r\n"
                      ";;;;;;\r\n"
                      "STT;Mã số;Chỉ tiêu;Đơn vị tính;Tháng báo cáo;Lũy kế;Ghi chú\r\n"
                      "A;B;C;D;1;2;3\r\n"
                      "I;;Tai nạn giao thông;;;;\r\n"
                      "1;TN01;Số vụ tai nạn giao thông;Vụ;18;176;\r\n"
                      "2;TN02;Số người chết;Người;9;1.084;\r\n"
                      "II;;Cháy và nổ;;;;\r\n"
                      "3;CN04;Giá trị thiệt hại;Triệu đồng;1.250,5;8.405,75;ước tính\r\n"
                      "4;CN05;Diện tích rừng bị cháy;Ha;-;0,75;\r\n"
                      ";;;;;;\r\n"
                      ";;;;Ngày 05 tháng 11;;\r\n";
    std::replace(out.begin(), out.end(), ';', separator);
    return out;
}

}  // namespace

TEST(DraftLayout, FindsTheTableBelowTitleLinesAndItsSeparator)
{
    for (const auto& [sign, word] : {std::pair(';', "semicolon"), std::pair('\t', "tab"), std::pair('|', "bar")}) {
        EXPECT_EQ(found(printed(sign)), "layout:\n  separator: " + std::string(word) +
                                            "\n  header: [\"Mã số\", \"Chỉ tiêu\", \"Đơn vị tính\", \"Tháng báo cáo\"]\n  stub: 3\n");
        EXPECT_EQ(records_of(printed(sign)), 4U);
    }
}

TEST(DraftLayout, TitleLinesNeedNotBeFilledUp)
{
    EXPECT_EQ(found("Biểu tổng hợp\nTháng 3 năm 2025\n\nChỉ tiêu;Giá trị\nLúa;1,5\nNgô;2\n"),
              "layout:\n  separator: semicolon\n  header: [\"Chỉ tiêu\", \"Giá trị\"]\n  stub: 1\n");
}

TEST(DraftLayout, OfAListIsItsFirstRow)
{
    EXPECT_EQ(found("ma,ky,gia tri\nA_I_1,03/2025,99.87\nA_I_2,03/2025,\n"), "layout:\n  separator: comma\n  stub: 0\n");
    EXPECT_EQ(found("ma;ky;giá trị\nA_I_1;03/2025;99,87\nA_I_2;04/2025;\n"), "layout:\n  separator: semicolon\n  stub: 0\n");
}

TEST(DraftLayout, TellsTheEncodingByTheDocument)
{
    const std::string text = "mã;chỉ tiêu;giá trị\nA1;Số người tham gia bảo hiểm xã hội của tỉnh;7\nA2;Diện tích gieo trồng lúa vụ mùa;8\n";
    const auto tcvn3 = text::encode(text, {.encoding = text::Encoding::tcvn3});
    ASSERT_TRUE(tcvn3);
    EXPECT_EQ(found(*tcvn3), "layout:\n  encoding: tcvn3  # told by its syllables: certain\n  separator: semicolon\n  stub: 0\n");
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("ma;so\nA1;7\n"))
        wide += std::string{c, '\0'};
    EXPECT_EQ(found(wide), "layout:\n  encoding: utf-16\n  separator: semicolon\n  stub: 0\n");
}

TEST(DraftLayout, OfAWorkbookNamesTheLargestTableByTextsWithoutDigits)
{
    const std::string book = Book{.sheets = {{"Biểu", rows_of({"A1=Chỉ số công nghiệp", "A3=STT|B3=Ngành|C3=Tháng 3/2025|D3=Cộng dồn",
                                                              "A4=1|B4=Khai khoáng|C4:1=96.9|D4:1=99.1", "A5=2|B5=Chế biến|C5:1=101|D5:1=100.5"}),
                                              "", ""}},
                                  .formats = {"0.0"}}
                                 .bytes();
    EXPECT_EQ(found(book, "xlsx"), "layout:\n  header: [\"Ngành\", \"Cộng dồn\"]\n  stub: 2\n");
}

TEST(DraftLayout, IsReadByCheckAsItIsWritten)
{
    const auto layout = workshop::layout_of(format("csv"), printed(';'), FormatLimits{});
    ASSERT_TRUE(layout);
    const auto draft = workshop::draft_of({layout->tree, "demo/x", "csv", "x.csv", workshop::layout_text(*layout)}, the_catalogue());
    ASSERT_TRUE(draft);
    EXPECT_NE(draft->mapping.find("\n  period: period_in(../title)\n"), std::string::npos) << draft->mapping;
    EXPECT_NE(draft->mapping.find("\n  # numbers in 3 of 4; not '-'; numbers too: `Lũy kế`\n  value: number(`Tháng báo cáo`, locale:vi)\n"), std::string::npos)
        << draft->mapping;
    EXPECT_NE(draft->mapping.find("\n  unit: ./`Đơn vị tính`\n"), std::string::npos) << draft->mapping;
    EXPECT_NE(draft->table.find("\nTN01,?,,Số vụ tai nạn giao thông,"), std::string::npos) << draft->table;
    for (const Problem& problem : compile(draft->mapping, {{"x.csv", draft->table}}).problems)
        EXPECT_TRUE(problem.code == "mapping.undecided" || problem.code == "mapping.key_missing") << problem.sentence();
}

TEST(DraftLayout, ATableWhoseColumnsArePeriodsHasAFigureInEveryCell)
{
    const std::string rows = "Số vụ cháy,vụ,12,9,14\nSố người chết,người,3,2,4\n";
    const std::string head = "layout:\n  separator: comma\n", cells = "  records: cells  # its columns are periods\n";
    EXPECT_EQ(found("Chỉ tiêu,Đơn vị,Tháng 1/2026,Tháng 2/2026,Tháng 3/2026\n" + rows), head + "  stub: 2\n" + cells);
    EXPECT_EQ(found("Chỉ tiêu,Đơn vị,01/2026,02/2026,03/2026\n" + rows), head + "  stub: 2\n" + cells);
    EXPECT_EQ(found("BÁO CÁO NĂM 2026\nChỉ tiêu,Đơn vị,Quý I,Quý II,Cả năm\n" + rows),
              head + "  header: [\"Chỉ tiêu\", \"Đơn vị\", \"Quý I\", \"Quý II\"]\n  stub: 2\n" + cells);
    EXPECT_EQ(found("Chỉ tiêu,Đơn vị,Tháng 1/2026,Kế hoạch,Tỷ lệ\n" + rows), head + "  stub: 0\n") << "one period among others";
}

TEST(DraftLayout, DraftsOfPeriodsAsColumnsReadThemWithTheYearOfTheTitle)
{
    const auto drafted = [](const std::string& bytes) {
        const auto layout = workshop::layout_of(format("csv"), bytes, FormatLimits{});
        return workshop::draft_of({layout->tree, "demo/x", "csv", "x.csv", workshop::layout_text(*layout)}, the_catalogue()).value().mapping;
    };
    const auto has = [](const std::string& text, const std::string& line) { return text.find("\n" + line + "\n") != std::string::npos; };
    const std::string rows = "Số vụ cháy,vụ,12,9,14\nSố người chết,người,3,2,4\n";
    const std::string dated = drafted("Chỉ tiêu,Đơn vị,Tháng 1/2026,Tháng 2/2026,Tháng 3/2026\n" + rows);
    EXPECT_TRUE(has(dated, "  period: period_vi(column)")) << dated;
    EXPECT_TRUE(has(dated, "  value: number(value, locale:plain)")) << dated;
    EXPECT_TRUE(has(dated, "  unit: ./`Đơn vị`")) << dated;
    EXPECT_TRUE(has(dated, "  indicator: lookup(codes, `Chỉ tiêu`)")) << dated;
    const std::string of_a_title = drafted("BÁO CÁO NĂM 2026\nChỉ tiêu,Đơn vị,Quý I,Quý II,Cả năm\n" + rows);
    EXPECT_TRUE(has(of_a_title, "  period: period_vi(concat(column, \"/\", period_in(../title)))")) << of_a_title;
    EXPECT_TRUE(has(of_a_title, "  # parts of a year that stands in a text around them in 4 of 6; not 'Cả năm'")) << of_a_title;
    const std::string yearless = drafted("Chỉ tiêu,Đơn vị,Tháng 1,Tháng 2,Tháng 3\n" + rows);
    EXPECT_FALSE(has(yearless, "  period: period_vi(column)")) << yearless;
    EXPECT_NE(yearless.find("  # period: column ('Tháng 1') says which part of a year, and no year stands anywhere"), std::string::npos) << yearless;
}

TEST(DraftLayout, ARaggedDocumentIsRefusedWhereItIsRagged)
{
    EXPECT_EQ(found("ma;so;ten\nA1;7;x\nA2;8\n"), "format.csv.ragged@3:4");
}
