// Whatever figure a rule looks at, that figure leads back to the rule: else a change of it would go unnoticed.
#include "hub/rules/parts.hpp"

#include "tests/unit/rules/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::rules;

namespace {

void expect_every_part_leads_back(const catalogue::Catalogue& catalogue, const Instance& instance, unsigned& looked_at)
{
    for (const FigureKey& figure : figures_of(catalogue, instance)) {
        const std::vector<Instance> found = about(catalogue, figure);
        ASSERT_NE(std::find(found.begin(), found.end(), instance), found.end())
            << instance.rule->code << " of " << to_text(instance.subject) << " is not found from " << to_text(figure);
        ++looked_at;
    }
}

/// Subjects of a rule over many periods.
unsigned looked_at_over_periods(const catalogue::Catalogue& catalogue)
{
    unsigned looked_at = 0;
    for (const catalogue::Rule& rule : catalogue.rules()) {
        std::vector<std::string> indicators = rule.indicators;
        if (indicators.empty())
            indicators = {catalogue.indicators().front().code};
        std::vector<std::string> measures = rule.measures;
        if (measures.empty())
            measures = {"VALUE"};
        for (const std::string& indicator : indicators)
            for (const std::string& measure : measures)
                for (const char* period : {"2024-12-31", "2025-01-01", "2025-03-15", "2025-01", "2025-02", "2025-09", "2025-12", "2025-Q1",
                                           "2025-Q4", "2025-S1", "2025-M9", "2025"}) {
                    const FigureKey subject{indicator, measure, period, "GSO:33", "_T"};
                    if (is_subject(rule, subject))
                        expect_every_part_leads_back(catalogue, {&rule, subject}, looked_at);
                }
    }
    return looked_at;
}

}  // namespace

TEST(Parts, EveryPartOfAShippedRuleLeadsBackToIt)
{
    EXPECT_GT(looked_at_over_periods(catalogue::shipped()), 1'000U);
}

TEST(Parts, EveryPartOfEveryKindOfTermLeadsBackToIt)
{
    const RuleFolder folder;
    const std::string end = ",,,printed,vi,en,2024-01-01,9999-12-31,act,\n";
    const auto row = [&](const std::string& code, const std::string& terms) {
        return code + ",sum,finding,,A_1,VALUE,*,,," + terms + end;
    };
    folder.write("rules.csv",
                 rule_columns + row("R1", "children") + row("R2", "areas") + row("R3", "months") + row("R4", "quarters") + row("R5", "PART=*") +
                     row("R6", "PART=A;SEX=F") + row("R7", "A_2/GROWTH;/CUMULATIVE;A_2") +
                     "R8,growth,finding,,A_1;A_2,GROWTH,*,,,A_1_1/VALUE,,3,printed,vi,en,2024-01-01,9999-12-31,act,\n"
                     "R9,growth,finding,,A_1;A_2,GROWTH,*,,,/VALUE,,year,printed,vi,en,2024-01-01,9999-12-31,act,\n");
    ASSERT_EQ(folder.problems(), std::vector<std::string>{});
    const auto loaded = folder.load();
    EXPECT_GT(looked_at_over_periods(*loaded), 100U);
}

TEST(Parts, ABreakdownIsPutInAmongTheSubjectsOwnDimensionsInOrder)
{
    RuleFolder folder;
    folder.rule("sum,finding,,A_1,VALUE,*,,,PART=*,,,printed");
    const auto loaded = folder.load();
    const Instance women{&loaded->rules().front(), key_of("A_1|VALUE|2025|SEX=F")};
    const auto figures = figures_of(*loaded, women);
    ASSERT_EQ(figures.size(), 3U);
    EXPECT_EQ(figures[1].breakdown, "PART=A;SEX=F");
    EXPECT_EQ(figures_of(*loaded, {women.rule, key_of("A_1|VALUE|2025|PART=A")}).size(), 1U) << "a part has no such parts";
}
