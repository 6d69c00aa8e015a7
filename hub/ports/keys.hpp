/// Keys: what signs checkpoints, as a key adapter (PEM file, PKCS#11 token) hands it to the signer process.
///
/// Only the signer process ever holds these. A handle is OpenSSL's EVP_PKEY, which may stand for a key in a
/// token as well as for one in memory; rooms outside hub/seal only pass it on.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;

namespace lienthong {

using KeyHandle = std::shared_ptr<evp_pkey_st>;

/// The log's own key, Ed25519.
struct NoteKey
{
    KeyHandle key;
    std::string public_key;  ///< 32 raw bytes (RFC 8032).
};

/// The province's key, RSA or P-256, with the certificate that names it.
struct SealingKey
{
    KeyHandle key;
    std::string certificate;         ///< DER.
    std::vector<std::string> chain;  ///< DER of the issuers up to, but without, the root.
};

}  // namespace lienthong
