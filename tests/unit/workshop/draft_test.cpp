// A mapping begun from a payload: what can be seen is written, what must be decided is left for check to name.
#include "hub/workshop/draft.hpp"
#include "adapters/formats/edxml/edxml_format.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

struct Drafted
{
    workshop::Draft draft;
    Compiled compiled;

    [[nodiscard]] bool has(const std::string& line) const
    {
        return ("\n" + draft.mapping).find("\n" + line + "\n") != std::string::npos;
    }
};

Drafted drafted(const Format& format, const std::string& payload)
{
    const auto tree = format.read(payload, FormatLimits{});
    EXPECT_TRUE(tree);
    Drafted out;
    const auto draft = workshop::draft_of({*tree, "demo/x", std::string(format.name()), "x_codes.csv"}, the_catalogue());
    EXPECT_TRUE(draft);
    out.draft = *draft;
    Files files;
    if (!out.draft.table.empty())
        files["x_codes.csv"] = out.draft.table;
    out.compiled = compile(out.draft.mapping, files);
    return out;
}

std::string shipped(const std::string& name)
{
    std::ifstream in(LIENTHONG_SOURCE_DIR "/mappings/" + name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

}  // namespace

TEST(Draft, OfRecordsInTheHubsOwnWordsHasNothingLeftToDecide)
{
    const auto one = drafted(format("json"), R"({"records": [
        {"indicator": "A_I_1", "period": "2025-03", "area": "GSO:33", "agency": "H31.01", "value": 99.87, "unit": "%"},
        {"indicator": "A_I_2", "period": "2025-03", "area": "GSO:33", "agency": "H31.01", "value": 3.2, "unit": "%"}]})");
    EXPECT_EQ(one.compiled.sentences(), "");
    for (const char* line : {"records: /records/*", "  indicator: indicator", "  period: period(period)", "  area: area(area)",
                             "  agency: agency(agency)", "  value: number(value, locale:plain)", "  unit: unit"})
        EXPECT_TRUE(one.has(line)) << line << "\n" << one.draft.mapping;
    EXPECT_EQ(one.draft.table, "");
}

TEST(Draft, OfTheSourcesOwnCodesLeavesEachIndicatorToAPersonWithTheNearestByName)
{
    const auto one = drafted(format("json"), shipped("lgsp/monthly-figures.sample.json"));
    for (const char* line :
         {"records: /duLieu/*", "  indicator: lookup(codes, maChiTieu)", "  period: month(/kyBaoCao, \"MM/yyyy\")",
          "  area: area(\"GSO\", /maTinh)", "  agency: agency(maDonVi)", "  value: number(giaTri, locale:vi)", "  unit: donVi",
          "  vintage: tinhTrang"})
        EXPECT_TRUE(one.has(line)) << line << "\n" << one.draft.mapping;
    ASSERT_FALSE(one.compiled.problems.empty());
    for (const Problem& problem : one.compiled.problems)
        EXPECT_EQ(problem.code, "mapping.undecided") << problem.sentence();
    EXPECT_NE(one.draft.table.find("\nCDTPT,?,,"), std::string::npos) << one.draft.table;
    EXPECT_NE(one.draft.table.find("by its name: "), std::string::npos);
}

TEST(Draft, OfXmlReadsAttributesAndWhatStandsAroundTheRecords)
{
    const auto one =
        drafted(format("xml"),
                "<SoLieu ky=\"03/2025\" maTinh=\"33\"><ChiTieu ma=\"GAO\" dv=\"tấn\" coQuan=\"H31.07\">12,5</ChiTieu>"
                "<ChiTieu ma=\"CA\" dv=\"tấn\" coQuan=\"H31.07\">7,25</ChiTieu></SoLieu>");
    for (const char* line : {"records: /SoLieu/ChiTieu", "  indicator: lookup(codes, @ma)",
                             "  period: month(/SoLieu/@ky, \"MM/yyyy\")", "  area: area(\"GSO\", /SoLieu/@maTinh)",
                             "  agency: agency(@coQuan)", "  value: number(., locale:vi)", "  unit: ./@dv"})
        EXPECT_TRUE(one.has(line)) << line << "\n" << one.draft.mapping;
}

