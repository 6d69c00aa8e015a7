// What was told becomes tables an import takes, and what cannot is said with its place.
#include "hub/cli/draft_tables.hpp"

#include "hub/catalogue/import.hpp"
#include "hub/catalogue/import_folder.hpp"
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace lienthong::cli {
namespace {

const std::string shipped = std::string(LIENTHONG_SOURCE_DIR) + "/mappings/catalogue";

std::string digest(std::string_view bytes)
{
    return seal::sha256_hex(bytes);
}

const catalogue::Catalogue& present()
{
    static const auto instance = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(shipped, digest, problems);
    }();
    return *instance;
}

ToldEntry told(const std::string& key, std::vector<std::pair<std::string, std::string>> fields)
{
    fields.emplace_back("kind", key.substr(0, key.find('/')));
    fields.emplace_back("code", key.substr(key.rfind('/') + 1));
    return {Fact{"catalogue_entry", key, std::move(fields)}, "message 7 /items/" + key};
}

const std::vector<ToldEntry> whole = {
    told("breakdown/KHOI/PT-1", {{"dimension", "KHOI"}, {"name", "Chi thường xuyên"}}),
    told("form/BM-01", {{"name", "Thu chi ngân sách"}, {"regime", "CD-KTXH"}, {"frequency", "Tháng"}, {"agency", "H31.02"}}),
    told("group/NH-1", {{"name", "Ngân sách"}}),
    told("indicator/CT-001", {{"name", "Thu"},
                              {"group", "NH-1"},
                              {"unit", "tỷ đồng"},
                              {"frequency", "Tháng"},
                              {"breakdowns", "KHOI"},
                              {"agency", "Sở Tài chính"}}),
    told("indicator/NH-1.A", {{"name", "Trong đó"}, {"group", "NH-1"}, {"unit", "tỷ đồng"}, {"frequency", "Tháng"}}),
    told("set/BCS-1", {{"name", "Bộ chỉ số"}, {"indicators", "CT-001"}}),
};
const DraftTerms terms{"NRS", "Danh mục nhận về", {{"valid_from", "2024-01-01"}, {"regime", "LC17_SE"}}, {"LC17_SE"}};

std::vector<std::string> codes(const std::vector<Problem>& problems)
{
    std::vector<std::string> out;
    for (const Problem& problem : problems)
        out.push_back(problem.code + ' ' + problem.place);
    return out;
}

/// Five imports load the folder ten times; the communes have no part in what is tested.
void fill_without_communes(const std::string& folder)
{
    for (const auto& entry : std::filesystem::directory_iterator(shipped))
        if (entry.path().filename() != "area_lineage.csv" && entry.path().filename() != "areas.csv")
            std::filesystem::copy(entry.path(), std::filesystem::path(folder) / entry.path().filename());
    std::ifstream in(shipped + "/areas.csv");
    std::ofstream out(folder + "/areas.csv");
    for (std::string line; std::getline(in, line);)
        if (line.rfind("code,", 0) == 0 || line.find(",province,") != std::string::npos ||
            line.find(",country,") != std::string::npos)
            out << line << '\n';
}

TEST(DraftTables, WhatWasToldJoinsTheCatalogueTableByTable)
{
    const DraftTables made = draft_tables(whole, terms, present());
    EXPECT_EQ(codes(made.problems), std::vector<std::string>{});
    const catalogue::TemporaryFolder copy;
    fill_without_communes(copy.path());
    std::vector<std::string> tables;
    for (const DraftTable& table : made.tables) {
        tables.push_back(table.table);
        catalogue::ImportRequest request{.file = "nrs",
                                         .sheet = table.table,
                                         .table = table.table,
                                         .catalogue = copy.path(),
                                         .headings = shipped,
                                         .separator = {},
                                         .terms = {},
                                         .write = true};
        request.sheets = std::vector<catalogue::SourceSheet>{table.sheet};
        const auto import = catalogue::import_table(request, digest);
        for (const Problem& problem : import.problems)
            ADD_FAILURE() << table.table << ": " << problem.sentence() << ' ' << problem.place;
        EXPECT_EQ(import.count(catalogue::RowState::added), table.places.size()) << table.table;
    }
    EXPECT_EQ(tables, (std::vector<std::string>{"indicator_sets", "breakdowns", "indicators", "set_members", "forms"}));
    std::vector<Problem> problems;
    const auto after = catalogue::Catalogue::load(copy.path(), digest, problems);
    ASSERT_TRUE(after) << codes(problems).front();
    const auto indicator = after->indicator("NRS_CT_001", std::chrono::year(2025) / 4 / 10);
    ASSERT_TRUE(indicator.ok());
    EXPECT_EQ((*indicator)->unit, "BILLION_VND");
    EXPECT_EQ((*indicator)->parent, "") << "codes of the source do not begin with their group's";
    const auto below = after->indicator("NRS_NH_1_A", std::chrono::year(2025) / 4 / 10);
    ASSERT_TRUE(below.ok());
    EXPECT_EQ((*below)->parent, "NRS_NH_1");
    EXPECT_EQ((*indicator)->breakdown_dimensions, std::vector<std::string>{"NRS_KHOI"});
}

TEST(DraftTables, ACodeThatClashesOrIsNotKnownIsToldWithItsPlaceAndTheRestGoesOn)
{
    auto entries = whole;
    entries.push_back(told("indicator/CT.001", {{"name", "Trùng"}}));
    entries.push_back(told("indicator/CT-002", {{"name", "Nhóm lạ"}, {"group", "NH-9"}}));
    entries.push_back(told("indicator/CT-003", {{"name", "Phân tổ lạ"}, {"breakdowns", "MAU"}}));
    entries.push_back(told("indicator/chỉ", {{"name", "Mã có dấu"}}));
    entries.push_back(told("set/BCS-2", {{"name", "Bộ lạ"}, {"indicators", "CT-001;CT-009"}}));
    const DraftTables made = draft_tables(entries, terms, present());
    EXPECT_EQ(codes(made.problems), (std::vector<std::string>{
                                        "draft.clash message 7 /items/indicator/CT.001",
                                        "draft.code message 7 /items/indicator/chỉ",
                                        "draft.unknown message 7 /items/indicator/CT-002",
                                        "draft.unknown message 7 /items/indicator/CT-003",
                                        "draft.unknown message 7 /items/set/BCS-2",
                                    }));
    EXPECT_EQ(made.problems.front().found, "NRS_CT_001");
    for (const DraftTable& table : made.tables)
        if (table.table == "indicators") {
            EXPECT_EQ(table.places.size(), 3U);
        }
}

TEST(DraftTables, ACodeOfAnotherSetIsNotTakenOver)
{
    const DraftTerms other{"A", "Danh mục", {{"valid_from", "2024-01-01"}}, {}};
    const DraftTables made = draft_tables({told("indicator/I_1", {{"name", "Giá vàng"}})}, other, present());
    ASSERT_EQ(codes(made.problems), std::vector<std::string>{"draft.clash message 7 /items/indicator/I_1"});
    EXPECT_NE(made.problems.front().expected.find("DN197"), std::string::npos);
}

TEST(DraftTables, WhatAnEntryLeavesUnsaidIsGivenOrRefusedNeverGuessed)
{
    const DraftTerms bare{"NRS", "Danh mục", {}, {}};
    const DraftTables made = draft_tables({whole[1], told("indicator/CT-001", {{"name", "Thu"}, {"valid_from", "2024-05-01"}}),
                                           told("period/202503", {}), told("regime/CD-KTXH", {})},
                                          bare, present());
    EXPECT_EQ(codes(made.problems), std::vector<std::string>{"draft.day message 7 /items/form/BM-01"});
    EXPECT_EQ(codes(made.notes), (std::vector<std::string>{"draft.no_row message 7 /items/period/202503",
                                                           "draft.no_row message 7 /items/regime/CD-KTXH"}));
    const DraftTerms dated{"NRS", "Danh mục", {{"valid_from", "2024-01-01"}}, {"LC17_SE"}};
    EXPECT_EQ(codes(draft_tables({whole[1]}, dated, present()).problems),
              std::vector<std::string>{"draft.unknown message 7 /items/form/BM-01"});
}

}  // namespace
}  // namespace lienthong::cli
