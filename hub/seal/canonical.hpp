/// The canonical bytes of what is sealed: an observation, a fact, and the line that says what became of a record.
///
/// All are RFC 8785 texts with a fixed set of members, all present. Bytes that are not UTF-8, which the format
/// adapters let nobody bring in, are written as U+FFFD. Thread-safe.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/result.hpp"
#include "hub/model/verdict.hpp"
#include "hub/seal/merkle.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lienthong::seal {

/// {"agency","area","availability","breakdown","indicator","measure","period","source","unit","value",
/// "vintage","window"}, all texts.
[[nodiscard]] std::string canonical(const Observation& observation);
/// The same appended to `out`, so that one buffer can serve many.
void append_canonical(std::string& out, const Observation& observation);
/// Reads it back. Fails with: seal.not_canonical.
[[nodiscard]] Result<Observation> observation_from_canonical(std::string_view text);

/// {"fields":{…},"key","kind"}, fields in their order of names.
[[nodiscard]] std::string canonical(const Fact& fact);

/// {"accepted","facts","findings","observations","place","problems","record"}: facts as the SHA-256 of each
/// one's canonical bytes (they carry personal data), observations as their number, problems and findings as
/// {"code","expected","found","place","rule"}. The record's own text is left out.
[[nodiscard]] std::string canonical(const Verdict& verdict);

/// The tree of a message's accepted observations, in order of record and of observation within it. Its root is the
/// leaf's accepted_root, its size the leaf's "accepted".
[[nodiscard]] MerkleTree accepted_tree(std::span<const Verdict> verdicts);
/// The tree of all verdict lines, in order. Its root is the leaf's verdicts_root.
[[nodiscard]] MerkleTree verdict_tree(std::span<const Verdict> verdicts);

}  // namespace lienthong::seal
