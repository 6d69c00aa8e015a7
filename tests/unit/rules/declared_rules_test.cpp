// Rules between figures are checked where they are declared: everything they name must be there, and each kind has what it needs.
#include "hub/catalogue/rules.hpp"

#include "tests/unit/rules/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

using Faults = std::vector<std::string>;

Faults faults_of(const std::string& cells)
{
    const rules::RuleFolder folder;
    folder.rule(cells);
    return folder.problems();
}

}  // namespace

TEST(DeclaredRules, AreReadWithTheirSubjectsTermsAndTolerance)
{
    const rules::RuleFolder folder;
    folder.write("rules.csv", rules::rule_columns + "GROWS,growth,finding,,A_1;A_2,GROWTH,*,ratio,month;quarter,A_1_1/VALUE,,year,1.5%,Tên,Name,"
                                                    "2024-01-01,2026-01-01,197/KH-UBND,ghi chú\nPARTS,sum,refuse,S,,,,,,PART=*;SEX=F;children,,,0.5,Tên,Name,"
                                                    "2024-01-01,9999-12-31,act,\n");
    ASSERT_EQ(folder.problems(), Faults{});
    const auto loaded = folder.load();
    const Rule& growth = loaded->rules().at(0);
    EXPECT_EQ(growth.code, "GROWS");
    EXPECT_EQ(growth.kind, RuleKind::growth);
    EXPECT_EQ(growth.indicators, (Faults{"A_1", "A_2"}));
    EXPECT_TRUE(growth.any_breakdown && growth.back.year);
    EXPECT_EQ(growth.terms.at(0).indicator + '/' + growth.terms.at(0).measure, "A_1_1/VALUE");
    EXPECT_EQ(growth.tolerance, Tolerance::relative);
    EXPECT_EQ(growth.allowance, "1.5");
    EXPECT_EQ(growth.act, "197/KH-UBND");
    const Rule& parts = loaded->rules().at(1);
    EXPECT_EQ(parts.severity, Severity::refuse);
    EXPECT_EQ(parts.indicators.size(), 4U) << "all of the set";
    EXPECT_EQ(parts.terms.at(0).code, "");
    EXPECT_EQ(parts.terms.at(1).code, "F");
    EXPECT_EQ(parts.terms.at(2).of, RuleTerm::Of::children);
    EXPECT_EQ(loaded->find_rule("PARTS"), &parts);
    EXPECT_EQ(loaded->find_rule("OTHER"), nullptr);
    EXPECT_EQ(loaded->rules_about("A_1_1").size(), 2U) << "as a term of one and a subject of the other";
}

TEST(DeclaredRules, AreNoMoreThanAFileACatalogueMayLack)
{
    const rules::RuleFolder folder;
    const std::string without = folder.load()->digest();
    EXPECT_TRUE(folder.load()->rules().empty());
    folder.rule("whole,finding,,A_1,VALUE,,,,,,,printed");
    EXPECT_NE(folder.load()->digest(), without) << "figures are judged by them";
}

