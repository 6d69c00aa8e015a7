// Builds the log the way the hub does: verdicts, leaf, tree, signer.
#include "tests/unit/seal/sealed_log.hpp"

#include "hub/seal/canonical.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::seal {

Observation figure_of(std::size_t entry, std::size_t index)
{
    Observation out;
    out.key = {"A_I_" + std::to_string(index + 1), "VALUE", "2026-11", "GSO:33", "_T", "H31.01"};
    out.value = std::to_string(entry * 100 + index) + ".5";
    out.unit = "BILLION_VND";
    out.vintage = Vintage::preliminary;
    out.source = "Báo cáo số \"" + std::to_string(entry) + "\"";
    return out;
}

SealedLog::SealedLog(std::size_t submissions, const SealingKey& province, const std::vector<LeafContent>& others)
{
    const DevPki& pki = DevPki::made();
    for (std::size_t entry = 0; entry < submissions; ++entry) {
        auto& records = verdicts.emplace_back();
        for (std::size_t i = 0; i <= entry % 5 + 1; ++i) {
            Verdict& verdict = records.emplace_back();
            verdict.record = static_cast<std::uint32_t>(i);
            verdict.place = "/duLieu/" + std::to_string(i);
            if (i == 1)
                verdict.problems = {{"lookup.missing", "", verdict.place + "/maChiTieu", "NVHD", "TMBL", "codes.csv:1"}};
            else
                verdict.observations = {figure_of(entry, i == 0 ? 0 : i - 1)};
        }
        SubmissionLeaf leaf;
        leaf.accepted_root = accepted_tree(records).root();
        leaf.accepted = accepted_tree(records).size();
        leaf.verdicts_root = verdict_tree(records).root();
        leaf.records = records.size();
        leaf.message = static_cast<MessageId>(entry + 1);
        leaf.payload_sha256 = sha256_hex("payload " + std::to_string(entry));
        leaf.connector = "lgsp";
        leaf.flow = "lgsp-thang";
        leaf.sender = "H31.08";
        leaf.received_at = leaf.applied_at = clock.time;
        leaves.push_back(canonical(LeafContent(leaf)));
        tree.append(leaf_hash(leaves.back()));
    }
    for (const LeafContent& leaf : others) {
        leaves.push_back(canonical(leaf));
        tree.append(leaf_hash(leaves.back()));
    }
    const auto signer = SignerService::open({pki.verifier.name, place / "state", {}}, pki.note, province, clock)
                            .value()
                            ->seal({0, tree.size(), tree.root(), {}});
    checkpoint = signer.value();
}

EvidenceParts SealedLog::submission(std::size_t entry) const
{
    return {{}, leaves[entry], entry, tree.inclusion(entry, tree.size()), checkpoint};
}

EvidenceParts SealedLog::figure(std::size_t entry, std::size_t index) const
{
    EvidenceParts parts = submission(entry);
    const MerkleTree figures = accepted_tree(verdicts[entry]);
    parts.record = RecordProof{false, canonical(figure_of(entry, index)), index, figures.size(), figures.inclusion(index, figures.size())};
    return parts;
}

EvidenceParts SealedLog::verdict(std::size_t entry, std::size_t record) const
{
    EvidenceParts parts = submission(entry);
    const MerkleTree lines = verdict_tree(verdicts[entry]);
    parts.record = RecordProof{true, canonical(verdicts[entry][record]), record, lines.size(), lines.inclusion(record, lines.size())};
    return parts;
}

EvidenceTrust SealedLog::trust() const
{
    return {DevPki::made().ca_pem, to_text(DevPki::made().verifier)};
}

}  // namespace lienthong::seal
