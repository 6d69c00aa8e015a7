// The shipped catalogue holds the 182 report forms of Decision 228/QĐ-UBND of Sơn La, and who answers for each.
#include "hub/catalogue/forms.hpp"

#include "hub/text/frequency.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

constexpr Day in_force = 2023y / February / 15;
constexpr Day day_of_mergers = 2025y / March / 1;

const Form& form(const char* code)
{
    const auto found = shipped().form(code, in_force);
    if (!found.ok())
        throw std::runtime_error(found.problem().sentence());
    return **found;
}

std::string owner(std::string_view subject, std::string_view province, Day day)
{
    const Assignment* found = shipped().owner(subject, province, day);
    return found == nullptr ? "nobody" : found->agency;
}

/// The agency an act names first in a cell like "Chi cục Thống kê, Sở Công Thương".
std::string first_named(const std::string& raw)
{
    for (std::size_t end = 0; end <= raw.size(); ++end)
        if (end == raw.size() || raw[end] == ',' || raw[end] == ';')
            if (const auto found = shipped().agency_within("H16", raw.substr(0, end), 2025y / March / 27); found.ok())
                return (*found)->code;
    return "none";
}

const char* const forms_header =
    "code,set,agency_number,number,name_vi,frequency_raw,frequency,regime,agency,kind,valid_from,valid_to,act,note\n";
const char* const regimes_header =
    "regime,class,periods,tier,from_roles,to_role,due_by,day,month,inclusive,shifts,cutoff_from_day,cutoff_to_day,valid_from,"
    "valid_to,act,note\n";

}  // namespace

TEST(Decision228, HasTheFormsOfEachAgency)
{
    const std::array<unsigned, 34> expected = {4, 4, 2, 16, 4, 2, 2, 7, 5, 6, 5, 5, 7, 9, 22, 8, 7,
                                               4, 4, 3, 24, 1, 3, 5, 2, 1, 2, 1, 2, 2, 1, 4,  4, 4};
    std::map<unsigned, unsigned> counts;
    for (const Form& f : shipped().forms()) {
        EXPECT_EQ(f.number, ++counts[f.agency_number]) << f.code << ": the numbers of an agency have no gap";
        EXPECT_EQ(f.set, "SL228");
        EXPECT_EQ(f.act, "228/QĐ-UBND 2023-02-15");
        EXPECT_EQ(f.report_class, ReportClass::periodic);
    }
    ASSERT_EQ(counts.size(), expected.size());
    for (std::size_t agency = 0; agency < expected.size(); ++agency)
        EXPECT_EQ(counts[static_cast<unsigned>(agency + 1)], expected[agency]) << "agency " << agency + 1;
    EXPECT_EQ(shipped().forms().size(), 182U);
}

TEST(Decision228, HasEveryFrequencyAsOftenAsTheAppendix)
{
    const std::map<std::string, unsigned> expected = {{"Tháng", 61},
                                                      {"Năm", 54},
                                                      {"Quý", 16},
                                                      {"Ngày", 7},
                                                      {"Quý, Năm", 7},
                                                      {"6 tháng, Năm", 5},
                                                      {"Tháng (ngày 30 hàng tháng)", 4},
                                                      {"6 tháng", 1},
                                                      {"6 tháng, năm", 1},
                                                      {"Ngày, Tháng", 1},
                                                      {"Cập nhật từ hệ thống QLVB&ĐH theo thời gian thực", 1},
                                                      {"Cập nhật từ Cổng dịch vụ công theo thời gian thực", 1},
                                                      {"", 1},
                                                      {"Quý (ngày 06/4/năm báo cáo)", 1},
                                                      {"6 tháng (ngày 06/6/năm báo cáo)", 1},
                                                      {"Năm (ngày 06/8/năm báo cáo)", 1},
                                                      {"9 tháng (ngày 6/10/năm báo cáo)", 1},
                                                      {"Năm (ngày 06/12/năm báo cáo)", 1},
                                                      {"Năm (ngày 06/4/năm sau năm báo cáo)", 1},
                                                      {"Quý (ngày 20/5/năm báo cáo)", 1},
                                                      {"6 tháng (ngày 20/8/năm báo cáo)", 1},
                                                      {"Quý (ngày 20/11/năm báo cáo)", 1},
                                                      {"Năm (ngày 30/3/năm sau năm báo cáo)", 1},
                                                      {"Mùa vụ (ngày 20/5/năm báo cáo)", 1},
                                                      {"Mùa vụ (ngày 20/8/năm báo cáo)", 1},
                                                      {"Mùa vụ (ngày 20/9/năm báo cáo)", 1},
                                                      {"Mùa vụ (ngày 10/2/năm sau năm báo cáo)", 1},
                                                      {"Năm (ngày 20/9/năm báo cáo)", 1},
                                                      {"Năm (ngày 10/2/năm báo cáo)", 1},
                                                      {"6 tháng (ngày 20/5/năm báo cáo)", 1},
                                                      {"9 tháng (ngày 20/9/năm báo cáo)", 1},
                                                      {"Năm (ngày 10/2/năm sau năm báo cáo)", 1},
                                                      {"Năm (ngày 30/8/năm báo cáo)", 1},
                                                      {"Năm (ngày 20/4/năm sau năm báo cáo)", 1},
                                                      {"Tháng (ngày 02/tháng sau tháng báo cáo)", 1}};
    std::map<std::string, unsigned> counts;
    for (const Form& f : shipped().forms())
        ++counts[f.frequency_raw];
    EXPECT_EQ(counts, expected);
    EXPECT_EQ(form("SL228_4_10").frequency_raw, "");
    EXPECT_EQ(form("SL228_15_16").frequency_raw, "6 tháng, năm");
}

