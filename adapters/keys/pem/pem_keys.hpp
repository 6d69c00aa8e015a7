/// Keys from PEM files: for development, and for a signer whose files only its own account can read.
///
/// Private keys are PKCS#8 without a password (RFC 5958). A key file that its group or others may read, or that
/// belongs to another account, is refused before it is read.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/keys.hpp"

#include <string>

namespace lienthong::adapters {

/// An Ed25519 private key. Fails with: seal.key_file, seal.key_permissions, seal.key_malformed.
[[nodiscard]] Result<NoteKey> note_key_from_pem(const std::string& key_file);

/// An RSA (2048 bits or more) or P-256 private key, its certificate, and the issuers between it and the root
/// (`chain_file` may be empty: none; a root among them is left out).
/// Fails with: seal.key_file, seal.key_permissions, seal.key_malformed, seal.certificate_malformed, seal.key_mismatch.
[[nodiscard]] Result<SealingKey> sealing_key_from_pem(const std::string& key_file, const std::string& certificate_file,
                                                      const std::string& chain_file = {});

}  // namespace lienthong::adapters
