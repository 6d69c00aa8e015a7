/// Owning handles for the OpenSSL objects of hub/seal; included by its .cpp files only.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

namespace lienthong::seal {

struct OpensslFree
{
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(ASN1_TIME* time) const { ASN1_TIME_free(time); }
    void operator()(STACK_OF(X509) * list) const { sk_X509_pop_free(list, X509_free); }
};

template <class T>
using Owned = std::unique_ptr<T, OpensslFree>;

/// A read-only view of `bytes`, which must outlive it.
inline Owned<BIO> bio_over(std::string_view bytes)
{
    return Owned<BIO>{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))};
}

inline std::string bytes_in(BIO* bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

inline std::string der_of(X509* certificate)
{
    std::string out(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))), '\0');
    auto* at = reinterpret_cast<unsigned char*>(out.data());
    i2d_X509(certificate, &at);
    return out;
}

/// The certificate in `der`, if it is exactly one.
inline Owned<X509> certificate_in(std::string_view der)
{
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    Owned<X509> certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    if (certificate && reinterpret_cast<const char*>(at) != der.data() + der.size())
        certificate.reset();
    return certificate;
}

/// Why OpenSSL's last call failed, in its words; empties its error queue.
inline std::string openssl_reason()
{
    std::string out;
    const char* data = nullptr;
    int flags = 0;
    while (const unsigned long error = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        const char* reason = ERR_reason_error_string(error);
        out += out.empty() ? "" : "; ";
        out += reason == nullptr ? "unknown" : reason;
        if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0')
            out += std::string(" (") + data + ")";
    }
    return out;
}

}  // namespace lienthong::seal
