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
    out.draft = workshop::draft_of(*tree, "demo/x", std::string(format.name()), "x_codes.csv", the_catalogue());
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

TEST(Draft, ADocumentWithoutRecordsGivesADraftThatSaysSo)
{
    const auto one = drafted(format("json"), "{\"a\": 1}");
    EXPECT_EQ(one.draft.records, 0U);
    EXPECT_NE(one.compiled.sentences().find("lacks the key 'records'"), std::string::npos);
}
