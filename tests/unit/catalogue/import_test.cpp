// Tables as offices have them become rows, or are refused with the place in the file people have before them.
#include "hub/catalogue/import.hpp"

#include "hub/catalogue/import_folder.hpp"
#include "hub/catalogue/import_numbering.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <sstream>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

constexpr const char* shipped_folder = LIENTHONG_SOURCE_DIR "/mappings/catalogue";

/// The small catalogue of loaded.hpp without its indicator, and a file to import into it.
class Desk : public Folder
{
public:
    explicit Desk(const std::string& source)
    {
        indicators({});
        write("measures.csv", "indicator,code,set,name_vi,name_en,unit,act\n");
        file(source);
    }

    void file(const std::string& source) const { std::ofstream(path() + "/nguon.csv", std::ios::binary) << source; }
    ImportRequest request(const std::string& table) const
    {
        ImportRequest out;
        out.file = path() + "/nguon.csv";
        out.table = table;
        out.catalogue = path();
        out.headings = shipped_folder;
        return out;
    }
    /// Lines of indicators in force from 2025, of set S2, below the prefix T.
    ImportRequest indicators_request() const
    {
        ImportRequest out = request("indicators");
        out.terms.set = {{"set", "S2"}, {"valid_from", "2025-01-01"}, {"act", "act"}};
        return out;
    }
    std::string bytes(const std::string& name) const
    {
        std::ifstream in(path() + "/" + name, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
};

Import run(const ImportRequest& request)
{
    return import_table(request, plain_digest);
}

Import written(ImportRequest request)
{
    request.write = true;
    return run(request);
}

/// "code line:column" of each, or "code place" where the place is no cell of the source.
std::vector<std::string> told(const std::vector<Problem>& problems)
{
    std::vector<std::string> out;
    for (const Problem& problem : problems) {
        const std::size_t name = problem.place.find("nguon.csv:");
        out.push_back(problem.code + ' ' + (name == std::string::npos ? "" : problem.place.substr(name + 10)));
    }
    return out;
}

std::string cell(const Import& import, const std::string& key, const std::string& column)
{
    for (const ImportedRow& row : import.rows)
        if (row.key == key)
            for (const CellChange& change : row.cells)
                if (change.column == column)
                    return change.after;
    return "(none)";
}

using Told = std::vector<std::string>;

}  // namespace

TEST(Numbering, MakesCodesOfGroupSectionAndNumber)
{
    Numbering numbering("");
    const auto code = [&](std::string_view written) {
        const auto line = numbering.next(written);
        if (!line.ok())
            return line.problem().code;
        if (!line->title)
            numbering.keep(*line);
        return line->code + (line->parent.empty() ? "" : " < " + line->parent);
    };
    EXPECT_EQ(code("A"), "A");
    EXPECT_EQ(code("I."), "A_I");
    EXPECT_EQ(code("1"), "A_I_1");
    EXPECT_EQ(code("1.1."), "A_I_1_1 < A_I_1");
    EXPECT_EQ(code("a)"), "A_I_1_1_A < A_I_1_1");
    EXPECT_EQ(code("b)"), "A_I_1_1_B < A_I_1_1");
    EXPECT_EQ(code("-"), "A_I_1_1_B_U1 < A_I_1_1_B");
    EXPECT_EQ(code(""), "A_I_1_1_B_U2 < A_I_1_1_B");
    EXPECT_EQ(code("02"), "A_I_2");
    EXPECT_EQ(code("XIII"), "A_XIII");
    EXPECT_EQ(code("B"), "B");
    EXPECT_EQ(code("1"), "B_1");
    EXPECT_EQ(code("C"), "C");
    EXPECT_EQ(code("D.II.3"), "D_II_3");
    EXPECT_EQ(code("IIX"), "import.numbering");
    EXPECT_EQ(code("Đ"), "import.numbering");
    EXPECT_EQ(code("1..2"), "import.numbering");
    EXPECT_EQ(code("Tổng cộng"), "import.numbering");
}

TEST(Numbering, DoesNotChooseBetweenGroupAndSection)
{
    Numbering numbering("");
    ASSERT_TRUE(numbering.next("H").ok());
    const auto line = numbering.next("I");
    ASSERT_FALSE(line.ok());
    EXPECT_EQ(line.problem().code, "import.numbering");
}

TEST(Import, ReadsALineOfIndicatorsByTheCataloguesOwnSpellings)
{
    const Desk desk(
        "\xEF\xBB\xBFPhụ lục;;;;;\r\nSTT;Tên chỉ số;\"Đơn vị\ntính\";Thời gian(tần suất);Phân tổ;CƠ QUAN THỰC HIỆN\r\n"
        "A;Nông nghiệp;;;;\r\n1;Lúa;;;;\r\n1.1;\"Lúa \"\"mùa\"\"\";Tấn;Tháng 7, 11;Giới tính;UBND  tỉnh\r\n;- Trong đó;t;6 "
        "tháng, Năm;Không;\r\n");
    const Import import = run(desk.indicators_request());
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(told(import.findings), Told{});
    EXPECT_EQ(told(import.notes), (Told{"import.mark_dropped ", "import.separator_read 2", "import.lines_above 1:1"}));
    EXPECT_EQ(import.separator, "semicolon");
    EXPECT_EQ(import.count(RowState::added), 3U);
    EXPECT_EQ(cell(import, "A_1 from 2025-01-01", "name_vi"), "Lúa");
    EXPECT_EQ(cell(import, "A_1 from 2025-01-01", "heading"), "yes");
    const std::string rice = "A_1_1 from 2025-01-01";
    EXPECT_EQ(cell(import, rice, "name_vi"), "Lúa \"mùa\"");
    EXPECT_EQ(cell(import, rice, "unit"), "TON");
    EXPECT_EQ(cell(import, rice, "parent"), "A_1");
    EXPECT_EQ(cell(import, rice, "period_kinds"), "month");
    EXPECT_EQ(cell(import, rice, "months"), "7;11");
    EXPECT_EQ(cell(import, rice, "breakdown_dimensions"), "SEX");
    EXPECT_EQ(cell(import, rice, "agencies"), "H31");
    EXPECT_EQ(cell(import, rice, "valid_to"), "9999-12-31");
    EXPECT_EQ(cell(import, "A_1_1_U1 from 2025-01-01", "period_kinds"), "half;year");
    EXPECT_EQ(cell(import, "A_1_1_U1 from 2025-01-01", "breakdown_dimensions"), "(none)");
    EXPECT_FALSE(import.written);
}

TEST(Import, LeavesOpenWhatItCannotReadAndSaysWhere)
{
    const Desk desk(
        "STT,Tên chỉ số,ĐVT,Tần suất,Phân tổ,Cơ quan thực hiện\nB,Nhóm,,,,\n1,Xây lắp,Tiền,Tháng 12/2025,Huyện,\"UBND tỉnh, Sở "
        "Lạ\"\n");
    const Import import = run(desk.indicators_request());
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(told(import.findings), (Told{"finding.unit_unread 3:11", "finding.frequency_date 3:16",
                                           "finding.agency_unread 3:36", "finding.breakdown_unread 3:30"}));
    for (const char* column : {"unit", "period_kinds", "breakdown_dimensions", "agencies"})
        EXPECT_EQ(cell(import, "B_1 from 2025-01-01", column), "(none)") << column;
    EXPECT_EQ(cell(import, "B_1 from 2025-01-01", "unit_raw"), "Tiền");
}

TEST(Import, OfTheSameFileAgainChangesNothing)
{
    const Desk desk("STT\tTên chỉ số\tĐVT\nA\tNhóm\t\n2\tLúa\tTấn\n3\tNgô\tTiền\n");
    const Import first = written(desk.indicators_request());
    ASSERT_EQ(told(first.problems), Told{});
    EXPECT_TRUE(first.written);
    EXPECT_EQ(desk.problems(), Told{});
    EXPECT_NE(desk.bytes("measures.csv").find("A_2,VALUE,S2,giá trị,value,,act\n"), std::string::npos);
    const auto folder = desk.bytes("indicators.csv") + desk.bytes("measures.csv");
    const Import again = written(desk.indicators_request());
    EXPECT_EQ(again.count(RowState::equal), 2U);
    EXPECT_EQ(again.files.size(), 0U);
    EXPECT_FALSE(again.written);
    EXPECT_EQ(desk.bytes("indicators.csv") + desk.bytes("measures.csv"), folder);
    EXPECT_EQ(again.digest_before, first.digest_after);
}

TEST(Import, OfThePublishedFilesIntoThemselvesChangesNothing)
{
    for (const FileForm& form : file_forms()) {
#ifdef LIENTHONG_SANITIZED
        // Each one reads the whole catalogue several times.
        if (form.name != "indicators.csv" && form.name != "forms.csv")
            continue;
#endif
        ImportRequest request;
        request.file = std::string(shipped_folder) + "/" + form.name;
        request.table = form.name;
        request.catalogue = request.headings = shipped_folder;
        const Import import = run(request);
        EXPECT_EQ(told(import.problems), Told{})
            << form.name << ": " << (import.problems.empty() ? "" : import.problems.front().sentence());
        EXPECT_EQ(import.files.size(), 0U) << form.name;
        EXPECT_EQ(import.count(RowState::equal), import.rows.size()) << form.name;
        EXPECT_GT(import.rows.size(), 0U) << form.name;
    }
}

TEST(Import, KeepsWhatAPersonSettledAndWhatTheFileDoesNotSpeakOf)
{
    const Desk desk("STT,Tên chỉ số,ĐVT,Phạm vi\nA,Nhóm,,\n1,Gạo,Tấn,Toàn tỉnh\n2,Ngô,Tiền,\n");
    ImportRequest request = desk.indicators_request();
    request.terms.set = {{"set", "S"}, {"valid_from", "2024-01-01"}, {"act", "act"}};
    desk.indicators({"A_1,S,1,Gạo,Rice,,,Tấn,KG,,,month,,,,,H31,,2024-01-01,9999-12-31,act,",
                     "A_2,S,2,Ngô,Maize,,,Tiền,,,,,,,,,,,2024-01-01,9999-12-31,act,open on purpose"});
    desk.write("measures.csv",
               "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,,act\nA_2,VALUE,S,giá trị,value,,act\n");
    const Import import = run(request);
    EXPECT_EQ(told(import.problems), Told{});
    ASSERT_EQ(import.rows.size(), 2U);
    EXPECT_EQ(import.rows[0].state, RowState::changed);
    ASSERT_EQ(import.rows[0].cells.size(), 1U);
    EXPECT_EQ(import.rows[0].cells[0].column, "scope_raw");
    EXPECT_EQ(import.rows[1].state, RowState::equal);
    EXPECT_EQ(told(import.findings), Told{});
}

TEST(Import, RefusesAnotherMeaningOfACode)
{
    const Desk desk("STT,Tên chỉ số,ĐVT\nA,Nhóm,\n1,Lợn,Tấn\n");
    ImportRequest request = desk.indicators_request();
    request.terms.set = {{"set", "S"}, {"valid_from", "2024-01-01"}, {"act", "act"}};
    desk.indicators({"A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,"});
    desk.write("measures.csv", "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,,act\n");
    const std::string before = desk.bytes("indicators.csv");
    const Import import = written(request);
    EXPECT_EQ(told(import.problems), (Told{"catalogue.meaning_changed 3"}));
    EXPECT_FALSE(import.written);
    EXPECT_EQ(desk.bytes("indicators.csv"), before);
}

TEST(Import, SaysFaultsOfLoadingOfTheSource)
{
    const Desk desk("Mã,Tên,Cấp,Trực thuộc\n34,Tỉnh Lạ,Tỉnh,\n00070,Xã Lạ,Xã,GSO:99\n");
    ImportRequest request = desk.request("areas");
    request.terms.prefix = "GSO";
    request.terms.set = {{"valid_from", "2025-07-01"}};
    const Import import = run(request);
    EXPECT_EQ(told(import.problems), (Told{"import.column_missing 1:1", "catalogue.reference 3:16"}));
    EXPECT_NE(import.problems[0].expected.find("--set act=VALUE"), std::string::npos) << import.problems[0].expected;
}

TEST(Import, RefusesBadInputWithItsPlace)
{
    struct Case
    {
        const char* what;
        std::string source;
        Told expected;
    };
    const std::string header = "STT,Tên chỉ số,ĐVT\nA,Nhóm,\n";
    const std::vector<Case> cases = {
        {"empty", "", {"import.file "}},
        {"blank", " \r\n \n", {"import.file "}},
        {"header alone", "STT,Tên chỉ số,ĐVT\n", {"import.file 1:1"}},
        {"no header", "x,y\n1,2\n", {"import.header 1:1"}},
        {"open quote", header + "1,\"Lúa,Tấn\n2,Ngô,Tấn\n", {"import.csv 3:3"}},
        {"text after quote", header + "1,\"Lúa\" x,Tấn\n", {"import.csv 3:8"}},
        {"cut off", header + "1,Lúa,Tấn\n2,Ng", {"import.cells 4:3"}},
        {"cut off inside a letter", header + "1,L\xC3", {"import.csv 3:4"}},
        {"too many cells", header + "1,Lúa,Tấn,thêm\n", {"import.cells 3:11"}},
        {"NUL", header + std::string("1,L\0a,Tấn\n", 11), {"import.encoding 3:4"}},
        {"Windows-1258",
         header + "1,L\xFA"
                  "a,T\n",
         {"import.encoding 3:4"}},
        {"UTF-16",
         "\xFF\xFE"
         "S\0",
         {"import.encoding 1:1"}},
        {"workbook", "PK\x03\x04 and so on", {"import.encoding 1:1"}},
        {"duplicate", header + "1,Lúa,Tấn\n1,Ngô,Tấn\n", {"import.duplicate 4:1"}},
        {"total", header + "1,Lúa,Tấn\nTổng cộng,,\n", {"import.numbering 4:1"}},
        {"unknown heading", "STT,Tên chỉ số,Đơn vị tíng\nA,Nhóm,\n", {"import.heading 1:16"}},
        {"two for one", "STT,Tên chỉ số,Tên chỉ tiêu\nA,Nhóm,x\n", {"import.heading 1:16"}},
        {"blank heading", "STT,Tên chỉ số,\nA,Nhóm,x\n", {"import.heading 1:16"}},
        {"no group", "STT,Tên chỉ số\n1,Lúa\n", {"import.code 2:1"}},
        {"long line", header + "1," + std::string(most_source_line + 1, 'x') + ",\n", {"import.too_large 3:1"}},
        {"50 MB", header + "1," + std::string(50'000'000, 'x') + ",\n", {"import.too_large "}},
    };
    for (const Case& one : cases) {
        const Desk desk(one.source);
        const std::string before = desk.bytes("indicators.csv");
        const Import import = written(desk.indicators_request());
        EXPECT_EQ(told(import.problems), one.expected)
            << one.what << ": " << (import.problems.empty() ? "" : import.problems.front().sentence());
        EXPECT_FALSE(import.written) << one.what;
        EXPECT_EQ(desk.bytes("indicators.csv"), before) << one.what;
    }
}

TEST(Import, NamesTheSeparatorThatWouldDo)
{
    const Desk desk("STT;Tên chỉ số\nA;Nhóm\n1;Lúa\n");
    ImportRequest request = desk.indicators_request();
    request.separator = ',';
    const Import import = run(request);
    EXPECT_EQ(told(import.problems), (Told{"import.separator 1:1"}));
    EXPECT_EQ(import.problems.front().expected, "--separator semicolon");
    request.separator = ';';
    EXPECT_EQ(told(run(request).problems), Told{});
}

TEST(Import, NamesTheNearestHeadingAndWhatToWrite)
{
    const Desk desk("STT,Tên chỉ số,Đơn vị tíng\nA,Nhóm,\n1,Lúa,Tấn\n");
    ImportRequest request = desk.indicators_request();
    EXPECT_EQ(run(request).problems.front().expected,
              "near is 'Đơn vị tính': --columns \"Đơn vị tíng=unit_raw\", or \"Đơn vị tíng=-\" to leave it out");
    request.terms.columns = {{"Đơn vị tíng", "unit_raw"}};
    EXPECT_EQ(cell(run(request), "A_1 from 2025-01-01", "unit"), "TON");
    request.terms.columns = {{"Đơn vị tíng", "-"}};
    EXPECT_EQ(cell(run(request), "A_1 from 2025-01-01", "unit"), "(none)");
    request.terms.columns = {{"Đơn vị tíng", "unit_row"}};
    EXPECT_EQ(told(run(request).problems), (Told{"import.column "}));
    request.terms.columns = {{"Nơi gửi", "-"}};
    EXPECT_EQ(told(run(request).problems), (Told{"import.heading 1:16", "import.heading 1:1"}));
}

TEST(Import, ComposesDecomposedTextAndSaysSo)
{
    // "Lúa" with the tone mark apart, in one line of three.
    const Desk desk(
        "STT,Tên chỉ số\nA,Nhóm\n1,Lu\xCC\x81"
        "a\n");
    const Import import = run(desk.indicators_request());
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(told(import.notes), (Told{"import.composed 3:1", "import.separator_read 1"}));
    EXPECT_EQ(cell(import, "A_1 from 2025-01-01", "name_vi"), "Lúa");
}

TEST(Import, LeavesOutRepeatedHeadersAndTheRowThatNumbersColumns)
{
    const Desk desk("STT,Tên chỉ số,ĐVT\n(1),(2),(3)\nA,Nhóm,\n1,Lúa,Tấn\nSTT,Tên chỉ số,ĐVT\n2,Ngô,Tấn\n");
    const Import import = run(desk.indicators_request());
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(told(import.notes), (Told{"import.separator_read 1", "import.rows_skipped 2:1", "import.rows_skipped 5:1"}));
    EXPECT_EQ(import.rows.size(), 2U);
}

TEST(Import, RefusesCodesWhoseZerosASpreadsheetCut)
{
    const Desk desk("Mã,Tên,Cấp\n70,Xã Lạ,Xã\n");
    ImportRequest request = desk.request("areas");
    request.terms.prefix = "GSO";
    EXPECT_EQ(told(run(request).problems), (Told{"import.code 2:1"}));
    request.terms.prefix.clear();
    EXPECT_EQ(told(run(request).problems), (Told{"import.code 2:1"}));
}

TEST(Import, TurnsOldAgencyCodesAndMakesOnesThatAreMissing)
{
    const Desk desk("STT,Mã định danh,Tên cơ quan,Tên gọi khác\n1,000.01.14.H31,Trạm,\"Trạm y tế;\nTrạm xá\"\n2,,Kho,\n");
    ImportRequest request = desk.request("agencies");
    request.terms.set = {{"valid_from", "01/7/2025"}, {"act", "act"}};
    EXPECT_EQ(told(run(request).problems), (Told{"import.code 4:1"}));
    request.terms.prefix = "H31";
    EXPECT_EQ(told(run(request).problems), (Told{"catalogue.date 4:1"})) << "said once, of all rows";
    request.terms.set["valid_from"] = "2025-07-01";
    const Import import = run(request);
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(cell(import, "H31.14.01 from 2025-07-01", "aliases"), "000.01.14.H31;Trạm y tế;Trạm xá");
    EXPECT_EQ(cell(import, "H31.14.01 from 2025-07-01", "inferred"), "(none)");
    EXPECT_EQ(cell(import, "H31.02 from 2025-07-01", "inferred"), "yes");
}

TEST(Import, ReadsDaysTheDayFirst)
{
    const Desk desk("Ngày,Loại,Lý do\n01/01/2027,Nghỉ,Tết Dương lịch\n31/02/2027,Nghỉ,Lạ\n");
    ImportRequest request = desk.request("working_days");
    request.terms.set = {{"mark", "confirmed"}, {"act", "45/2019/QH14"}};
    EXPECT_EQ(told(run(request).problems), (Told{"import.value 3:1"}));
    desk.file("Ngày,Loại,Lý do\n01/01/2027,Nghỉ,Tết Dương lịch\n");
    EXPECT_EQ(cell(run(request), "2027-01-01", "kind"), "off");
    desk.file("Ngày,Loại,Lý do\n01/01/2027,Nghỉ,Tết Dương lịch\n04/02/2027,Nghỉ,Tết Nguyên đán\n");
    EXPECT_EQ(cell(run(request), "2027-02-04", "kind"), "off");
    desk.file("Ngày,Loại,Lý do\n01/01/2027,Nghĩ,Tết Dương lịch\n");
    EXPECT_EQ(told(run(request).problems), (Told{"import.value 2:12"}));
}

TEST(Import, MakesANewFolderWithAllItNeeds)
{
    const Desk desk("code,dimension,factor,name_vi,spellings\nKG,mass,1,kg,\n");
    ImportRequest request = desk.request("units");
    request.catalogue = desk.path() + "/moi/danh-muc";
    EXPECT_EQ(told(run(request).problems), Told{});
    EXPECT_FALSE(std::filesystem::exists(request.catalogue));
    ImportRequest wrong = request;
    wrong.headings = desk.path();
    EXPECT_EQ(told(written(wrong).problems), (Told{"catalogue.file "}));
    EXPECT_FALSE(std::filesystem::exists(request.catalogue));
    const Import import = written(request);
    EXPECT_EQ(told(import.problems), Told{});
    EXPECT_EQ(import.created, (Told{"agencies.csv", "areas.csv", "breakdowns.csv", "indicators.csv", "measures.csv", "units.csv",
                                    "vintages.csv", "headings.csv", "cell_words.csv"}));
    std::vector<Problem> problems;
    EXPECT_NE(Catalogue::load(request.catalogue, plain_digest, problems), nullptr);
    // The folder's own lists serve from now on.
    request.headings = request.catalogue;
    EXPECT_EQ(written(request).count(RowState::equal), 1U);
}

TEST(Import, IsRefusedWhileAnotherOneWrites)
{
    const Desk desk("STT,Tên chỉ số\nA,Nhóm\n1,Lúa\n");
    {
        const auto lock = FolderLock::take(desk.path());
        ASSERT_TRUE(lock.ok());
        EXPECT_EQ(told(written(desk.indicators_request()).problems), (Told{"import.busy "}));
        EXPECT_EQ(told(run(desk.indicators_request()).problems), Told{}) << "a preview is anybody's";
    }
    EXPECT_TRUE(written(desk.indicators_request()).written);
}

TEST(ReplaceFiles, GivesBackWhatWasThereWhenOneCannotBeReplaced)
{
    const Desk desk("");
    auto before = catalogue_files(desk.path());
    before["zzz.csv"] = "";
    // A folder stands where the second file belongs.
    std::filesystem::create_directory(desk.path() + "/zzz.csv");
    std::ofstream(desk.path() + "/zzz.csv/x") << "x";
    const auto replaced = replace_files(desk.path(), {{"units.csv", "other\n", 0}, {"zzz.csv", "other\n", 0}}, before);
    ASSERT_FALSE(replaced.ok());
    EXPECT_EQ(replaced.problem().code, "catalogue.not_written");
    EXPECT_EQ(desk.bytes("units.csv"), before.at("units.csv"));
    EXPECT_FALSE(std::filesystem::exists(desk.path() + "/units.csv.new"));
    EXPECT_FALSE(std::filesystem::exists(desk.path() + "/zzz.csv.new"));
}

TEST(ReplaceFiles, RefusesWhenSomebodyChangedAFileMeanwhile)
{
    const Desk desk("");
    const auto before = catalogue_files(desk.path());
    desk.write("areas.csv", "changed\n");
    const auto replaced = replace_files(desk.path(), {{"units.csv", "other\n", 0}, {"areas.csv", "other\n", 0}}, before);
    ASSERT_FALSE(replaced.ok());
    EXPECT_EQ(replaced.problem().code, "import.changed_meanwhile");
    EXPECT_EQ(desk.bytes("units.csv"), before.at("units.csv"));
    EXPECT_EQ(desk.bytes("areas.csv"), "changed\n");
}

TEST(ReplaceFiles, KeepsTheRightsOfAFile)
{
    const Desk desk("");
    const auto before = catalogue_files(desk.path());
    ASSERT_EQ(::chmod((desk.path() + "/units.csv").c_str(), 0640), 0);
    ASSERT_TRUE(replace_files(desk.path(), {{"units.csv", "other\n", 0}}, before).ok());
    struct stat now
    {
    };
    ASSERT_EQ(::stat((desk.path() + "/units.csv").c_str(), &now), 0);
    EXPECT_EQ(now.st_mode & 0777U, 0640U);
    EXPECT_EQ(desk.bytes("units.csv"), "other\n");
}
