// Compliance events are kept as they were told, in order, under ids of their own.
#include "tests/unit/stores/store_fixture.hpp"

#include <stdexcept>
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
    const auto all = faces.events->after({}).value();
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
    const auto all = faces.events->after({}).value();
    ASSERT_EQ(all.size(), std::size_t{threads * each});
    EXPECT_EQ(all.back().id, "E-00000100");
}

TEST_F(SqliteComplianceEvents, TheReceiptOfAReportIsKeptWithItsSubmissionOrNotAtAll)
{
    const Store::Render told = [](const Application&, const Applied& applied) {
        return Told{.answer = "S", .events = {ComplianceEvent{.at = at(1), .kind = "receipt", .subject = "F", .agency = "A", .period = "2026", .body = std::to_string(applied.submission)}}};
    };
    const Applied first = apply(*faces.store, application(1, 0, {accepted_record(0, {observation("A_V_1", "1")})}), told);
    const Applied again = apply(*faces.store, application(1, 0, {accepted_record(0, {observation("A_V_1", "1")})}), told);
    EXPECT_TRUE(again.earlier);
    auto all = faces.events->after({}).value();
    ASSERT_EQ(all.size(), 1U) << "the message that was applied before left its receipt then";
    EXPECT_EQ(all[0].body, std::to_string(first.submission));
    const Store::Render broken = [](const Application&, const Applied&) -> Told { throw std::runtime_error("no answer"); };
    EXPECT_FALSE(start(*faces.store, application(2, 3, {accepted_record(0, {observation("A_V_1", "2")})}), broken).get().ok());
    EXPECT_EQ(faces.events->after({}).value().size(), 1U);
}

TEST_F(SqliteComplianceEvents, AreReadOnFromAnyOfThem)
{
    std::vector<ComplianceEvent> list(3, ComplianceEvent{.at = at(1), .kind = "incident"});
    EXPECT_EQ(faces.events->append_all(list).value(), 3U);
    EXPECT_EQ(faces.events->after("E-00000002").value().size(), 1U);
    EXPECT_EQ(faces.events->after("E-00000003").value().size(), 0U);
}
