// Whose telling of a figure is served, and when two tellings are the same.
#include "hub/catalogue/ownership.hpp"

#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

using Agencies = std::vector<std::string>;

FigureKey figure(const char* indicator, const char* period)
{
    return {indicator, "VALUE", period, "GSO:33", "_T"};
}

Observation told(const char* value, const char* unit = "BILLION_VND", Availability availability = Availability::value)
{
    Observation out;
    out.value = value;
    out.unit = unit;
    out.availability = availability;
    return out;
}

}  // namespace

TEST(Ownership, ServesTheOwnersFigureWhoeverElseTellsIt)
{
    const Agencies responsible{"H31.03", "H31.01"}, telling{"H31.01", "H31.02", "H31.03"};
    const Serving serving = serving_of(responsible, telling, "");
    EXPECT_EQ(serving.owner, "H31.03");
    EXPECT_EQ(serving.served, "H31.03");
    EXPECT_FALSE(serving.owner_absent);
    EXPECT_FALSE(serving.settled);
}

TEST(Ownership, ServesTheOneSettledOnInsteadOfTheOwners)
{
    const Agencies responsible{"H31.03"}, telling{"H31.01", "H31.03"};
    const Serving serving = serving_of(responsible, telling, "H31.01");
    EXPECT_EQ(serving.owner, "H31.03");
    EXPECT_EQ(serving.served, "H31.01");
    EXPECT_TRUE(serving.settled);
    EXPECT_FALSE(serving.owner_absent);
}

TEST(Ownership, ServesAnothersFigureAndSaysSoWhereTheOwnerHasNone)
{
    const Agencies responsible{"H31.03", "H31.05"}, telling{"H31.02", "H31.05"};
    const Serving serving = serving_of(responsible, telling, "");
    EXPECT_EQ(serving.served, "H31.05") << "one the line names goes before one it does not name";
    EXPECT_TRUE(serving.owner_absent);
    const Agencies stranger{"H31.02"};
    EXPECT_EQ(serving_of(responsible, stranger, "").served, "H31.02");
}

TEST(Ownership, MissesNobodyWhereTheCatalogueNamesNobody)
{
    const Agencies telling{"H31.02", "H31.05"};
    const Serving serving = serving_of({}, telling, "");
    EXPECT_EQ(serving.owner, "");
    EXPECT_EQ(serving.served, "H31.02");
    EXPECT_FALSE(serving.owner_absent);
}

TEST(Ownership, PassesOverASettlementOnAnAgencyThatTellsNothing)
{
    const Agencies responsible{"H31.03"}, telling{"H31.03"};
    const Serving serving = serving_of(responsible, telling, "H31.01");
    EXPECT_EQ(serving.served, "H31.03");
    EXPECT_FALSE(serving.settled);
}

TEST(Ownership, IsAssignedByProvinceAndDayAndElseTheFirstOfTheLine)
{
    const Agencies of_dak_nong{"H16.03"}, of_hung_yen{"H31.03"};
    EXPECT_EQ(responsible_for(shipped(), figure("A_VIII_1", "2025-05"), of_dak_nong).front(), "H16.01");
    EXPECT_EQ(responsible_for(shipped(), figure("A_VIII_1", "2025-05"), of_hung_yen), (Agencies{"H31.01", "H31.03"}));
    EXPECT_EQ(responsible_for(shipped(), figure("A_VIII_1", "2025-08"), of_dak_nong).front(), "H31.01")
        << "the assignment has ended";
    EXPECT_TRUE(responsible_for(shipped(), figure("A_VIII_1_1", "2025-05"), of_hung_yen).empty());
    EXPECT_TRUE(responsible_for(shipped(), figure("NO_SUCH", "2025-05"), of_hung_yen).empty());
}

TEST(Ownership, FindsTwoTellingsTheSameByDecimalValueAndAvailability)
{
    EXPECT_TRUE(same_figure(shipped(), told("1.0"), told("1.00")));
    EXPECT_FALSE(same_figure(shipped(), told("1.0"), told("1.01")));
    EXPECT_FALSE(same_figure(shipped(), told("0"), told("", "BILLION_VND", Availability::no_case)));
    EXPECT_TRUE(same_figure(shipped(), told("", "BILLION_VND", Availability::no_case),
                            told("", "BILLION_VND", Availability::no_case)));
}

TEST(Ownership, ComparesValuesInOneUnitAndNeverAcrossDimensions)
{
    EXPECT_TRUE(same_figure(shipped(), told("1.25"), told("1250.0", "MILLION_VND")));
    EXPECT_FALSE(same_figure(shipped(), told("1.25"), told("1.25", "MILLION_VND")));
    EXPECT_FALSE(same_figure(shipped(), told("1", "VND"), told("1", "PERCENT")));
    EXPECT_FALSE(same_figure(shipped(), told("1", "OF_OLD"), told("1", "PERCENT")));
    EXPECT_TRUE(same_figure(shipped(), told("1", "OF_OLD"), told("1.0", "OF_OLD")));
}