TEST(Draft, OfADocumentPackageFindsTheFiguresInItsAttachment)
{
    const auto one = drafted(adapters::EdxmlFormat(), shipped("qlvb/report-figures.sample.xml"));
    EXPECT_TRUE(one.has("records: /edXML/AttachmentEncoded/Attachment/Decoded/SoLieuBaoCao/ChiTieu")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  value: number(., locale:vi)") || one.has("  value: number(., locale:plain)")) << one.draft.mapping;
}

TEST(Draft, WhatTheValuesDoNotTellIsLeftOutAndNamedByCheck)
{
    const auto one = drafted(format("json"), R"([{"ma": "GAO", "so": "1.250"}, {"ma": "CA", "so": "2.500"}])");
    EXPECT_TRUE(one.has("records: /*")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  value: number(so)")) << one.draft.mapping;
    const std::string sentences = one.compiled.sentences();
    for (const char* part : {"lacks the key 'period'", "lacks the key 'area'", "lacks the key 'agency'", "lacks the key 'unit'",
                             "number does not say how the number is written", "nobody has decided yet which indicator this is"})
        EXPECT_NE(sentences.find(part), std::string::npos) << part << "\n" << sentences;
}

TEST(Draft, NamesThatAreNoWordsAreWrittenInBackquotes)
{
    const auto one =
        drafted(format("json"),
                R"([{"mã chỉ tiêu": "GAO", "đơn vị": "tấn", "2025": 1.5}, {"mã chỉ tiêu": "CA", "đơn vị": "tấn", "2025": 2.5}])");
    EXPECT_TRUE(one.has("  unit: ./`đơn vị`")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  value: number(`2025`, locale:plain)")) << one.draft.mapping;
    EXPECT_EQ(one.compiled.sentences().find("mapping.syntax"), std::string::npos) << one.compiled.sentences();
}

TEST(Draft, AnExampleNeverEndsItsComment)
{
    const auto one = drafted(format("json"), R"([{"ma": "A\nobserve: x", "so": 1}, {"ma": "B", "so": 2}])");
    EXPECT_EQ(one.compiled.sentences().find("[yaml."), std::string::npos) << one.draft.mapping;
}

TEST(Draft, ADocumentWithoutRecordsIsRefusedWithWhatWasLookedFor)
{
    const auto tree = format("json").read("{\"a\": 1}", FormatLimits{});
    const auto draft = workshop::draft_of({*tree, "demo/x", "json", "x_codes.csv"}, the_catalogue());
    ASSERT_FALSE(draft);
    EXPECT_EQ(draft.problem().code, "draft.no_records");
    EXPECT_NE(draft.problem().expected.find("objects of a list"), std::string::npos);
}

TEST(Draft, OneWrongValueHidesNoField)
{
    const auto one = drafted(format("json"), R"([{"ma": "A1", "giaTri": "7", "donVi": "vụ"}, {"ma": "A2", "giaTri": "1.250,5", "donVi": "vụ"},
        {"ma": "A3", "giaTri": "3", "donVi": "vụ việc lạ"}, {"ma": "A4", "giaTri": "chưa có\nsố liệu", "donVi": "vụ"}])");
    EXPECT_TRUE(one.has("  # numbers in 3 of 4; not 'chưa có số liệu'")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  value: number(giaTri, locale:vi)")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  # units of the catalogue in 3 of 4; not 'vụ việc lạ'")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  unit: donVi")) << one.draft.mapping;
    // Half is not most.
    EXPECT_NE(drafted(format("json"), R"([{"ma": "A1", "so": "7"}, {"ma": "A2", "so": "x"}])").draft.mapping.find("# value: nothing"), std::string::npos);
}

TEST(Draft, NumbersOfTheFormatStayPlainWithATextAmongThem)
{
    EXPECT_TRUE(drafted(format("json"), R"([{"ma": "A1", "so": 1.250}, {"ma": "A2", "so": 2.500}, {"ma": "A3", "so": "?"}])")
                    .has("  value: number(so, locale:plain)"));
}

TEST(Draft, TheFigureIsTheFieldOfMostRecordsWithTheUnitOfItsOwnElement)
{
    const auto one = drafted(format("xml"),
                             "<D><C ma='A1'><LuyKe dv='vụ'>9</LuyKe><So dv='người'>312.450</So></C><C ma='A2'><So dv='%'>48,72</So></C>"
                             "<C ma='A3'><So dv='người'>1.204.318,6</So></C><C ma='A4'><So dv='người'>18O.250</So></C></D>");
    EXPECT_TRUE(one.has("  # numbers in 3 of 4; not '18O.250'; numbers too: LuyKe")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  value: number(So, locale:vi)")) << one.draft.mapping;
    EXPECT_TRUE(one.has("  unit: So/@dv")) << one.draft.mapping;
    // Another figure's unit is none of this one's.
    const auto without = drafted(format("xml"), "<D><C ma='A1'><So>1</So><LuyKe dv='vụ'>9</LuyKe></C><C ma='A2'><So>2,5</So></C></D>");
    EXPECT_NE(without.draft.mapping.find("# unit: nothing"), std::string::npos) << without.draft.mapping;
}

TEST(Draft, PeriodsAreFoundByTheirValuesWhateverTheirFieldIsCalled)
{
    const auto period = [](const std::string& member, const std::string& value) {
        const std::string field = "\"" + member + "\": " + value;
        const auto one = drafted(format("json"), "[{" + field + ", \"ma\": \"A1\", \"so\": 1.5}, {" + field + ", \"ma\": \"A2\", \"so\": 2.5}]");
        const std::size_t at = one.draft.mapping.find("\n  period: ");
        return at == std::string::npos ? "" : one.draft.mapping.substr(at + 11, one.draft.mapping.find('\n', at + 1) - at - 11);
    };
    EXPECT_EQ(period("Kỳ", "\"10/2025\""), "month(Kỳ, \"MM/yyyy\")");
    EXPECT_EQ(period("Thời gian", "\"202510\""), "month(`Thời gian`, \"yyyyMM\")");
    EXPECT_EQ(period("abc", "\"10/2025\""), "month(abc, \"MM/yyyy\")");
    EXPECT_EQ(period("abc", "\"Quý III/2025\""), "period_vi(abc)");
    EXPECT_EQ(period("abc", "\"Báo cáo quý III/2025\""), "period_in(abc)");
    EXPECT_EQ(period("abc", "\"202510\""), "") << "digits alone under a name that says nothing";
    EXPECT_EQ(period("thoiGianGui", "\"05/11/2025\""), "") << "a day of sending is no period";
    EXPECT_EQ(period("namBaoCao", "2025"), "year(namBaoCao, \"yyyy\")");
}

TEST(Draft, AQuarterThatCouldBeAMonthIsNeverChosenSilently)
{
    const auto of = [](const std::string& name) {
        return drafted(format("json"), "{\"" + name + "\": \"20253\", \"ds\": [{\"ma\": \"A1\", \"so\": 1.5}, {\"ma\": \"A2\", \"so\": 2.5}]}");
    };
    EXPECT_TRUE(of("ky").has("  period: quarter(/ky, \"yyyyq\")")) << of("ky").draft.mapping;
    EXPECT_TRUE(of("ky").has("  # quarters; but month(/ky, \"yyyyM\") reads them too: a person must say which they are")) << of("ky").draft.mapping;
    EXPECT_TRUE(of("Quý").has("  # quarters; but month(/Quý, \"yyyyM\") reads them too: chosen by the name")) << of("Quý").draft.mapping;
    EXPECT_TRUE(of("thang").has("  period: month(/thang, \"yyyyM\")")) << of("thang").draft.mapping;
    EXPECT_EQ(of("abc").draft.mapping.find("  period: "), std::string::npos);
    const auto told = drafted(format("xml"), "<D><Ky loai='THANG'>20253</Ky><C ma='A1'>1,5</C><C ma='A2'>2</C></D>");
    EXPECT_TRUE(told.has("  period: month(/D/Ky, \"yyyyM\")")) << told.draft.mapping;
}

TEST(Draft, AYearWithAPartBesideItIsNoYear)
{
    const auto of = [](const std::string& beside) {
        return drafted(format("json"), "{\"nam\": 2025, " + beside + ", \"ds\": [{\"ma\": \"A1\", \"so\": 1.5}, {\"ma\": \"A2\", \"so\": 2.5}]}");
    };
    EXPECT_TRUE(of("\"quy\": 3").has("  period: quarter(concat(/nam, \"-\", /quy), \"yyyy-q\")")) << of("\"quy\": 3").draft.mapping;
    EXPECT_TRUE(of("\"quy\": \"III\"").has("  period: period_vi(concat(\"quý \", /quy, \"/\", /nam))")) << of("\"quy\": \"III\"").draft.mapping;
    EXPECT_TRUE(of("\"thang\": 3").has("  period: month(concat(/nam, \"-\", /thang), \"yyyy-M\")"));
    for (const char* beside : {"\"ky\": 3", "\"quy\": \"ba bốn\""}) {
        EXPECT_EQ(of(beside).draft.mapping.find("  period: "), std::string::npos) << of(beside).draft.mapping;
        EXPECT_NE(of(beside).draft.mapping.find("  # period: /nam holds years, but "), std::string::npos) << of(beside).draft.mapping;
    }
    EXPECT_TRUE(of("\"x\": 3").has("  period: year(/nam, \"yyyy\")"));
}

TEST(Draft, OfWideRecordsHasAnEntryForEachNumber)
{
    const auto one = drafted(format("json"), R"({"nam": 2025, "thang": 3, "ds": [{"donVi": "H31.03", "dungHan": 97.35, "trucTuyen": 12.5},
        {"donVi": "H31.05", "dungHan": 90, "trucTuyen": 15}]})");
    for (const char* line : {"common:", "  agency: agency(donVi)", "observe:", "  - indicator: \"?\"", "    value: number(dungHan, locale:plain)",
                             "    value: number(trucTuyen, locale:plain)"})
        EXPECT_TRUE(one.has(line)) << line << "\n" << one.draft.mapping;
    EXPECT_EQ(one.draft.table, "");
    for (const Problem& problem : one.compiled.problems)
        EXPECT_TRUE(problem.code == "mapping.undecided" || problem.code == "mapping.key_missing") << problem.sentence();
}

TEST(Draft, NamesAreTheKeysOfASourceWithoutCodes)
{
    const auto one = drafted(format("json"), R"([{"stt": "1", "Chỉ tiêu": "Số vụ cháy", "giaTri": "7"}, {"stt": "2", "Chỉ tiêu": "Số vụ nổ", "giaTri": "1"}])");
    EXPECT_TRUE(one.has("  indicator: lookup(codes, `Chỉ tiêu`)")) << one.draft.mapping;
    EXPECT_NE(one.draft.table.find("\nSố vụ cháy,?,,,\"by its name: "), std::string::npos) << one.draft.table;
}

TEST(Draft, NamesAreComparedWithTheirAbbreviationsWrittenOut)
{
    const auto one = drafted(format("json"), R"([{"ma": "T1", "ten": "Số người tham gia bảo hiểm xã hội", "so": 7}, {"ma": "T2", "ten": "Thu BHXH", "so": 1}])");
    EXPECT_NE(one.draft.table.find("\nT1,?,,Số người tham gia bảo hiểm xã hội,\"by its name: A_IX_1_1_U1"), std::string::npos) << one.draft.table;
    EXPECT_NE(one.draft.table.find("\nT2,?,,Thu BHXH,\"by its name: A_IX_3_1"), std::string::npos) << one.draft.table;
}

TEST(Draft, CommentsAreAlignedByLettersNotBytes)
{
    const auto one = drafted(format("json"), R"([{"Đơn vị": "tấn", "ma": "A1", "so": 1}, {"Đơn vị": "tấn", "ma": "A2", "so": 2}])");
    EXPECT_TRUE(one.has("#   `Đơn vị`  'tấn'") && one.has("#   ma        'A1'")) << one.draft.mapping;
}

TEST(Draft, AnExpressionThatYamlWouldEndStandsInABlock)
{
    const auto one = drafted(format("json"), R"([{"ma": "A1", "Giá trị: kỳ #1": 1.5}, {"ma": "A2", "Giá trị: kỳ #1": 2.5}])");
    EXPECT_TRUE(one.has("  value: >-\n    number(`Giá trị: kỳ #1`, locale:plain)")) << one.draft.mapping;
    EXPECT_EQ(one.compiled.sentences().find("[yaml."), std::string::npos) << one.compiled.sentences();
}
