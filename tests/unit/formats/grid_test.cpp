// Where the tables of a sheet are, told by what stands in them; workbooks as statistics offices lay them out.
#include "adapters/formats/grid/grid.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "tests/unit/formats/read_tables.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::string told(const std::vector<std::string>& rows, const Layout& layout = {}, const std::string& before = {}, const std::string& after = {})
{
    return shown(adapters::XlsxFormat().read(Book{.sheets = {{"Biểu", rows_of(rows), before, after}}, .formats = {"0.0"}}.bytes(), layout, {}));
}

Layout with_header(std::vector<std::string> texts)
{
    Layout layout;
    layout.header = std::move(texts);
    return layout;
}

}  // namespace

TEST(Grid, NamesColumnsAsSheetsDo)
{
    EXPECT_EQ(adapters::column_letters(0), "A");
    EXPECT_EQ(adapters::column_letters(25), "Z");
    EXPECT_EQ(adapters::column_letters(26), "AA");
    EXPECT_EQ(adapters::column_letters(701), "ZZ");
    EXPECT_EQ(adapters::column_letters(702), "AAA");
    EXPECT_EQ(adapters::column_letters(16'383), "XFD");
}

TEST(Grid, TellsNumbersByHowTheyAreWritten)
{
    for (const char* number : {"5", "-5", "40.3", "40,3", "1.250,5", "1 250", "97,5%", "97,5 %", " 12 ", "\xE2\x88\x92" "3", "1\xC2\xA0" "250"})
        EXPECT_TRUE(adapters::is_number_like(number)) << number;
    for (const char* other : {"", "-", "...", "5 tháng", "31/3/2025", "1..2", "x", "5.", ".5", "I", "%", "1,,2"})
        EXPECT_FALSE(adapters::is_number_like(other)) << other;
}

TEST(TableFinder, JoinsStackedAndMergedHeaderTextsFromAbove)
{
    EXPECT_EQ(told({"A1=2. Chỉ số sản xuất công nghiệp|C1=%", "B4=Tháng 3 năm 2025 so với", "B5=tháng trước|C5=cùng kỳ", "A7=Khai khoáng|B7=87.0|C7=95.4"}, {}, "",
                   "<mergeCells><mergeCell ref=\"B4:C4\"/></mergeCells>"),
              "[Biểu] 2. Chỉ số sản xuất công nghiệp (%)\n"
              "'Biểu'!A7: row=Khai khoáng; Tháng 3 năm 2025 so với | tháng trước=87; Tháng 3 năm 2025 so với | cùng kỳ=95.4;\n");
    EXPECT_EQ(told({"B1=Năm|C1=Năm", "B2=2024|C2=2025", "A3=Lúa|B3=1|C3=2"}),
              "[Biểu]  ()\n'Biểu'!A3: row=Lúa; Năm | 2024=1; Năm | 2025=2;\n") << "a year is a name";
    EXPECT_EQ(told({"B1=Quý I|C1=Quý I", "A3=Lúa|B3=1|C3=2"}), "[Biểu]  ()\n'Biểu'!A3: row=Lúa; Quý I=1; Quý I (2)=2;\n");
}

TEST(TableFinder, FindsTheHeaderWhereverItStands)
{
    const Layout layout = with_header({"SO VỚI THÁNG TRƯỚC", "cùng kỳ"});
    const std::string expected = ": row=CPI; so với tháng trước=99.9; so với cùng kỳ=103;\n";
    EXPECT_EQ(told({"B2=so với tháng trước|C2=so với  cùng kỳ", "A3=CPI|B3=99.9|C3=103"}, layout), "[Biểu]  ()\n'Biểu'!A3" + expected);
    EXPECT_EQ(told({"A9=Một biểu khác", "B12=so với tháng trước|C12=so với cùng kỳ", "A20=CPI|B20=99.9|C20=103"}, layout),
              "[Biểu] Một biểu khác ()\n'Biểu'!A20" + expected);
    const auto other = adapters::XlsxFormat().read(Book{.sheets = {{"Biểu", rows_of({"B2=kế hoạch|C2=cùng kỳ", "A3=CPI|B3=11|C3=12"})}}}.bytes(), layout, {});
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.problem().sentence(), "no table of the document is as the mapping's layout says; in no header stands 'SO VỚI THÁNG TRƯỚC'; "
                                          "expected a header with every text of the layout [format.grid.no_table]");
}

TEST(TableFinder, ChoosesTablesByTheirTitles)
{
    Layout layout;
    layout.title = {"Kết quả sản xuất lâm nghiệp"};
    EXPECT_EQ(told({"A1=6. Sản phẩm chăn nuôi", "B3=Quý I|C3=Quý II", "A4=Thịt lợn|B4=1|C4=2", "A6=7. KẾT QUẢ SẢN XUẤT LÂM NGHIỆP", "B8=Quý I|C8=Quý II",
                    "A10=Gỗ khai thác|B10=3|C10=4"},
                   layout),
              "[Biểu] 7. KẾT QUẢ SẢN XUẤT LÂM NGHIỆP ()\n'Biểu'!A10: row=Gỗ khai thác; Quý I=3; Quý II=4;\n");
}

TEST(TableFinder, LeavesDraftCellsBesideTheTableOut)
{
    EXPECT_EQ(told({"A1=Số lao động|H1=202.3", "B3=Tháng 2|C3=Tháng 3|G3=202.3", "A4=Nam|B4=1|C4=2|G4=77|H4=Tổng", "A5=Nữ|B5=3|C5=4|J5=BQ"}),
              "[Biểu] Số lao động 202.3 ()\n'Biểu'!A4: row=Nam; Tháng 2=1; Tháng 3=2;\n'Biểu'!A5: row=Nữ; Tháng 2=3; Tháng 3=4;\n");
}

TEST(TableFinder, GivesEachRowItsGroups)
{
    const std::string narrow = "<cols><col min=\"1\" max=\"2\" width=\"2.5\"/></cols>";
    EXPECT_EQ(told({"D2=Kế hoạch|E2=Thực hiện", "A4=TỔNG SỐ|D4=10|E4=9", "B5=Trung ương|D5=4|E5=3", "B6=Trong đó:", "C7=Bộ Y tế|D7=1|E7=1",
                    "B8=Địa phương|D8=6|E8=6", "B9=Phân theo tỉnh", "B10=Hà Nội|D10=2|E10=2", "B11=Sơn La|D11=3|E11=3"},
                   {}, narrow),
              "[Biểu]  ()\n"
              "'Biểu'!A4: row=TỔNG SỐ; Kế hoạch=10; Thực hiện=9;\n"
              "'Biểu'!B5: row=Trung ương; group=TỔNG SỐ; Kế hoạch=4; Thực hiện=3;\n"
              "'Biểu'!C7: row=Bộ Y tế; group=TỔNG SỐ | Trung ương | Trong đó:; Kế hoạch=1; Thực hiện=1;\n"
              "'Biểu'!B8: row=Địa phương; group=TỔNG SỐ; Kế hoạch=6; Thực hiện=6;\n"
              "'Biểu'!B10: row=Hà Nội; group=TỔNG SỐ | Phân theo tỉnh; Kế hoạch=2; Thực hiện=2;\n"
              "'Biểu'!B11: row=Sơn La; group=TỔNG SỐ | Phân theo tỉnh; Kế hoạch=3; Thực hiện=3;\n");
    EXPECT_EQ(told({"B1=Quý I|C1=Quý II", "A2=Lúa", "A3=    Diện tích|B3=1|C3=2", "A4=    Sản lượng|B4=3|C4=4", "A5=Ngô", "A6=    Diện tích|B6=5|C6=6"}),
              "[Biểu]  ()\n"
              "'Biểu'!A3: row=Diện tích; group=Lúa; Quý I=1; Quý II=2;\n"
              "'Biểu'!A4: row=Sản lượng; group=Lúa; Quý I=3; Quý II=4;\n"
              "'Biểu'!A6: row=Diện tích; group=Ngô; Quý I=5; Quý II=6;\n");
}

TEST(TableFinder, TakesATextAcrossTheColumnsForABand)
{
    EXPECT_EQ(told({"A1=Lao động", "B3=Quý I|C3=Quý II", "B5=Nghìn người", "A7=Nam|B7=5|C7=6", "B9=Cơ cấu - %", "A11=Nam|B11=50|C11=60"}, {}, "",
                   "<mergeCells><mergeCell ref=\"B5:C5\"/><mergeCell ref=\"B9:C9\"/></mergeCells>"),
              "[Biểu] Lao động ()\n"
              "'Biểu'!A7: row=Nam; group=Nghìn người; Quý I=5; Quý II=6;\n"
              "'Biểu'!A11: row=Nam; group=Cơ cấu - %; Quý I=50; Quý II=60;\n");
}

TEST(TableFinder, EndsATableAtTheNextHeaderAndAfterTwoEmptyRows)
{
    EXPECT_EQ(told({"A1=Biểu 1", "B2=x|C2=y", "A3=a|B3=10|C3=20", "B4=u|C4=v", "A5=b|B5=30|C5=40", "A8=nháp|B8=9|C8=9"}),
              "[Biểu] Biểu 1 ()\n'Biểu'!A3: row=a; x=10; y=20;\n[Biểu] Biểu 1 ()\n'Biểu'!A5: row=b; u=30; v=40;\n");
    EXPECT_EQ(told({"B2=x", "A3=a|B3=1", "A5=b|B5=2", "A6=Ghi chú: số liệu sơ bộ"}),
              "[Biểu]  ()\n'Biểu'!A3: row=a; x=1;\n'Biểu'!A5: row=b; x=2;\n") << "one empty row is spacing, a note is no row";
}

TEST(TableFinder, KeepsTheUnitApartFromTheTitle)
{
    const auto unit = [](const std::string& line) {
        return told({"A1=Vốn đầu tư", line, "C4=Kế hoạch|D4=Thực hiện", "A5=Tổng|C5=1|D5=2"}).substr(0, 60);
    };
    EXPECT_TRUE(unit("D3=Đơn vị tính: Tỷ đồng").starts_with("[Biểu] Vốn đầu tư (Tỷ đồng)\n")) << unit("D3=Đơn vị tính: Tỷ đồng");
    EXPECT_TRUE(unit("D3=Tỷ đồng").starts_with("[Biểu] Vốn đầu tư (Tỷ đồng)\n")) << unit("D3=Tỷ đồng");
    EXPECT_TRUE(unit("A2=theo tháng|D2=%").starts_with("[Biểu] Vốn đầu tư theo tháng (%)\n")) << unit("A2=theo tháng|D2=%");
}

TEST(TableFinder, PassesOverRowsThatNumberTheColumns)
{
    EXPECT_EQ(told({"A1=Chỉ tiêu|B1=Kế hoạch|C1=Thực hiện", "A2=A|B2=1|C2=2", "A3=Thu|B3=10|C3=9"}),
              "[Biểu]  ()\n'Biểu'!A3: row=Thu; Chỉ tiêu=Thu; Kế hoạch=10; Thực hiện=9;\n");
}

TEST(TableFinder, MakesARecordOfEveryCellWhenAsked)
{
    Layout layout;
    layout.cells = true;
    EXPECT_EQ(told({"B1=Quý I|C1=Quý II", "A2=Lúa|B2:1=1.05000001|C2=…", "A3=Ngô|C3=#t:40.3"}, layout),
              "[Biểu]  ()\n"
              "'Biểu'!B2: row=Lúa; column=Quý I; value=1.1; raw=1.05000001; kind=number;\n"
              "'Biểu'!C2: row=Lúa; column=Quý II; value=…; kind=text;\n"
              "'Biểu'!C3: row=Ngô; column=Quý II; value=40.3; kind=number_text;\n");
}
