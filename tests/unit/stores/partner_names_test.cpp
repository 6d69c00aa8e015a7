// What partners call facts: kept for good, the newest counts, and every flow has its own.
#include "adapters/sqlite/connection.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <map>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class SqlitePartnerNames : public StoreFixture
{
protected:
    void keep(const std::string& flow, const std::string& key, const std::string& name, std::int64_t second = 1, const std::string& why = {})
    {
        const auto kept = faces.partner_names->keep({{flow, "dossier", key, name, why, at(second)}});
        ASSERT_TRUE(kept.ok()) << kept.problem().sentence();
    }
    std::map<std::string, std::string> called(const std::string& flow, const std::vector<std::string>& keys, const std::string& kind = "dossier")
    {
        return faces.partner_names->called(flow, kind, keys).value();
    }
};

using Names = std::map<std::string, std::string>;

}  // namespace

TEST_F(SqlitePartnerNames, AreThereWhenTheStoreIsOpenedAgain)
{
    keep("out", "H31-1", "b6b2");
    keep("out", "H31-2", "9f2c");
    reopen();
    EXPECT_EQ(called("out", {"H31-1", "H31-2", "H31-3"}), (Names{{"H31-1", "b6b2"}, {"H31-2", "9f2c"}}));
    EXPECT_EQ(called("out", {"H31-2"}), (Names{{"H31-2", "9f2c"}}));
    EXPECT_EQ(called("out", {}), Names{});
}

TEST_F(SqlitePartnerNames, OfOneFlowAndOneKindSayNothingOfAnother)
{
    keep("out", "H31-1", "b6b2");
    EXPECT_EQ(called("elsewhere", {"H31-1"}), Names{});
    EXPECT_EQ(called("out", {"H31-1"}, "document"), Names{});
}

TEST_F(SqlitePartnerNames, CountInTheirNewestTelling)
{
    keep("out", "H31-1", "b6b2", 1);
    keep("out", "H31-1", "b6b2", 2);
    EXPECT_EQ(faces.partner_names->names("out", "H31-1", 10)->at(0).at, at(1)) << "said again, it adds nothing";
    keep("out", "H31-1", "c7c3", 3, "the portal's desk says so");
    keep("out", "H31-2", "9f2c", 4);
    keep("elsewhere", "H31-1", "0000", 5);
    EXPECT_EQ(called("out", {"H31-1"}), (Names{{"H31-1", "c7c3"}}));
    const auto names = faces.partner_names->names("out", "", 10).value();
    ASSERT_EQ(names.size(), 2U);
    EXPECT_EQ(names[0].key, "H31-2");
    EXPECT_EQ(names[1].name, "c7c3");
    EXPECT_EQ(names[1].why, "the portal's desk says so");
    EXPECT_EQ(names[1].at, at(3));
    EXPECT_EQ(faces.partner_names->names("", "H31-1", 10)->size(), 2U);
    EXPECT_EQ(faces.partner_names->names("", "", 1)->at(0).flow, "elsewhere");
    keep("out", "H31-1", "b6b2", 6);
    EXPECT_EQ(called("out", {"H31-1"}), (Names{{"H31-1", "b6b2"}})) << "an older word said again is the newest";
}

TEST_F(SqlitePartnerNames, AreKeptAllOrNone)
{
    const auto refused = faces.partner_names->keep({{"out", "dossier", "H31-1", "b6b2", {}, at(1)}, {"out", "dossier", "H31-2", "", {}, at(1)}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().code, "store.partner_name");
    EXPECT_EQ(refused.problem().place, "H31-2");
    EXPECT_FALSE(faces.partner_names->keep({{"out", "dossier", "H31-1", std::string(longest_partner_name + 1, 'x'), {}, at(1)}}).ok());
    EXPECT_EQ(called("out", {"H31-1", "H31-2"}), Names{});
}

TEST_F(SqlitePartnerNames, CanBeKeptInAStoreMadeBeforeThereWereAny)
{
    lienthong::testing::apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
    faces = {};
    adapters::sqlite::Connection(path, adapters::sqlite::Connection::Purpose::write).script(lienthong::testing::back_to_version_5);
    reopen();
    keep("out", "H31-1", "b6b2");
    EXPECT_EQ(called("out", {"H31-1"}), (Names{{"H31-1", "b6b2"}}));
    EXPECT_EQ(history().size(), 1U) << "what stood there still does";
}
