// A checkpoint's body has one text, and both signatures over it are checked by other people's programs too.
#include "hub/seal/checkpoint.hpp"

#include "hub/seal/certificates.hpp"
#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/seal/workplace.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

Checkpoint example()
{
    return {"hungyen.lienthong.test/log", 42, sha256("root"), *time_from("2026-12-01T08:00:00.120+07:00"), sha256_hex("before")};
}

std::string cms_code(std::string_view der, std::string_view body, std::string_view ca, Time at)
{
    const auto facts = cms_verify(der, body, ca, at);
    return facts ? "" : facts.problem().code;
}

}  // namespace

TEST(Checkpoint, IsOriginSizeRootTimeAndPredecessor)
{
    EXPECT_EQ(to_body(example()), "hungyen.lienthong.test/log\n42\n" + to_base64(sha256("root")) +
                                      "\ntime 2026-12-01T08:00:00.120+07:00\nprev " + sha256_hex("before") + "\n");
    Checkpoint first = example();
    first.prev.clear();
    for (const Checkpoint& checkpoint : {example(), first}) {
        const auto read = checkpoint_from_body(to_body(checkpoint));
        ASSERT_TRUE(read) << read.problem().sentence();
        EXPECT_EQ(*read, checkpoint);
    }
}

TEST(Checkpoint, RefusesEveryOtherTextOfTheSameContent)
{
    const std::string good = to_body(example());
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    for (const std::string& bad :
         {with("\n42\n", "\n042\n"), with("\n42\n", "\n+42\n"), with("\n42\n", "\n42 \n"),
          with("\n42\n", "\n99999999999999999999\n"), with(".120+07:00", ".12+07:00"),
          with("08:00:00.120+07:00", "01:00:00.120Z"), with("prev ", "Prev "), good + "more\n", good.substr(0, good.size() - 1),
          with("hungyen", "hung yen"), with("time ", "time"), std::string()})
        EXPECT_FALSE(checkpoint_from_body(bad)) << bad;
}

TEST(CheckpointCms, IsVerifiedByOpensslItself)
{
    const DevPki& pki = DevPki::made();
    const Workplace place;
    const std::string body = to_body(example());
    const auto der = cms_sign(body, pki.province, example().time);
    ASSERT_TRUE(der) << der.problem().sentence();
    const auto at = std::chrono::duration_cast<std::chrono::seconds>(example().time.time_since_epoch()).count();
    const Ran ran =
        run({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", place.write("p7s", *der), "-content",
             place.write("body", body), "-CAfile", pki.place / "ca.pem", "-attime", std::to_string(at), "-out", place / "out"});
    EXPECT_EQ(ran.code, 0) << ran.output;
    EXPECT_EQ(file_bytes(place / "out"), body);
}

TEST(CheckpointCms, HoldsForItsBytesItsRootsAndItsTimeOnly)
{
    const DevPki& pki = DevPki::made();
    const Workplace place;
    const Time at = example().time;
    const std::string body = to_body(example());
    const std::string der = cms_sign(body, pki.province, at).value();
    EXPECT_EQ(cms_code(der, body, pki.ca_pem, at), "");
    EXPECT_EQ(cms_code(der, body + "\n", pki.ca_pem, at), "seal.cms_signature");
    EXPECT_EQ(cms_code(der, body, pki.ca_pem, at + std::chrono::hours{24 * 800}), "seal.chain_untrusted");
    EXPECT_EQ(cms_code(der, body, "no certificate", at), "seal.certificate_malformed");
    ASSERT_EQ(run({LIENTHONG_SOURCE_DIR "/certs/make-dev-pki", place / "other"}).code, 0);
    EXPECT_EQ(cms_code(der, body, file_bytes(place / "other/ca.pem"), at), "seal.chain_untrusted");
    EXPECT_EQ(cms_code(der + '\0', body, pki.ca_pem, at), "seal.cms_malformed");
    EXPECT_EQ(cms_code("", body, pki.ca_pem, at), "seal.cms_malformed");
}

TEST(CheckpointCms, IsNotAcceptedFromACertificateMadeForTls)
{
    const DevPki& pki = DevPki::made();
    const auto tls = adapters::sealing_key_from_pem(pki.place / "server.key", pki.place / "server.pem");
    ASSERT_TRUE(tls);
    const std::string body = to_body(example());
    const auto der = cms_sign(body, *tls, example().time);
    ASSERT_TRUE(der);
    EXPECT_EQ(cms_code(*der, body, pki.ca_pem, example().time), "seal.chain_untrusted");
}

TEST(CheckpointCms, WorksWithAnRsaKeyAndAnIssuerInBetween)
{
    const ChainedSeal seal;
    const SealingKey* const key = &seal.province;
    EXPECT_EQ(key->chain.size(), 1U) << "the root is left out";
    const std::string body = to_body(example());
    const auto der = cms_sign(body, *key, SystemClock().now());
    ASSERT_TRUE(der) << der.problem().sentence();
    const auto facts = cms_verify(*der, body, file_bytes(seal.place / "root.pem"), SystemClock().now());
    ASSERT_TRUE(facts) << facts.problem().sentence();
    EXPECT_EQ(facts->certificates.size(), 2U);
    EXPECT_EQ(facts->signer, "CN=Tỉnh Hưng Yên");
}

TEST(CheckpointCms, RefusesEveryChangedBit)
{
    const DevPki& pki = DevPki::made();
    const std::string body = to_body(example());
    const std::string der = cms_sign(body, pki.province, example().time).value();
    std::string accepted;
    for (std::size_t i = 0; i < der.size(); ++i)
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string other = der;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            if (cms_verify(other, body, pki.ca_pem, example().time))
                accepted += std::to_string(i) + "." + std::to_string(bit) + " ";
        }
    EXPECT_EQ(accepted, "");
}

TEST(Certificates, HaveOnePemTextForEachList)
{
    const DevPki& pki = DevPki::made();
    const auto ders = certificates_from_pem("a text before\n" + pki.ca_pem + file_bytes(pki.place / "seal.pem"));
    ASSERT_TRUE(ders);
    ASSERT_EQ(ders->size(), 2U);
    EXPECT_EQ(certificates_to_pem(*ders), pki.ca_pem + file_bytes(pki.place / "seal.pem"));
    EXPECT_EQ(certificate_facts((*ders)[1])->subject, "CN=Provincial seal (development),O=Lienthong development");
    std::string damaged = pki.ca_pem;
    damaged[damaged.size() / 2] = '*';
    EXPECT_FALSE(certificates_from_pem(pki.ca_pem + damaged));
    EXPECT_FALSE(certificates_from_pem(""));
}
