// Notes agree with the reference implementation's vector and open only for their own key.
#include "hub/seal/note.hpp"

#include "tests/unit/seal/workplace.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

// From the documentation of golang.org/x/mod/sumdb/note, which C2SP signed-note describes.
constexpr const char* neumann_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* neumann_body =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
constexpr const char* neumann_line =
    "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

}  // namespace

TEST(Note, OpensTheReferenceNoteWithItsKey)
{
    const auto verifier = note_verifier_from(neumann_key);
    ASSERT_TRUE(verifier) << verifier.problem().sentence();
    EXPECT_EQ(verifier->name, "PeterNeumann");
    EXPECT_EQ(to_text(*verifier), neumann_key);
    const auto body = open_note(std::string(neumann_body) + neumann_line, *verifier);
    ASSERT_TRUE(body) << body.problem().sentence();
    EXPECT_EQ(*body, neumann_body);
}

TEST(Note, OpensWhatTheLogsKeySignedAndNothingChanged)
{
    const DevPki& pki = DevPki::made();
    const auto note = sign_note("sổ chứng thực\n5\n", pki.verifier.name, pki.note);
    ASSERT_TRUE(note);
    ASSERT_TRUE(open_note(*note, pki.verifier));
    int accepted = 0;
    for (std::size_t i = 0; i < note->size(); ++i)
        for (const unsigned mask : {1U, 32U, 128U}) {
            std::string other = *note;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ mask);
            accepted += open_note(other, pki.verifier).ok() ? 1 : 0;
        }
    EXPECT_EQ(accepted, 0);
}

TEST(Note, SaysWhetherItIsMalformedOrSignedByAnother)
{
    const auto neumann = note_verifier_from(neumann_key).value();
    const std::string note = std::string(neumann_body) + neumann_line;
    const auto code = [&](const std::string& text, const NoteVerifier& verifier) {
        const auto body = open_note(text, verifier);
        return body ? "" : body.problem().code;
    };
    EXPECT_EQ(code(note, DevPki::made().verifier), "seal.note_signature");
    EXPECT_EQ(code(note + neumann_line, neumann), "seal.note_signature") << "the first signature became part of the body";
    EXPECT_EQ(code(note + std::string(neumann_line).substr(1), neumann), "seal.note_malformed") << "two signatures";
    EXPECT_EQ(code(neumann_body, neumann), "seal.note_malformed");
    EXPECT_EQ(code("", neumann), "seal.note_malformed");
}

TEST(NoteVerifier, RefusesTextsThatDoNotBelongTogether)
{
    for (const char* bad : {"", "PeterNeumann", "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                            "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                            "PeterNeumann+c74f20a3+AhPc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc"})
        EXPECT_FALSE(note_verifier_from(bad)) << bad;
}
