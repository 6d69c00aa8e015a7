/// A small sealed log for tests: submissions with figures and refusals, and the evidence for each of them.
#pragma once

#include "hub/model/verdict.hpp"
#include "hub/seal/evidence.hpp"
#include "hub/seal/merkle.hpp"
#include "hub/seal/receipt.hpp"
#include "hub/seal/signer_service.hpp"
#include "tests/unit/seal/workplace.hpp"

namespace lienthong::seal {

class SealedLog
{
public:
    /// Seals `submissions` entries, the i-th of which has i % 5 + 1 accepted figures and one refused record, and the `others`.
    explicit SealedLog(std::size_t submissions, const SealingKey& province = DevPki::made().province,
                       const std::vector<LeafContent>& others = {});

    [[nodiscard]] EvidenceParts submission(std::size_t entry) const;
    [[nodiscard]] EvidenceParts figure(std::size_t entry, std::size_t index) const;
    [[nodiscard]] EvidenceParts verdict(std::size_t entry, std::size_t record) const;
    [[nodiscard]] std::string evidence(const EvidenceParts& parts) const { return build_evidence(parts).value(); }
    [[nodiscard]] EvidenceTrust trust() const;

    std::vector<std::vector<Verdict>> verdicts;
    std::vector<std::string> leaves;
    MerkleTree tree;
    SealedCheckpoint checkpoint;
    HandClock clock;
    Workplace place;
};

[[nodiscard]] Observation figure_of(std::size_t entry, std::size_t index);

}  // namespace lienthong::seal
