// What is sealed of a figure and of a record has one exact text, fixed for ever by these examples.
#include "hub/seal/canonical.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/merkle.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

Observation retail()
{
    Observation out;
    out.key = {"A_I_1", "VALUE", "2025-03", "GSO:33", "_T", "H31.01"};
    out.value = "10882.50";
    out.unit = "BILLION_VND";
    out.vintage = Vintage::preliminary;
    out.window = "2025-02-22/2025-03-21";
    out.source = "Báo cáo \"tháng 3\"";
    return out;
}

constexpr const char* retail_text =
    R"({"agency":"H31.01","area":"GSO:33","availability":"value","breakdown":"_T","indicator":"A_I_1","measure":"VALUE",)"
    R"("period":"2025-03","source":"Báo cáo \"tháng 3\"","unit":"BILLION_VND","value":"10882.50","vintage":"preliminary",)"
    R"("window":"2025-02-22/2025-03-21"})";

}  // namespace

TEST(CanonicalObservation, HasOneExactText)
{
    EXPECT_EQ(canonical(retail()), retail_text);
    EXPECT_EQ(to_hex(leaf_hash(canonical(retail()))), sha256_hex(std::string("\0", 1) + retail_text));
}

TEST(CanonicalObservation, ReadsBackToTheSameFigure)
{
    const auto read = observation_from_canonical(retail_text);
    ASSERT_TRUE(read) << read.problem().sentence();
    EXPECT_EQ(*read, retail());
    Observation empty = retail();
    empty.value.clear();
    empty.availability = Availability::not_permitted;
    const auto again = observation_from_canonical(canonical(empty));
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, empty);
}

TEST(CanonicalObservation, ChangesWithEveryMember)
{
    std::set<std::string> texts{canonical(retail())};
    const auto add = [&](auto change) {
        Observation other = retail();
        change(other);
        EXPECT_TRUE(texts.insert(canonical(other)).second);
    };
    add([](Observation& o) { o.key.indicator = "A_I_2"; });
    add([](Observation& o) { o.key.measure = "CUMULATIVE"; });
    add([](Observation& o) { o.key.period = "2025-04"; });
    add([](Observation& o) { o.key.area = "GSO:34"; });
    add([](Observation& o) { o.key.breakdown = "SEX=F"; });
    add([](Observation& o) { o.key.agency = "H31.02"; });
    add([](Observation& o) { o.value = "10882.5"; });
    add([](Observation& o) { o.unit = "VND"; });
    add([](Observation& o) { o.vintage = Vintage::official; });
    add([](Observation& o) { o.availability = Availability::no_case; });
    add([](Observation& o) { o.window = ""; });
    add([](Observation& o) { o.source = ""; });
}

TEST(CanonicalObservation, RefusesAMemberTooFewOrTooMany)
{
    std::string more = retail_text;
    more.insert(more.size() - 1, R"(,"x":"")");
    EXPECT_FALSE(observation_from_canonical(more));
    std::string fewer = retail_text;
    fewer.replace(fewer.find(R"(,"window")"), std::string::npos, "}");
    EXPECT_FALSE(observation_from_canonical(fewer));
    std::string unknown = retail_text;
    unknown.replace(unknown.find("preliminary"), 11, "guessed");
    EXPECT_FALSE(observation_from_canonical(unknown));
}

TEST(CanonicalFact, SortsItsFields)
{
    const Fact fact{"dossier", "H31-1", {{"TrangThai", "5"}, {"Kenh", "2"}}};
    EXPECT_EQ(canonical(fact), R"({"fields":{"Kenh":"2","TrangThai":"5"},"key":"H31-1","kind":"dossier"})");
}

TEST(CanonicalVerdict, TellsARefusalWithoutTheRecordsOwnText)
{
    Verdict refused;
    refused.record = 7;
    refused.place = "/duLieu/7";
    refused.excerpt = "có tên người";
    refused.problems = {{"lookup.missing", "no such code", "/duLieu/7/maChiTieu", "NVHD", "TMBL", "codes.csv:1"}};
    EXPECT_EQ(
        canonical(refused),
        R"({"accepted":false,"facts":[],"findings":[],"observations":0,"place":"/duLieu/7","problems":[{"code":"lookup.missing",)"
        R"("expected":"TMBL","found":"NVHD","place":"/duLieu/7/maChiTieu","rule":"codes.csv:1"}],"record":7})");
}

TEST(CanonicalVerdict, TellsAFactOnlyByItsDigest)
{
    Verdict accepted;
    accepted.facts = {{"dossier", "H31-1", {{"ChuHoSo", "Người Dân Giả Lập 1"}}}};
    accepted.observations = {retail()};
    EXPECT_EQ(canonical(accepted), R"({"accepted":true,"facts":[")" + sha256_hex(canonical(accepted.facts[0])) +
                                       R"("],"findings":[],"observations":1,"place":"","problems":[],"record":0})");
}

TEST(CanonicalVerdict, OnlyAcceptedRecordsEnterTheAcceptedRoot)
{
    Verdict first;
    first.observations = {retail(), retail()};
    first.observations[1].key.measure = "CUMULATIVE";
    Verdict refused;
    refused.problems = {{"x.y", ""}};
    Verdict last;
    last.observations = {retail()};
    const std::vector<Verdict> verdicts{first, refused, last};
    EXPECT_EQ(accepted_tree(verdicts).size(), 3U);
    EXPECT_EQ(accepted_tree(verdicts).root(),
              merkle_root(std::vector{leaf_hash(retail_text), leaf_hash(canonical(first.observations[1])), leaf_hash(retail_text)}));
    EXPECT_EQ(verdict_tree(verdicts).root(),
              merkle_root(std::vector{leaf_hash(canonical(first)), leaf_hash(canonical(refused)), leaf_hash(canonical(last))}));
}
