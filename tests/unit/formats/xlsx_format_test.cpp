// A workbook is read as it is seen.
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "tests/unit/formats/read_tables.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

Layout cells()
{
    Layout layout;
    layout.cells = true;
    return layout;
}

std::string told(const Book& book, const Layout& layout = {})
{
    return shown(adapters::XlsxFormat().read(book.bytes(), layout, {}));
}

/// A table of one row whose cells are given as they stand in the part; its columns are B, C, D …
std::string row_of(const std::string& cells_xml, Book book = {})
{
    book.sheets = {{"S", rows_of({"A1=tên|B1=b|C1=c|D1=d|E1=e"}) + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c>" + cells_xml + "</row>"}};
    const std::string all = told(book);
    const std::size_t from = all.find("tên=x;");
    return from == std::string::npos ? all : all.substr(from + 7, all.size() - from - 8);
}

}  // namespace

TEST(XlsxFormat, JoinsRichTextsAndLeavesPronunciationOut)
{
    Book book;
    book.shared = {"<t>Chỉ số</t>", "<r><rPr><b/></rPr><t xml:space=\"preserve\">giá </t></r><r><t>tiêu dùng</t></r><rPh sb=\"0\" eb=\"1\"><t>giaa</t></rPh>",
                   "<t>a_x000D_b_x005F_x</t>"};
    EXPECT_EQ(row_of("<c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c><c r=\"D2\" t=\"s\"><v>2</v></c><c r=\"E2\"><v>1</v></c>", book),
              " b=Chỉ số; c=giá tiêu dùng; d=a\rb_x; e=1;");
}

TEST(XlsxFormat, ReadsEveryKindOfCell)
{
    Book book;
    book.formats = {"0.0", "dd/mm/yyyy", "0%"};
    EXPECT_EQ(row_of("<c r=\"B2\" s=\"1\"><v>96.90000000000001</v></c><c r=\"C2\" s=\"2\"><v>45747</v></c><c r=\"D2\" s=\"3\"><v>0.5</v></c>"
                     "<c r=\"E2\" t=\"b\"><v>1</v></c>",
                     book),
              " b=96.9; c=2025-03-31; d=50; e=true;");
    EXPECT_EQ(row_of("<c r=\"B2\" t=\"e\"><v>#DIV/0!</v></c><c r=\"C2\" t=\"str\"><f>A1&amp;\"y\"</f><v>xy</v></c><c r=\"D2\"><f>1+1</f><v>2</v></c>"
                     "<c r=\"E2\" t=\"d\"><v>2025-03-31</v></c>"),
              " b=#DIV/0!; c=xy; d=2; e=2025-03-31;");
}

TEST(XlsxFormat, ShowsAFormulaWhoseValueWasNotSaved)
{
    EXPECT_EQ(row_of("<c r=\"B2\"><f>SUM(B3:B9)</f></c><c r=\"C2\"><v>1</v></c><c r=\"D2\" t=\"str\"><f>A1</f><v></v></c>"), " b==SUM(B3:B9); c=1;")
        << "a formula that came to nothing is an empty cell";
}

TEST(XlsxFormat, LeavesOutWhatIsHidden)
{
    const std::string rows = "<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>c</t></is></c>"
                             "<c r=\"D1\" t=\"inlineStr\"><is><t>d</t></is></c></row>";
    const std::string body = rows_of({"A4=x|B4=10|C4=20|D4=30"});
    const std::string hidden_rows = "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><t>rác</t></is></c><c r=\"B2\"><v>9</v></c></row>"
                                    "<row r=\"3\" ht=\"0\" customHeight=\"1\"><c r=\"B3\"><v>8</v></c></row>";
    const std::string hidden_columns = "<cols><col min=\"3\" max=\"3\" width=\"9\" hidden=\"1\"/><col min=\"4\" max=\"16384\" width=\"0\"/></cols>";
    EXPECT_EQ(told({.sheets = {{"Hiện", rows + hidden_rows + body, hidden_columns}, {"6NN", rows + body, "", "", "hidden"}, {"Rác", rows + body, "", "", "veryHidden"}}}),
              "[Hiện]  ()\n'Hiện'!A4: row=x; b=10;\n");
    EXPECT_EQ(told({.sheets = {{"S", rows + body, "<sheetFormatPr defaultColWidth=\"0\"/><cols><col min=\"1\" max=\"2\" width=\"9\"/></cols>"}}}),
              "[S]  ()\n'S'!A4: row=x; b=10;\n");
    EXPECT_EQ(row_of("<c r=\"B2\" s=\"1\"><v>5</v></c><c r=\"C2\"><v>1</v></c>", {.sheets = {}, .formats = {";;;"}}), " c=1;") << "a format that prints nothing";
}

TEST(XlsxFormat, ShowsAMergedTextAtItsFirstCellThatIsSeen)
{
    const std::string hidden = "<cols><col min=\"2\" max=\"2\" hidden=\"1\" width=\"9\"/></cols>";
    EXPECT_EQ(told({.sheets = {{"S", rows_of({"A1=tên|B1=Năm 2025|D1=rác", "B2=ẩn|C2=Quý I|D2=Quý II", "A3=x|B3=9|C3=10|D3=20"}), hidden,
                                "<mergeCells><mergeCell ref=\"B1:D1\"/></mergeCells>"}}}),
              "[S]  ()\n'S'!A3: row=x; tên=x; Năm 2025 | Quý I=10; Năm 2025 | Quý II=20;\n")
        << "what lies under the merged range is not seen either";
}

TEST(XlsxFormat, CountsDaysFromTheWorkbooksOwnFirst)
{
    Book book;
    book.formats = {"d/m/yyyy"};
    book.workbook_properties = "<workbookPr date1904=\"1\"/>";
    EXPECT_EQ(row_of("<c r=\"B2\" s=\"1\"><v>44285</v></c><c r=\"C2\"><v>1</v></c>", book), " b=2025-03-31; c=1;");
}

TEST(XlsxFormat, NamesCellsAsPeopleDo)
{
    const auto book = Book{.sheets = {{"Q'1 & 2", rows_of({"B1=b", "A2=x|B2=1"})}}}.bytes();
    EXPECT_EQ(shown(adapters::XlsxFormat().read(book, cells(), {})), "[Q'1 & 2]  ()\n'Q''1 & 2'!B2: row=x; column=b; value=1; kind=number;\n");
    const auto tree = adapters::XlsxFormat().read(book, Layout{}, {});
    ASSERT_TRUE(tree.ok());
    const NodeId record = tree->node(tree->child(tree->node(tree->child(root_node, "tables")).first_child, "records")).first_child;
    EXPECT_EQ(tree->place(tree->child(record, "b")), "'Q''1 & 2'!B2");
    EXPECT_EQ(tree->place(tree->child(record, "row")), "'Q''1 & 2'!A2/row");
}

TEST(XlsxFormat, TakesCellsWithoutNamesInOrder)
{
    EXPECT_EQ(told({.sheets = {{"S", "<row><c/><c t=\"inlineStr\"><is><t>b</t></is></c></row><row><c t=\"inlineStr\"><is><t>x</t></is></c><c><v>1</v></c></row>"}}}),
              "[S]  ()\n'S'!A2: row=x; b=1;\n");
}

TEST(XlsxFormat, ReadsAnEmptyWorkbook)
{
    EXPECT_EQ(told({.sheets = {{"S", ""}}}), "");
    EXPECT_EQ(told({}), "");
}

TEST(XlsxFormat, RefusesWhatIsNoWorkbookAndSaysWhatItIs)
{
    const auto refused = [](std::string_view bytes) {
        const auto tree = adapters::XlsxFormat().read(bytes, Layout{}, {});
        return tree ? std::string("read") : tree.problem().code + ": " + tree.problem().detail;
    };
    EXPECT_EQ(refused("a,b\n1,2\n"), "format.xlsx.not_workbook: the file is no workbook");
    EXPECT_EQ(refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "format.xlsx.not_workbook: the file is an older workbook (.xls), or one with a password");
    EXPECT_EQ(refused(zip_of({{.name = "word/document.xml", .data = "<a/>"}})), "format.xlsx.not_workbook: the archive does not say what its parts are");
    auto parts = Book{.sheets = {{"S", ""}}}.parts();
    for (ZipEntry& part : parts)
        for (std::size_t at = part.data.find("spreadsheetml.sheet"); at != std::string::npos && part.name.starts_with("[C"); at = std::string::npos)
            part.data.replace(at, 19, "presentationml.main");
    EXPECT_EQ(refused(zip_of(parts)), "format.xlsx.not_workbook: the archive holds another kind of document");
}
