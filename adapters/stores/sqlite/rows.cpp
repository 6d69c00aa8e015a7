// Reading revisions by key, by leaf, by age and by submission.
#include "adapters/stores/sqlite/rows.hpp"

#include "adapters/stores/sqlite/accepted.hpp"
#include "adapters/stores/sqlite/encoding.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Query;

#define REVISION_COLUMNS                                                                                                  \
    "SELECT r.id, r.number, s.indicator, s.measure, s.period, s.area, s.breakdown, s.agency, r.value, r.unit, r.vintage," \
    " r.availability, r.period_window, r.source, r.submission, r.record, b.flow, b.sender, b.connector,"                  \
    " b.catalogue_digest, b.mapping_digest, b.received_at,"                                                               \
    " CASE WHEN r.submission <= (SELECT numbered FROM log) THEN r.submission - 1 END,"                                    \
    " (SELECT now.served AND now.current = r.id FROM series_head now WHERE now.series = r.series), r.served "
// The order of the tables is the order of the loops: SQLite keeps it for CROSS JOIN.
#define BY_SERIES "FROM series s CROSS JOIN series_head h CROSS JOIN revision r CROSS JOIN submission b WHERE h.series = s.id AND "
#define BY_REVISION \
    "FROM revision r CROSS JOIN series s CROSS JOIN submission b WHERE s.id = r.series AND b.id = r.submission AND "
#define BY_LEAF "FROM submission b CROSS JOIN revision r CROSS JOIN series s WHERE s.id = r.series AND "
#define OF_SERIES "s.period >= $2 AND s.period <= $3 AND ($4 = '' OR s.area = $4) AND ($5 = '' OR s.agency = $5) "
#define IN_ORDER "ORDER BY r.id LIMIT $7"

constexpr const char* current_of_indicator =
    REVISION_COLUMNS BY_SERIES "s.indicator = $1 AND r.id = h.current AND b.id = r.submission AND " OF_SERIES "AND r.id > $6 " IN_ORDER;
// From every head back along the chain of its series.
constexpr const char* history_of_indicator =
    "WITH RECURSIVE link (id) AS (SELECT h.current FROM series s CROSS JOIN series_head h WHERE h.series = s.id AND"
    " s.indicator = $1 AND " OF_SERIES "AND h.current > $6 UNION ALL SELECT r.previous FROM link CROSS JOIN revision r"
    " WHERE r.id = link.id AND r.previous > $6) " REVISION_COLUMNS
    "FROM link CROSS JOIN revision r CROSS JOIN series s CROSS JOIN submission b"
    " WHERE r.id = link.id AND s.id = r.series AND b.id = r.submission " IN_ORDER;
constexpr const char* current_of_all = REVISION_COLUMNS BY_REVISION
    "$1 = '' AND r.id = (SELECT current FROM series_head WHERE series = s.id) AND " OF_SERIES "AND r.id > $6 " IN_ORDER;
constexpr const char* history_of_all = REVISION_COLUMNS BY_REVISION "$1 = '' AND " OF_SERIES "AND r.id > $6 " IN_ORDER;
constexpr const char* changes_between = REVISION_COLUMNS BY_LEAF
    "b.id > $1 AND b.id <= $2 AND r.id >= b.first_revision AND r.id < b.below_revision AND r.id > $3"
    " ORDER BY b.id, r.id LIMIT $4";
// What was served by being told, and what was served again, each in order; read_served_changes() puts them together.
constexpr const char* served_when_told_between = REVISION_COLUMNS BY_LEAF
    "b.id > $1 AND b.id <= $2 AND r.id >= b.first_revision AND r.id < b.below_revision AND (b.id > $3 OR r.id > $4)"
    " AND r.served = 1 ORDER BY b.id, r.id LIMIT $5";