TEST(Decision228, SettlesEveryFrequencyAsItsWordsSay)
{
    unsigned settled = 0;
    for (const Form& f : shipped().forms()) {
        if (f.frequency_raw.empty()) {
            EXPECT_EQ(f.frequency, "") << f.code;
            continue;
        }
        const auto frequency = text::frequency_from(f.frequency_raw);
        ASSERT_TRUE(frequency.ok()) << f.place << ": " << frequency.problem().sentence();
        EXPECT_EQ(f.frequency, text::to_text(*frequency)) << f.place;
        ++settled;
    }
    EXPECT_EQ(settled, 181U);
    EXPECT_EQ(form("SL228_11_1").frequency, "M@D30");
    EXPECT_EQ(form("SL228_21_6").frequency, "A@+1:04-06");
}

TEST(Decision228, GivesEachBodyARoleOfItsRegime)
{
    std::map<std::string, unsigned> counts;
    for (const Form& f : shipped().forms())
        ++counts[f.role];
    EXPECT_EQ(counts, (std::map<std::string, unsigned>{{"CENTRAL_AGENCY", 12},
                                                       {"DEPARTMENT", 115},
                                                       {"LEAD", 3},
                                                       {"ORGANISATION", 17},
                                                       {"PUBLIC_SERVICE_UNIT", 11},
                                                       {"STATISTICS_OFFICE", 24}}));
}

TEST(Decision228, NamesEachFormByAgencyAndNumber)
{
    for (const Form& f : shipped().forms()) {
        const bool disease_control = f.agency == "H52.14.01";
        EXPECT_EQ(f.code,
                  "SL228_" + std::to_string(f.agency_number) + (disease_control ? "CDC_" : "_") + std::to_string(f.number));
        EXPECT_TRUE(disease_control || f.agency == (f.agency_number < 10 ? "H52.0" : "H52.") + std::to_string(f.agency_number))
            << f.code;
    }
    EXPECT_EQ(form("SL228_14CDC_5").agency_number, 14U);
    EXPECT_EQ(form("SL228_14CDC_9").number, 9U);
    EXPECT_EQ(form("SL228_14_4").agency, "H52.14");
    EXPECT_FALSE(shipped().form("SL228_14_5", in_force).ok());
}

TEST(Decision228, KeepsItsSlipsAndJoinsRowsSplitOverPages)
{
    EXPECT_NE(form("SL228_4_1").name_vi.find("Chỉ số Hải lòng"), std::string::npos);
    EXPECT_NE(form("SL228_9_2").name_vi.find("Quy hoạch mô vật liệu"), std::string::npos);
    EXPECT_NE(form("SL228_18_1").name_vi.find("kinh - tế xã hội"), std::string::npos);
    EXPECT_EQ(form("SL228_21_5").name_vi,
              "Tốc độ phát triển tổng sản phẩm trên địa bàn tỉnh Sơn La - Sơ bộ 6 tháng đầu năm, ước 6 tháng cuối năm và cả năm "
              "năm báo cáo");
    EXPECT_EQ(form("SL228_21_5").frequency_raw, "Năm (ngày 06/12/năm báo cáo)");
    EXPECT_EQ(form("SL228_21_19").frequency_raw, "Năm (ngày 10/2/năm sau năm báo cáo)");
    for (const char* code : {"SL228_4_1", "SL228_4_10", "SL228_9_2", "SL228_18_1", "SL228_21_5", "SL228_21_16", "SL228_21_19"})
        EXPECT_NE(form(code).note, "") << code;
    unsigned frozen = 0;
    std::map<std::string, unsigned> names;
    for (const Form& f : shipped().forms()) {
        frozen += f.name_vi.ends_with("năm 2022") ? 1U : 0U;
        ++names[f.name_vi];
        EXPECT_EQ(f.name_vi.find_first_of("<>\t"), std::string::npos) << f.code;
        EXPECT_EQ(f.name_vi.find("./."), std::string::npos) << f.code;
    }
    EXPECT_EQ(frozen, 11U);
    EXPECT_EQ(names.size(), 179U) << "one name belongs to four agencies";
    EXPECT_EQ(names["Báo cáo tình hình thực hiện kế hoạch vốn đầu tư công (các dự án) từng năm"], 4U);
}

