// PEM files to OpenSSL keys, with the file's mode looked at on the open descriptor.
#include "adapters/keys/pem/pem_keys.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lienthong::adapters {
namespace {

constexpr std::size_t largest_file = 256U * 1024U;
constexpr int fewest_rsa_bits = 2048;

struct Free
{
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};

struct Descriptor
{
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

// The file's bytes, wiped when they go: they may be a private key.
struct FileBytes
{
    std::string bytes;
    FileBytes() = default;
    FileBytes(FileBytes&&) = default;
    FileBytes& operator=(FileBytes&&) = default;
    ~FileBytes() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

Problem unreadable(const std::string& file)
{
    return {"seal.key_file", std::string("the file cannot be read: ") + std::strerror(errno), file, {}, "a readable file"};
}

Result<FileBytes> read_file(const std::string& file, bool secret)
{
    const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
    struct stat status
    {
    };
    if (opened.fd < 0 || ::fstat(opened.fd, &status) != 0)
        return unreadable(file);
    if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > largest_file)
        return Problem{"seal.key_file", "this is not a small regular file", file, {}, "a PEM file"};
    const bool others = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (secret && (others || (status.st_uid != ::geteuid() && status.st_uid != 0)))
        return Problem{"seal.key_permissions", "others than the signer's account can read this key", file,
                       others ? "open to its group or to others" : "owned by another account", "mode 0600, own account"};
    FileBytes out;
    out.bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t have = 0;
    while (have < out.bytes.size()) {
        const ssize_t got = ::read(opened.fd, out.bytes.data() + have, out.bytes.size() - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return unreadable(file);
        have += static_cast<std::size_t>(got);
    }
    return out;
}

int no_password(char*, int, int, void*)
{
    return -1;
}

std::unique_ptr<BIO, Free> bio_over(const FileBytes& file)
{
    return std::unique_ptr<BIO, Free>{BIO_new_mem_buf(file.bytes.data(), static_cast<int>(file.bytes.size()))};
}

Result<KeyHandle> private_key(const std::string& file, const char* expected)
{
    const Result<FileBytes> text = read_file(file, true);
    if (!text)
        return text.problem();
    KeyHandle key{PEM_read_bio_PrivateKey(bio_over(*text).get(), nullptr, no_password, nullptr), EVP_PKEY_free};
    ERR_clear_error();
    if (!key)
        return Problem{"seal.key_malformed", "the file holds no private key without a password", file, {}, expected};
    return key;
}

bool can_seal(EVP_PKEY* key)
{
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return EVP_PKEY_get_bits(key) >= fewest_rsa_bits;
    std::array<char, 64> group{};
    return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           std::strcmp(group.data(), SN_X9_62_prime256v1) == 0;
}

std::string der_of(X509* certificate)
{
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    std::string out(reinterpret_cast<const char*>(data), size < 0 ? 0U : static_cast<std::size_t>(size));
    OPENSSL_free(data);
    return out;
}

using Certificate = std::unique_ptr<X509, Free>;

Result<std::vector<Certificate>> certificates(const std::string& file)
{
    const Result<FileBytes> text = read_file(file, false);
    if (!text)
        return text.problem();
    const auto bio = bio_over(*text);
    std::vector<Certificate> found;
    while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        found.emplace_back(next);
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (found.empty() || !at_end)
        return Problem{"seal.certificate_malformed", "the file holds no certificate", file, {}, "X.509 certificates in PEM"};
    return found;
}

}  // namespace

Result<NoteKey> note_key_from_pem(const std::string& key_file)
{
    constexpr const char* expected = "an Ed25519 private key in PEM";
    Result<KeyHandle> key = private_key(key_file, expected);
    if (!key)
        return key.problem();
    std::string public_key(32, '\0');
    std::size_t size = public_key.size();
    if (EVP_PKEY_is_a(key->get(), "ED25519") != 1 ||
        EVP_PKEY_get_raw_public_key(key->get(), reinterpret_cast<unsigned char*>(public_key.data()), &size) != 1)
        return Problem{"seal.key_malformed", "this is not a key that can sign notes", key_file, {}, expected};
    return NoteKey{std::move(*key), std::move(public_key)};
}

Result<SealingKey> sealing_key_from_pem(const std::string& key_file, const std::string& certificate_file,
                                        const std::string& chain_file)
{
    constexpr const char* expected = "an RSA (2048 bits or more) or P-256 private key in PEM";
    Result<KeyHandle> key = private_key(key_file, expected);
    if (!key)
        return key.problem();
    if (!can_seal(key->get()))
        return Problem{"seal.key_malformed", "this is not a key that can seal", key_file, {}, expected};
    const auto own = certificates(certificate_file);
    if (!own)
        return own.problem();
    X509* const certificate = own->front().get();
    if (EVP_PKEY_eq(X509_get0_pubkey(certificate), key->get()) != 1)
        return Problem{"seal.key_mismatch", "the certificate belongs to another key", certificate_file, {}, key_file};
    if (X509_get0_subject_key_id(certificate) == nullptr)
        return Problem{"seal.certificate_malformed", "the certificate has no subject key identifier, by which signatures name it",
                       certificate_file, {}, "a certificate as RFC 5280 §4.2.1.2 describes it"};
    SealingKey out{std::move(*key), der_of(certificate), {}};
    if (chain_file.empty())
        return out;
    const auto issuers = certificates(chain_file);
    if (!issuers)
        return issuers.problem();
    for (const Certificate& issuer : *issuers)
        if (X509_self_signed(issuer.get(), 0) != 1)
            out.chain.push_back(der_of(issuer.get()));
    return out;
}

}  // namespace lienthong::adapters
