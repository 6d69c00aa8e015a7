// Several agencies tell one figure: all is kept, what differs stands in a list until it is settled, and a new revision
// opens it again.
#include "hub/text/number.hpp"
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

bool same(const Observation& a, const Observation& b)
{
    return a.availability == b.availability &&
           (a.availability != Availability::value || text::compare(a.value, b.value) == 0);
}

Observation told(const std::string& agency, const std::string& value, const std::string& indicator = "A_VIII_1",
                 const std::string& area = "GSO:33")
{
    Observation out = observation(indicator, value);
    out.key.agency = agency;
    out.key.area = area;
    return out;
}

/// One value is the same however it is written; the first of those who tell it is served, unless they settled.
const FigureRules rules{"r1",
                        [](const Claims& claims) {
                            return claims.is_settled() ? claims.settlement->agency : claims.claims.front().agency;
                        },
                        same};

class Claimed : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        faces.store->judge_by(rules);
    }
    void tell(const Observation& observation)
    {
        ++message;
        apply(*faces.store, application(message, message, {accepted_record(0, {observation})}));
    }
    std::vector<Disagreement> listed(const DisagreementFilter& filter = {}) { return faces.store->disagreements(filter).value(); }
    std::int64_t open() { return faces.store->open_disagreements().value(); }
    Claims claims(const Observation& of) { return faces.store->claims({figure_of(of.key)}).value().at(0); }
    Settlement settlement(const Observation& of, const std::string& agency)
    {
        return {figure_of(of.key), agency, "cùng rà soát, thống nhất", "operator", at(99), claims(of).revisions()};
    }

    Result<SettlementId> settle(const Settlement& settlement) { return faces.store->settle(settlement, leaf_of(settlement)); }

    MessageId message = 0;
};

const DisagreementFilter all{.open = true, .settled = true};
const DisagreementFilter settled{.open = false, .settled = true};

}  // namespace

TEST_F(Claimed, KeepsBothTellingsAndListsTheDifference)
{
    tell(told("H31.03", "7.5"));
    EXPECT_EQ(open(), 0);
    tell(told("H31.01", "7.25"));
    EXPECT_EQ(history().size(), 2U);
    EXPECT_EQ(open(), 1);
    const auto found = listed();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(to_text(found[0].claims.figure), "A_VIII_1|PERIOD|2026-03|GSO:33|_T");
    ASSERT_EQ(found[0].rows.size(), 2U);
    EXPECT_EQ(found[0].rows[0].observation, told("H31.01", "7.25"));
    EXPECT_EQ(found[0].rows[1].observation, told("H31.03", "7.5"));
    EXPECT_EQ(found[0].claims.revisions(), (std::vector<RevisionId>{1, 2}));
    EXPECT_FALSE(found[0].claims.is_settled());
}

TEST_F(Claimed, ListsNoFigureThatIsToldAlikeOrByOneAgencyOnly)
{
    tell(told("H31.03", "1.0"));
    tell(told("H31.01", "1.00"));
    tell(told("H31.03", "5", "A_V_1"));
    tell(told("H31.03", "6", "A_V_1"));
    EXPECT_EQ(open(), 0);
    EXPECT_TRUE(listed(all).empty());
    Observation missing = told("H31.01", "");
    missing.availability = Availability::not_available;
    tell(missing);
    EXPECT_EQ(open(), 1);
}

TEST_F(Claimed, ClosesADifferenceWhenTheAgenciesComeToTellTheSame)
{
    tell(told("H31.03", "7.5"));
    tell(told("H31.01", "7.25"));
    ASSERT_EQ(open(), 1);
    tell(told("H31.03", "7.25"));
    EXPECT_EQ(open(), 0);
}

TEST_F(Claimed, TakesASettledDifferenceFromTheListUntilAnyoneTellsTheFigureAnew)
{
    const Observation theirs = told("H31.03", "7.5");
    tell(theirs);
    tell(told("H31.01", "7.25"));
    ASSERT_TRUE(settle(settlement(theirs, "H31.03")).ok());
    EXPECT_EQ(open(), 0);
    const auto found = listed(settled);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].claims.is_settled());
    EXPECT_EQ(found[0].claims.settlement->agency, "H31.03");
    EXPECT_EQ(found[0].claims.settlement->reason, "cùng rà soát, thống nhất");
    EXPECT_EQ(found[0].claims.settlement->by, "operator");
    EXPECT_EQ(found[0].claims.settlement->at, at(99));

    tell(told("H31.01", "7.25"));
    EXPECT_EQ(open(), 0) << "the same again is no new revision";
    tell(told("H31.01", "7.3"));
    ASSERT_EQ(open(), 1);
    EXPECT_TRUE(listed(settled).empty());
    ASSERT_EQ(listed().size(), 1U);
    EXPECT_EQ(listed()[0].claims.settlement->agency, "H31.03") << "what was settled before is still told";

    ASSERT_TRUE(settle(settlement(theirs, "H31.01")).ok());
    EXPECT_EQ(claims(theirs).settlement->agency, "H31.01");
    EXPECT_EQ(open(), 0);
    tell(told("H31.02", "7.3"));
    EXPECT_EQ(open(), 1) << "a third agency opens it as well";
}