TEST(Decision228, LeadsEachFormToItsRegime)
{
    std::map<std::string, unsigned> counts;
    for (const Form& f : shipped().forms())
        ++counts[f.regime];
    EXPECT_EQ(counts, (std::map<std::string, unsigned>{{"SL228", 155}, {"SL228_SE", 3}, {"SL228_STATS", 24}}));
    EXPECT_EQ(form("SL228_2_3").regime, "SL228_SE");
    EXPECT_EQ(form("SL228_2_4").regime, "SL228");
}

TEST(Forms, AreFoundByCodeOnADay)
{
    const auto early = shipped().form("SL228_1_1", 2023y / February / 14);
    ASSERT_FALSE(early.ok());
    EXPECT_EQ(early.problem().code, "form.not_valid");
    const auto wrong = shipped().form("SL228_1_9", in_force);
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.problem().code, "form.unknown");
    EXPECT_NE(wrong.problem().expected.find("SL228_1_"), std::string::npos) << wrong.problem().expected;
}

TEST(Assignments, ResolveOnEveryDayTheyHold)
{
    std::string unresolved;
    for (const Assignment& a : shipped().assignments()) {
        const Day last = a.validity.to == 9999y / December / 31 ? a.validity.to : Day(sys_days(a.validity.to) - days(1));
        bool agency_holds = false;
        for (const Agency& agency : shipped().agencies())
            agency_holds = agency_holds || (agency.code == a.agency && agency.validity.holds(a.validity.from) &&
                                            !(agency.validity.to < a.validity.to));
        const bool is_form = shipped().form(a.subject, a.validity.from).ok();
        const bool is_indicator =
            shipped().indicator(a.subject, a.validity.from).ok() && shipped().indicator(a.subject, last).ok();
        if (!agency_holds || is_form == is_indicator)
            unresolved += a.subject + " by " + a.agency + '\n';
    }
    EXPECT_EQ(unresolved, "");
}

TEST(Assignments, GiveEveryFormTheOwnerTheAppendixNames)
{
    for (const Form& f : shipped().forms()) {
        EXPECT_EQ(owner(f.code, "H52", in_force), f.agency) << f.code;
        EXPECT_EQ(owner(f.code, "H52", Day(sys_days(day_of_mergers) - days(1))), f.agency) << f.code;
    }
    EXPECT_EQ(owner("SL228_1_1", "H51", in_force), "nobody");
    EXPECT_EQ(owner("SL228_1_1", "H52", 2023y / February / 14), "nobody");
}

TEST(Assignments, FollowTheMergersOf2025AndSayWhichFormsHaveNoHeir)
{
    EXPECT_EQ(owner("SL228_2_3", "H52", day_of_mergers), "H52.03");
    EXPECT_EQ(owner("SL228_10_6", "H52", day_of_mergers), "H52.09");
    EXPECT_EQ(owner("SL228_17_6", "H52", day_of_mergers), "H52.12");
    EXPECT_EQ(owner("SL228_17_2", "H52", day_of_mergers), "H52.16");
    EXPECT_EQ(owner("SL228_15_10", "H52", day_of_mergers), "H52.04");
    EXPECT_EQ(owner("SL228_15_3", "H52", day_of_mergers), "H52.36");
    EXPECT_EQ(shipped().owner("SL228_15_3", "H52", day_of_mergers)->mark, Mark::inferred);
    std::set<std::string> orphans;
    for (const Form& f : shipped().forms())
        if (shipped().owner(f.code, "H52", day_of_mergers) == nullptr)
            orphans.insert(f.code);
    EXPECT_EQ(orphans, (std::set<std::string>{"SL228_15_1", "SL228_15_17", "SL228_15_2"}));
}

TEST(Assignments, GiveEveryLineOfPlan197TheAgencyItNamesFirst)
{
    const Day plan = 2025y / March / 27;
    unsigned owners = 0;
    for (const Indicator& i : shipped().indicators()) {
        const bool named = i.set == "DN197" && !i.agency_raw.empty();
        EXPECT_EQ(owner(i.code, "H16", plan), named ? first_named(i.agency_raw) : "nobody") << i.code << ' ' << i.agency_raw;
        owners += named ? 1U : 0U;
    }
    EXPECT_EQ(owners, 139U);
    std::set<std::string> shared;
    for (const Assignment& a : shipped().assignments())
        if (a.role == AssignmentRole::contributor && a.agency.starts_with("H16"))
            shared.insert(a.subject + ' ' + a.agency);
    EXPECT_EQ(shared,
              (std::set<std::string>{"A_VIII_1 H16.03", "B_6 H16.16", "B_7 H16.16", "B_8 H16.16", "D_2 H16.03", "D_3 H16.04"}));
    EXPECT_EQ(owner("A_I_1", "H16", 2025y / June / 30), "H16.01");
    EXPECT_EQ(owner("A_I_1", "H16", 2025y / July / 1), "nobody");
}

