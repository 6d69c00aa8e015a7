// Submission rows, as SQL.
#include "adapters/stores/sqlite/submissions.hpp"

#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/leaves.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Query;

constexpr const char* insert_submission =
    "INSERT INTO submission (id, message, replay, mode, flow, connector, sender, catalogue_digest, mapping_digest, received_at,"
    " applied_at, first_revision, below_revision, states, accepted, answer)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12, $13, $14)";
constexpr const char* complete_submission =
    "UPDATE submission SET first_revision = $1, below_revision = $2, states = $3, accepted = $4, answer = $5 WHERE id = $6";
constexpr const char* find_first = "SELECT id, states, answer FROM submission WHERE message = $1 AND replay = 0";
constexpr const char* find_brought =
    "SELECT id, flow, received_at, states FROM submission WHERE id > $1 AND replay = 0 ORDER BY id LIMIT $2";
constexpr const char* find_states =
    "SELECT states, id FROM submission WHERE message = $1 AND replay = 0"
    " UNION ALL SELECT states, id FROM submission WHERE message = $2 AND replay = 1 ORDER BY 2";

}  // namespace

SubmissionId begin_submission(sqlite::Connection& connection, const Application& application)
{
    const SubmissionId id = insert_leaf(connection, application.leaf);
    connection.run(insert_submission, id, application.message, application.replay, application.mode, application.flow,
                   application.connector, application.sender, application.catalogue_digest, application.mapping_digest,
                   micros(application.received_at), micros(application.applied_at), Blob{}, Blob{}, Blob{});
    return id;
}

void end_submission(sqlite::Connection& connection, SubmissionId id, const SubmissionEnd& end)
{
    connection.run(complete_submission, end.first_revision, end.below_revision, Blob{end.states}, Blob{end.accepted},
                   Blob{end.answer}, id);
}

std::optional<Applied> earlier_application(sqlite::Connection& connection, MessageId message)
{
    Query query = connection.query(find_first, message);
    if (!query.next())
        return std::nullopt;
    Applied applied;
    applied.submission = query.integer(0);
    applied.earlier = true;
    for (const char byte : query.view(1))
        applied.states.push_back(state_mark_from(byte).state);
    applied.counts = counts_of(query.view(1));
    applied.counts.messages = 1;
    applied.answer = query.text(2);
    return applied;
}

std::vector<Brought> read_brought(sqlite::Connection& connection, SubmissionId after, std::size_t limit)
{
    std::vector<Brought> out;
    Query query = connection.query(find_brought, after, limit);
    while (query.next()) {
        const Tally counts = counts_of(query.view(3));
        out.push_back({query.integer(0), query.text(1), time_of(query.integer(2)), counts.received > counts[RecordState::unchanged]});
    }
    return out;
}

std::vector<RecordState> last_states(sqlite::Connection& connection, MessageId message)
{
    std::vector<RecordState> states;
    Query query = connection.query(find_states, message, message);
    while (query.next()) {
        const std::string_view bytes = query.view(0);
        for (std::size_t record = 0; record < bytes.size(); ++record) {
            const StateMark mark = state_mark_from(bytes[record]);
            if (record == states.size())
                states.push_back(mark.state);
            else if (!mark.untouched)
                states[record] = mark.state;
        }
    }
    return states;
}

}  // namespace lienthong::adapters::store
