/// The content of an evidence file before anything in it is believed; inside hub/seal only.
#pragma once

#include "hub/seal/evidence.hpp"

namespace lienthong::seal {

struct ReadEvidence
{
    EvidenceParts parts;  ///< Of the checkpoint only note and cms_der.
    std::string chain_pem;
};

/// Fails with: seal.not_canonical, seal.evidence_version.
[[nodiscard]] Result<ReadEvidence> read_evidence(std::string_view text);

}  // namespace lienthong::seal
