// The pipe form gives back what went in, and takes any bytes without harm.
#include "tests/unit/workshop/fixture.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

workshop::Job a_job()
{
    return {.mapping = "push/records",
            .content_type = "application/json",
            .payload = std::string("\0\xFF{}", 4),
            .scope = {.agencies = {"H31.01", "*"}, .area = "GSO:33", .today = std::chrono::year(2025) / 4 / 10}};
}

workshop::Outcome an_outcome()
{
    auto out = worked(message({record(), record({{"value", "\"x\""}, {"unit", "\"tấn\""}}),
                               record({{"indicator", "\"A_II_1\""}, {"unit", "\"tỷ đồng\""}, {"measure", "\"VALUE\""}})}));
    out.verdicts.at(0).facts.push_back({.kind = "dossier", .key = "k", .fields = {{"a", "b"}, {"", ""}}});
    out.verdicts.at(0).observations.at(0).vintage = Vintage::official;
    out.verdicts.at(0).observations.at(0).availability = Availability::no_case;
    return out;
}

/// Changes, cuts and repeats bytes.
std::string mutated(std::string bytes, std::mt19937& random)
{
    const auto pick = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
    for (std::size_t i = 1 + pick(4); i > 0 && !bytes.empty(); --i)
        switch (pick(4)) {
            case 0:
                bytes[pick(bytes.size())] = static_cast<char>(pick(256));
                break;
            case 1:
                bytes.resize(pick(bytes.size()));
                break;
            case 2:
                bytes.insert(pick(bytes.size()), std::string(pick(12), '\xFF'));
                break;
            default:
                bytes.erase(pick(bytes.size()), pick(8));
                break;
        }
    return bytes;
}

}  // namespace

TEST(Codec, GivesAJobBackAsItWas)
{
    const workshop::Job job = a_job();
    const auto back = workshop::decode_job(workshop::encode(job));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->mapping, job.mapping);
    EXPECT_EQ(back->content_type, job.content_type);
    EXPECT_EQ(back->payload, job.payload);
    EXPECT_EQ(back->scope.agencies, job.scope.agencies);
    EXPECT_EQ(back->scope.area, job.scope.area);
    EXPECT_EQ(back->scope.today, job.scope.today);
}

TEST(Codec, GivesAnOutcomeBackAsItWas)
{
    const workshop::Outcome outcome = an_outcome();
    const auto back = workshop::decode_outcome(workshop::encode(outcome));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->catalogue_digest, outcome.catalogue_digest);
    EXPECT_EQ(back->mapping_digest, outcome.mapping_digest);
    ASSERT_EQ(back->verdicts.size(), outcome.verdicts.size());
    for (std::size_t i = 0; i < outcome.verdicts.size(); ++i) {
        const Verdict &a = outcome.verdicts[i], &b = back->verdicts[i];
        EXPECT_EQ(b.record, a.record);
        EXPECT_EQ(b.place, a.place);
        EXPECT_EQ(b.excerpt, a.excerpt);
        EXPECT_EQ(b.problems, a.problems);
        EXPECT_EQ(b.findings, a.findings);
        EXPECT_EQ(b.observations, a.observations);
        EXPECT_EQ(b.facts, a.facts);
        EXPECT_EQ(b.about, a.about);
    }
}

TEST(Codec, RefusesWhatIsCutLengthenedOrOfAnotherForm)
{
    const std::string job = workshop::encode(a_job()), outcome = workshop::encode(an_outcome());
    for (std::size_t size = 0; size < job.size(); ++size)
        EXPECT_FALSE(workshop::decode_job(job.substr(0, size))) << size;
    EXPECT_FALSE(workshop::decode_job(job + "x"));
    for (const char form : {'\x01', '\x03'})
        EXPECT_FALSE(workshop::decode_job(form + job.substr(1)));
    for (std::size_t size = 0; size < outcome.size(); ++size)
        EXPECT_FALSE(workshop::decode_outcome(outcome.substr(0, size))) << size;
    EXPECT_EQ(workshop::decode_outcome(outcome + "x").problem().code, "message.malformed");
}

TEST(Codec, ReadsMutatedBytesWithoutHarmAndWhatItReadsItCanWrite)
{
    std::mt19937 random(20251122);
    const std::string job = workshop::encode(a_job()), outcome = workshop::encode(an_outcome());
    std::size_t read = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (const auto back = workshop::decode_job(mutated(job, random)))
            read += workshop::decode_job(workshop::encode(*back)).ok() ? 1U : 0U;
        if (const auto back = workshop::decode_outcome(mutated(outcome, random))) {
            const std::string again = workshop::encode(*back);
            EXPECT_EQ(workshop::encode(*workshop::decode_outcome(again)), again);
            ++read;
        }
    }
    EXPECT_GT(read, 100U) << "the mutations must also hit contents, not only the frame";
}
