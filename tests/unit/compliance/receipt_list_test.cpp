// Receipts of another system are taken over whole, or the list is refused at its cell.
#include "fixture.hpp"

#include "hub/compliance/receipt_list.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;
using catalogue::shipped;

namespace {

const std::string header = "form,period,agency,received,submission,lacking\n";
const std::string good = "SL228_1_1,2026-02,H52.01,2026-02-20T09:00:00+07:00,BC-17,\n";

ReceiptList read(const std::string& csv, const std::vector<Event>& kept = {})
{
    return receipts_from(shipped(), "SL228", csv, "list.csv", kept,
                         {.at = at("2026-06-01T08:00:00"), .who = "Văn phòng UBND tỉnh", .act = "biên bản bàn giao"});
}

std::string fault(const std::string& csv)
{
    const ReceiptList list = read(csv);
    return list.refused.empty() ? "ok" : list.refused.front().code + ' ' + list.refused.front().place;
}

}  // namespace

TEST(ReceiptList, EachRowIsAReceiptOfWhenTheOtherSystemHadIt)
{
    const ReceiptList list = read(header + good + "SL228_1_2,2026-02,H52.01,2026-02-24T09:00:00+07:00,BC-18,thuyết minh;biểu 2\n");
    ASSERT_TRUE(list.refused.empty()) << list.refused.front().sentence();
    ASSERT_EQ(list.fresh.size(), 2U);
    EXPECT_EQ(list.fresh[0].scope.obligation(), "SL228_1_1|2026-02|H52.01");
    EXPECT_EQ(came_in(list.fresh[0]), at("2026-02-20T09:00:00"));
    EXPECT_EQ(list.fresh[0].at, at("2026-06-01T08:00:00"));
    EXPECT_EQ(list.fresh[0].act, "biên bản bàn giao");
    EXPECT_EQ(std::get<Receipt>(list.fresh[1].what).missing, (std::vector<std::string>{"thuyết minh", "biểu 2"}));
}

TEST(ReceiptList, TakenOverTwiceItAddsNothing)
{
    const ReceiptList first = read(header + good);
    const ReceiptList again = read("submission,received,agency,period,form\nBC-17,2026-02-20T09:00:00+07:00,H52.01,2026-02,SL228_1_1\n", first.fresh);
    EXPECT_TRUE(again.fresh.empty()) << "whatever the order of its columns";
    EXPECT_EQ(again.known, 1U);
    EXPECT_EQ(read(header + good + good).fresh.size(), 1U);
}

TEST(ReceiptList, IsRefusedAtTheCellThatIsWrong)
{
    EXPECT_EQ(fault(header + good), "ok");
    EXPECT_EQ(fault(""), "compliance.receipt list.csv");
    EXPECT_EQ(fault("form,period,agency,received\n"), "compliance.receipt list.csv:1:1");
    EXPECT_EQ(fault("form,period,agency,received,submission,form\n"), "compliance.receipt list.csv:1:40");
    EXPECT_EQ(fault(header + "SL228_1_1,2026-02\n"), "compliance.receipt list.csv:2:1");
    EXPECT_EQ(fault(header + "SL228_1_1,thang 2,H52.01,2026-02-20T09:00:00+07:00,BC-17,\n"), "period.malformed list.csv:2:11");
    EXPECT_EQ(fault(header + "SL228_1_1,2026-02,H52.01,20/02/2026,BC-17,\n"), "compliance.receipt list.csv:2:26");
    EXPECT_EQ(fault(header + "SL228_1_1,2026-02,H52.01,2026-06-02T08:00:00+07:00,BC-17,\n"), "compliance.receipt list.csv:2:26") << "in the future";
    EXPECT_EQ(fault(header + "SL228_1_1,2026-02,H52.01,2026-02-20T09:00:00+07:00,,\n"), "compliance.receipt list.csv:2:52");
    EXPECT_EQ(fault(header + good + "SL228_1_1,2026-02,H52.03,2026-02-20T09:00:00+07:00,BC-17,\n"), "compliance.no_obligation list.csv:3:1");
    EXPECT_EQ(fault(header + "\"SL228_1_1,2026-02\n"), "catalogue.csv list.csv:2:1");
}
