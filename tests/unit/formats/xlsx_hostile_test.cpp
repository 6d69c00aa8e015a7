// Workbooks made to do harm end fast and with a clear problem.
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/zip/zip_reader.hpp"
#include "tests/unit/formats/read_tables.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

constexpr double most_seconds = 20;  // of the processor, under sanitizers too; a bomb would take minutes

std::string refused(std::string_view bytes, const Layout& layout = {})
{
    const auto seconds = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    };
    const double begin = seconds();
    const std::string out = refusal(adapters::XlsxFormat().read(bytes, layout, {}));
    EXPECT_LT(seconds() - begin, most_seconds);
    return out;
}

Book small()
{
    return {.sheets = {{"S", rows_of({"B1=b", "A2=x|B2=1"})}}, .shared = {"<t>x</t>"}};
}

std::string with_part(ZipEntry part)
{
    Book book = small();
    book.more_parts = {std::move(part)};
    return book.bytes();
}

std::string with_sheet(std::string rows, std::string before = {}, std::string after = {})
{
    return Book{.sheets = {{"S", std::move(rows), std::move(before), std::move(after)}}, .shared = {"<t>x</t>"}, .packed = false}.bytes();
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

}  // namespace

TEST(HostileArchive, IsRefusedBeforeABombIsUnpacked)
{
    const std::string zeros(1024 * 1024, '\0');
    EXPECT_EQ(refused(with_part({.name = "xl/media/a.bin", .data = zeros})), "format.zip.too_large@xl/media/a.bin") << "a thousand times its size";
    Book many = small();
    for (int i = 0; i < 1'001; ++i)
        many.more_parts.push_back({.name = "xl/media/" + std::to_string(i), .data = "x", .packed = false});
    EXPECT_EQ(refused(many.bytes()), "format.zip.too_large@");
    Book large = small();
    for (int i = 0; i < 3; ++i)
        large.more_parts.push_back({.name = "xl/" + std::to_string(i), .data = std::string(400'000, 'x'), .packed = false, .size = 40'000'000, .method = 8});
    EXPECT_EQ(refused(large.bytes()), "format.zip.too_large@xl/2") << "a hundred megabytes together";
}

TEST(HostileArchive, DoesNotTrustTheSizesItIsTold)
{
    auto parts = small().parts();
    parts[6].size = static_cast<std::uint32_t>(parts[6].data.size() - 1);
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.damaged@xl/worksheets/sheet1.xml") << "more comes out than was promised";
    parts[6].size = static_cast<std::uint32_t>(parts[6].data.size() + 1);
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.damaged@xl/worksheets/sheet1.xml") << "less";
    parts[6].size.reset();
    parts[6].crc = 1;
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.damaged@xl/worksheets/sheet1.xml") << "a wrong check sum";
}

TEST(HostileArchive, HasNoEntriesThatShareBytesOrLeadOut)
{
    EXPECT_EQ(refused(with_part({.name = "xl/b.xml", .data = "<a/>", .offset = 0, .local_name = "xl/b.xml"})), "format.zip.unsafe@xl/b.xml");
    auto parts = small().parts();
    parts.push_back(parts.front());
    parts.back().name = "[Content_Types].XML";
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.unsafe@[Content_Types].XML") << "one name in two writings";
    parts.back() = {.name = "xl/a.bin", .data = "abc", .packed = false, .offset = static_cast<std::uint32_t>(zip_of(small().parts()).size() + 9)};
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.damaged@xl/a.bin") << "beyond its end";
    for (const char* name : {"../a", "xl/../../a", "/a", "C:/a", "xl\\a", "a//b", ""})
        EXPECT_EQ(refused(with_part({.name = name, .data = "x"})).substr(0, 17), "format.zip.unsafe") << name;
    EXPECT_EQ(refused(with_part({.name = "xl/embeddings/book.xlsx", .data = "x"})), "format.zip.unsafe@xl/embeddings/book.xlsx");
    EXPECT_EQ(refused(with_part({.name = "xl/a.bin", .data = "PK\x03\x04", .packed = false})), "format.zip.unsafe@xl/a.bin");
    EXPECT_EQ(refused(with_part({.name = "xl/a.bin", .data = "x", .flags = 1})), "format.zip.unsafe@xl/a.bin") << "encrypted";
    EXPECT_EQ(refused(with_part({.name = "xl/a.bin", .data = "x", .made_by = 3, .attributes = 0xA1FF0000})), "format.zip.unsafe@xl/a.bin") << "a link";
    EXPECT_EQ(refused(with_part({.name = "xl/a.bin", .data = "x", .method = 12})), "format.zip.unsafe@xl/a.bin") << "bzip2";
    EXPECT_EQ(refused(with_part({.name = "xl/a.bin", .data = "x", .local_name = "xl/b.bin"})), "format.zip.unsafe@xl/a.bin");
    EXPECT_EQ(refused(with_part({.name = "xl/a/", .data = "", .packed = false})), "read") << "folders may stand in it";
}

TEST(HostileArchive, SeesAnEntryInsideAnother)
{
    const ZipEntry inner{.name = "xl/b.bin", .data = std::string(100, 'b'), .packed = false};
    auto parts = small().parts();
    const auto behind = static_cast<std::uint32_t>(zip_of(parts).find("PK\x01\x02"));  // where the next entry begins
    const std::string whole_inner = zip_of({inner});
    const ZipEntry outer{.name = "xl/a.bin", .data = "x" + whole_inner.substr(0, whole_inner.find("PK\x01\x02")), .packed = false};
    parts.push_back(outer);
    parts.push_back(inner);
    EXPECT_EQ(refused(zip_of(parts)), "read") << "beside each other";
    parts.back().offset = behind + 30 + static_cast<std::uint32_t>(outer.name.size()) + 1;
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.unsafe@xl/b.bin") << "well-formed, but inside the other's bytes";
    auto twins = small().parts();
    twins.push_back(twins.back());
    twins.back().offset = static_cast<std::uint32_t>(zip_of(small().parts()).find("xl/worksheets/sheet1.xml") - 30);
    twins.back().name = "xl/worksheets/sheet2.xml";
    EXPECT_EQ(refused(zip_of(twins)), "format.zip.unsafe@xl/worksheets/sheet2.xml") << "two names for one entry";
}

TEST(HostileArchive, CutOffAnywhereIsRefused)
{
    const std::string whole = small().bytes();
    for (std::size_t size = 0; size < whole.size(); size += 37) {
        const std::string told = refused(std::string_view(whole).substr(0, size));
        EXPECT_TRUE(told.starts_with("format.zip.damaged") || told.starts_with("format.xlsx.not_workbook")) << size << " " << told;
    }
    EXPECT_EQ(refused(whole + "x"), "format.zip.damaged@") << "or with something behind it";
}

TEST(HostileArchive, AnyByteChangedIsReadOrRefused)
{
    const std::string whole = small().bytes();
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        const std::string told = refused(changed);
        EXPECT_TRUE(told == "read" || told.starts_with("format.")) << at << " " << told;
    }
}

TEST(HostileWorkbook, CarriesNoPrograms)
{
    EXPECT_EQ(refused(with_part({.name = "xl/vbaProject.bin", .data = "x"})), "format.xlsx.macros@xl/vbaProject.bin");
    auto parts = small().parts();
    const std::size_t at = parts[0].data.find("openxmlformats-officedocument.spreadsheetml.sheet.main");
    parts[0].data.replace(at, 54, "ms-excel.sheet.macroEnabled.main");
    EXPECT_EQ(refused(zip_of(parts)), "format.xlsx.macros@[Content_Types].xml");
}

TEST(HostileWorkbook, HasNoEntitiesInItsParts)
{
    auto parts = small().parts();
    const auto with = [&](const char* before) {
        auto changed = parts;
        changed[6].data = std::string(before) + "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>";
        return refused(zip_of(changed));
    };
    EXPECT_EQ(with("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\">]>"), "format.xml.doctype@xl/worksheets/sheet1.xml:1:1");
    EXPECT_EQ(with("<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"), "format.xml.doctype@xl/worksheets/sheet1.xml:1:1");
    EXPECT_EQ(with(""), "format.xml.entity@xl/worksheets/sheet1.xml:1:52");
    EXPECT_EQ(with("<?xml version=\"1.0\" encoding=\"UTF-16\"?>").substr(0, 15), "format.not_utf8");
    EXPECT_EQ(refused(with_sheet(repeated("<a>", 100))).substr(0, 15), "format.too_deep");
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\"></row>")).substr(0, 17), "format.xml.syntax");
}

