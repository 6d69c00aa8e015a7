// Breaks of rules are kept with how far the checking has come, in one transaction; one that is mended stays in the books.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

const FigureKey figure{"A", "PERIOD", "2026-03", "GSO:33", "_T"};

class RuleBreaksKept : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        apply(*faces.store, application(1, 10, {accepted_record(0, {observation("A", "40942")}), accepted_record(1, {observation("B", "25751")})}));
    }
    [[nodiscard]] RuleBreak one(const std::string& right = "40492", std::int64_t since = 10) const
    {
        return {{"PARTS", figure}, "finding", {1, 2}, right, at(since)};
    }
    bool keep(const RuleFindings& findings, LeafId to)
    {
        const RuleReach from = faces.rule_breaks->reach().value();
        return faces.rule_breaks->keep(from, {to, 0, "d"}, findings).value();
    }
    [[nodiscard]] std::vector<RuleBreakRow> listed(const RuleBreakFilter& filter = {}) const
    {
        return faces.rule_breaks->list(filter).value();
    }
};

}  // namespace

TEST_F(RuleBreaksKept, OpenWithTheirFiguresAndAreCountedBySeverity)
{
    EXPECT_EQ(faces.rule_breaks->reach().value(), (RuleReach{1, 0, ""}));
    EXPECT_TRUE(keep({{one()}, {}, at(20)}, 2));
    const auto rows = listed();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].content, one());
    EXPECT_FALSE(rows[0].mended);
    ASSERT_EQ(rows[0].rows.size(), 2U);
    EXPECT_EQ(rows[0].rows[1].observation.value, "25751");
    EXPECT_EQ(rows[0].rows[1].sender, "so_cong_thuong");
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 1, 0}));
    EXPECT_EQ(faces.rule_breaks->open_among({{"PARTS", figure}, {"OTHER", figure}}).value(), (std::vector<RuleSubject>{{"PARTS", figure}}));
}

TEST_F(RuleBreaksKept, AreRenewedMendedAndOpenedAgain)
{
    ASSERT_TRUE(keep({{one()}, {}, at(20)}, 2));
    ASSERT_TRUE(keep({{one("40500", 30)}, {}, at(40)}, 3));
    ASSERT_EQ(listed().size(), 1U);
    EXPECT_EQ(listed()[0].content.right, "40500");
    EXPECT_EQ(listed()[0].content.since, at(10)) << "it was broken since then";
    ASSERT_TRUE(keep({{}, {{"PARTS", figure}}, at(50)}, 4));
    EXPECT_TRUE(listed().empty());
    RuleBreakFilter mended;
    mended.open = false;
    mended.mended = true;
    ASSERT_EQ(listed(mended).size(), 1U);
    EXPECT_EQ(listed(mended)[0].mended, at(50));
    EXPECT_EQ(listed(mended)[0].mended_by, "figures");
    ASSERT_TRUE(keep({{one("1", 60)}, {}, at(60)}, 5));
    mended.open = true;
    EXPECT_EQ(listed(mended).size(), 2U) << "another time is another break";
    EXPECT_EQ(faces.rule_breaks->open().value(), (OpenRuleBreaks{0, 1, 0}));
}

TEST_F(RuleBreaksKept, AreKeptOnlyByWhoKnowsHowFarTheCheckingIs)
{
    const RuleReach stale = faces.rule_breaks->reach().value();
    ASSERT_TRUE(keep({{}, {}, at(20)}, 2));
    EXPECT_FALSE(faces.rule_breaks->keep(stale, {9, 0, "d"}, {{one()}, {}, at(20)}).value());
    EXPECT_TRUE(listed().empty());
    EXPECT_EQ(faces.rule_breaks->reach().value(), (RuleReach{2, 0, "d"}));
}

TEST_F(RuleBreaksKept, SurviveARestart)
{
    ASSERT_TRUE(keep({{one()}, {}, at(20)}, 2));
    reopen();
    EXPECT_EQ(faces.rule_breaks->reach().value(), (RuleReach{2, 0, "d"}));
    EXPECT_EQ(listed().size(), 1U);
}

TEST_F(RuleBreaksKept, AreListedByFilterAndPage)
{
    RuleBreak other = one();
    other.subject = {"BOUND", {"B", "PERIOD", "2026-03", "GSO:33", "_T"}};
    other.severity = "refuse";
    ASSERT_TRUE(keep({{one(), other}, {}, at(20)}, 2));
    const auto rules_by = [&](const RuleBreakFilter& filter) {
        std::string out;
        for (const RuleBreakRow& row : listed(filter))
            out += row.content.subject.rule + ' ';
        return out;
    };
    EXPECT_EQ(rules_by({}), "PARTS BOUND ");
    EXPECT_EQ(rules_by({.indicator = "B"}), "BOUND ");
    EXPECT_EQ(rules_by({.rule = "PARTS"}), "PARTS ");
    EXPECT_EQ(rules_by({.severity = "refuse"}), "BOUND ");
    EXPECT_EQ(rules_by({.area = "GSO:1"}), "");
    EXPECT_EQ(rules_by({.limit = 1}), "PARTS ");
    EXPECT_EQ(rules_by({.after = listed()[0].id}), "BOUND ");
}

TEST_F(RuleBreaksKept, TellWhatCameToBeServedBeyondTheReachInPages)
{
    apply(*faces.store, application(2, 11, {accepted_record(0, {observation("A", "1")})}));
    const FigureKey other{"B", "PERIOD", "2026-03", "GSO:33", "_T"};
    const std::vector<FigureServed> all{{1, 1, figure}, {1, 2, other}, {2, 3, figure}};
    const auto beyond = [this](LeafId leaf, RevisionId cause, LeafId last, std::size_t limit) {
        return faces.rule_breaks->served_beyond({leaf, cause, ""}, last, limit).value();
    };
    EXPECT_EQ(beyond(1, 0, 2, 10), all);
    EXPECT_EQ(beyond(1, 0, 1, 10), (std::vector<FigureServed>{all[0], all[1]}));
    EXPECT_EQ(beyond(1, 0, 2, 1), std::vector<FigureServed>{all[0]});
    EXPECT_EQ(beyond(1, 1, 2, 10), (std::vector<FigureServed>{all[1], all[2]}));
    EXPECT_EQ(beyond(2, 3, 2, 10), std::vector<FigureServed>());
}

TEST_F(RuleBreaksKept, TellWhatIsServedAndWhichFiguresThereAre)
{
    const auto served = faces.rule_breaks->served({figure, {"Z", "PERIOD", "2026-03", "GSO:33", "_T"}}).value();
    ASSERT_EQ(served.size(), 2U);
    EXPECT_EQ(served[0]->observation.value, "40942");
    EXPECT_FALSE(served[1]);
    const auto first = faces.rule_breaks->figures(std::nullopt, 1).value();
    ASSERT_EQ(first, std::vector<FigureKey>{figure});
    const auto second = faces.rule_breaks->figures(first.back(), 10).value();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].indicator, "B");
    EXPECT_EQ(faces.rule_breaks->last_leaf().value(), 1);
}
