// Quarantine rows and the tally they change, as SQL.
#include "adapters/stores/sqlite/quarantine.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Query;

constexpr const char* read_rows = "SELECT record, id, state FROM quarantine WHERE message = $1";
constexpr const char* insert_row =
    "INSERT INTO quarantine (submission, message, record, state, place, excerpt, problems, reason, since)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)";
// The time of a state is when the record came into it, not when it was last looked at.
constexpr const char* renew_row =
    "UPDATE quarantine SET since = CASE WHEN state = $1 THEN since ELSE $2 END, submission = $3, place = $4, excerpt = $5,"
    " problems = $6, state = $1 WHERE id = $7";
constexpr const char* close_row = "UPDATE quarantine SET state = $1, reason = $2, since = $3 WHERE id = $4";
constexpr const char* leave_row =
    "UPDATE quarantine SET state = $1, since = $2, excerpt = $3, problems = $4, reason = '' WHERE id = $5";
constexpr const char* read_state = "SELECT state FROM quarantine WHERE id = $1";
constexpr const char* change_tally =
    "UPDATE tally SET messages = messages + $1, received = received + $2, stored = stored + $3, unchanged = unchanged + $4,"
    " refused = refused + $5, returned = returned + $6, closed = closed + $7, waiting = waiting + $8 WHERE id = 1";

}  // namespace

QuarantineBook::QuarantineBook(sqlite::Connection& connection, SubmissionId submission, MessageId message, Time now)
    : connection_(connection), submission_(submission), message_(message), now_(micros(now))
{
}

void QuarantineBook::load()
{
    Query query = connection_.query(read_rows, message_);
    while (query.next())
        rows_[static_cast<std::uint32_t>(query.integer(0))] = {query.integer(1), static_cast<RecordState>(query.integer(2))};
}

std::optional<QuarantineBook::Row> QuarantineBook::row(std::uint32_t record) const
{
    const auto it = rows_.find(record);
    if (it == rows_.end())
        return std::nullopt;
    return it->second;
}

void QuarantineBook::add(const Verdict& verdict, RecordState state)
{
    const std::string problems = encoded(verdict.problems);
    connection_.run(insert_row, submission_, message_, verdict.record, state, verdict.place, Blob{verdict.excerpt},
                    Blob{problems}, now_);
}

void QuarantineBook::renew(const Row& row, const Verdict& verdict, RecordState state)
{
    const std::string problems = encoded(verdict.problems);
    connection_.run(renew_row, state, now_, submission_, verdict.place, Blob{verdict.excerpt}, Blob{problems}, row.id);
}

void QuarantineBook::close(const Row& row, const std::string& reason)
{
    connection_.run(close_row, RecordState::closed, reason, now_, row.id);
}

void QuarantineBook::leave(const Row& row, RecordState state)
{
    connection_.run(leave_row, state, now_, Blob{}, Blob{}, row.id);
}

void add_to_tally(sqlite::Connection& connection, const Tally& change)
{
    const auto& in = change.in_state;
    connection.run(change_tally, change.messages, change.received, in[0], in[1], in[2], in[3], in[4], in[5]);
}

Result<void> close_by_hand(sqlite::Connection& connection, const sqlite::Standing& standing, std::int64_t id,
                           const std::string& reason, Time at)
{
    std::optional<RecordState> state;
    {
        Query query = connection.query(read_state, id);
        if (query.next())
            state = static_cast<RecordState>(query.integer(0));
    }
    Problem problem = standing.problem("quarantine_unknown", "no such record in quarantine");
    problem.found = std::to_string(id);
    if (!state)
        return problem;
    if (*state != RecordState::refused && *state != RecordState::returned && *state != RecordState::waiting) {
        problem = standing.problem("quarantine_settled", "the record is " + std::string(to_text(*state)) + " already");
        problem.found = to_text(*state);
        problem.expected = "refused, returned or waiting";
        return problem;
    }
    connection.run(close_row, RecordState::closed, reason, micros(at), id);
    Tally change;
    --change[*state];
    ++change[RecordState::closed];
    add_to_tally(connection, change);
    return {};
}

}  // namespace lienthong::adapters::store