TEST(BrokenForms, NameTheirFaultsWhereTheyStand)
{
    const Folder folder;
    folder.write("regimes.csv", std::string(regimes_header) +
                                    "R,periodic,,1,DEPARTMENT,LEAD,day,18,last,,yes,,,2023-01-01,"
                                    "9999-12-31,act,\n");
    folder.write("forms.csv", std::string(forms_header) +
                                  "F_1,S,1,1,Gạo,Tháng,,R,H31,periodic,2024-01-01,9999-12-31,act,\n"
                                  "F_1,S,1,2,Lúa,Tháng,,R,H31,periodic,2025-01-01,9999-12-31,act,\n"
                                  "A_1,S,1,3,Ngô,Tháng,,Q,H99,weekly,2024-01-01,9999-12-31,act,\n");
    folder.write("assignments.csv",
                 "subject,agency,role,valid_from,valid_to,mark,act\n"
                 "F_1,H31,owner,2024-01-01,2025-01-01,confirmed,act\n"
                 "F_1,H31,owner,2024-06-01,9999-12-31,sure,act\n"
                 "F_2,H32,boss,2024-01-01,9999-12-31,inferred,act\n"
                 "A_1,H31,owner,2024-01-01,9999-12-31,inferred,act\n");
    EXPECT_EQ(folder.problems(),
              (std::vector<std::string>{"catalogue.kind forms.csv:4:28", "catalogue.reference forms.csv:4:22",
                                        "catalogue.reference forms.csv:4:24", "catalogue.overlap forms.csv:3:1",
                                        "catalogue.duplicate forms.csv:4:1", "catalogue.kind assignments.csv:3:37",
                                        "catalogue.kind assignments.csv:4:9", "catalogue.reference assignments.csv:4:1",
                                        "catalogue.reference assignments.csv:4:5", "catalogue.overlap assignments.csv:3:1"}));
}

TEST(BrokenForms, ASettledFrequencyIsCanonicalAndFollowsItsWordsOrHasANote)
{
    const Folder folder;
    folder.write("regimes.csv", std::string(regimes_header) +
                                    "R,periodic,,1,DEPARTMENT,LEAD,day,18,last,,yes,,,2023-01-01,9999-12-31,act,\n");
    const std::string header =
        "code,set,agency_number,number,name_vi,frequency_raw,frequency,regime,agency,role,kind,valid_from,valid_to,act,note\n";
    const auto row = [](const char* number, const char* frequency, const char* role, const char* note) {
        return std::string("F_") + number + ",S,1," + number + ",Gạo," + frequency + ",R,H31," + role +
               ",periodic,2024-01-01,9999-12-31,act," + note + '\n';
    };
    folder.write("forms.csv", header + row("1", "Tháng,M", "DEPARTMENT", "") + row("2", "Tháng,Q", "", "the annex says quarter") +
                                  row("3", "Tháng,", "", ""));
    EXPECT_EQ(folder.problems(), std::vector<std::string>{});
    folder.write("forms.csv", header + row("1", "Tháng,Q", "DEPARTMENT", "") +
                                  row("2", "Tháng,A;M", "", "a note is no excuse") + row("3", "Lâu lâu,M", "", "") +
                                  row("4", "Tháng,M", "KING", ""));
    EXPECT_EQ(folder.problems(),
              (std::vector<std::string>{"catalogue.frequency forms.csv:2:21", "frequency.malformed forms.csv:3:21",
                                        "frequency.malformed forms.csv:4:15", "catalogue.reference forms.csv:5:29"}));
}

TEST(OptionalFiles, MayBeAbsentButNotBroken)
{
    const Folder folder;
    const auto without = folder.load();
    ASSERT_TRUE(without);
    EXPECT_TRUE(without->forms().empty());
    EXPECT_TRUE(without->assignments().empty());
    EXPECT_TRUE(without->agency_changes().empty());
    folder.write("forms.csv", "code\n");
    EXPECT_NE(folder.problems(), std::vector<std::string>{});
    folder.write("forms.csv", forms_header);
    const auto empty = folder.load();
    ASSERT_TRUE(empty);
    EXPECT_NE(empty->digest(), without->digest()) << "a list that is empty says more than none";
}
