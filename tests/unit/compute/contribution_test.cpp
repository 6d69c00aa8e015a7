// What one fact brings, and what is said of one that cannot be worked out.
#include "tests/unit/compute/fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

compute::Contribution of(const FactVersion& fact)
{
    const Computed made = computed(settled, settled_tables);
    EXPECT_TRUE(made.computation) << made.sentences();
    return compute::contribution(*made.computation, fact, *shared_catalogue());
}

const std::vector<std::pair<std::string, std::string>> good = {{"agency", "A"},
                                                               {"procedure", "short"},
                                                               {"received", "2025-03-14T09:12:03+07:00"},
                                                               {"finished", "2025-03-18T16:00:00+07:00"}};

std::vector<std::pair<std::string, std::string>> with(std::string_view field, std::string value)
{
    auto out = good;
    for (auto& [name, old] : out)
        if (name == field)
            old = value;
    return out;
}

}  // namespace

TEST(Contribution, SaysGroupAndPartsOfAFactThatKeptItsTerm)
{
    const auto made = of(fact(1, "d1", good));
    ASSERT_TRUE(made.belongs);
    ASSERT_FALSE(made.set_aside) << made.set_aside->sentence();
    EXPECT_EQ(made.group, (compute::GroupKey{"2025-03", "GSO:33", "EXECUTING_UNIT=H31_02", "H31.08"}));
    EXPECT_TRUE(made.parts.at(1).counts);
    EXPECT_TRUE(made.parts.at(1).selected) << "two working days behind Friday the 14th is Tuesday the 18th";
    EXPECT_EQ(made.parts.at(2).value, "2");
}

TEST(Contribution, SaysThatATermWasBrokenADayLater)
{
    const auto made = of(fact(1, "d1", with("finished", "2025-03-19T00:00:00+07:00")));
    EXPECT_TRUE(made.parts.at(1).counts);
    EXPECT_FALSE(made.parts.at(1).selected);
    EXPECT_EQ(made.parts.at(2).value, "3");
}

TEST(Contribution, BelongsNowhereWhereTheConditionDoesNotHold)
{
    const auto made = of(fact(1, "d1", {{"agency", "A"}}));
    EXPECT_FALSE(made.belongs);
    EXPECT_FALSE(made.set_aside);
}

TEST(Contribution, SetsAFactAsideWhoseGroupCannotBeSaid)
{
    const auto unknown = of(fact(1, "d1", with("agency", "Z")));
    ASSERT_TRUE(unknown.set_aside);
    EXPECT_EQ(unknown.set_aside->code, "lookup.missing");
    EXPECT_EQ(unknown.set_aside->place, "dossier/d1/agency");
    EXPECT_EQ(unknown.set_aside->found, "Z");
    EXPECT_EQ(unknown.set_aside->rule, "computation computed/settled line 14");
    const auto broken = of(fact(1, "d1", with("finished", "gestern")));
    ASSERT_TRUE(broken.set_aside);
    EXPECT_EQ(broken.set_aside->code, "date.malformed");
    EXPECT_EQ(broken.set_aside->place, "dossier/d1/finished");
}

TEST(Contribution, LeavesAFactOutOfTheFigureItCannotBeWorkedOutForAndOfNoOther)
{
    const auto made = of(fact(1, "d1", with("procedure", "unheard")));
    ASSERT_FALSE(made.set_aside);
    EXPECT_TRUE(made.parts.at(0).counts);
    ASSERT_TRUE(made.parts.at(1).left_out);
    EXPECT_EQ(made.parts.at(1).left_out->code, "lookup.missing");
    EXPECT_EQ(made.parts.at(1).left_out->place, "dossier/d1/procedure");
    EXPECT_FALSE(made.parts.at(1).counts);
    EXPECT_EQ(made.parts.at(2).value, "2");
}

TEST(Contribution, LeavesOutASpanThatRunsBackwardsOrOutOfTheCalendar)
{
    const auto backwards = of(fact(1, "d1", with("received", "2025-03-20T09:00:00+07:00")));
    ASSERT_TRUE(backwards.parts.at(1).left_out);
    EXPECT_EQ(backwards.parts.at(1).left_out->code, "compute.span");
    EXPECT_EQ(backwards.parts.at(1).left_out->place, "dossier/d1/finished");
    auto missing = good;
    missing.erase(missing.begin() + 2);
    const auto made = of(fact(1, "d1", missing));
    ASSERT_TRUE(made.parts.at(2).left_out);
    EXPECT_EQ(made.parts.at(2).left_out->code, "compute.missing");
    EXPECT_EQ(made.parts.at(2).left_out->place, "dossier/d1/received");
}