TEST(DeclaredRules, NameOnlyWhatTheCatalogueHas)
{
    EXPECT_EQ(faults_of("sum,finding,,A_9,VALUE,,,,children,,,printed"), Faults{"catalogue.reference rules.csv:2:16"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,OTHER,,,,children,,,printed"), Faults{"catalogue.reference rules.csv:2:20"});
    EXPECT_EQ(faults_of("sum,finding,T,,,,,,children,,,printed"), Faults{"catalogue.reference rules.csv:2:15"});
    EXPECT_EQ(faults_of("whole,finding,,,,,length,,,,,printed"), Faults{"catalogue.reference rules.csv:2:21"});
    EXPECT_EQ(faults_of("whole,finding,,,,,,week,,,,printed"), Faults{"catalogue.kind rules.csv:2:22"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,A_9,,,printed"), Faults{"catalogue.reference rules.csv:2:29"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,A_2/OTHER,,,printed"), Faults{"catalogue.reference rules.csv:2:29"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,/OTHER,,,printed"), Faults{"catalogue.reference rules.csv:2:29"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,PART=C,,,printed"), Faults{"catalogue.reference rules.csv:2:29"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,AGE=*,,,printed"), (Faults{"catalogue.reference rules.csv:2:29", "catalogue.reference rules.csv:2:29"}));
}

TEST(DeclaredRules, HaveWhatTheirKindNeedsAndNothingElse)
{
    EXPECT_EQ(faults_of("balance,finding,,A_1,VALUE,,,,PART=*,,,printed"), Faults{"catalogue.kind rules.csv:2:3"});
    EXPECT_EQ(faults_of("sum,warning,,A_1,VALUE,,,,PART=*,,,printed"), Faults{"catalogue.kind rules.csv:2:7"});
    EXPECT_EQ(faults_of("sum,finding,,A_1,VALUE,,,,,,,printed"), Faults{"catalogue.rule rules.csv:2:29"});
    EXPECT_EQ(faults_of("equal,finding,,A_1,VALUE,,,,A_2;A_1_1,,,printed"), Faults{"catalogue.rule rules.csv:2:31"});
    EXPECT_EQ(faults_of("equal,finding,,A_1,VALUE,,,,areas,,,printed"), Faults{"catalogue.rule rules.csv:2:31"});
    EXPECT_EQ(faults_of("ratio,finding,,A_1,VALUE,,,,A_2,,,printed"), Faults{"catalogue.rule rules.csv:2:31"});
    EXPECT_EQ(faults_of("at_most,finding,,A_1,VALUE,,,,,,,printed"), Faults{"catalogue.rule rules.csv:2:34"});
    EXPECT_EQ(faults_of("at_most,finding,,A_1,VALUE,,,,A_2,5,,printed"), Faults{"catalogue.rule rules.csv:2:37"});
    EXPECT_EQ(faults_of("at_most,finding,,A_1,VALUE,,,,,many,,printed"), Faults{"catalogue.rule rules.csv:2:34"});
    EXPECT_EQ(faults_of("growth,finding,,A_1,VALUE,,,,/GROWTH,,,printed"), Faults{"catalogue.rule rules.csv:2:41"});
    EXPECT_EQ(faults_of("growth,finding,,A_1,VALUE,,,,/GROWTH,,0,printed"), Faults{"catalogue.rule rules.csv:2:41"});
    EXPECT_EQ(faults_of("whole,finding,,A_1,VALUE,,,,,,1,printed"), Faults{"catalogue.rule rules.csv:2:33"});
    EXPECT_EQ(faults_of("jump,finding,,A_1,VALUE,,,,,2,6,printed"), Faults{"catalogue.rule rules.csv:2:8"}) << "a jump may be real";
    EXPECT_EQ(faults_of("jump,hint,,A_1,VALUE,,,,,1,6,printed"), Faults{"catalogue.rule rules.csv:2:28"});
    EXPECT_EQ(faults_of("whole,finding,,A_1,VALUE,,,,,,,"), Faults{"catalogue.rule rules.csv:2:34"});
    EXPECT_EQ(faults_of("whole,finding,,A_1,VALUE,,,,,,,-1"), Faults{"catalogue.rule rules.csv:2:34"});
    EXPECT_EQ(faults_of("whole,finding,,A_1,VALUE,all,,,,,,printed"), Faults{"catalogue.kind rules.csv:2:28"});
    EXPECT_EQ(faults_of("sum,finding,S,A_1,VALUE,,,,PART=*,,,printed"), Faults{"catalogue.rule rules.csv:2:15"});
    EXPECT_EQ(faults_of("equal,finding,,,,,,,A_2/VALUE,,,printed"), Faults{"catalogue.rule rules.csv:2:23"})
        << "whose figures A_2 is held against must be said";
}
