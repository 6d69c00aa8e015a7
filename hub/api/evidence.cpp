// Evidence for what the store holds: the record, its path in its submission, the leaf, its path in the log, the checkpoint.
#include "hub/seal/evidence.hpp"

#include "hub/api/names.hpp"
#include "hub/seal/canonical.hpp"
#include "hub/seal/merkle.hpp"

namespace lienthong::api {
namespace {

/// Everything but a record: the leaf, whatever it is of, and what stands above it.
Result<seal::EvidenceParts> parts_of(const ApiParts& parts, const LeafRow& row, const std::string& name)
{
    const Problem not_sealed{"seal.not_sealed", "this is not under a checkpoint yet", {}, name, {}};
    if (!row.log_index)
        return not_sealed;
    const auto checkpoint = parts.store->checkpoint_covering(*row.log_index);
    if (!checkpoint.ok())
        return checkpoint.problem();
    if (!*checkpoint)
        return not_sealed;
    auto path = parts.sealer->inclusion(*row.log_index, (*checkpoint)->size);
    if (!path.ok())
        return path.problem();
    seal::EvidenceParts evidence;
    evidence.leaf = row.leaf.text;
    evidence.leaf_index = *row.log_index;
    evidence.leaf_path = std::move(path).value();
    evidence.checkpoint = **checkpoint;
    return evidence;
}

}  // namespace

Result<std::string> submission_evidence(const ApiParts& parts, const SubmissionRow& row)
{
    const auto evidence = parts_of(parts, row.entry, submission_name(row.id));
    if (!evidence.ok())
        return evidence.problem();
    return seal::build_evidence(*evidence);
}

Result<std::string> settlement_evidence(const ApiParts& parts, SettlementId id)
{
    const auto settlement = parts.store->settlement(id);
    if (!settlement.ok())
        return settlement.problem();
    const auto leaf = parts.store->leaf(id);
    if (!leaf.ok())
        return leaf.problem();
    if (!*settlement || !*leaf)
        return Problem{"resource.unknown", "there is no such settlement", {}, std::to_string(id), {}};
    const auto evidence = parts_of(parts, **leaf, std::to_string(id));
    if (!evidence.ok())
        return evidence.problem();
    return seal::build_evidence(*evidence);
}

Result<std::string> revision_evidence(const ApiParts& parts, RevisionId revision)
{
    ObservationFilter only;
    only.history = true;
    only.after = revision - 1;
    only.limit = 1;
    const auto rows = parts.store->observations(only);
    if (!rows.ok())
        return rows.problem();
    if (rows->empty() || rows->front().id != revision)
        return Problem{"resource.unknown", "there is no such revision", {}, std::to_string(revision), {}};
    const auto submission = parts.store->submission(rows->front().submission);
    if (!submission.ok())
        return submission.problem();
    if (!*submission)
        return Problem{"store.no_submission", "the revision's submission is not in the store", {}, std::to_string(revision), {}};
    auto evidence = parts_of(parts, (*submission)->entry, submission_name((*submission)->id));
    if (!evidence.ok())
        return evidence.problem();

    const auto accepted = parts.store->accepted_of((*submission)->id);
    if (!accepted.ok())
        return accepted.problem();
    std::vector<Hash> leaves;
    seal::RecordProof record;
    for (const RevisionRow& row : *accepted) {
        std::string text = seal::canonical(row.observation);
        leaves.push_back(seal::leaf_hash(text));
        if (row.id == revision) {
            record.index = leaves.size() - 1;
            record.text = std::move(text);
        }
    }
    record.count = leaves.size();
    record.path = seal::merkle_path(leaves, record.index);
    evidence->record = std::move(record);
    return seal::build_evidence(*evidence);
}

}  // namespace lienthong::api
