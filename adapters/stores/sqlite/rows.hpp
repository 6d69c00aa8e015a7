/// Reading what is kept: revisions, quarantine entries, submissions, facts. Each runs on a reader's connection.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters::store {

/// Value, unit, vintage, availability, window and source, which stand in this order in a query's columns from `first` on.
void read_content(const sqlite::Query& query, int first, Observation& out);

[[nodiscard]] std::vector<RevisionRow> read_observations(sqlite::Connection& connection, const ObservationFilter& filter);
[[nodiscard]] std::vector<RevisionRow> read_changes(sqlite::Connection& connection, std::uint64_t from, RevisionId after,
                                                    std::uint64_t below, std::size_t limit);
[[nodiscard]] std::vector<ServedChange> read_served_changes(sqlite::Connection& connection, std::uint64_t from, RevisionId after,
                                                            std::uint64_t below, std::size_t limit);
[[nodiscard]] std::vector<RevisionRow> read_newest_revisions(sqlite::Connection& connection, std::size_t limit);
[[nodiscard]] std::vector<FirstTold> read_first_told(sqlite::Connection& connection, const std::string& indicator,
                                                     const std::string& period_from, const std::string& period_to);
[[nodiscard]] std::optional<RevisionRow> read_revision(sqlite::Connection& connection, RevisionId id);
/// Empty for a submission that is not there. Throws std::runtime_error when its list is damaged.
[[nodiscard]] std::vector<RevisionRow> read_accepted(sqlite::Connection& connection, SubmissionId id);

[[nodiscard]] std::vector<QuarantineEntry> read_quarantine(sqlite::Connection& connection, std::optional<RecordState> state,
                                                           const std::string& flow, std::int64_t after, std::size_t limit);
[[nodiscard]] std::vector<QuarantineEntry> read_newest_refusals(sqlite::Connection& connection, std::size_t limit);

[[nodiscard]] std::vector<Fact> read_facts(sqlite::Connection& connection, const std::string& kind, const std::string& after,
                                           std::size_t limit);

[[nodiscard]] std::optional<SubmissionRow> read_submission(sqlite::Connection& connection, SubmissionId id);
[[nodiscard]] std::optional<SubmissionRow> read_submission_of(sqlite::Connection& connection, MessageId message);
[[nodiscard]] std::vector<SubmissionId> read_submissions_of(sqlite::Connection& connection, MessageId message);

}  // namespace lienthong::adapters::store
