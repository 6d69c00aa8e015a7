// The signer signs only what extends its last checkpoint, whatever it is asked and however it dies.
#include "hub/seal/checkpoint.hpp"
#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/merkle.hpp"
#include "hub/seal/signer_service.hpp"
#include "tests/unit/seal/workplace.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

struct SignerTest : testing::Test
{
    SignerTest()
    {
        for (std::size_t i = 0; i < 64; ++i)
            tree.append(leaf_hash("leaf " + std::to_string(i)));
    }
    Result<std::unique_ptr<SignerService>> open_signer(std::string origin = "", std::vector<NoteVerifier> former = {})
    {
        const DevPki& pki = DevPki::made();
        return SignerService::open({origin.empty() ? pki.verifier.name : origin, place / "state", std::move(former)}, pki.note,
                                   pki.province, clock);
    }
    SealRequest growth(std::uint64_t from, std::uint64_t to) const
    {
        return {from, to, tree.root(to), tree.consistency(from, to)};
    }

    Workplace place;
    HandClock clock;
    MerkleTree tree;
};

std::string code_of(const Result<SealedCheckpoint>& sealed)
{
    return sealed ? "" : sealed.problem().code;
}

}  // namespace

TEST_F(SignerTest, SignsTheFirstCheckpointAndEachThatExtendsIt)
{
    auto signer = open_signer().value();
    EXPECT_FALSE(signer->last());
    const auto first = signer->seal(growth(0, 3));
    ASSERT_TRUE(first) << first.problem().sentence();
    clock.time += std::chrono::seconds{2};
    const auto second = signer->seal(growth(3, 10));
    ASSERT_TRUE(second) << second.problem().sentence();
    const auto body = open_note(second->note, signer->verifier());
    ASSERT_TRUE(body);
    EXPECT_EQ(*body, DevPki::made().verifier.name + "\n10\n" + to_base64(tree.root(10)) +
                         "\ntime 2026-12-01T08:00:02.000+07:00\nprev " + sha256_hex(*open_note(first->note, signer->verifier())) +
                         "\n");
    EXPECT_EQ(second->time, "2026-12-01T08:00:02.000+07:00");
    EXPECT_TRUE(cms_verify(second->cms_der, *body, DevPki::made().ca_pem, clock.time));
}

TEST_F(SignerTest, GivesTheSameCheckpointAgainForTheSameSizeAndRoot)
{
    auto signer = open_signer().value();
    const auto once = signer->seal(growth(0, 7));
    clock.time += std::chrono::hours{1};
    for (const SealRequest& again : {growth(0, 7), growth(7, 7)}) {
        const auto sealed = signer->seal(again);
        ASSERT_TRUE(sealed) << sealed.problem().sentence();
        EXPECT_EQ(sealed->note, once->note);
        EXPECT_EQ(sealed->cms_der, once->cms_der);
    }
}

TEST_F(SignerTest, GivesACallerWhoMissedAReplyTheLastCheckpoint)
{
    auto signer = open_signer().value();
    const auto missed = signer->seal(growth(0, 7));
    const auto sealed = signer->seal(growth(0, 20));
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->size, 7U) << "not 20: its proof does not begin at 7";
    EXPECT_EQ(sealed->note, missed->note);
    EXPECT_EQ(signer->seal(growth(7, 20))->size, 20U);
}

TEST_F(SignerTest, RefusesWhatDoesNotExtendTheLast)
{
    auto signer = open_signer().value();
    ASSERT_TRUE(signer->seal(growth(0, 20)));
    MerkleTree forked;
    for (std::size_t i = 0; i < 64; ++i)
        forked.append(leaf_hash(i == 5 ? "changed" : "leaf " + std::to_string(i)));
    EXPECT_EQ(code_of(signer->seal(growth(10, 19))), "seal.refused") << "smaller";
    EXPECT_EQ(code_of(signer->seal({20, 20, forked.root(20), {}})), "seal.refused") << "same size, other root";
    EXPECT_EQ(code_of(signer->seal({20, 30, forked.root(30), forked.consistency(20, 30)})), "seal.refused") << "forked";
    EXPECT_EQ(code_of(signer->seal({20, 30, tree.root(30), {}})), "seal.refused") << "no proof";
    EXPECT_EQ(code_of(signer->seal({20, 40, tree.root(30), tree.consistency(20, 30)})), "seal.refused") << "another size";
    EXPECT_EQ(code_of(signer->seal(growth(30, 40))), "seal.refused") << "unknown history";
    EXPECT_EQ(code_of(signer->seal({20, 30, "short", {}})), "seal.refused");
    EXPECT_EQ(code_of(signer->seal({20, 0, tree.root(0), {}})), "seal.refused");
    EXPECT_EQ(signer->last()->size, 20U);
}