constexpr const char* served_again_between = REVISION_COLUMNS ", a.leaf, a.cause, a.because FROM served_again a"
    " CROSS JOIN revision r CROSS JOIN series s CROSS JOIN submission b WHERE r.id = a.revision AND s.id = r.series AND"
    " b.id = r.submission AND a.leaf > $1 AND a.leaf <= $2 AND (a.leaf > $3 OR a.cause > $4) ORDER BY a.leaf, a.cause LIMIT $5";
constexpr const char* newest_revisions = REVISION_COLUMNS BY_REVISION "r.id > 0 ORDER BY r.id DESC LIMIT $1";
constexpr const char* one_revision = REVISION_COLUMNS BY_REVISION "r.id = $1";
// Back along every chain to its first revision; the smallest moment of each period and agency brings its submission along.
constexpr const char* first_told =
    "WITH RECURSIVE link (period, agency, id) AS (SELECT s.period, s.agency, h.current FROM series s CROSS JOIN series_head h"
    " WHERE h.series = s.id AND s.indicator = $1 AND s.period >= $2 AND s.period <= $3"
    " UNION ALL SELECT link.period, link.agency, r.previous FROM link CROSS JOIN revision r WHERE r.id = link.id AND r.previous > 0)"
    " SELECT link.period, link.agency, b.id, MIN(b.received_at), b.flow FROM link CROSS JOIN revision r CROSS JOIN submission b"
    " WHERE r.id = link.id AND r.previous IS NULL AND b.id = r.submission GROUP BY link.period, link.agency";
// By Said: figures 0, zero 1, no_case 2, no_figure 3; availability is 0 for a value and 4 for no_case.
constexpr const char* said_now =
    "SELECT s.period, s.agency, MIN(CASE WHEN r.availability = 4 THEN 2 WHEN r.availability <> 0 THEN 3"
    " WHEN CAST(r.value AS REAL) = 0 THEN 1 ELSE 0 END) FROM series s CROSS JOIN series_head h CROSS JOIN revision r"
    " WHERE h.series = s.id AND r.id = h.current AND s.indicator = $1 AND s.period >= $2 AND s.period <= $3"
    " GROUP BY s.period, s.agency";
constexpr const char* accepted_list = "SELECT accepted FROM submission WHERE id = $1";

#undef REVISION_COLUMNS
#undef BY_SERIES
#undef BY_REVISION
#undef BY_LEAF
#undef OF_SERIES
#undef IN_ORDER

// Sorts after every text that begins like the one before it, so that a year takes in its quarters and months.
constexpr const char* last_text = "\xF4\x8F\xBF\xBF";

std::optional<std::uint64_t> log_index(const Query& query, int column)
{
    const auto index = query.optional_integer(column);
    if (!index)
        return std::nullopt;
    return static_cast<std::uint64_t>(*index);
}

RevisionRow revision(const Query& query)
{
    RevisionRow row;
    row.id = query.integer(0);
    row.number = static_cast<std::uint32_t>(query.integer(1));
    SeriesKey& key = row.observation.key;
    int column = 2;
    for (std::string* field : {&key.indicator, &key.measure, &key.period, &key.area, &key.breakdown, &key.agency})
        *field = query.view(column++);
    read_content(query, column, row.observation);
    row.submission = query.integer(14);
    row.record = static_cast<std::uint32_t>(query.integer(15));
    column = 16;
    for (std::string* field : {&row.flow, &row.sender, &row.connector, &row.catalogue_digest, &row.mapping_digest})
        *field = query.view(column++);
    row.received_at = time_of(query.integer(21));
    row.log_index = log_index(query, 22);
    row.served = query.integer(23) != 0;
    row.served_when_told = query.integer(24) != 0;
    return row;
}

std::vector<RevisionRow> revisions(Query& query)
{
    std::vector<RevisionRow> rows;
    while (query.next())
        rows.push_back(revision(query));
    return rows;
}

}  // namespace

void read_content(const Query& query, int first, Observation& out)
{
    out.value = query.view(first);
    out.unit = query.view(first + 1);
    out.vintage = static_cast<Vintage>(query.integer(first + 2));
    out.availability = static_cast<Availability>(query.integer(first + 3));
    out.window = query.view(first + 4);
    out.source = query.view(first + 5);
}

