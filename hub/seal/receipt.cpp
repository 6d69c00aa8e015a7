// The receipt's text, and the comparison that redeems it.
#include "hub/seal/receipt.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/json_value.hpp"

namespace lienthong::seal {

std::string receipt_number(const Receipt& receipt)
{
    return "BN-" + std::to_string(receipt.submission) + "-" + to_hex(receipt.leaf_hash).substr(0, 16);
}

std::string redeem_path(const Receipt& receipt)
{
    return "/v1/submissions/" + std::to_string(receipt.submission) + "/receipt";
}

std::string canonical(const Receipt& receipt)
{
    return to_canonical(JsonValue::Object{{"leaf_hash", to_hex(receipt.leaf_hash)},
                                          {"message", receipt.message},
                                          {"payload_sha256", receipt.payload_sha256},
                                          {"receipt", receipt_number(receipt)},
                                          {"received_at", to_text(receipt.received_at)},
                                          {"redeem", redeem_path(receipt)},
                                          {"submission", receipt.submission},
                                          {"v", std::int64_t{1}}});
}

Result<Receipt> receipt_from_canonical(std::string_view text)
{
    auto value = from_canonical(text);
    if (!value)
        return value.problem();
    JsonMembers members(std::move(*value));
    Receipt out;
    const auto leaf = from_hex(members.text("leaf_hash"));
    const auto time = time_from(members.text("received_at"));
    out.leaf_hash = leaf.value_or("");
    out.received_at = time.value_or(Time{});
    out.message = members.integer("message");
    out.payload_sha256 = members.text("payload_sha256");
    out.submission = members.integer("submission");
    for (const char* derived : {"receipt", "redeem", "v"})
        static_cast<void>(members.value(derived));
    // Everything that follows from the rest is compared by writing it again.
    if (members.finish() && out.leaf_hash.size() == hash_bytes && canonical(out) == text)
        return out;
    return Problem{"seal.not_canonical", "this is not a receipt of this hub", {}, shortened(text), "a receipt as it was given"};
}

Result<void> redeems(const EvidenceReport& evidence, const Receipt& receipt)
{
    const auto* submission = std::get_if<SubmissionLeaf>(&evidence.leaf);
    if (submission != nullptr && evidence.leaf_hash == receipt.leaf_hash && submission->message == receipt.message &&
        submission->payload_sha256 == receipt.payload_sha256 && to_text(submission->received_at) == to_text(receipt.received_at))
        return {};
    return Problem{"seal.receipt_differs",
                   "the evidence is not of the submission that the receipt was given for",
                   {},
                   to_hex(evidence.leaf_hash),
                   to_hex(receipt.leaf_hash)};
}

}  // namespace lienthong::seal