TEST(HostileWorkbook, MayNameTheFarthestCellWithoutTakingRoomForTheOthers)
{
    EXPECT_EQ(refused(with_sheet("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")), "read");
    std::string sparse = "<row r=\"1\"><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"XFD1\" t=\"s\"><v>0</v></c></row>";
    for (unsigned row = 2; row <= 1'048'576; row += 1'000)
        sparse += "<row r=\"" + std::to_string(row) + "\"><c r=\"A" + std::to_string(row) + "\" t=\"s\"><v>0</v></c><c r=\"XFD" + std::to_string(row) +
                  "\"><v>1</v></c></row>";
    EXPECT_EQ(refused(with_sheet(sparse)), "read");
    for (const char* address : {"XFE1", "A1048577", "A0", "1A", "AAAA1", "a1", "A1B", "A-1"})
        EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"" + std::string(address) + "\"><v>1</v></c></row>")).substr(0, 19), "format.xlsx.damaged") << address;
}

TEST(HostileWorkbook, KeepsItsCellsInOrder)
{
    EXPECT_EQ(refused(with_sheet("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>")), "format.xlsx.damaged@'S'!B2");
    EXPECT_EQ(refused(with_sheet("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>")), "format.xlsx.damaged@'S'!B2") << "one cell twice";
    EXPECT_EQ(refused(with_sheet("<row r=\"2\"/><row r=\"1\"/>")), "format.xlsx.damaged@'S'");
    EXPECT_EQ(refused(with_sheet("<row r=\"2\"><c r=\"B3\"><v>1</v></c></row>")), "format.xlsx.damaged@'S'");
    EXPECT_EQ(refused(with_sheet("<c r=\"B3\"><v>1</v></c>")), "format.xlsx.damaged@'S'");
}

