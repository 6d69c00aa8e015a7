// Whoever follows the feed of what is served finds what looking at everything anew would find, whatever was told, settled, taken
// over by another owner or declared otherwise in between, and wherever the checking was broken off.
#include "hub/flow/rule_check.hpp"

#include "tests/unit/rules/fixture.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <algorithm>
#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return at(1'000); }
};

/// Rules of every kind over the lines of RuleFolder.
std::string rows(const std::string& limit)
{
    const std::string end = ",printed,vi,en,2024-01-01,9999-12-31,act,\n";
    return rules::rule_columns + "R01,sum,finding,,A_1,VALUE,*,,,PART=*,," + end + "R02,sum,finding,,A_1,VALUE,,,,children,," + end +
           "R03,sum,finding,,A_1;A_2,VALUE,,,,quarters,," + end + "R04,equal,refuse,,A_1,VALUE,,,,A_2,," + end +
           "R05,at_most,refuse,,,,*,,,," + limit + "," + end + "R06,whole,finding,,,,*,mass,,,," + end +
           "R07,not_falling,finding,,A_1;A_2,CUMULATIVE,,,,,," + end + "R08,difference,finding,,A_1;A_2,CUMULATIVE,,,,/VALUE,," + end +
           "R09,growth,hint,,A_1;A_2,GROWTH,,,,/VALUE,,1" + end + "R10,chained,finding,,A_1;A_2,SINCE_DECEMBER,,,,/GROWTH,," + end +
           "R11,jump,hint,,A_1;A_2,VALUE,,,,,1.5,4" + end + "R12,ratio,finding,,A_1,GROWTH,,,quarter,A_1_1/VALUE;A_1_2/VALUE,," + end +
           "R13,sum,finding,,A_1,VALUE,,,,areas,," + end;
}

/// All but since when, which is remembered; looking anew only knows of now.
std::vector<std::string> in_words(const std::vector<RuleBreak>& breaks)
{
    std::vector<std::string> out;
    for (const RuleBreak& one : breaks) {
        std::string& text = out.emplace_back(one.subject.rule + ' ' + to_text(one.subject.figure) + ' ' + one.severity + ' ' + one.right);
        for (const RevisionId revision : one.revisions)
            text += ' ' + std::to_string(revision);
    }
    return out;
}

class RuleChecked : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        declare("90");
        owner_is("H31");
    }
    void declare(const std::string& limit)
    {
        folder_of_rules.write("rules.csv", rows(limit));
        ASSERT_EQ(folder_of_rules.problems(), std::vector<std::string>{});
        catalogue = folder_of_rules.load();
    }
    /// Serves this agency's telling where no settlement says otherwise.
    void owner_is(const std::string& agency)
    {
        owner = agency;
        faces.store->judge_by({"owner " + agency,
                               [agency](const Claims& claims) {
                                   if (claims.is_settled())
                                       return claims.settlement->agency;
                                   for (const Claim& claim : claims.claims)
                                       if (claim.agency == agency)
                                           return claim.agency;
                                   return claims.claims.front().agency;
                               },
                               [](const Observation& a, const Observation& b) { return a.value == b.value; }});
        ASSERT_TRUE(faces.store->judge_anew({"owner " + agency, std::string(32, 'o')}).ok());
    }
    [[nodiscard]] flow::RuleCheck check() const
    {
        return flow::RuleCheck({faces.rule_breaks, catalogue, std::make_shared<FixedClock>(), 7});
    }
    void tell(std::vector<Observation> observations)
    {
        ++messages;
        apply(*faces.store, application(messages, messages, {accepted_record(0, std::move(observations))}));
    }
    void expect_the_list_is_what_looking_at_everything_finds()
    {
        auto all = check().all_breaks().value();
        RuleBreakFilter filter;
        filter.limit = 100'000;
        std::vector<RuleBreak> listed;
        const auto rows_listed = faces.rule_breaks->list(filter).value();
        for (const RuleBreakRow& row : rows_listed)
            listed.push_back(row.content);
        std::sort(listed.begin(), listed.end(), [](const RuleBreak& a, const RuleBreak& b) { return a.subject < b.subject; });
        ASSERT_EQ(in_words(listed), in_words(all));
        most_open = std::max(most_open, all.size());
    }

    rules::RuleFolder folder_of_rules;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::string owner;
    MessageId messages = 0;
    std::size_t most_open = 0;
};

Observation told(const std::string& indicator, const std::string& measure, const std::string& period, const std::string& value,
                 const std::string& agency = "H31", const std::string& breakdown = "_T", const std::string& area = "GSO:33")
{
    return {{indicator, measure, period, area, breakdown, agency}, value, "KG"};
}

}  // namespace

TEST_F(RuleChecked, ABreakIsOpenedByWhatIsToldAndMendedByALaterRevision)
{
    tell({told("A_1", "VALUE", "2025-07", "42"), told("A_1", "VALUE", "2025-07", "25", "H31", "PART=A")});
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 0, 0}));
    tell({told("A_1", "VALUE", "2025-07", "14", "H31", "PART=B")});
    ASSERT_TRUE(check().catch_up().ok());
    const auto open = faces.rule_breaks->list({}).value();
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].content.subject.rule, "R01");
    EXPECT_EQ(open[0].content.right, "39");
    EXPECT_EQ(open[0].content.since, at(2)) << "when the last of its figures came";
    EXPECT_EQ(open[0].rows.size(), 3U);
    tell({told("A_1", "VALUE", "2025-07", "39")});
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 0, 0}));
    EXPECT_FALSE(check().step().value()) << "nothing is left to look at";
}

