/// Evidence: one file that proves a figure, a verdict, a whole submission or a settlement to somebody who trusts two public
/// keys, without asking the hub. Checked here and, independently, by certs/verify_figure.py.
///
/// The file is one canonical JSON object (RFC 8785), so every change of a byte shows:
///     chain_pem     certificates that the province's signature carries, in its order
///     checkpoint    {"cms_der_base64","note"}: both signatures over the same body
///     leaf          the log entry's own canonical text; leaf_index, leaf_path: its place in the log
///     observation   or verdict: the record's own canonical text; record_count, record_index, record_path: its
///                   place under the leaf's accepted_root or verdicts_root (all absent when the leaf is the subject)
///     v             1
/// Everything is thread-safe.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/signer.hpp"
#include "hub/seal/checkpoint.hpp"
#include "hub/seal/leaf.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::seal {

/// A record below a submission's leaf.
struct RecordProof
{
    bool verdict = false;     ///< The text is a verdict line rather than an observation.
    std::string text;         ///< Its canonical text.
    std::uint64_t index = 0;  ///< Among the submission's accepted observations, or its verdicts.
    std::uint64_t count = 0;
    std::vector<Hash> path;  ///< Its inclusion in accepted_tree() or verdict_tree().
};

struct EvidenceParts
{
    std::optional<RecordProof> record;
    std::string leaf;  ///< Canonical text as stored.
    std::uint64_t leaf_index = 0;
    std::vector<Hash> leaf_path;  ///< To the checkpoint's root.
    SealedCheckpoint checkpoint;
};

/// Puts the file together; what it claims is not checked here. Fails with: seal.cms_malformed.
[[nodiscard]] Result<std::string> build_evidence(const EvidenceParts& parts);

/// What a verifier brings along. Nothing in the evidence itself is trusted.
struct EvidenceTrust
{
    std::string ca_pem;    ///< Roots of the province's certificate.
    std::string verifier;  ///< The log's verifier key text.
};

/// One thing that was proved.
struct Check
{
    std::string name;  ///< Stable: "form", "record", "log_entry", "log_signature", "province_signature".
    std::string vi;    ///< One sentence each.
    std::string en;
};

struct EvidenceReport
{
    std::vector<Check> checks;
    std::optional<Observation> observation;
    std::string verdict;  ///< Canonical text, when a verdict was proved.
    LeafContent leaf;
    Hash leaf_hash;
    std::uint64_t leaf_index = 0;
    Checkpoint checkpoint;
    std::string signer;  ///< Subject of the certificate that signed for the province.
};

/// Fails with the first thing that does not hold: seal.not_canonical, seal.evidence_version, seal.record_not_proved,
/// seal.leaf_not_proved, seal.chain_differs, seal.key_malformed, and what open_note, checkpoint_from_body and
/// cms_verify fail with. Certificates are judged at the time that the signed checkpoint states.
[[nodiscard]] Result<EvidenceReport> verify_evidence(std::string_view text, const EvidenceTrust& trust);

/// Checks two signed notes of one log: that the newer one only added to the older. Fails with: seal.key_malformed,
/// seal.log_not_extended, and what open_note and checkpoint_from_body fail with.
[[nodiscard]] Result<std::vector<Check>> verify_log_extension(std::string_view old_note, std::string_view new_note,
                                                              std::span<const Hash> proof, std::string_view verifier);

}  // namespace lienthong::seal
