// Keys come only from files of the right kind that nobody else can read; the development PKI keeps what is good.
#include "hub/seal/certificates.hpp"
#include "tests/unit/seal/workplace.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

std::string code_of(const Result<SealingKey>& key)
{
    return key ? "" : key.problem().code;
}

unsigned mode_of(const std::string& path)
{
    struct stat status
    {
    };
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

}  // namespace

TEST(PemKeys, AreRefusedWithTheReason)
{
    const Workplace& pki = DevPki::made().place;
    EXPECT_EQ(adapters::note_key_from_pem(pki / "absent").problem().code, "seal.key_file");
    EXPECT_EQ(adapters::note_key_from_pem(pki / "").problem().code, "seal.key_file") << "a directory";
    EXPECT_EQ(adapters::note_key_from_pem(pki / "seal.key").problem().code, "seal.key_malformed") << "P-256 is no note key";
    EXPECT_EQ(adapters::note_key_from_pem(pki / "seal.pem").problem().code, "seal.key_malformed") << "a certificate";
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(pki / "log.key", pki / "seal.pem")), "seal.key_malformed");
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(pki / "seal.key", pki / "server.pem")), "seal.key_mismatch");
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(pki / "seal.key", pki / "seal.key")), "seal.certificate_malformed");
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(pki / "seal.key", pki / "seal.pem", pki / "absent")), "seal.key_file");
}

TEST(PemKeys, MayNotBeReadableByOthers)
{
    const Workplace place;
    const std::string key = place.write("key", file_bytes(DevPki::made().place / "seal.key"));
    for (const mode_t mode : {0640U, 0604U, 0660U, 0644U}) {
        ASSERT_EQ(::chmod(key.c_str(), mode), 0);
        EXPECT_EQ(code_of(adapters::sealing_key_from_pem(key, DevPki::made().place / "seal.pem")), "seal.key_permissions");
    }
    ASSERT_EQ(::chmod(key.c_str(), 0400), 0);
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(key, DevPki::made().place / "seal.pem")), "");
}

TEST(PemKeys, WithAPasswordAreRefusedRatherThanAskedFor)
{
    const Workplace place;
    const Ran ran = run({"openssl", "pkey", "-in", DevPki::made().place / "seal.key", "-aes256", "-passout", "pass:secret",
                         "-out", place / "key"});
    ASSERT_EQ(ran.code, 0) << ran.output;
    ASSERT_EQ(::chmod((place / "key").c_str(), 0600), 0);
    EXPECT_EQ(code_of(adapters::sealing_key_from_pem(place / "key", DevPki::made().place / "seal.pem")), "seal.key_malformed");
}

TEST(DevPki, KeepsWhatIsGoodAndReplacesWhatIsNot)
{
    const Workplace place;
    const std::string program = LIENTHONG_SOURCE_DIR "/certs/make-dev-pki";
    ASSERT_EQ(run({program, place / "pki", "--origin", "mot.tinh.test/log"}).code, 0);
    for (const char* name : {"", "/simulators"})
        EXPECT_EQ(mode_of(place / "pki" + name), 0700U);
    for (const char* name :
         {"ca.key", "server.key", "seal.key", "log.key", "simulators/nrs.key", "simulators/dvc.key", "log.verifier"})
        EXPECT_EQ(mode_of(place / "pki/" + name), 0600U) << name;
    const std::string seal_before = file_bytes(place / "pki/seal.pem");
    const std::string verifier = file_bytes(place / "pki/log.verifier");
    EXPECT_TRUE(verifier.starts_with("mot.tinh.test/log+"));

    const Ran again = run({program, place / "pki"});
    EXPECT_EQ(again.code, 0);
    EXPECT_EQ(again.output.find("made"), std::string::npos) << again.output;
    EXPECT_EQ(file_bytes(place / "pki/log.verifier"), verifier) << "the log keeps its name";

    place.write("pki/server.pem", "damaged");
    std::filesystem::copy_file(place / "pki/server.key", place / "pki/simulators/qlvb.key",
                               std::filesystem::copy_options::overwrite_existing);
    const Ran repaired = run({program, place / "pki"});
    EXPECT_NE(repaired.output.find("made  server.pem"), std::string::npos) << repaired.output;
    EXPECT_NE(repaired.output.find("made  simulators/qlvb.pem"), std::string::npos) << "its key was another's";
    EXPECT_EQ(file_bytes(place / "pki/seal.pem"), seal_before);

    std::filesystem::remove(place / "pki/ca.key");
    const Ran rooted = run({program, place / "pki"});
    EXPECT_EQ(rooted.output.find("kept  seal.pem"), std::string::npos) << "a new root makes new certificates";
    EXPECT_EQ(run({"openssl", "verify", "-CAfile", place / "pki/ca.pem", place / "pki/seal.pem"}).code, 0);
    EXPECT_EQ(run({program}).code, 2);
}

TEST(DevPki, NamesThisMachineInItsTlsCertificates)
{
    const Workplace& pki = DevPki::made().place;
    const auto accepts = [&](const std::string& certificate, const std::string& option, const std::string& name) {
        return run({"openssl", "verify", "-purpose", "sslserver", "-x509_strict", "-CAfile", pki / "ca.pem", option, name,
                    pki / certificate})
                   .code == 0;
    };
    EXPECT_TRUE(accepts("server.pem", "-verify_hostname", "localhost"));
    EXPECT_TRUE(accepts("server.pem", "-verify_ip", "127.0.0.1"));
    EXPECT_TRUE(accepts("server.pem", "-verify_ip", "::1"));
    EXPECT_FALSE(accepts("server.pem", "-verify_hostname", "example.org"));
    EXPECT_TRUE(accepts("simulators/lgsp.pem", "-verify_ip", "127.0.0.1"));
    EXPECT_TRUE(accepts("simulators/lgsp.pem", "-verify_hostname", "localhost"));
}