TEST_F(RuleChecked, AnotherAgencysTellingCountsOnceItIsTheOneServed)
{
    tell({told("A_1", "VALUE", "2025-07", "50"), told("A_2", "VALUE", "2025-07", "50")});
    tell({told("A_1", "VALUE", "2025-07", "60", "X")});
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 0, 0}));
    const FigureKey figure{"A_1", "VALUE", "2025-07", "GSO:33", "_T"};
    const auto claims = faces.store->claims({figure}).value();
    const Settlement settlement{figure, "X", "họp", "người", at(5), claims[0].revisions()};
    ASSERT_TRUE(faces.store->settle(settlement, leaf_of(settlement)).ok());
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{1, 0, 0}));
    EXPECT_EQ(faces.rule_breaks->list({}).value()[0].rows[0].observation.key.agency, "X");
}

TEST_F(RuleChecked, OtherRulesCloseAtOnceWhatTheyDoNotFindAndFindWhatTheOthersDidNot)
{
    tell({told("A_1", "VALUE", "2025-07", "95"), told("A_1", "GROWTH", "2025-07", "50")});
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{1, 0, 0}));
    declare("100");
    ASSERT_TRUE(check().step().value());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 0, 0}));
    RuleBreakFilter mended;
    mended.open = false;
    mended.mended = true;
    EXPECT_EQ(faces.rule_breaks->list(mended).value()[0].mended_by, "rules");
    declare("40");
    ASSERT_TRUE(check().catch_up().ok());
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{2, 0, 0}));
}

TEST_F(RuleChecked, WhatFollowsTheFeedIsWhatLookingAtEverythingFindsOverRandomHistories)
{
    std::mt19937 random(20261126);
    const auto below = [&](std::size_t many) { return std::uniform_int_distribution<std::size_t>(0, many - 1)(random); };
    // Few enough that figures meet: most are totals of the province.
    const std::vector<std::string> indicators = {"A_1", "A_1", "A_1", "A_1_1", "A_1_2", "A_2"};
    const std::vector<std::string> measures = {"VALUE", "VALUE", "CUMULATIVE", "GROWTH", "SINCE_DECEMBER"};
    const std::vector<std::string> periods = {"2025-07", "2025-08", "2025-09", "2025-10", "2025-Q3", "2025-Q4", "2025-S2"};
    const std::vector<std::string> breakdowns = {"_T", "_T", "_T", "_T", "_T", "_T", "PART=A", "PART=B", "PART=A;SEX=F", "PART=B;SEX=F", "SEX=F"};
    const std::vector<std::string> areas = {"GSO:33", "GSO:33", "GSO:33", "GSO:33", "GSO:33", "GSO:33001"};
    const std::vector<std::string> agencies = {"H31", "X"};
    const auto one_of = [&](const std::vector<std::string>& list) { return list[below(list.size())]; };
    const auto any = [&] {
        Observation out = told(one_of(indicators), one_of(measures), one_of(periods), std::to_string(below(100)), one_of(agencies),
                               one_of(breakdowns), one_of(areas));
        if (below(10) == 0)
            out.value += ".5";
        if (below(15) == 0) {
            out.availability = Availability::not_available;
            out.value = out.unit = "";
        }
        return out;
    };
    for (int round = 0; round < 70; ++round) {
        std::map<SeriesKey, Observation> told_once;
        for (std::size_t i = 0; i <= below(12); ++i) {
            const Observation one = any();
            told_once[one.key] = one;
        }
        std::vector<Observation> observations;
        for (const auto& [key, one] : told_once)
            observations.push_back(one);
        tell(observations);
        switch (below(25)) {
        case 0: owner_is(owner == "X" ? "H31" : "X"); break;
        case 1: declare(std::to_string(60 + below(30))); break;
        case 2: {
            DisagreementFilter open;
            open.limit = 1;
            const auto differing = faces.store->disagreements(open).value();
            for (const Disagreement& one : differing) {
                const Settlement settlement{one.claims.figure, agencies[below(2)], "họp", "người", at(5), one.claims.revisions()};
                ASSERT_TRUE(faces.store->settle(settlement, leaf_of(settlement)).ok());
            }
            break;
        }
        case 3:  // The checking is broken off here and there.
            ASSERT_TRUE(check().step().ok());
            reopen();
            owner_is(owner);
            break;
        default: break;
        }
        if (below(3) != 0)
            continue;
        ASSERT_TRUE(check().catch_up().ok());
        expect_the_list_is_what_looking_at_everything_finds();
        if (HasFatalFailure())
            return;
    }
    ASSERT_TRUE(check().catch_up().ok());
    expect_the_list_is_what_looking_at_everything_finds();
    EXPECT_GT(most_open, 20U) << "histories in which something is broken";
    EXPECT_FALSE(faces.rule_breaks->list({.open = false, .mended = true}).value().empty());
}