TEST_F(SignerTest, SignsNoneOfManyRandomRequests)
{
    auto signer = open_signer().value();
    ASSERT_TRUE(signer->seal(growth(0, 20)));
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        SealRequest request = growth(20, 21 + random() % 43);
        switch (random() % 4) {
            case 0:
                request.new_root[random() % 32] ^= static_cast<char>(1U << random() % 8);
                break;
            case 1:
                request.consistency[random() % request.consistency.size()][random() % 32] ^= 1;
                break;
            case 2:
                request.consistency.resize(random() % request.consistency.size());
                break;
            default:
                request.new_size = random() % 3 == 0 ? random() : 10'000 + random() % 1000;
                break;
        }
        const auto sealed = signer->seal(request);
        ASSERT_TRUE(!sealed) << i << ": size " << request.new_size;
    }
    EXPECT_EQ(signer->last()->size, 20U);
}

TEST_F(SignerTest, RemembersAcrossItsOwnLives)
{
    const std::string note = open_signer().value()->seal(growth(0, 20))->note;
    auto signer = open_signer().value();
    ASSERT_TRUE(signer->last());
    EXPECT_EQ(signer->last()->size, 20U);
    EXPECT_EQ(signer->last()->root, tree.root(20));
    EXPECT_EQ(signer->last()->note, note);
    EXPECT_EQ(code_of(signer->seal(growth(10, 19))), "seal.refused");
    EXPECT_EQ(code_of(signer->seal(growth(20, 33))), "");
}

TEST_F(SignerTest, DoesNotStartFromADamagedOrForeignState)
{
    ASSERT_TRUE(open_signer().value()->seal(growth(0, 20)));
    const std::string good = file_bytes(place / "state");
    EXPECT_EQ(open_signer("other.test/log").problem().code, "seal.state_foreign");
    int started = 0;
    for (std::size_t i = 0; i < good.size(); i += 7) {
        std::string damaged = good;
        damaged[i] = static_cast<char>(damaged[i] ^ 4);
        place.write("state", damaged);
        started += open_signer().ok() ? 1 : 0;
        place.write("state", good.substr(0, i));
        started += open_signer().ok() ? 1 : 0;
    }
    EXPECT_EQ(started, 0);
    place.write("state", good);
    EXPECT_TRUE(open_signer());
}

TEST_F(SignerTest, CarriesOnUnderANewKeyThatNamesTheFormerOne)
{
    const DevPki& pki = DevPki::made();
    const std::string before = *open_note(open_signer().value()->seal(growth(0, 20))->note, pki.verifier);
    ASSERT_EQ(run({"openssl", "genpkey", "-algorithm", "ED25519", "-out", place / "new.key"}).code, 0);
    ASSERT_EQ(run({"chmod", "600", place / "new.key"}).code, 0);
    const NoteKey fresh = adapters::note_key_from_pem(place / "new.key").value();
    const auto opened = [&](std::vector<NoteVerifier> former) {
        return SignerService::open({pki.verifier.name, place / "state", std::move(former)}, fresh, pki.province, clock);
    };
    EXPECT_EQ(opened({}).problem().code, "seal.state_foreign");
    auto signer = opened({pki.verifier});
    ASSERT_TRUE(signer);
    const auto sealed = (*signer)->seal(growth(20, 40));
    ASSERT_TRUE(sealed);
    EXPECT_EQ(checkpoint_from_body(*open_note(sealed->note, (*signer)->verifier()))->prev, sha256_hex(before));
}

TEST_F(SignerTest, HasOneLifeAtATime)
{
    const auto first = open_signer();
    EXPECT_EQ(open_signer().problem().code, "seal.state_locked");
}

TEST_F(SignerTest, NeverTellsATimeBeforeItsLast)
{
    auto signer = open_signer().value();
    ASSERT_TRUE(signer->seal(growth(0, 5)));
    clock.time -= std::chrono::seconds{30};
    EXPECT_EQ(signer->seal(growth(5, 6))->time, "2026-12-01T08:00:00.000+07:00") << "a small correction of the clock";
    clock.time -= std::chrono::hours{1};
    EXPECT_EQ(code_of(signer->seal(growth(6, 7))), "seal.clock");
}

TEST_F(SignerTest, SignsNothingItCannotRemember)
{
    auto signer = open_signer().value();
    ASSERT_TRUE(signer->seal(growth(0, 5)));
    std::filesystem::create_directory(place / "state.new");
    EXPECT_EQ(code_of(signer->seal(growth(5, 6))), "seal.state_failed");
    EXPECT_EQ(signer->last()->size, 5U);
    std::filesystem::remove(place / "state.new");
    EXPECT_EQ(signer->seal(growth(5, 7))->size, 7U);
}

TEST_F(SignerTest, RefusesALogNameThatCannotStandInANote)
{
    EXPECT_EQ(open_signer("two words").problem().code, "seal.origin");
    EXPECT_EQ(open_signer("a+b").problem().code, "seal.origin");
}
