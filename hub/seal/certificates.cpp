// Certificates in and out of PEM; the PEM written is the only one a proof may carry for these certificates.
#include "hub/seal/certificates.hpp"

#include "hub/seal/openssl_handles.hpp"

#include <openssl/pem.h>

namespace lienthong::seal {
namespace {

Problem malformed()
{
    return {"seal.certificate_malformed", "this is not an X.509 certificate", {}, openssl_reason(), "an X.509 certificate"};
}

std::string name_text(const X509_NAME* name)
{
    const Owned<BIO> bio{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    return bytes_in(bio.get());
}

Time time_of(const ASN1_TIME* time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return Time{};
    const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + 1900},
                                          std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                          std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
    return Time{std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min} +
                std::chrono::seconds{parts.tm_sec}};
}

}  // namespace

std::string certificates_to_pem(const std::vector<std::string>& ders)
{
    const Owned<BIO> bio{BIO_new(BIO_s_mem())};
    for (const std::string& der : ders)
        PEM_write_bio(bio.get(), PEM_STRING_X509, "", reinterpret_cast<const unsigned char*>(der.data()),
                      static_cast<long>(der.size()));
    return bytes_in(bio.get());
}

Result<std::vector<std::string>> certificates_from_pem(std::string_view pem)
{
    ERR_clear_error();
    const Owned<BIO> bio = bio_over(pem);
    std::vector<std::string> ders;
    while (const Owned<X509> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
        ders.push_back(der_of(certificate.get()));
    const unsigned long last = ERR_peek_last_error();
    if (ders.empty() || ERR_GET_LIB(last) != ERR_LIB_PEM || ERR_GET_REASON(last) != PEM_R_NO_START_LINE)
        return malformed();
    ERR_clear_error();
    return ders;
}

Result<CertificateFacts> certificate_facts(std::string_view der)
{
    ERR_clear_error();
    const Owned<X509> certificate = certificate_in(der);
    if (!certificate)
        return malformed();
    return CertificateFacts{name_text(X509_get_subject_name(certificate.get())),
                            name_text(X509_get_issuer_name(certificate.get())), time_of(X509_get0_notBefore(certificate.get())),
                            time_of(X509_get0_notAfter(certificate.get()))};
}

}  // namespace lienthong::seal
