// Who is on the axis's list can be sent documents, under either of its codes; who is not is refused with whom it may have meant.
#include "hub/flow/axis_agencies.hpp"

#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class AxisAgencies : public StoreFixture
{
protected:
    void list(const std::vector<std::pair<std::string, std::string>>& codes)
    {
        Verdict verdict = accepted_record(0, {});
        for (const auto& [code, older] : codes)
            verdict.facts.push_back({flow::agency_fact, code, {{"code", code}, {"older", older}, {"name", "Đơn vị " + code}}});
        (void)apply(*faces.store, application(1, 1, {verdict}));
    }
    std::vector<std::string> unlisted(const std::vector<std::string>& codes)
    {
        std::vector<std::string> out;
        const std::vector<Problem> problems = flow::not_on_the_list(*faces.store, codes).value();
        for (const Problem& problem : problems)
            out.push_back(problem.found + ": " + problem.expected);
        return out;
    }
};

}  // namespace

TEST_F(AxisAgencies, EveryCodeIsTakenWhereTheListWasNeverFetched)
{
    EXPECT_EQ(unlisted({"H31.08"}), std::vector<std::string>{});
}

TEST_F(AxisAgencies, ACodeOfEitherFormIsKnown)
{
    list({{"H31", "000.00.00.H31"}, {"H31.07", "000.00.07.H31"}, {"H31.08", "002.00.55.H31"}, {"vxp.saas.03", ""}});
    EXPECT_EQ(unlisted({"H31", "H31.08", "000.00.08.H31", "vxp.saas.03"}), std::vector<std::string>{});
    EXPECT_EQ(unlisted({"002.00.55.H31"}), std::vector<std::string>{}) << "numbered anew: only the list knows";
}

TEST_F(AxisAgencies, AnotherCodeIsRefusedWithTheNearestOfTheSameBodyAtTheTop)
{
    list({{"G22", ""},
          {"G22.08", ""},
          {"H31", ""},
          {"H31.07", ""},
          {"H31.08", ""},
          {"H31.08.01", ""},
          {"H32.09", ""},
          {"31.09.W00", ""}});
    EXPECT_EQ(unlisted({"H31.08", "H31.09"}), std::vector<std::string>{"H31.09: H31.07 (Đơn vị H31.07), H31.08 (Đơn vị H31.08)"});
    EXPECT_EQ(unlisted({"G23"}), std::vector<std::string>{"G23: G22 (Đơn vị G22)"}) << "else of those at the top";
    EXPECT_EQ(unlisted({"khong-co-gi-gan"}), std::vector<std::string>{"khong-co-gi-gan: a code of the axis's list of agencies"});
}
