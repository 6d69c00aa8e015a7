// Reading what stands beside the revisions: the quarantine, facts, submissions.
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/leaves.hpp"
#include "adapters/stores/sqlite/rows.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Query;

#define QUARANTINE_COLUMNS                                                                                            \
    "SELECT q.id, q.message, q.record, b.flow, b.sender, q.place, q.excerpt, q.state, q.problems, q.reason, q.since " \
    "FROM quarantine q JOIN submission b ON b.id = q.submission WHERE "
#define SUBMISSION_COLUMNS                                                                                            \
    "SELECT id, message, flow, sender, connector, catalogue_digest, mapping_digest, answer, states," \
    " received_at, applied_at, replay FROM submission WHERE "

constexpr const char* quarantine_in_state =
    QUARANTINE_COLUMNS "q.state = $1 AND ($2 = '' OR b.flow = $2) AND q.id > $3 ORDER BY q.id LIMIT $4";
// 2 to 5: refused, returned, closed, waiting. The others have left.
constexpr const char* quarantine_in_any_state =
    QUARANTINE_COLUMNS "q.state >= 2 AND ($1 = '' OR b.flow = $1) AND q.id > $2 ORDER BY q.id LIMIT $3";
constexpr const char* newest_in_state = QUARANTINE_COLUMNS "q.state = $1 ORDER BY q.id DESC LIMIT $2";
constexpr const char* newest_facts =
    "SELECT f.key, r.fields FROM fact f JOIN fact_revision r ON r.id = f.current"
    " WHERE f.kind = $1 AND f.key > $2 ORDER BY f.key LIMIT $3";
constexpr const char* submission_by_id = SUBMISSION_COLUMNS "id = $1";
constexpr const char* submission_by_message = SUBMISSION_COLUMNS "message = $1 AND replay = 0";

constexpr const char* submissions_by_message =
    "SELECT id FROM submission WHERE message = $1 AND replay = 0"
    " UNION ALL SELECT id FROM submission WHERE message = $2 AND replay = 1 ORDER BY 1";

#undef QUARANTINE_COLUMNS
#undef SUBMISSION_COLUMNS

std::vector<QuarantineEntry> entries(Query& query)
{
    std::vector<QuarantineEntry> out;
    while (query.next()) {
        QuarantineEntry& entry = out.emplace_back();
        entry.id = query.integer(0);
        entry.message = query.integer(1);
        entry.record = static_cast<std::uint32_t>(query.integer(2));
        entry.flow = query.view(3);
        entry.sender = query.view(4);
        entry.place = query.view(5);
        entry.excerpt = query.view(6);
        entry.state = static_cast<RecordState>(query.integer(7));
        entry.problems = problems_from(query.view(8));
        entry.reason = query.view(9);
        entry.since = time_of(query.integer(10));
    }
    return out;
}

std::optional<SubmissionRow> submission(Connection& connection, Query query)
{
    if (!query.next())
        return std::nullopt;
    SubmissionRow row;
    row.id = query.integer(0);
    row.message = query.integer(1);
    int column = 2;
    for (std::string* field : {&row.flow, &row.sender, &row.connector, &row.catalogue_digest, &row.mapping_digest, &row.answer})
        *field = query.view(column++);
    row.counts = counts_of(query.view(8));
    row.counts.messages = query.integer(11) == 0 ? 1 : 0;
    row.received_at = time_of(query.integer(9));
    row.applied_at = time_of(query.integer(10));
    if (auto entry = read_leaf(connection, row.id))
        row.entry = std::move(*entry);
    return row;
}

}  // namespace

std::vector<QuarantineEntry> read_quarantine(Connection& connection, std::optional<RecordState> state, const std::string& flow,
                                             std::int64_t after, std::size_t limit)
{
    if (state) {
        Query query = connection.query(quarantine_in_state, *state, flow, after, limit);
        return entries(query);
    }
    Query query = connection.query(quarantine_in_any_state, flow, after, limit);
    return entries(query);
}

std::vector<QuarantineEntry> read_newest_refusals(Connection& connection, std::size_t limit)
{
    Query query = connection.query(newest_in_state, RecordState::refused, limit);
    return entries(query);
}

std::vector<Fact> read_facts(Connection& connection, const std::string& kind, const std::string& after, std::size_t limit)
{
    std::vector<Fact> facts;
    Query query = connection.query(newest_facts, kind, after, limit);
    while (query.next())
        facts.push_back({kind, query.text(0), fields_from(query.view(1))});
    return facts;
}

std::optional<SubmissionRow> read_submission(Connection& connection, SubmissionId id)
{
    return submission(connection, connection.query(submission_by_id, id));
}

std::optional<SubmissionRow> read_submission_of(Connection& connection, MessageId message)
{
    return submission(connection, connection.query(submission_by_message, message));
}

std::vector<SubmissionId> read_submissions_of(Connection& connection, MessageId message)
{
    std::vector<SubmissionId> out;
    Query query = connection.query(submissions_by_message, message, message);
    while (query.next())
        out.push_back(query.integer(0));
    return out;
}

}  // namespace lienthong::adapters::store
