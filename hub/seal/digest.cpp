// SHA-256 and HMAC by OpenSSL's EVP; hex and base64 by hand, because the strict forms are what proofs need.
#include "hub/seal/digest.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace lienthong::seal {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";
constexpr char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct Free
{
    void operator()(EVP_MD* md) const { EVP_MD_free(md); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Looking the algorithm up by name costs more than hashing a small input, so it is done once; the context
// is one per thread, because making one costs an allocation each time.
EVP_MD* algorithm()
{
    static const std::unique_ptr<EVP_MD, Free> md{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    return md.get();
}

EVP_MD_CTX* context()
{
    static thread_local const std::unique_ptr<EVP_MD_CTX, Free> mine{EVP_MD_CTX_new()};
    return mine.get();
}

constexpr std::array<signed char, 256> base64_values()
{
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 64; ++i)
        values[static_cast<unsigned char>(base64_digits[i])] = static_cast<signed char>(i);
    return values;
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

void sha256_into(std::initializer_list<std::string_view> parts, char* out)
{
    EVP_MD_CTX* const state = context();
    bool good = state != nullptr && EVP_DigestInit_ex2(state, algorithm(), nullptr) == 1;
    for (std::string_view part : parts)
        good = good && EVP_DigestUpdate(state, part.data(), part.size()) == 1;
    if (!good || EVP_DigestFinal_ex(state, reinterpret_cast<unsigned char*>(out), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available in this OpenSSL");
}

Hash sha256(std::initializer_list<std::string_view> parts)
{
    Hash out(hash_bytes, '\0');
    sha256_into(parts, out.data());
    return out;
}

Hash sha256(std::string_view bytes)
{
    return sha256({bytes});
}

std::string sha256_hex(std::string_view bytes)
{
    std::array<char, hash_bytes> raw{};
    sha256_into({bytes}, raw.data());
    return to_hex({raw.data(), raw.size()});
}

std::string hmac_sha256(std::string_view key, std::string_view bytes)
{
    std::string out(hash_bytes, '\0');
    unsigned int size = 0;
    // HMAC() refuses a null key pointer, which an empty view may have.
    if (HMAC(EVP_sha256(), key.empty() ? "" : key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), reinterpret_cast<unsigned char*>(out.data()),
             &size) == nullptr ||
        size != hash_bytes)
        throw std::runtime_error("HMAC-SHA-256 is not available in this OpenSSL");
    return out;
}

std::string to_hex(std::string_view bytes)
{
    std::string out(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        out[2 * i] = hex_digits[byte >> 4U];
        out[2 * i + 1] = hex_digits[byte & 0x0FU];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return std::nullopt;
    std::string out(hex.size() / 2, '\0');
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out[i] = static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string to_base64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= have ? base64_digits[group >> (18U - 6U * k) & 0x3FU] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text)
{
    static constexpr std::array<signed char, 256> values = base64_values();
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::size_t letters = 4;
        if (i + 4 == text.size() && text[i + 3] == '=')
            letters = text[i + 2] == '=' ? 2 : 3;
        unsigned group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const int value = k < letters ? values[static_cast<unsigned char>(text[i + k])] : 0;
            if (value < 0)
                return std::nullopt;
            group = group << 6U | static_cast<unsigned>(value);
        }
        if ((letters == 2 && (group & 0xFFFFU) != 0) || (letters == 3 && (group & 0xFFU) != 0))
            return std::nullopt;
        for (std::size_t k = 0; k + 1 < letters; ++k)
            out += static_cast<char>(group >> (16U - 8U * k) & 0xFFU);
    }
    return out;
}

bool same_secret(std::string_view left, std::string_view right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace lienthong::seal
