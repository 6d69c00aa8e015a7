/// Detached CMS signatures (RFC 5652, CAdES-BES by ETSI EN 319 122-1): the province's signature on a checkpoint.
///
/// SHA-256 with RSA or P-256. The CMS interface of OpenSSL only; its PKCS#7 interface is not used. Thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/keys.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::seal {

/// Signs exactly `bytes`; the DER carries the certificate and its chain, the signing time `at` and the reference
/// to the signing certificate (RFC 5035), not the bytes themselves. Fails with: seal.key_failed.
[[nodiscard]] Result<std::string> cms_sign(std::string_view bytes, const SealingKey& key, Time at);

/// What a verified signature says.
struct CmsFacts
{
    std::vector<std::string> certificates;  ///< DER of all it carries, in its order.
    std::string signer;                     ///< Subject of the signing certificate.
};

/// Checks that one signer signed exactly `bytes`, and that its certificate leads to one of the roots in `ca_pem`
/// and was valid for signing at `at`. Anything a signature of cms_sign has not is refused: further signers,
/// unsigned attributes, revocation lists, other digests, bytes that encode the same in another way.
/// Fails with: seal.cms_malformed, seal.cms_signature, seal.chain_untrusted, seal.certificate_malformed (ca_pem).
[[nodiscard]] Result<CmsFacts> cms_verify(std::string_view der, std::string_view bytes, std::string_view ca_pem, Time at);

/// The certificates a signature carries, without verifying it. Fails with: seal.cms_malformed.
[[nodiscard]] Result<std::vector<std::string>> cms_certificates(std::string_view der);

}  // namespace lienthong::seal
