/// Signer: signs checkpoints. The key lives in another process; the core can only ask for the next checkpoint.
#pragma once

#include "hub/model/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong {

using Hash = std::string;  ///< 32 raw bytes, SHA-256.

struct SealRequest
{
    std::uint64_t old_size = 0;          ///< Size of the last sealed checkpoint, 0 for none.
    std::uint64_t new_size = 0;
    Hash new_root;
    std::vector<Hash> consistency;       ///< RFC 9162 §2.1.4 proof from old_size to new_size.
};

struct SealedCheckpoint
{
    std::uint64_t size = 0;
    Hash root;
    std::string note;     ///< C2SP signed note: body, empty line, "— name base64" line.
    std::string cms_der;  ///< Detached CMS SignedData over the note's body, DER.
    std::string time;     ///< RFC 3339, as written in the body's extension line.
};

class Signer
{
public:
    virtual ~Signer() = default;
    /// Blocking. Fails with: seal.signer_unreachable, seal.refused (does not extend the last checkpoint).
    [[nodiscard]] virtual Result<SealedCheckpoint> seal(const SealRequest& request) = 0;
};

}  // namespace lienthong
