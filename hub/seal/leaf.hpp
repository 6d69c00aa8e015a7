/// Leaves of the log: a submission, a settlement between agencies, an event of a key, a configuration that came into
/// force.
///
/// Each is one canonical JSON text with "kind" and "v":1. The text is kept as it was written; a proof is about
/// those bytes, and reading them back serves whoever checks one.
#pragma once

#include "hub/model/message.hpp"
#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/signer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lienthong::seal {

/// What was received, from whom, and what became of its records.
struct SubmissionLeaf
{
    std::uint64_t accepted = 0;  ///< Observations under accepted_root.
    Hash accepted_root;          ///< RFC 9162 root of accepted_tree().
    Time applied_at{};           ///< Written with milliseconds.
    std::string catalogue;       ///< Digest of the catalogue that judged it, hex.
    std::string connector;       ///< Name, or "push".
    std::string flow;
    std::string mapping;  ///< Digest of the mapping, hex.
    MessageId message = 0;
    std::string payload_sha256;  ///< Digest of the message's payload, hex.
    Time received_at{};          ///< When the journal had it.
    std::uint64_t records = 0;   ///< Verdict lines under verdicts_root.
    std::string report;          ///< "form|period|agency" of the report it says it is; empty, and then no member, for none.
    std::string sender;
    Hash verdicts_root;  ///< RFC 9162 root of verdict_tree().

    friend bool operator==(const SubmissionLeaf&, const SubmissionLeaf&) = default;
};

/// Which agency's figure stands where several differ: evidence in a dispute (Decision 228/QĐ-UBND Sơn La, Article 10(2)).
struct SettlementLeaf
{
    std::string agency;  ///< Whose figure stands.
    Time at{};
    std::string by;                    ///< Who entered it.
    std::string figure;                ///< A FigureKey as to_text() writes it.
    std::vector<std::int64_t> over;    ///< The revisions that differed, ascending.
    std::string reason;                ///< What the agencies agreed on, and why.

    friend bool operator==(const SettlementLeaf&, const SettlementLeaf&) = default;
};

using lienthong::to_text;

enum class KeyEvent : std::uint8_t { announced, active, retired, compromised };
[[nodiscard]] std::string_view to_text(KeyEvent event);

/// What happened to a key of the hub; a new one is announced under the old one.
struct KeyLeaf
{
    Time at{};
    KeyEvent event = KeyEvent::active;
    std::string key;     ///< A log key's verifier text, or "sha256:<hex>" of a certificate's DER.
    std::string reason;  ///< Why, for people.
    std::string use;     ///< "log" or "province".

    friend bool operator==(const KeyLeaf&, const KeyLeaf&) = default;
};

/// What came into force: a catalogue, a mapping, the settings.
struct ConfigurationLeaf
{
    Time at{};
    std::string by;      ///< The person or program that put it in force.
    std::string digest;  ///< SHA-256 of it, hex.
    std::string what;    ///< "catalogue", "settings", "mapping lgsp/monthly-figures".

    friend bool operator==(const ConfigurationLeaf&, const ConfigurationLeaf&) = default;
};

using LeafContent = std::variant<SubmissionLeaf, SettlementLeaf, KeyLeaf, ConfigurationLeaf>;

/// "submission", "settlement", "key" or "configuration": the leaf's member "kind".
[[nodiscard]] std::string_view kind_of(const LeafContent& leaf);
/// When what it tells of happened.
[[nodiscard]] Time time_of(const LeafContent& leaf);

/// The leaf's bytes. Thread-safe. Throws std::invalid_argument where canonical JSON cannot hold the content.
[[nodiscard]] std::string canonical(const LeafContent& leaf);

/// Reads them back, exactly that text only. Fails with: seal.not_canonical.
[[nodiscard]] Result<LeafContent> leaf_from_canonical(std::string_view text);

}  // namespace lienthong::seal
