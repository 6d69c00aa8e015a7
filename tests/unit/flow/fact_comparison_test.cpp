// Dossiers as two sources tell them, held against each other by key.
#include "hub/flow/fact_comparison.hpp"

#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::flow;
using namespace lienthong::testing;

namespace {

constexpr const char* header = "kind,field,value,other_kind,other_field,other_value,name\n";

class FactComparison : public StoreFixture
{
protected:
    void tell(const std::string& kind, const std::map<std::string, std::string>& states)
    {
        Verdict verdict = accepted_record(0, {});
        for (const auto& [key, state] : states)
            verdict.facts.push_back({kind, key, state.empty() ? std::vector<std::pair<std::string, std::string>>{} :
                                                                std::vector<std::pair<std::string, std::string>>{{"state", state}}});
        ++message_;
        (void)lienthong::testing::apply(*faces.store, application(message_, message_, {verdict}));
    }
    ComparedFacts compare()
    {
        std::vector<Problem> problems;
        const auto rules = comparison_rules(std::string(header) + "local,state,processing,national,state,received,\n"
                                                                  "local,state,processing,national,state,processing,\n"
                                                                  "local,state,done,national,state,processed,\n",
                                            "dossiers", "dossiers.csv", problems);
        told.clear();
        return compare_facts(*faces.store, *rules, [this](const FactDifference& one) {
                   told.push_back(one.key + ' ' + one.here + '|' + one.there);
               })
            .value();
    }
    std::vector<Problem> problems_of(const std::string& rows)
    {
        std::vector<Problem> problems;
        EXPECT_FALSE(comparison_rules(rows, "dossiers", "dossiers.csv", problems));
        return problems;
    }
    std::vector<std::string> told;

private:
    MessageId message_ = 0;
};

}  // namespace

TEST_F(FactComparison, ADossierThatLooksFinishedAtThePortalAloneDiffers)
{
    tell("local", {{"A", "processing"}, {"B", "processing"}, {"C", "done"}, {"D", "done"}});
    tell("national", {{"A", "received"}, {"B", "processed"}, {"C", "processed"}, {"E", "processing"}});
    const ComparedFacts sum = compare();
    EXPECT_EQ(told, (std::vector<std::string>{"B processing|processed", "D done|", "E |processing"}));
    EXPECT_EQ((std::vector<std::size_t>{sum.agree, sum.differ, sum.only_here, sum.only_there}), (std::vector<std::size_t>{2, 1, 1, 1}));
}

TEST_F(FactComparison, TheNewestVersionOfEachSideSpeaks)
{
    tell("local", {{"A", "processing"}});
    tell("national", {{"A", "processed"}});
    EXPECT_EQ(compare().differ, 1U);
    tell("local", {{"A", "done"}});
    EXPECT_EQ(compare().differ, 0U);
    EXPECT_TRUE(told.empty());
}

TEST_F(FactComparison, AFactThatSaysNothingOfItsStateDiffers)
{
    tell("local", {{"A", ""}});
    tell("national", {{"A", "processed"}});
    EXPECT_EQ(compare().differ, 1U);
    EXPECT_EQ(told, std::vector<std::string>{"A |processed"});
}

TEST_F(FactComparison, GoesThroughMoreThanAPage)
{
    std::map<std::string, std::string> here, there;
    for (int i = 0; i < 2'500; ++i) {
        const std::string key = "H31-" + std::to_string(10'000 + i);
        here[key] = "done";
        if (i != 1'999)
            there[key] = "processed";
    }
    tell("local", here);
    tell("national", there);
    const ComparedFacts sum = compare();
    EXPECT_EQ(sum.agree, 2'499U);
    EXPECT_EQ(told, std::vector<std::string>{"H31-11999 done|"});
}

TEST_F(FactComparison, RulesThatAreNoneAreToldWithTheirPlace)
{
    EXPECT_EQ(problems_of("kind,field\n").at(0).place, "dossiers.csv:1:1");
    EXPECT_EQ(problems_of(header).at(0).detail, "the file has no row");
    const auto other = problems_of(std::string(header) + "local,state,done,national,state,processed,\nlocal,phase,done,national,state,returned,\n");
    EXPECT_EQ(other.at(0).sentence(), "dossiers.csv:3:7: one file compares two fields; found 'phase'; expected state [fact.comparison]");
    EXPECT_EQ(problems_of(std::string(header) + "local,state,,national,state,processed,\n").at(0).place, "dossiers.csv:2:13");
}
