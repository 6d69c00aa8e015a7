// From the record up to the two signatures, one check after the other; the first that fails ends it.
#include "hub/seal/canonical.hpp"
#include "hub/seal/certificates.hpp"
#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/evidence_read.hpp"
#include "hub/seal/json_value.hpp"
#include "hub/seal/merkle.hpp"
#include "hub/seal/note.hpp"

#include <array>

namespace lienthong::seal {
namespace {

struct LeafName
{
    const char* vi;
    const char* en;
};
// In the order of LeafContent.
constexpr std::array<LeafName, std::variant_size_v<LeafContent>> leaf_names{{
    {"Lần gửi", "The submission"},
    {"Kết quả thống nhất số liệu", "The settlement"},
    {"Sự kiện về khóa", "The event of a key"},
    {"Cấu hình", "The configuration"},
}};

Problem not_proved(std::string code, std::string detail, std::string place)
{
    return {std::move(code), std::move(detail), std::move(place), {}, "a path that leads to the root"};
}

// "3 of 10", counted as people count.
std::string position(std::uint64_t index, std::uint64_t count, const char* of)
{
    return std::to_string(index + 1) + of + std::to_string(count);
}

Result<Check> check_record(const RecordProof& record, EvidenceReport& report)
{
    const auto* submission = std::get_if<SubmissionLeaf>(&report.leaf);
    if (submission == nullptr)
        return not_proved("seal.record_not_proved", "only a submission's leaf has records", "/leaf");
    if (record.count != (record.verdict ? submission->records : submission->accepted))
        return not_proved("seal.record_not_proved", "the leaf counts another number of records", "/record_count");
    if (!verify_inclusion(leaf_hash(record.text), record.index, record.count, record.path,
                          record.verdict ? submission->verdicts_root : submission->accepted_root))
        return not_proved("seal.record_not_proved", "the record is not under the leaf's root", "/record_path");
    if (record.verdict) {
        if (const auto line = from_canonical(record.text); !line)
            return line.problem();
        report.verdict = record.text;
        return Check{"record",
                     "Kết quả kiểm tra này là kết quả thứ " + position(record.index, record.count, " trong ") + " của lần gửi.",
                     "This verdict is number " + position(record.index, record.count, " of ") + " of its submission."};
    }
    const auto observation = observation_from_canonical(record.text);
    if (!observation)
        return observation.problem();
    report.observation = *observation;
    return Check{"record",
                 "Số liệu này là số liệu thứ " + position(record.index, record.count, " trong ") + " được chấp nhận của lần gửi.",
                 "This figure is number " + position(record.index, record.count, " of ") + " accepted of its submission."};
}

Result<Check> check_log_entry(const EvidenceParts& parts, const EvidenceReport& report)
{
    const Checkpoint& head = report.checkpoint;
    if (!verify_inclusion(report.leaf_hash, parts.leaf_index, head.size, parts.leaf_path, head.root))
        return not_proved("seal.leaf_not_proved", "the entry is not in the log at that size", "/leaf_path");
    const LeafName& name = leaf_names.at(report.leaf.index());
    return Check{
        "log_entry",
        name.vi + (" là mục thứ " + position(parts.leaf_index, head.size, " trong ")) + " của sổ chứng thực " + head.origin + ".",
        name.en + (" is entry " + position(parts.leaf_index, head.size, " of ")) + " of the log " + head.origin + "."};
}

Result<Checkpoint> signed_checkpoint(std::string_view note, const NoteVerifier& verifier)
{
    const auto body = open_note(note, verifier);
    if (!body)
        return body.problem();
    auto checkpoint = checkpoint_from_body(*body);
    if (checkpoint && checkpoint->origin != verifier.name)
        return Problem{
            "seal.checkpoint_malformed", "the checkpoint is of another log than its key", {}, checkpoint->origin, verifier.name};
    return checkpoint;
}

Result<Check> check_province(const ReadEvidence& evidence, const EvidenceTrust& trust, EvidenceReport& report)
{
    const auto facts =
        cms_verify(evidence.parts.checkpoint.cms_der, to_body(report.checkpoint), trust.ca_pem, report.checkpoint.time);
    if (!facts)
        return facts.problem();
    if (certificates_to_pem(facts->certificates) != evidence.chain_pem)
        return Problem{"seal.chain_differs",
                       "the certificates shown are not those of the signature",
                       "/chain_pem",
                       {},
                       "the certificates that the signature carries, in its order"};
    report.signer = facts->signer;
    return Check{"province_signature", facts->signer + " đã ký điểm chốt đó; chứng thư dẫn tới gốc tin cậy tại thời điểm ký.",
                 facts->signer + " signed that checkpoint; its certificate led to a trusted root at that time."};
}

// A check that fails ends the verification with its problem.
bool add(std::vector<Check>& checks, Result<Check> check, Problem& problem)
{
    if (check)
        checks.push_back(std::move(*check));
    else
        problem = check.problem();
    return check.ok();
}

}  // namespace

Result<EvidenceReport> verify_evidence(std::string_view text, const EvidenceTrust& trust)
{
    const auto verifier = note_verifier_from(trust.verifier);
    if (!verifier)
        return verifier.problem();
    const auto evidence = read_evidence(text);
    if (!evidence)
        return evidence.problem();
    const EvidenceParts& parts = evidence->parts;
    auto leaf = leaf_from_canonical(parts.leaf);
    if (!leaf)
        return leaf.problem();
    auto checkpoint = signed_checkpoint(parts.checkpoint.note, *verifier);
    if (!checkpoint)
        return checkpoint.problem();

    EvidenceReport report;
    report.leaf = std::move(*leaf);
    report.leaf_hash = leaf_hash(parts.leaf);
    report.leaf_index = parts.leaf_index;
    report.checkpoint = std::move(*checkpoint);
    report.checks.push_back({"form", "Tệp bằng chứng nguyên vẹn, đúng quy cách.", "The evidence is whole and well formed."});
    Problem problem;
    if (parts.record && !add(report.checks, check_record(*parts.record, report), problem))
        return problem;
    if (!add(report.checks, check_log_entry(parts, report), problem))
        return problem;
    const std::string time = to_text(report.checkpoint.time);
    report.checks.push_back({"log_signature", "Sổ chứng thực đã ký điểm chốt bao trùm mục đó lúc " + time + ".",
                             "The log's key signed the checkpoint that covers it, at " + time + "."});
    if (!add(report.checks, check_province(*evidence, trust, report), problem))
        return problem;
    return report;
}

Result<std::vector<Check>> verify_log_extension(std::string_view old_note, std::string_view new_note, std::span<const Hash> proof,
                                                std::string_view verifier)
{
    const auto key = note_verifier_from(verifier);
    if (!key)
        return key.problem();
    const auto before = signed_checkpoint(old_note, *key);
    if (!before)
        return before.problem();
    const auto after = signed_checkpoint(new_note, *key);
    if (!after)
        return after.problem();
    const std::string sizes = std::to_string(before->size) + " → " + std::to_string(after->size);
    if (after->time < before->time || !verify_consistency(before->size, after->size, before->root, after->root, proof))
        return Problem{"seal.log_not_extended",
                       "the newer checkpoint does not contain all of the older one",
                       {},
                       sizes,
                       "a log that only grows"};
    return std::vector<Check>{{"log_signature", "Cả hai điểm chốt do sổ chứng thực " + key->name + " ký.",
                               "The log " + key->name + " signed both checkpoints."},
                              {"log_extension", "Điểm chốt sau chứa nguyên vẹn mọi mục của điểm chốt trước (" + sizes + ").",
                               "The newer checkpoint contains every entry of the older one, unchanged (" + sizes + ")."}};
}

}  // namespace lienthong::seal
