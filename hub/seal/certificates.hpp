/// Certificates as DER and as PEM text with one text for each list. Thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::seal {

/// The certificates one after the other, each as RFC 7468 writes it, nothing between them.
[[nodiscard]] std::string certificates_to_pem(const std::vector<std::string>& ders);

/// Every certificate of a PEM text; other blocks and text between them are passed over.
/// Fails with: seal.certificate_malformed, also for a text without one.
[[nodiscard]] Result<std::vector<std::string>> certificates_from_pem(std::string_view pem);

/// What people want to know of a certificate.
struct CertificateFacts
{
    std::string subject;  ///< RFC 2253, UTF-8.
    std::string issuer;
    Time not_before{};
    Time not_after{};
};

/// Fails with: seal.certificate_malformed.
[[nodiscard]] Result<CertificateFacts> certificate_facts(std::string_view der);

}  // namespace lienthong::seal
