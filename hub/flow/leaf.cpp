#include "hub/flow/leaf.hpp"

#include "hub/seal/canonical.hpp"
#include "hub/seal/merkle.hpp"

#include <algorithm>

namespace lienthong::flow {

Leaf leaf_of(const seal::LeafContent& content)
{
    Leaf leaf;
    leaf.text = seal::canonical(content);
    leaf.hash = seal::leaf_hash(leaf.text);
    return leaf;
}

void set_leaf(Application& application, const std::string& payload_digest)
{
    const bool nothing_applied = application.mode == Mode::atomic &&
                                 std::any_of(application.verdicts.begin(), application.verdicts.end(),
                                             [](const Verdict& verdict) { return !verdict.accepted(); });
    seal::MerkleTree accepted;
    if (!nothing_applied)
        accepted = seal::accepted_tree(application.verdicts);

    seal::SubmissionLeaf leaf;
    leaf.accepted = accepted.size();
    leaf.accepted_root = accepted.root();
    leaf.applied_at = application.applied_at;
    leaf.catalogue = application.catalogue_digest;
    leaf.connector = application.connector;
    leaf.flow = application.flow;
    leaf.mapping = application.mapping_digest;
    leaf.message = application.message;
    leaf.payload_sha256 = payload_digest;
    leaf.received_at = application.received_at;
    leaf.records = application.verdicts.size();
    if (application.report)
        leaf.report = application.report->obligation();
    leaf.sender = application.sender;
    leaf.verdicts_root = seal::verdict_tree(application.verdicts).root();
    application.leaf = leaf_of(seal::LeafContent(leaf));
}

Leaf leaf_of(const Settlement& settlement)
{
    return leaf_of(seal::LeafContent(seal::SettlementLeaf{settlement.agency, settlement.at, settlement.by,
                                                          to_text(settlement.figure), settlement.over, settlement.reason}));
}

}  // namespace lienthong::flow
