// Counting records two ways, so that the two can be compared.
#include "adapters/stores/sqlite/recount.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Query;

constexpr const char* kept_tally =
    "SELECT messages, received, stored, unchanged, refused, returned, closed, waiting FROM tally WHERE id = 1";
constexpr const char* all_states = "SELECT replay, states FROM submission ORDER BY id";
constexpr const char* quarantine_counts = "SELECT state, count(*) FROM quarantine WHERE state >= 2 GROUP BY state";

}  // namespace

Tally read_tally(sqlite::Connection& connection)
{
    Tally tally;
    Query query = connection.query(kept_tally);
    query.next();
    tally.messages = query.integer(0);
    tally.received = query.integer(1);
    for (std::size_t state = 0; state < record_state_count; ++state)
        tally.in_state[state] = query.integer(static_cast<int>(state) + 2);
    return tally;
}

Tally recount(sqlite::Connection& connection)
{
    Tally tally;
    Query submissions = connection.query(all_states);
    while (submissions.next()) {
        tally.messages += submissions.integer(0) == 0 ? 1 : 0;
        for (const char byte : submissions.view(1)) {
            const StateMark mark = state_mark_from(byte);
            tally.received += mark.first_seen ? 1 : 0;
            if (!mark.untouched && (mark.state == RecordState::stored || mark.state == RecordState::unchanged))
                ++tally[mark.state];
        }
    }
    Query quarantine = connection.query(quarantine_counts);
    while (quarantine.next())
        tally[static_cast<RecordState>(quarantine.integer(0))] += quarantine.integer(1);
    return tally;
}

}  // namespace lienthong::adapters::store