TEST(HostileWorkbook, PointsAtNothingThatIsNotThere)
{
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")), "format.xlsx.damaged@'S'!A1");
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>")), "format.xlsx.damaged@'S'!A1");
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\" s=\"99\"><v>1</v></c></row>")), "format.xlsx.damaged@'S'!A1");
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\"><v>1e999</v></c></row>")), "format.xlsx.damaged@'S'!A1");
    EXPECT_EQ(refused(with_sheet("<row r=\"1\"><c r=\"A1\"><v>0x1p3</v></c></row>")), "format.xlsx.damaged@'S'!A1");
    auto parts = small().parts();
    parts.pop_back();
    EXPECT_EQ(refused(zip_of(parts)), "format.zip.damaged@xl/worksheets/sheet1.xml");
}

TEST(HostileWorkbook, HasABoundedNumberOfStylesSheetsAndTexts)
{
    Book book = small();
    book.packed = false;
    book.more_styles = repeated("<xf numFmtId=\"1\"/>", 100'000);
    EXPECT_EQ(refused(book.bytes()), "format.too_many_nodes@");
    book.more_styles = repeated("<xf numFmtId=\"1\"><alignment indent=\"250\"/></xf>", 10'000);
    EXPECT_EQ(refused(book.bytes()), "read");
    book.shared = {"<t>" + std::string(140'000, 'x') + "</t>"};
    EXPECT_EQ(refused(book.bytes()), "format.xlsx.damaged@xl/sharedStrings.xml") << "longer than a cell may be";
    book.shared = {repeated("<r><t>", 30) + "x" + repeated("</t></r>", 30) + "<si><si><t>y</t></si></si>"};
    EXPECT_EQ(refused(book.bytes()), "read") << "texts inside texts come to nothing";
}

TEST(HostileWorkbook, DoesNotWorkOnALongTextOnceForEachCell)
{
    Book book;
    book.packed = false;
    std::string text;
    for (int i = 0; text.size() < 130'000; ++i)
        text += "Đơn vị tính " + std::to_string(i * 7919) + " ";
    book.shared = {"<t>" + text.substr(0, text.rfind(' ')) + "</t>"};
    std::string rows;
    for (int i = 1; i <= 20'000; ++i)
        rows += "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c><c><v>" + std::to_string(i * 7919 % 10007) + "</v></c></row>";
    book.sheets = {{"S", rows}};
    EXPECT_EQ(refused(book.bytes()), "read");
}

TEST(HostileWorkbook, MergesNoMoreThanASheetHolds)
{
    const std::string rows = rows_of({"B1=b|C1=c", "A2=x|B2=1|C2=2"});
    EXPECT_EQ(refused(with_sheet(rows, "", "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")), "read");
    std::string many;
    for (int i = 0; i < 50'001; ++i)
        many += "<mergeCell ref=\"A" + std::to_string(i + 10) + ":B" + std::to_string(i + 10) + "\"/>";
    EXPECT_EQ(refused(with_sheet(rows, "", "<mergeCells>" + many + "</mergeCells>")), "format.xlsx.damaged@'S'");
    std::string lines, over;
    for (int i = 0; i < 3'000; ++i) {
        lines += "<row><c><v>" + std::to_string(i * 31) + "</v></c></row>";
        over += "<mergeCell ref=\"B" + std::to_string(i + 1) + ":C1048576\"/>";
    }
    EXPECT_EQ(refused(with_sheet(lines, "", "<mergeCells>" + over + "</mergeCells>")), "format.xlsx.damaged@'S'") << "each over all others";
    for (const char* ref : {"A1", "B2:A1", "A1:", "A1:XFE2", "x"})
        EXPECT_EQ(refused(with_sheet(rows, "", "<mergeCells><mergeCell ref=\"" + std::string(ref) + "\"/></mergeCells>")),
                  std::string(ref) == "A1" ? "read" : "format.xlsx.damaged@'S'")
            << ref;
}

TEST(HostileWorkbook, HidesRowsAndColumnsInOrder)
{
    const std::string rows = rows_of({"B1=b", "A2=x|B2=1"});
    EXPECT_EQ(refused(with_sheet(rows, "<cols>" + repeated("<col min=\"1\" max=\"16384\" hidden=\"1\"/>", 50'000) + "</cols>")), "format.xlsx.damaged@'S'");
    EXPECT_EQ(refused(with_sheet(rows, "<cols><col min=\"5\" max=\"99999999\" hidden=\"1\"/><col min=\"0\" max=\"0\"/><col min=\"9\" max=\"1\"/></cols>")), "read");
    std::string hidden;
    for (int i = 1; i <= 50'000; ++i)
        hidden += "<row hidden=\"1\"/>";
    EXPECT_EQ(refused(with_sheet(hidden, "", "<mergeCells>" + repeated("<mergeCell ref=\"A1:A300000\"/>", 1'000) + "</mergeCells>")), "read");
}

TEST(HostileWorkbook, MakesATableOutOfEveryRowInTimeProportionalToTheRows)
{
    std::string rows;
    for (int i = 0; i < 20'000; ++i)
        rows += i % 2 == 0 ? "<row><c/><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>" : "<row><c t=\"s\"><v>0</v></c><c><v>1</v></c><c><v>2</v></c></row>";
    EXPECT_EQ(refused(with_sheet(rows)), "read");
    std::string stairs;  // numbers that begin ever further right
    for (int i = 1; i <= 3'000; ++i)
        stairs += "<row>" + repeated("<c/>", static_cast<std::size_t>(i % 300)) + "<c t=\"s\"><v>0</v></c><c><v>" + std::to_string(i) + "</v></c></row>";
    EXPECT_EQ(refused(with_sheet(stairs)), "read");
}
