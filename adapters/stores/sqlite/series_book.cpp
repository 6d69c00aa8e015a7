// Series and their revisions, as SQL and as remembered.
#include "adapters/stores/sqlite/series_book.hpp"

#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/rows.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters::store {
namespace {

using sqlite::Query;

constexpr const char* next_ids =
    "SELECT (SELECT coalesce(max(id), 0) + 1 FROM revision), (SELECT coalesce(max(id), 0) + 1 FROM series)";
constexpr const char* find_head =
    "SELECT s.id, r.id, r.number, h.told_at, r.value, r.unit, r.vintage, r.availability, r.period_window, r.source"
    " FROM series s JOIN series_head h ON h.series = s.id JOIN revision r ON r.id = h.current"
    " WHERE s.indicator = $1 AND s.period = $2 AND s.area = $3 AND s.measure = $4 AND s.breakdown = $5 AND s.agency = $6";
constexpr const char* insert_series =
    "INSERT INTO series (id, indicator, measure, period, area, breakdown, agency)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (indicator, period, area, measure, breakdown, agency) DO NOTHING";
constexpr const char* insert_head = "INSERT INTO series_head (series, current, told_at, served) VALUES ($1, $2, $3, 1)";
constexpr const char* insert_revision_row =
    "INSERT INTO revision (id, series, number, previous, value, unit, vintage, availability, period_window, source, submission,"
    " record, served) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)";
constexpr const char* move_head = "UPDATE series_head SET current = $1, told_at = $2 WHERE series = $3";
constexpr const char* tell_head = "UPDATE series_head SET told_at = $1 WHERE series = $2";

}  // namespace

SeriesBook::SeriesBook(sqlite::Connection& connection, SubmissionId submission, Time received_at, SeriesMemory& memory)
    : connection_(connection), memory_(memory), submission_(submission), received_at_(micros(received_at))
{
    memory_.refresh(connection_);
    Query query = connection_.query(next_ids);
    query.next();
    first_revision_ = next_revision_ = query.integer(0);
    next_series_ = query.integer(1);
}

SeriesHead* SeriesBook::find(const Observation& observation)
{
    write_key(key_, observation.key);
    if (SeriesHead* remembered = memory_.find(key_))
        return remembered;
    const SeriesKey& of = observation.key;
    Query query = connection_.query(find_head, of.indicator, of.period, of.area, of.measure, of.breakdown, of.agency);
    if (!query.next())
        return nullptr;
    Observation current;
    read_content(query, 4, current);
    SeriesHead head{query.integer(0), query.integer(1), query.integer(2), query.integer(3), {}};
    write_content(head.content, current);
    return &memory_.put(key_, std::move(head));
}

SeriesBook::Placed SeriesBook::place(const Observation& observation, std::uint32_t record)
{
    write_content(content_, observation);
    // A period's first figures come together, and so do repeats: trying first what the last one was saves a look-up.
    if (expects_new_ && open_series(observation, record))
        return {next_revision_++, true};
    SeriesHead* head = find(observation);
    expects_new_ = head == nullptr;
    if (head == nullptr) {
        open_series(observation, record);
        return {next_revision_++, true};
    }
    const std::int64_t told_at = std::max(head->told_at, received_at_);
    if (head->content == content_) {
        if (told_at != head->told_at)
            connection_.run(tell_head, told_at, head->series);
        head->told_at = told_at;
        return {head->revision, false};
    }
    insert_revision(head->series, head->number + 1, head->revision, observation, record);
    connection_.run(move_head, next_revision_, told_at, head->series);
    head->revision = next_revision_;
    ++head->number;
    head->told_at = told_at;
    head->content = content_;
    return {next_revision_++, true};
}

bool SeriesBook::open_series(const Observation& observation, std::uint32_t record)
{
    const SeriesKey& of = observation.key;
    if (connection_.change(insert_series, next_series_, of.indicator, of.measure, of.period, of.area, of.breakdown, of.agency) == 0)
        return false;
    connection_.run(insert_head, next_series_, next_revision_, received_at_);
    insert_revision(next_series_, 1, std::nullopt, observation, record);
    write_key(key_, of);
    memory_.put(key_, {next_series_, next_revision_, 1, received_at_, content_});
    ++next_series_;
    return true;
}

void SeriesBook::insert_revision(std::int64_t series, std::int64_t number, std::optional<RevisionId> previous,
                                 const Observation& observation, std::uint32_t record)
{
    connection_.run(insert_revision_row, next_revision_, series, number, previous, observation.value, observation.unit,
                    observation.vintage, observation.availability, observation.window, observation.source, submission_, record);
}

std::optional<RevisionId> SeriesBook::current_like(const Observation& observation)
{
    const SeriesHead* head = find(observation);
    write_content(content_, observation);
    if (head == nullptr || head->content != content_)
        return std::nullopt;
    return head->revision;
}

std::optional<RevisionId> SeriesBook::superseding(const Observation& observation)
{
    const SeriesHead* head = find(observation);
    if (head == nullptr || head->told_at <= received_at_)
        return std::nullopt;
    return head->revision;
}

}  // namespace lienthong::adapters::store