TEST_F(Claimed, RefusesASettlementOnAnAgencyThatTellsNothingAndOneOverOlderRevisions)
{
    const Observation theirs = told("H31.03", "7.5");
    tell(theirs);
    tell(told("H31.01", "7.25"));
    const auto stranger = settle(settlement(theirs, "H31.09"));
    ASSERT_FALSE(stranger.ok());
    EXPECT_EQ(stranger.problem().code, "store.settlement_agency");
    EXPECT_EQ(stranger.problem().expected, "H31.01, H31.03");
    const Settlement old = settlement(theirs, "H31.03");
    tell(told("H31.01", "7.3"));
    const auto late = settle(old);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.problem().code, "store.settlement_moved");
    EXPECT_EQ(open(), 1);
    EXPECT_FALSE(claims(theirs).settlement);
}

TEST_F(Claimed, FindsDifferencesOfBeforeARestartAndKeepsWhatWasSettled)
{
    const Observation theirs = told("H31.03", "7.5");
    tell(theirs);
    tell(told("H31.01", "7.25"));
    tell(told("H31.03", "8", "A_V_1"));
    tell(told("H31.01", "9", "A_V_1"));
    ASSERT_TRUE(settle(settlement(theirs, "H31.03")).ok());
    reopen();
    EXPECT_EQ(open(), 1);
    EXPECT_EQ(listed(all).size(), 2U);
    EXPECT_TRUE(claims(theirs).is_settled());
}

TEST_F(Claimed, SeesWhatAnotherProcessTells)
{
    tell(told("H31.03", "7.5"));
    ASSERT_EQ(open(), 0);
    const auto other = adapters::open_sqlite_store(path).value();
    apply(*other.store, application(50, 50, {accepted_record(0, {told("H31.01", "7.25")})}));
    EXPECT_EQ(open(), 1);
}

TEST_F(Claimed, ListsByFilterAndPageInTheOrderOfKeys)
{
    for (const char* area : {"GSO:33", "GSO:34"})
        for (const char* indicator : {"A_V_1", "A_VIII_1"}) {
            tell(told("H31.03", "1", indicator, area));
            tell(told("H31.01", "2", indicator, area));
        }
    tell(told("H31.02", "3", "A_V_1", "GSO:34"));
    const auto whole = listed();
    ASSERT_EQ(whole.size(), 4U);
    std::vector<FigureKey> paged;
    DisagreementFilter page{.limit = 1};
    for (auto found = listed(page); !found.empty(); found = listed(page)) {
        ASSERT_EQ(found.size(), 1U);
        ASSERT_LT(paged.size(), whole.size());
        page.after = found[0].claims.figure;
        paged.push_back(*page.after);
    }
    ASSERT_EQ(paged.size(), 4U);
    for (std::size_t i = 0; i < whole.size(); ++i)
        EXPECT_EQ(paged[i], whole[i].claims.figure);
    EXPECT_LT(paged[0], paged[1]);
    EXPECT_EQ(listed({.indicator = "A_V_1"}).size(), 2U);
    EXPECT_EQ(listed({.indicator = "A_V_1", .after = paged.back()}).size(), 0U);
    EXPECT_EQ(listed({.indicator = "A_V_1", .after = paged.front()}).size(), 2U);
    EXPECT_EQ(listed({.indicator = "A_VIII_1", .after = paged.back()}).size(), 0U);
    EXPECT_EQ(listed({.indicator = "A_V", .area = ""}).size(), 0U);
    EXPECT_EQ(listed({.area = "GSO:34"}).size(), 2U);
    EXPECT_EQ(listed({.agency = "H31.02"}).size(), 1U);
    EXPECT_TRUE(listed({.limit = 0}).empty());
}

TEST_F(Claimed, GivesClaimsInTheOrderAskedAndNoneForAFigureNobodyTells)
{
    const Observation one = told("H31.03", "1"), other = told("H31.01", "2", "A_V_1");
    tell(one);
    tell(other);
    Observation nobody = one;
    nobody.key.period = "2026-04";
    const auto found = faces.store->claims({figure_of(other.key), figure_of(nobody.key), figure_of(one.key)}).value();
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].claims.at(0).agency, "H31.01");
    EXPECT_TRUE(found[1].claims.empty());
    EXPECT_EQ(found[2].claims.at(0).revision, 1);
}
