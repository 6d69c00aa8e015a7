/// Names and rows as the API writes them.
#pragma once

#include "hub/api/api.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/store.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::api {

/// "S-17"
[[nodiscard]] std::string submission_name(SubmissionId id);
[[nodiscard]] std::optional<SubmissionId> submission_from(std::string_view name);

/// A decimal number without sign, at most `most`; nothing else.
[[nodiscard]] std::optional<std::int64_t> number_from(std::string_view text, std::int64_t most);

template <class Value>
std::string names_of(const std::map<std::string, Value>& entries)
{
    std::string out;
    for (const auto& [name, value] : entries)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

/// The members of one revision into an open object: the series key, what was observed, where it came from.
/// `named` adds the names of indicator, area, agency and unit for people.
void write_revision(JsonWriter& out, const RevisionRow& row, const catalogue::Catalogue* named);

/// Evidence documents. Fails with: seal.not_sealed, resource.unknown, store.*.
[[nodiscard]] Result<std::string> submission_evidence(const ApiParts& parts, const SubmissionRow& row);
[[nodiscard]] Result<std::string> revision_evidence(const ApiParts& parts, RevisionId revision);
[[nodiscard]] Result<std::string> settlement_evidence(const ApiParts& parts, SettlementId id);

}  // namespace lienthong::api
