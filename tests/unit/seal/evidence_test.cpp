// Evidence proves a figure, a refusal or a submission to both verifiers, and nothing that was changed.
#include "hub/seal/evidence.hpp"

#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/json_value.hpp"
#include "hub/seal/receipt.hpp"
#include "tests/unit/seal/sealed_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

std::string code_of(const std::string& text, const EvidenceTrust& trust)
{
    const auto report = verify_evidence(text, trust);
    return report ? "" : report.problem().code;
}

// certs/verify_figure.py over all texts in one process; the lines it said.
std::vector<std::string> python_says(const std::vector<std::string>& texts,
                                     const std::string& ca = DevPki::made().place / "ca.pem")
{
    const Workplace place;
    std::vector<std::string> words{LIENTHONG_SOURCE_DIR "/certs/verify_figure.py", ca, DevPki::made().place / "log.verifier"};
    for (std::size_t i = 0; i < texts.size(); ++i)
        words.push_back(place.write(std::to_string(i), texts[i]));
    std::vector<std::string> lines{""};
    for (const char c : run(words).output) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    lines.pop_back();
    return lines;
}

template <class T>
T& pick(std::mt19937& random, std::vector<T>& from)
{
    return from[random() % from.size()];
}

void change_byte(std::mt19937& random, std::string& text)
{
    text[random() % text.size()] ^= static_cast<char>(1U << random() % 8);
}

// One change somewhere in what the evidence claims, written again as well-formed evidence.
std::string changed_claim(std::mt19937& random, EvidenceParts parts, const SealedLog& log)
{
    RecordProof& record = *parts.record;
    switch (random() % 14) {
        case 0:
            record.index = (record.index + 1 + random() % 3) % 7;
            break;
        case 1:
            record.count += 1 + random() % 3;
            break;
        case 2:
            parts.leaf_index += 1 + random() % 5;
            break;
        case 3:
            parts.leaf_index -= std::min<std::uint64_t>(parts.leaf_index, 1 + random() % 5);
            break;
        case 4:
            change_byte(random, pick(random, parts.leaf_path));
            break;
        case 5:
            parts.leaf_path.erase(parts.leaf_path.begin() + static_cast<long>(random() % parts.leaf_path.size()));
            break;
        case 6:
            parts.leaf_path.push_back(sha256("more"));
            break;
        case 7:
            record.path.push_back(sha256("more"));
            break;
        case 8:
            record.text.replace(record.text.find(".5"), 2, "." + std::to_string(6 + random() % 900));
            break;
        case 9:
            parts.leaf.replace(parts.leaf.find("H31.08"), 6, "H31.0" + std::to_string(random() % 8));
            break;
        case 10:
            parts.leaf = log.leaves[(parts.leaf_index + 1) % log.leaves.size()];
            break;
        case 11:
            parts.checkpoint.note.replace(parts.checkpoint.note.find('\n') + 1, 1, std::to_string(random() % 2 + 5));
            break;
        case 12:
            change_byte(random, parts.checkpoint.cms_der);
            break;
        default:
            record.verdict = true;
            break;
    }
    // A damaged CMS may hold no certificates to show any more; then the file cannot even be written.
    return build_evidence(parts).ok() ? build_evidence(parts).value() : std::string();
}

// One change of the bytes themselves.
std::string changed_bytes(std::mt19937& random, std::string text)
{
    const std::size_t at = random() % text.size();
    switch (random() % 5) {
        case 0:
            text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << random() % 8));
            break;
        case 1:
            text.erase(at, 1 + random() % 4);
            break;
        case 2:
            text.insert(at, 1, static_cast<char>(' ' + random() % 94));
            break;
        case 3:
            std::swap(text[at], text[random() % text.size()]);
            break;
        default:
            text.insert(at, text.substr(random() % text.size(), random() % 40 + 1));
            break;
    }
    return text;
}

}  // namespace

