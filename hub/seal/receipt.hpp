/// Receipts: what the sender gets at once, before any checkpoint exists, and what it is redeemed for later.
///
/// {"leaf_hash","message","payload_sha256","receipt","received_at","redeem","submission","v":1}, canonical. A receipt
/// that cannot be redeemed within the promised time is evidence against the hub. Thread-safe.
#pragma once

#include "hub/model/message.hpp"
#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/signer.hpp"
#include "hub/ports/store.hpp"
#include "hub/seal/evidence.hpp"

#include <string>
#include <string_view>

namespace lienthong::seal {

struct Receipt
{
    SubmissionId submission = 0;
    MessageId message = 0;
    std::string payload_sha256;  ///< Hex.
    Hash leaf_hash;              ///< Of the log entry that will be sealed.
    Time received_at{};

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// "BN-<submission>-<first 16 hex digits of the leaf hash>": short enough to be said on the telephone.
[[nodiscard]] std::string receipt_number(const Receipt& receipt);
/// "/v1/submissions/<submission>/receipt"
[[nodiscard]] std::string redeem_path(const Receipt& receipt);

[[nodiscard]] std::string canonical(const Receipt& receipt);
/// Reads it back. Fails with: seal.not_canonical.
[[nodiscard]] Result<Receipt> receipt_from_canonical(std::string_view text);

/// Checks that verified evidence is what this receipt promised: the same log entry, message, payload and time of
/// receipt. Fails with: seal.receipt_differs.
[[nodiscard]] Result<void> redeems(const EvidenceReport& evidence, const Receipt& receipt);

}  // namespace lienthong::seal
