// Building evidence and reading it strictly; evidence_verify.cpp decides whether it holds.
#include "hub/seal/evidence.hpp"

#include "hub/seal/certificates.hpp"
#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/evidence_read.hpp"
#include "hub/seal/json_value.hpp"

namespace lienthong::seal {
namespace {

constexpr std::size_t largest_evidence = 4U * 1024U * 1024U;

JsonValue number(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

JsonValue hex_list(const std::vector<Hash>& hashes)
{
    JsonValue::Array out;
    for (const Hash& hash : hashes)
        out.emplace_back(to_hex(hash));
    return out;
}

std::vector<Hash> read_path(JsonMembers& members, std::string_view name)
{
    std::vector<Hash> out;
    for (const std::string& text : members.texts(name)) {
        auto hash = from_hex(text);
        if (!hash || hash->size() != hash_bytes)
            members.complain(name, "a list of 64 lower-case hex digits each");
        out.push_back(std::move(hash).value_or(Hash{}));
    }
    return out;
}

}  // namespace

Result<std::string> build_evidence(const EvidenceParts& parts)
{
    const auto carried = cms_certificates(parts.checkpoint.cms_der);
    if (!carried)
        return carried.problem();
    JsonValue::Object out{{"chain_pem", certificates_to_pem(*carried)},
                          {"checkpoint", JsonValue::Object{{"cms_der_base64", to_base64(parts.checkpoint.cms_der)},
                                                           {"note", parts.checkpoint.note}}},
                          {"leaf", parts.leaf},
                          {"leaf_index", number(parts.leaf_index)},
                          {"leaf_path", hex_list(parts.leaf_path)},
                          {"v", number(1)}};
    if (parts.record) {
        out.push_back({parts.record->verdict ? "verdict" : "observation", parts.record->text});
        out.push_back({"record_count", number(parts.record->count)});
        out.push_back({"record_index", number(parts.record->index)});
        out.push_back({"record_path", hex_list(parts.record->path)});
    }
    return to_canonical(std::move(out));
}

Result<ReadEvidence> read_evidence(std::string_view text)
{
    if (text.size() > largest_evidence)
        return Problem{
            "seal.not_canonical", "this is too large to be evidence", {}, std::to_string(text.size()), "at most 4 MiB"};
    auto value = from_canonical(text);
    if (!value)
        return value.problem();
    JsonMembers members(std::move(*value));
    const bool versioned = members.has("v");
    if (const std::int64_t version = members.integer("v"); versioned && version != 1)
        return Problem{"seal.evidence_version", "this evidence is of another version", "/v", std::to_string(version), "1"};
    ReadEvidence out;
    EvidenceParts& parts = out.parts;
    out.chain_pem = members.text("chain_pem");
    JsonMembers checkpoint(members.value("checkpoint"));
    const auto cms = from_base64(checkpoint.text("cms_der_base64"));
    if (!cms)
        checkpoint.complain("cms_der_base64", "base64 of RFC 4648 §4");
    parts.checkpoint.cms_der = cms.value_or("");
    parts.checkpoint.note = checkpoint.text("note");
    parts.leaf = members.text("leaf");
    parts.leaf_index = members.count("leaf_index");
    parts.leaf_path = read_path(members, "leaf_path");
    if (members.has("verdict") || members.has("observation")) {
        RecordProof& record = parts.record.emplace();
        record.verdict = members.has("verdict");
        record.text = members.text(record.verdict ? "verdict" : "observation");
        record.count = members.count("record_count");
        record.index = members.count("record_index");
        record.path = read_path(members, "record_path");
    }
    if (const auto all = checkpoint.finish(); !all)
        return all.problem();
    if (const auto all = members.finish(); !all)
        return all.problem();
    return out;
}

}  // namespace lienthong::seal