std::vector<RevisionRow> read_observations(Connection& connection, const ObservationFilter& filter)
{
    const char* const sql = filter.indicator.empty() ? (filter.history ? history_of_all : current_of_all)
                                                     : (filter.history ? history_of_indicator : current_of_indicator);
    const std::string period_to = filter.period_to + last_text;
    Query query = connection.query(sql, filter.indicator, filter.period_from, period_to, filter.area, filter.agency, filter.after,
                                   filter.limit);
    return revisions(query);
}

std::vector<RevisionRow> read_changes(Connection& connection, std::uint64_t from, RevisionId after, std::uint64_t below,
                                      std::size_t limit)
{
    Query query = connection.query(changes_between, from, below, after, limit);
    return revisions(query);
}

std::vector<ServedChange> read_served_changes(Connection& connection, std::uint64_t from, RevisionId after, std::uint64_t below,
                                              std::size_t limit)
{
    // A leaf's log index is one less than its id.
    std::vector<ServedChange> told, again, out;
    for (Query query = connection.query(served_when_told_between, from, below, from + 1, after, limit); query.next();) {
        ServedChange& change = told.emplace_back();
        change.row = revision(query);
        change.leaf = change.row.submission;
        change.cause = change.row.id;
    }
    for (Query query = connection.query(served_again_between, from, below, from + 1, after, limit); query.next();) {
        ServedChange& change = again.emplace_back();
        change.row = revision(query);
        change.leaf = query.integer(25);
        change.cause = query.integer(26);
        change.because = static_cast<ServedBecause>(query.integer(27));
    }
    const auto earlier = [](const ServedChange& a, const ServedChange& b) {
        return std::tie(a.leaf, a.cause) < std::tie(b.leaf, b.cause);
    };
    std::merge(told.begin(), told.end(), again.begin(), again.end(), std::back_inserter(out), earlier);
    if (out.size() > limit)
        out.resize(limit);
    for (ServedChange& change : out)
        change.log_index = static_cast<std::uint64_t>(change.leaf - 1);
    return out;
}

std::vector<RevisionRow> read_newest_revisions(Connection& connection, std::size_t limit)
{
    Query query = connection.query(newest_revisions, limit);
    return revisions(query);
}

std::vector<FirstTold> read_first_told(Connection& connection, const std::string& indicator, const std::string& period_from,
                                       const std::string& period_to)
{
    std::vector<FirstTold> out;
    const std::string last = period_to + last_text;
    Query query = connection.query(first_told, indicator, period_from, last);
    while (query.next())
        out.push_back({query.text(0), query.text(1), query.integer(2), time_of(query.integer(3)), query.text(4)});
    Query now = connection.query(said_now, indicator, period_from, last);
    while (now.next()) {
        const std::string period = now.text(0), agency = now.text(1);
        const auto told = std::find_if(out.begin(), out.end(), [&](const FirstTold& one) { return one.period == period && one.agency == agency; });
        if (told != out.end())
            told->said = static_cast<Said>(now.integer(2));
    }
    return out;
}

std::optional<RevisionRow> read_revision(Connection& connection, RevisionId id)
{
    Query query = connection.query(one_revision, id);
    if (!query.next())
        return std::nullopt;
    return revision(query);
}

std::vector<RevisionRow> read_accepted(Connection& connection, SubmissionId id)
{
    std::vector<RevisionRow> rows;
    Query list = connection.query(accepted_list, id);
    if (!list.next())
        return rows;
    const auto add_revision = [&](RevisionId revision_id) {
        if (auto row = read_revision(connection, revision_id))
            rows.push_back(std::move(*row));
    };
    const auto add_observation = [&](Observation observation) { rows.emplace_back().observation = std::move(observation); };
    AcceptedList::read(list.view(0), add_revision, add_observation);
    return rows;
}

}  // namespace lienthong::adapters::store