TEST(Evidence, ProvesASettlementAndSaysThatItIsOne)
{
    const SettlementLeaf settled{"H31.01", *time_from("2026-03-05T16:30:00+07:00"), "operator", "A_VIII_1|VALUE|2026-03|GSO:33|_T",
                                 {4, 17}, "họp ngày 05/3"};
    const SealedLog log(4, DevPki::made().province, {settled});
    const std::string text = log.evidence(log.submission(4));
    const auto report = verify_evidence(text, log.trust());
    ASSERT_TRUE(report) << report.problem().sentence();
    EXPECT_EQ(std::get<SettlementLeaf>(report->leaf), settled);
    EXPECT_EQ(report->checks[1].en, "The settlement is entry 5 of 5 of the log hungyen.lienthong.test/log.");
    EXPECT_EQ(report->checks[1].vi.substr(0, 40), std::string("Kết quả thống nhất số liệu là mục").substr(0, 40));
    EvidenceParts other = log.submission(4);
    other.leaf.replace(other.leaf.find("H31.01"), 6, "H31.03");
    const auto refused = verify_evidence(log.evidence(other), log.trust());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, "seal.leaf_not_proved");
    EvidenceParts record = log.figure(3, 0);
    record.leaf = log.leaves[4];
    EXPECT_EQ(verify_evidence(log.evidence(record), log.trust()).problem().code, "seal.record_not_proved");
    const auto lines = python_says({text, log.evidence(other), log.evidence(record)});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_NE(lines[0].find("settlement in entry 5 of 5"), std::string::npos) << lines[0];
    EXPECT_EQ(lines[1].substr(0, 7), "REFUSED");
    EXPECT_EQ(lines[2].substr(0, 7), "REFUSED");
}

TEST(Evidence, ProvesAFigureStepByStep)
{
    const SealedLog log(13);
    const auto report = verify_evidence(log.evidence(log.figure(7, 2)), log.trust());
    ASSERT_TRUE(report) << report.problem().sentence();
    EXPECT_EQ(*report->observation, figure_of(7, 2));
    EXPECT_EQ(report->checkpoint.size, 13U);
    EXPECT_EQ(report->leaf_index, 7U);
    EXPECT_EQ(std::get<SubmissionLeaf>(report->leaf).sender, "H31.08");
    std::vector<std::string> names;
    for (const Check& check : report->checks)
        names.push_back(check.name);
    EXPECT_EQ(names, (std::vector<std::string>{"form", "record", "log_entry", "log_signature", "province_signature"}));
    EXPECT_EQ(report->checks[1].en, "This figure is number 3 of 3 accepted of its submission.");
    EXPECT_EQ(report->checks[2].vi, "Lần gửi là mục thứ 8 trong 13 của sổ chứng thực hungyen.lienthong.test/log.");
}

TEST(Evidence, ProvesARefusalAndAWholeSubmissionToo)
{
    const SealedLog log(6);
    const auto refusal = verify_evidence(log.evidence(log.verdict(3, 1)), log.trust());
    ASSERT_TRUE(refusal) << refusal.problem().sentence();
    EXPECT_NE(refusal->verdict.find("lookup.missing"), std::string::npos);
    EXPECT_FALSE(refusal->observation);
    const auto submission = verify_evidence(log.evidence(log.submission(3)), log.trust());
    ASSERT_TRUE(submission) << submission.problem().sentence();
    EXPECT_EQ(submission->checks.size(), 4U);
}

TEST(Evidence, OfTheOnlyEntryAndTheOnlyFigureHasEmptyPaths)
{
    const SealedLog log(1);
    const EvidenceParts parts = log.figure(0, 0);
    EXPECT_TRUE(parts.leaf_path.empty());
    EXPECT_EQ(code_of(log.evidence(parts), log.trust()), "");
    EXPECT_EQ(python_says({log.evidence(parts)}).front().substr(0, 7), "proved ");
}

