// Leaves of the log have one exact text each and read back to what they were.
#include "hub/seal/leaf.hpp"

#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

SubmissionLeaf submission()
{
    SubmissionLeaf leaf;
    leaf.accepted = 2;
    leaf.accepted_root = sha256("a");
    leaf.applied_at = *time_from("2025-04-10T02:12:03.482Z");
    leaf.catalogue = sha256_hex("catalogue");
    leaf.connector = "lgsp";
    leaf.flow = "lgsp-monthly";
    leaf.mapping = sha256_hex("mapping");
    leaf.message = 41;
    leaf.payload_sha256 = sha256_hex("payload");
    leaf.received_at = *time_from("2025-04-10T02:12:03Z");
    leaf.records = 3;
    leaf.sender = "H31.08";
    leaf.verdicts_root = sha256("v");
    return leaf;
}

}  // namespace

TEST(Leaf, OfASubmissionHasOneExactText)
{
    EXPECT_EQ(canonical(submission()),
              R"({"accepted":2,"accepted_root":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",)"
              R"("applied_at":"2025-04-10T09:12:03.482+07:00","catalogue":")" +
                  sha256_hex("catalogue") + R"(","connector":"lgsp","flow":"lgsp-monthly","kind":"submission","mapping":")" +
                  sha256_hex("mapping") + R"(","message":41,"payload_sha256":")" + sha256_hex("payload") +
                  R"(","received_at":"2025-04-10T09:12:03.000+07:00","records":3,"sender":"H31.08","v":1,"verdicts_root":")" +
                  sha256_hex("v") + "\"}");
}

TEST(Leaf, OfASettlementHasOneExactText)
{
    const Time at = *time_from("2026-03-05T16:30:00.000+07:00");
    const LeafContent leaf = SettlementLeaf{"H31.01", at, "operator", "A_VIII_1|VALUE|2026-03|GSO:33|_T", {4, 17}, "họp ngày 05/3"};
    const std::string text = R"({"agency":"H31.01","at":"2026-03-05T16:30:00.000+07:00","by":"operator",)"
                             R"("figure":"A_VIII_1|VALUE|2026-03|GSO:33|_T","kind":"settlement","over":[4,17],)"
                             R"("reason":"họp ngày 05/3","v":1})";
    EXPECT_EQ(canonical(leaf), text);
    EXPECT_EQ(kind_of(leaf), "settlement");
    for (const char* over : {R"([17,4])", R"([4,4])", R"(["4",17])", R"({"4":17})", R"(4)"}) {
        std::string other = text;
        other.replace(other.find("[4,17]"), 6, over);
        const auto read = leaf_from_canonical(other);
        ASSERT_FALSE(read) << over;
        EXPECT_EQ(read.problem().code, "seal.not_canonical");
    }
}

TEST(Leaf, OfEachKindReadsBack)
{
    const Time at = *time_from("2025-12-31T23:59:59.999+07:00");
    const LeafContent leaves[] = {submission(), KeyLeaf{at, KeyEvent::announced, "sha256:00", "đổi khóa hằng năm", "province"},
                                  SettlementLeaf{"H31.01", at, "operator", "A_VIII_1|VALUE|2026-03|GSO:33|_T", {4, 17}, "họp ngày 05/3"},
                                  SettlementLeaf{"H31.01", at, "operator", "A_VIII_1|VALUE|2026-03|GSO:33|_T", {}, ""},
                                  ConfigurationLeaf{at, "quản trị", sha256_hex("x"), "mapping lgsp/monthly-figures"}};
    for (const LeafContent& leaf : leaves) {
        const auto read = leaf_from_canonical(canonical(leaf));
        ASSERT_TRUE(read) << canonical(leaf) << read.problem().sentence();
        EXPECT_EQ(*read, leaf);
    }
}

TEST(Leaf, RefusesAnotherVersionKindMomentOrDigest)
{
    const std::string good = canonical(submission());
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    for (const std::string& bad :
         {with("\"v\":1", "\"v\":2"), with("submission", "telling"), with("09:12:03.482", "09:12:03.4820"),
          with("ca978112", "CA978112"), with("\"accepted\":2", "\"accepted\":-2"), with("\"message\":41", "\"message\":\"41\""),
          with(",\"sender\":\"H31.08\"", "")})
        EXPECT_FALSE(leaf_from_canonical(bad)) << bad;
}
