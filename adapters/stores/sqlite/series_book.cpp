// Series and their revisions, as SQL.
#include "adapters/stores/sqlite/series_book.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Query;

constexpr const char* next_ids =
    "SELECT (SELECT coalesce(max(id), 0) + 1 FROM revision), (SELECT coalesce(max(id), 0) + 1 FROM series)";
constexpr const char* find_current =
    "SELECT s.id, r.id, r.number, s.told_at, r.value, r.unit, r.vintage, r.availability, r.period_window, r.source"
    " FROM series s JOIN revision r ON r.id = s.current"
    " WHERE s.indicator = $1 AND s.period = $2 AND s.area = $3 AND s.measure = $4 AND s.breakdown = $5 AND s.agency = $6";
constexpr const char* insert_series =
    "INSERT INTO series (id, indicator, measure, period, area, breakdown, agency, current, told_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (indicator, period, area, measure, breakdown, agency) DO NOTHING";
constexpr const char* insert_revision_row =
    "INSERT INTO revision (id, series, number, value, unit, vintage, availability, period_window, source, submission, record)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
constexpr const char* move_series = "UPDATE series SET current = $1, told_at = $2 WHERE id = $3";
constexpr const char* tell_series = "UPDATE series SET told_at = $1 WHERE id = $2";

}  // namespace

SeriesBook::SeriesBook(sqlite::Connection& connection, SubmissionId submission, Time received_at)
    : connection_(connection), submission_(submission), received_at_(micros(received_at))
{
    Query query = connection_.query(next_ids);
    query.next();
    first_revision_ = next_revision_ = query.integer(0);
    next_series_ = query.integer(1);
}

std::optional<SeriesBook::Current> SeriesBook::find(const Observation& observation)
{
    const SeriesKey& key = observation.key;
    Query query = connection_.query(find_current, key.indicator, key.period, key.area, key.measure, key.breakdown, key.agency);
    if (!query.next())
        return std::nullopt;
    Current current{query.integer(0), query.integer(1), query.integer(2), query.integer(3), false};
    current.same = query.view(4) == observation.value && query.view(5) == observation.unit &&
                   query.integer(6) == static_cast<std::int64_t>(observation.vintage) &&
                   query.integer(7) == static_cast<std::int64_t>(observation.availability) &&
                   query.view(8) == observation.window && query.view(9) == observation.source;
    return current;
}

SeriesBook::Placed SeriesBook::place(const Observation& observation, std::uint32_t record)
{
    // A period's first figures come together, and so do repeats: trying first what the last one was saves a look-up.
    if (expects_new_ && open_series(observation, record))
        return {next_revision_++, true};
    const auto current = find(observation);
    expects_new_ = !current;
    if (!current) {
        open_series(observation, record);
        return {next_revision_++, true};
    }
    const std::int64_t told_at = std::max(current->told_at, received_at_);
    if (current->same) {
        if (told_at != current->told_at)
            connection_.run(tell_series, told_at, current->series);
        return {current->revision, false};
    }
    insert_revision(current->series, current->number + 1, observation, record);
    connection_.run(move_series, next_revision_, told_at, current->series);
    return {next_revision_++, true};
}

bool SeriesBook::open_series(const Observation& observation, std::uint32_t record)
{
    const SeriesKey& key = observation.key;
    if (connection_.change(insert_series, next_series_, key.indicator, key.measure, key.period, key.area, key.breakdown,
                           key.agency, next_revision_, received_at_) == 0)
        return false;
    insert_revision(next_series_++, 1, observation, record);
    return true;
}

void SeriesBook::insert_revision(std::int64_t series, std::int64_t number, const Observation& observation, std::uint32_t record)
{
    connection_.run(insert_revision_row, next_revision_, series, number, observation.value, observation.unit, observation.vintage,
                    observation.availability, observation.window, observation.source, submission_, record);
}

std::optional<RevisionId> SeriesBook::current_like(const Observation& observation)
{
    const auto current = find(observation);
    if (!current || !current->same)
        return std::nullopt;
    return current->revision;
}

std::optional<RevisionId> SeriesBook::superseding(const Observation& observation)
{
    const auto current = find(observation);
    if (!current || current->told_at <= received_at_)
        return std::nullopt;
    return current->revision;
}

}  // namespace lienthong::adapters::store