TEST(Evidence, IsProvedByPythonAndOpensslAlone)
{
    const SealedLog log(9);
    std::vector<std::string> texts;
    for (std::size_t entry = 0; entry < 9; ++entry) {
        texts.push_back(log.evidence(log.figure(entry, 0)));
        texts.push_back(log.evidence(log.verdict(entry, 1)));
        texts.push_back(log.evidence(log.submission(entry)));
    }
    const auto lines = python_says(texts);
    ASSERT_EQ(lines.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(lines[i].substr(0, 7), "proved ") << lines[i];
        EXPECT_EQ(code_of(texts[i], log.trust()), "");
    }
    EXPECT_NE(lines[0].find("observation in entry 1 of 9 of hungyen.lienthong.test/log"), std::string::npos) << lines[0];
}

TEST(Evidence, IsProvedUnderAnRsaSealWithAnIssuerInBetween)
{
    const ChainedSeal seal;
    const SealedLog log(5, seal.province);
    const std::string text = log.evidence(log.figure(4, 3));
    const std::string root = seal.place / "root.pem";
    EXPECT_EQ(code_of(text, {file_bytes(root), log.trust().verifier}), "");
    EXPECT_EQ(code_of(text, log.trust()), "seal.chain_untrusted");
    EXPECT_EQ(python_says({text}, root).front().substr(0, 7), "proved ") << python_says({text}, root).front();
    EXPECT_EQ(python_says({text}).front().substr(0, 8), "REFUSED ");
}

TEST(Evidence, IsRefusedByBothVerifiersWhenTheFrameOfTheSignatureIsAnother)
{
    const SealedLog log(3);
    const EvidenceParts good = log.figure(1, 0);
    const std::string& der = good.checkpoint.cms_der;
    const std::string certificate = cms_certificates(der).value().front();
    const std::size_t from = der.find(certificate);
    std::vector<std::string> mutants;
    for (std::size_t i = 0; i < der.size(); ++i) {
        // The certificate's own bytes are compared with those shown; here it is about what surrounds it.
        EvidenceParts parts = good;
        parts.checkpoint.cms_der[i] = static_cast<char>(der[i] ^ 0x20);
        auto text = i < from || i >= from + certificate.size() ? build_evidence(parts) : Result<std::string>(Problem{});
        if (text)
            mutants.push_back(std::move(*text));
    }
    EXPECT_GT(mutants.size(), 100U);
    for (const std::string& mutant : mutants)
        EXPECT_NE(code_of(mutant, log.trust()), "") << mutant;
    for (const std::string& line : python_says(mutants))
        EXPECT_EQ(line.substr(0, 8), "REFUSED ") << line;
}

TEST(Evidence, IsRefusedByBothVerifiersAfterAnyChange)
{
    const SealedLog log(23);
    std::mt19937 random(20261201);
    std::vector<std::string> mutants;
    while (mutants.size() < 2400) {
        const std::size_t entry = random() % 23;
        const EvidenceParts parts = log.figure(entry, random() % (entry % 5 + 1));
        const std::string good = log.evidence(parts);
        std::string mutant = random() % 2 == 0 ? changed_claim(random, parts, log) : changed_bytes(random, good);
        if (mutant != good && !mutant.empty())
            mutants.push_back(std::move(mutant));
    }
    for (const std::string& mutant : mutants)
        EXPECT_NE(code_of(mutant, log.trust()), "") << mutant;
    const auto lines = python_says(mutants);
    ASSERT_EQ(lines.size(), mutants.size());
    for (const std::string& line : lines)
        EXPECT_EQ(line.substr(0, 8), "REFUSED ") << line;
}

