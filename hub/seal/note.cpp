// Signed notes: the text's own bytes are what is signed; the key's short hash only says which key to try.
#include "hub/seal/note.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/openssl_handles.hpp"

#include <algorithm>
#include <stdexcept>

namespace lienthong::seal {
namespace {

constexpr std::string_view signature_mark = "\xE2\x80\x94 ";  // em dash, blank
constexpr std::string_view ed25519 = "\x01";
constexpr std::size_t short_hash_bytes = 4;
constexpr std::size_t public_key_bytes = 32;
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t longest_name = 200;

const unsigned char* raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string short_hash(std::string_view name, std::string_view public_key)
{
    return sha256({name, "\n", ed25519, public_key}).substr(0, short_hash_bytes);
}

bool signature_holds(std::string_view body, std::string_view signature, std::string_view public_key)
{
    const Owned<EVP_PKEY> key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(public_key), public_key.size())};
    const Owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(body), body.size()) == 1;
}

Problem malformed_key(std::string_view text)
{
    return {"seal.key_malformed",
            "this is not the verifier text of an Ed25519 note key",
            {},
            shortened(text),
            "<name>+<8 hex digits>+<base64>"};
}

Problem malformed_note(std::string detail)
{
    return {"seal.note_malformed", std::move(detail), {}, {}, "a text, an empty line and one signature line"};
}

struct Parts
{
    std::string_view body;
    std::string_view name;
    std::string signature;  // short hash and signature
};

Result<Parts> parts_of(std::string_view note)
{
    const std::size_t gap = note.rfind("\n\n");
    if (gap == std::string_view::npos || note.back() != '\n')
        return malformed_note("the note has no empty line before its signature");
    std::string_view line = note.substr(gap + 2);
    line.remove_suffix(1);
    if (!line.starts_with(signature_mark) || line.find('\n') != std::string_view::npos)
        return malformed_note("the note does not end in exactly one signature line");
    line.remove_prefix(signature_mark.size());
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || !is_note_name(line.substr(0, blank)))
        return malformed_note("the signature line names no key");
    auto signature = from_base64(line.substr(blank + 1));
    if (!signature || signature->size() != short_hash_bytes + signature_bytes)
        return malformed_note("the signature line holds no Ed25519 signature");
    return Parts{note.substr(0, gap + 1), line.substr(0, blank), std::move(*signature)};
}

}  // namespace

bool is_note_name(std::string_view name)
{
    return !name.empty() && name.size() <= longest_name &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '+'; });
}

std::string to_text(const NoteVerifier& verifier)
{
    return verifier.name + '+' + to_hex(short_hash(verifier.name, verifier.public_key)) + '+' +
           to_base64(std::string(ed25519) + verifier.public_key);
}

Result<NoteVerifier> note_verifier_from(std::string_view text)
{
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos || !is_note_name(text.substr(0, first)))
        return malformed_key(text);
    const auto key = from_base64(text.substr(second + 1));
    if (!key || key->size() != ed25519.size() + public_key_bytes || !key->starts_with(ed25519))
        return malformed_key(text);
    NoteVerifier verifier{std::string(text.substr(0, first)), key->substr(ed25519.size())};
    if (to_text(verifier) != text)
        return malformed_key(text);
    return verifier;
}

Result<std::string> sign_note(std::string_view body, std::string_view name, const NoteKey& key)
{
    if (!body.ends_with('\n') || !is_note_name(name))
        throw std::invalid_argument("a note is a text that ends in a line end, signed by a named key");
    std::string signature(signature_bytes, '\0');
    std::size_t size = signature.size();
    const Owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, raw(body), body.size()) != 1 ||
        size != signature_bytes)
        return Problem{"seal.key_failed", "the log's key did not sign", {}, std::string(name), "an Ed25519 key that can sign"};
    std::string note(body);
    note += '\n';
    note += signature_mark;
    note += name;
    note += ' ';
    note += to_base64(short_hash(name, key.public_key) + signature);
    note += '\n';
    return note;
}

Result<std::string> open_note(std::string_view note, const NoteVerifier& verifier)
{
    const Result<Parts> parts = parts_of(note);
    if (!parts)
        return parts.problem();
    const std::string_view signature = parts->signature;
    if (parts->name != verifier.name || signature.substr(0, short_hash_bytes) != short_hash(verifier.name, verifier.public_key))
        return Problem{
            "seal.note_signature", "the note is signed by another key", {}, std::string(parts->name), to_text(verifier)};
    if (!signature_holds(parts->body, signature.substr(short_hash_bytes), verifier.public_key))
        return Problem{
            "seal.note_signature", "the note's signature does not hold", {}, std::string(parts->name), to_text(verifier)};
    return std::string(parts->body);
}

Result<std::string> note_body(std::string_view note)
{
    const Result<Parts> parts = parts_of(note);
    if (!parts)
        return parts.problem();
    return std::string(parts->body);
}

}  // namespace lienthong::seal
