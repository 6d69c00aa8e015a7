/// Comparison: what two mappings make of one document, held against each other, record by record.
#pragma once

#include "hub/model/verdict.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::workshop {

enum class ChangeKind : std::uint8_t {
    figures,            ///< Accepted by both, with other observations or facts.
    newly_refused,      ///< Accepted or passed over before.
    newly_accepted,     ///< Refused or passed over before.
    refused_otherwise,  ///< Refused by both, with other problems.
    passed_over,        ///< Accepted or refused before, now no record or skipped.
};
[[nodiscard]] std::string_view to_text(ChangeKind kind);

/// What stood there before and what stands there after; one of them may be absent.
template <class Made>
using BeforeAfter = std::pair<std::optional<Made>, std::optional<Made>>;

struct RecordChange
{
    ChangeKind kind = ChangeKind::figures;
    std::string place;
    std::vector<Problem> before, after;  ///< Problems of either side.
    std::vector<BeforeAfter<Observation>> figures;
    std::vector<BeforeAfter<Fact>> facts;
};

struct Comparison
{
    std::vector<RecordChange> changes;  ///< In the order of the document.
    std::size_t records = 0;            ///< Either side gave a verdict on.
    std::size_t unchanged = 0;
};

/// Records are the same when they stand in the same place. Observations are matched by series key, the rest in order, so
/// that a figure whose key moved is told as one. Pure function.
[[nodiscard]] Comparison compare(const std::vector<Verdict>& before, const std::vector<Verdict>& after);

}  // namespace lienthong::workshop
