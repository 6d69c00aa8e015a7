// Detached CMS by OpenSSL. Verification first refuses every shape that cms_sign does not produce, because a
// CMS has parts that its signature does not cover.
#include "hub/seal/cms.hpp"

#include "hub/seal/certificates.hpp"
#include "hub/seal/openssl_handles.hpp"

namespace lienthong::seal {
namespace {

// The signer is named by its key identifier, which has one form; names compare equal in several spellings.
constexpr unsigned sign_flags = CMS_DETACHED | CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP | CMS_USE_KEYID;
constexpr unsigned verify_flags = CMS_DETACHED | CMS_BINARY | CMS_CADES;
constexpr std::size_t largest_cms = 64U * 1024U;

Problem key_failed()
{
    return {"seal.key_failed", "the province's key did not sign", {}, openssl_reason(), "an RSA or P-256 key that can sign"};
}

Problem malformed(std::string detail)
{
    return {"seal.cms_malformed", std::move(detail), {}, openssl_reason(), "a detached CMS signature as the signer makes it"};
}

std::string encoded(CMS_ContentInfo* cms)
{
    unsigned char* data = nullptr;
    const int size = i2d_CMS_ContentInfo(cms, &data);
    std::string out(reinterpret_cast<const char*>(data), static_cast<std::size_t>(std::max(0, size)));
    OPENSSL_free(data);
    return out;
}

Owned<CMS_ContentInfo> cms_in(std::string_view der)
{
    ERR_clear_error();
    if (der.size() > largest_cms)
        return nullptr;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    Owned<CMS_ContentInfo> cms{d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size()))};
    // Trailing bytes and other encodings of the same content show here.
    if (cms && (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed || encoded(cms.get()) != der))
        cms.reset();
    return cms;
}

// Steps into (or over) the DER element at `at`, which must have this tag; false when it has not.
bool step(const unsigned char*& at, const unsigned char* end, int wanted, bool into)
{
    const unsigned char* content = at;
    long size = 0;
    int tag = 0;
    int kind = 0;
    if (at >= end || (ASN1_get_object(&content, &size, &tag, &kind, end - at) & 0x80) != 0 || *at != wanted)
        return false;
    at = into ? content : content + size;
    return true;
}

// Nothing signs the two version numbers of RFC 5652 §5.1 and §5.3, and OpenSSL does not look at them. With a
// signer named by key identifier both are 3.
bool versions_hold(std::string_view der)
{
    constexpr int sequence = 0x30, set = 0x31, integer = 0x02, object = 0x06, tagged = 0xA0;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* const end = at + der.size();
    const auto is_three = [&] { return end - at > 3 && at[0] == integer && at[1] == 1 && at[2] == 3; };
    if (!step(at, end, sequence, true) || !step(at, end, object, false) || !step(at, end, tagged, true) ||
        !step(at, end, sequence, true) || !is_three())
        return false;
    return step(at, end, integer, false) && step(at, end, set, false) && step(at, end, sequence, false) &&
           step(at, end, tagged, false) && step(at, end, set, true) && step(at, end, sequence, true) && is_three();
}

bool signature_algorithm_fits(int signature, int key)
{
    switch (signature) {
        case NID_ecdsa_with_SHA256:
            return key == EVP_PKEY_EC;
        case NID_rsaEncryption:
            return key == EVP_PKEY_RSA;
        default:
            return false;
    }
}

// The parts of a CMS that nothing signs have only one allowed content. Says what is wrong, or nothing.
std::string wrong_shape(CMS_ContentInfo* cms, X509* signer)
{
    STACK_OF(CMS_SignerInfo)* const infos = CMS_get0_SignerInfos(cms);
    if (sk_CMS_SignerInfo_num(infos) != 1)
        return "the signature does not have exactly one signer";
    CMS_SignerInfo* const info = sk_CMS_SignerInfo_value(infos, 0);
    if (CMS_unsigned_get_attr_count(info) > 0)
        return "the signature carries attributes that it does not cover";
    if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data || *CMS_get0_content(cms) != nullptr)
        return "the signature is not a detached one over plain data";
    if (STACK_OF(X509_CRL)* const lists = CMS_get1_crls(cms)) {
        sk_X509_CRL_pop_free(lists, X509_CRL_free);
        return "the signature carries revocation lists";
    }
    X509_ALGOR* digest = nullptr;
    X509_ALGOR* signature = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &digest, &signature);
    if (OBJ_obj2nid(digest->algorithm) != NID_sha256 ||
        !signature_algorithm_fits(OBJ_obj2nid(signature->algorithm), EVP_PKEY_get_base_id(X509_get0_pubkey(signer))))
        return "the signature is not SHA-256 with the signer's RSA or P-256 key";
    return {};
}

