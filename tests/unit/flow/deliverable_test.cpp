// A partner is told one telling of each figure, and nothing it told itself.
#include "hub/flow/deliverable.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

ServedChange change(const std::string& indicator, const std::string& agency, const std::string& value, const std::string& flow,
                    SubmissionId submission = 7)
{
    ServedChange out;
    out.leaf = 7;
    out.row.observation = {{indicator, "VALUE", "2026-03", "GSO:33", "_T", agency}, value, "PERCENT"};
    out.row.flow = flow;
    out.row.submission = submission;
    return out;
}

std::vector<std::string> values(const std::vector<ServedChange>& changes, std::string_view except = "from-partner")
{
    std::vector<std::string> out;
    for (const Observation& observation : flow::to_deliver(changes, except))
        out.push_back(observation.value);
    return out;
}

}  // namespace

TEST(Deliverable, IsTheLastServedOfEachFigureInTheirOrder)
{
    EXPECT_EQ(values({change("A", "H31.01", "1", "lgsp"), change("B", "H31.01", "2", "lgsp"), change("A", "H31.03", "3", "lgsp"),
                      change("C", "H31.01", "4", "lgsp")}),
              (std::vector<std::string>{"2", "3", "4"}));
}

TEST(Deliverable, LeavesOutWhatThePartnerToldInThisLeafButNotWhatIsServedAgain)
{
    EXPECT_EQ(values({change("A", "H31.01", "1", "from-partner"), change("B", "H31.01", "2", "from-partner", 3)}),
              (std::vector<std::string>{"2"}));
    EXPECT_EQ(values({change("A", "H31.01", "1", "lgsp"), change("A", "H31.03", "2", "from-partner")}),
              (std::vector<std::string>{"2"}))
        << "nothing else is left to say";
    EXPECT_EQ(values({change("A", "H31.01", "1", "push")}, "").size(), 1U);
}
