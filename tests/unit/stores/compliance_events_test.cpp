// Compliance events are kept as they were told, in order, under ids of their own.
#include "tests/unit/stores/store_fixture.hpp"

#include <thread>
#include <vector>

using namespace lienthong;
using namespace lienthong::testing;

using SqliteComplianceEvents = StoreFixture;

TEST_F(SqliteComplianceEvents, AreReadBackInOrderAfterReopening)
{
    ComplianceEvent first{.id = "mine",
                          .at = at(7),
                          .kind = "extension",
                          .subject = "F_1",
                          .agency = "H52.01",
                          .period = "2026-03",
                          .who = "Văn phòng UBND tỉnh",
                          .why = "mưa lũ",
                          .act = "12/UBND-TH",
                          .body = ",2026-03-21T00:00:00.000000+07:00,,,"};
    const ComplianceEvent second{.id = {}, .at = at(3), .kind = "waiver", .who = "H52", .why = "x"};
    EXPECT_EQ(faces.events->append(first).value(), "E-00000001") << "the id it came with counts for nothing";
    reopen();
    EXPECT_EQ(faces.events->append(second).value(), "E-00000002");
    const auto all = faces.events->all().value();
    ASSERT_EQ(all.size(), 2U);
    first.id = "E-00000001";
    EXPECT_EQ(all[0], first);
    EXPECT_EQ(all[1].at, at(3)) << "by order of recording, not by time";
}

TEST_F(SqliteComplianceEvents, GetIdsOfTheirOwnFromSeveralThreads)
{
    constexpr int threads = 4, each = 25;
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < threads; ++i)
            writers.emplace_back([this] {
                for (int k = 0; k < each; ++k)
                    EXPECT_TRUE(faces.events->append({.id = {}, .at = at(k), .kind = "incident"}).ok());
            });
    }
    const auto all = faces.events->all().value();
    ASSERT_EQ(all.size(), std::size_t{threads * each});
    EXPECT_EQ(all.back().id, "E-00000100");
}