TEST(Evidence, SaysWhichLinkIsBroken)
{
    const SealedLog log(8);
    const EvidenceParts good = log.figure(4, 1);
    const auto code = [&](auto change) {
        EvidenceParts parts = good;
        change(parts);
        return code_of(log.evidence(parts), log.trust());
    };
    EXPECT_EQ(code([](EvidenceParts& p) { p.record->index = 0; }), "seal.record_not_proved");
    EXPECT_EQ(code([](EvidenceParts& p) { p.record->count = 9; }), "seal.record_not_proved");
    EXPECT_EQ(code([](EvidenceParts& p) { p.leaf_index = 5; }), "seal.leaf_not_proved");
    EXPECT_EQ(code([](EvidenceParts& p) { p.leaf.back() = ' '; }), "seal.not_canonical");
    EXPECT_EQ(code([](EvidenceParts& p) { p.checkpoint.note += "x"; }), "seal.note_malformed");
    EXPECT_EQ(code([](EvidenceParts& p) { p.checkpoint.note[30] ^= 1; }), "seal.note_signature");
    EXPECT_EQ(code_of("", log.trust()), "seal.not_canonical");
    EXPECT_EQ(code_of(log.evidence(good), {log.trust().ca_pem, "x"}), "seal.key_malformed");
    EXPECT_EQ(code_of(log.evidence(good), {"", log.trust().verifier}), "seal.certificate_malformed");
    std::string later = log.evidence(good);
    later.replace(later.find("\"v\":1}"), 6, "\"v\":2}");
    EXPECT_EQ(code_of(later, log.trust()), "seal.evidence_version");
    // The signature of another checkpoint under the same keys.
    const SealedLog other(7);
    EXPECT_EQ(code([&](EvidenceParts& p) { p.checkpoint.cms_der = other.checkpoint.cms_der; }), "seal.cms_signature");
    std::string chain = log.evidence(good);
    std::string pem = to_canonical(DevPki::made().ca_pem);
    chain.replace(chain.find("\"-----BEGIN"), chain.find("\",\"checkpoint\"") + 1 - chain.find("\"-----BEGIN"), pem);
    EXPECT_EQ(code_of(chain, log.trust()), "seal.chain_differs");
}

TEST(LogExtension, IsProvedBetweenTwoCheckpointsOfOneLog)
{
    const SealedLog small(5);
    const SealedLog large(12);
    const std::string verifier = small.trust().verifier;
    const auto proof = large.tree.consistency(5, 12);
    const auto checks = verify_log_extension(small.checkpoint.note, large.checkpoint.note, proof, verifier);
    ASSERT_TRUE(checks) << checks.problem().sentence();
    EXPECT_EQ(checks->back().en, "The newer checkpoint contains every entry of the older one, unchanged (5 → 12).");
    EXPECT_FALSE(verify_log_extension(large.checkpoint.note, small.checkpoint.note, proof, verifier));
    EXPECT_EQ(verify_log_extension(small.checkpoint.note, large.checkpoint.note, {}, verifier).problem().code,
              "seal.log_not_extended");
}

TEST(Receipt, IsRedeemedByTheEvidenceOfItsEntry)
{
    const SealedLog log(4);
    const auto submission = std::get<SubmissionLeaf>(leaf_from_canonical(log.leaves[2]).value());
    const Receipt receipt{31, submission.message, submission.payload_sha256, leaf_hash(log.leaves[2]), submission.received_at};
    const std::string text = canonical(receipt);
    EXPECT_EQ(
        text,
        R"({"leaf_hash":")" + to_hex(receipt.leaf_hash) + R"(","message":3,"payload_sha256":")" + receipt.payload_sha256 +
            R"(","receipt":"BN-31-)" + to_hex(receipt.leaf_hash).substr(0, 16) +
            R"(","received_at":"2026-12-01T08:00:00.000+07:00","redeem":"/v1/submissions/31/receipt","submission":31,"v":1})");
    const auto read = receipt_from_canonical(text);
    ASSERT_TRUE(read) << read.problem().sentence();
    EXPECT_EQ(*read, receipt);
    EXPECT_TRUE(redeems(verify_evidence(log.evidence(log.submission(2)), log.trust()).value(), *read));
    EXPECT_EQ(redeems(verify_evidence(log.evidence(log.submission(1)), log.trust()).value(), *read).problem().code,
              "seal.receipt_differs");
    for (const char* part : {"BN-31", "/v1/submissions/31", "\"v\":1"}) {
        std::string other = text;
        other[other.find(part) + std::string(part).size() - 1] ^= 1;
        EXPECT_FALSE(receipt_from_canonical(other)) << other;
    }
}