std::vector<std::string> certificates_in(CMS_ContentInfo* cms)
{
    std::vector<std::string> ders;
    const Owned<STACK_OF(X509)> certificates{CMS_get1_certs(cms)};
    for (int i = 0; i < sk_X509_num(certificates.get()); ++i)
        ders.push_back(der_of(sk_X509_value(certificates.get(), i)));
    return ders;
}

Owned<X509_STORE> store_of(const std::vector<std::string>& roots, Time at)
{
    Owned<X509_STORE> store{X509_STORE_new()};
    for (const std::string& der : roots) {
        const Owned<X509> root = certificate_in(der);
        X509_STORE_add_cert(store.get(), root.get());
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                               std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
    return store;
}

X509* signer_of(CMS_ContentInfo* cms, const Owned<STACK_OF(X509)>& carried)
{
    STACK_OF(CMS_SignerInfo)* const infos = CMS_get0_SignerInfos(cms);
    for (int i = 0; sk_CMS_SignerInfo_num(infos) == 1 && i < sk_X509_num(carried.get()); ++i)
        if (CMS_SignerInfo_cert_cmp(sk_CMS_SignerInfo_value(infos, 0), sk_X509_value(carried.get(), i)) == 0)
            return sk_X509_value(carried.get(), i);
    return nullptr;
}

}  // namespace

Result<std::string> cms_sign(std::string_view bytes, const SealingKey& key, Time at)
{
    ERR_clear_error();
    const Owned<X509> certificate = certificate_in(key.certificate);
    const Owned<BIO> content = bio_over(bytes);
    const Owned<CMS_ContentInfo> cms{CMS_sign(nullptr, nullptr, nullptr, nullptr, sign_flags | CMS_PARTIAL)};
    if (!certificate || !cms)
        return key_failed();
    CMS_SignerInfo* const info =
        CMS_add1_signer(cms.get(), certificate.get(), key.key.get(), EVP_sha256(), sign_flags | CMS_PARTIAL);
    const Owned<ASN1_TIME> time{
        ASN1_TIME_set(nullptr, std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count())};
    // The hub's clock decides the signing time; left alone, OpenSSL would take the machine's.
    if (info == nullptr || !time || CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time.get(), -1) != 1)
        return key_failed();
    for (const std::string& der : key.chain) {
        const Owned<X509> issuer = certificate_in(der);
        if (!issuer || CMS_add1_cert(cms.get(), issuer.get()) != 1)
            return key_failed();
    }
    if (CMS_final(cms.get(), content.get(), nullptr, sign_flags) != 1)
        return key_failed();
    return encoded(cms.get());
}

Result<CmsFacts> cms_verify(std::string_view der, std::string_view bytes, std::string_view ca_pem, Time at)
{
    const auto roots = certificates_from_pem(ca_pem);
    if (!roots)
        return roots.problem();
    const Owned<CMS_ContentInfo> cms = cms_in(der);
    if (!cms)
        return malformed("this is not a CMS signature in DER");
    const Owned<STACK_OF(X509)> carried{CMS_get1_certs(cms.get())};
    X509* const signer = signer_of(cms.get(), carried);
    if (signer == nullptr || X509_get0_pubkey(signer) == nullptr)
        return malformed("the signature does not carry its signer's certificate with a known kind of key");
    if (const std::string wrong = wrong_shape(cms.get(), signer); !wrong.empty())
        return malformed(wrong);
    if (!versions_hold(der))
        return malformed("the signature is not of version 3, with its signer named by key identifier");
    ERR_clear_error();
    const Owned<X509_STORE> store = store_of(*roots, at);
    // CMS_verify of OpenSSL 3.0 copies what it takes for bytes in memory and loses the copy where it fails early; behind a
    // filter it does not take them for that.
    const Owned<BIO> content{BIO_push(BIO_new(BIO_f_null()), bio_over(bytes).release())};
    if (CMS_verify(cms.get(), nullptr, store.get(), content.get(), nullptr, verify_flags) != 1) {
        const bool chain = ERR_GET_REASON(ERR_peek_last_error()) == CMS_R_CERTIFICATE_VERIFY_ERROR;
        return Problem{chain ? "seal.chain_untrusted" : "seal.cms_signature",
                       chain ? "the signer's certificate does not lead to a trusted root at that time"
                             : "the signature does not hold for these bytes",
                       {},
                       openssl_reason(),
                       "a signature by a certificate of the trusted roots"};
    }
    const auto facts = certificate_facts(der_of(signer));
    return CmsFacts{certificates_in(cms.get()), facts ? facts->subject : std::string{}};
}

Result<std::vector<std::string>> cms_certificates(std::string_view der)
{
    const Owned<CMS_ContentInfo> cms = cms_in(der);
    if (!cms)
        return malformed("this is not a CMS signature in DER");
    return certificates_in(cms.get());
}

}  // namespace lienthong::seal
