// The computation of tasks that ships: what belongs, and what was done in time.
#include "tests/unit/compute/fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

compute::Contribution of(std::vector<std::pair<std::string, std::string>> fields)
{
    static const auto shipped = [] {
        std::vector<Problem> problems, findings;
        const compute::FactFieldNames known = {
            {"task", {"name", "document", "giver", "agency", "assigned", "due", "finished", "state"}}};
        auto loaded = compute::Computation::load(LIENTHONG_SOURCE_DIR "/mappings/computed/tasks.yaml", known, *shared_catalogue(),
                                                 pretend_digest, problems, findings);
        EXPECT_TRUE(problems.empty());
        return loaded;
    }();
    fields.emplace_back("assigned", "2025-01-20");
    return compute::contribution(*shipped, fact(1, "NV-001", std::move(fields)), *shared_catalogue());
}

}  // namespace

TEST(Tasks, OneFinishedByItsDayIsInTimeAndADayLaterIsNot)
{
    const auto kept = of({{"due", "2025-03-31"}, {"finished", "2025-03-31"}});
    EXPECT_EQ(kept.group, (compute::GroupKey{"2025-03", "GSO:33", "_T", "H31.08"}));
    EXPECT_TRUE(kept.parts.at(0).counts);
    EXPECT_TRUE(kept.parts.at(0).selected);
    const auto late = of({{"due", "2025-03-31"}, {"finished", "2025-04-01"}});
    EXPECT_EQ(late.group.period, "2025-03") << "the month it was due in, not the one it was done in";
    EXPECT_TRUE(late.parts.at(0).counts);
    EXPECT_FALSE(late.parts.at(0).selected);
}

TEST(Tasks, OneNotFinishedCountsAmongThemAndIsNotInTime)
{
    const auto open = of({{"due", "2025-03-15"}});
    ASSERT_TRUE(open.belongs);
    EXPECT_FALSE(open.parts.at(0).left_out);
    EXPECT_TRUE(open.parts.at(0).counts);
    EXPECT_FALSE(open.parts.at(0).selected);
}

TEST(Tasks, OneThatIsDueOnNoDayIsInNoFigure)
{
    EXPECT_FALSE(of({{"finished", "2025-03-15"}}).belongs);
}
