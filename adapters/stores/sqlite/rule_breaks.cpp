// The RuleBreaks port over the store's database.
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"
#include "adapters/stores/sqlite/rows.hpp"

#include <algorithm>
#include <iterator>

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

constexpr const char* read_reach = "SELECT leaf, cause, digest FROM rule_reach";
constexpr const char* set_reach = "UPDATE rule_reach SET leaf = $1, cause = $2, digest = $3";
constexpr const char* find_last_leaf = "SELECT coalesce(max(id), 0) FROM leaf";
// Both halves come in the order asked, so that putting them together needs no sorting.
constexpr const char* find_beyond =
    "SELECT b.id, r.id, s.indicator, s.measure, s.period, s.area, s.breakdown"
    " FROM submission b CROSS JOIN revision r CROSS JOIN series s WHERE s.id = r.series AND b.id >= $1 AND b.id <= $2"
    " AND r.id >= b.first_revision AND r.id < b.below_revision AND (b.id > $1 OR r.id > $3) AND r.served = 1"
    " UNION ALL SELECT a.leaf, a.cause, s.indicator, s.measure, s.period, s.area, s.breakdown"
    " FROM served_again a CROSS JOIN revision r CROSS JOIN series s WHERE r.id = a.revision AND s.id = r.series"
    " AND a.leaf >= $1 AND a.leaf <= $2 AND (a.leaf > $1 OR a.cause > $3) ORDER BY 1, 2 LIMIT $4";
constexpr const char* find_served =
    "SELECT r.id, b.received_at, s.agency, r.value, r.unit, r.vintage, r.availability, r.period_window, r.source"
    " FROM series s CROSS JOIN series_head h CROSS JOIN revision r CROSS JOIN submission b"
    " WHERE h.series = s.id AND h.served = 1 AND r.id = h.current AND b.id = r.submission AND s.indicator = $1"
    " AND s.period = $2 AND s.area = $3 AND s.measure = $4 AND s.breakdown = $5";
constexpr const char* figures_after =
    "SELECT DISTINCT indicator, period, area, measure, breakdown FROM series"
    " WHERE (indicator, period, area, measure, breakdown) > ($1, $2, $3, $4, $5)"
    " ORDER BY indicator, period, area, measure, breakdown LIMIT $6";

// SQLite numbers parameters as they first appear, so they appear in order.
#define OF_SUBJECT(a, b, c, d, e, f)                                                                                \
    "rule = " a " AND indicator = " b " AND measure = " c " AND period = " d " AND area = " e " AND breakdown = " f \
    " AND mended_at IS NULL"
constexpr const char* renew =
    "UPDATE rule_break SET severity = $1, revisions = $2, expected = $3 WHERE " OF_SUBJECT("$4", "$5", "$6", "$7", "$8", "$9");
constexpr const char* close_one =
    "UPDATE rule_break SET mended_at = $1, mended_by = $2 WHERE " OF_SUBJECT("$3", "$4", "$5", "$6", "$7", "$8");
constexpr const char* is_open = "SELECT 1 FROM rule_break WHERE " OF_SUBJECT("$1", "$2", "$3", "$4", "$5", "$6");
#undef OF_SUBJECT
constexpr const char* open_one =
    "INSERT INTO rule_break (id, rule, indicator, measure, period, area, breakdown, severity, revisions, expected, since, "
    "mended_by)"
    " VALUES ((SELECT coalesce(max(id), 0) + 1 FROM rule_break), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')";
#define BREAKS                                                                                                                 \
    "SELECT id, rule, indicator, measure, period, area, breakdown, severity, revisions, expected, since, mended_at, mended_by" \
    " FROM rule_break WHERE id > $1 AND ($2 = '' OR indicator = $2) AND ($3 = '' OR area = $3) AND ($4 = '' OR rule = $4)"     \
    " AND ($5 = '' OR severity = $5)"
constexpr const char* open_breaks = BREAKS " AND mended_at IS NULL ORDER BY id LIMIT $6";
constexpr const char* mended_breaks = BREAKS " AND mended_at IS NOT NULL ORDER BY id LIMIT $6";
constexpr const char* all_breaks = BREAKS " ORDER BY id LIMIT $6";
#undef BREAKS
constexpr const char* count_open =
    "SELECT coalesce(sum(severity = 'refuse'), 0), coalesce(sum(severity = 'finding'), 0), coalesce(sum(severity = 'hint'), 0)"
    " FROM rule_break WHERE mended_at IS NULL";

RuleReach reach_of(Connection& connection)
{
    Query query = connection.query(read_reach);
    query.next();
    return {query.integer(0), query.integer(1), query.text(2)};
}

LeafId read_last_leaf(Connection& connection)
{
    Query query = connection.query(find_last_leaf);
    query.next();
    return query.integer(0);
}

std::vector<FigureServed> read_served_beyond(Connection& connection, const RuleReach& reach, LeafId last, std::size_t limit)
{
    std::vector<FigureServed> out;
    Query query = connection.query(find_beyond, reach.leaf, last, reach.cause, limit);
    while (query.next())
        out.push_back({query.integer(0), query.integer(1),
                       {query.text(2), query.text(3), query.text(4), query.text(5), query.text(6)}});
    return out;
}

std::vector<std::optional<ServedFigure>> read_served(Connection& connection, const std::vector<FigureKey>& figures)
{
    std::vector<std::optional<ServedFigure>> out(figures.size());
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const FigureKey& of = figures[i];
        Query query = connection.query(find_served, of.indicator, of.period, of.area, of.measure, of.breakdown);
        if (!query.next())
            continue;
        ServedFigure& one = out[i].emplace();
        one.revision = query.integer(0);
        one.received_at = time_of(query.integer(1));
        one.observation.key = {of.indicator, of.measure, of.period, of.area, of.breakdown, query.text(2)};
        read_content(query, 3, one.observation);
    }
    return out;
}

std::vector<FigureKey> read_figures(Connection& connection, const std::optional<FigureKey>& after, std::size_t limit)
{
    std::vector<FigureKey> out;
    const FigureKey from = after.value_or(FigureKey());
    Query query = connection.query(figures_after, from.indicator, from.period, from.area, from.measure, from.breakdown, limit);
    while (query.next())
        out.push_back({query.text(0), query.text(3), query.text(1), query.text(2), query.text(4)});
    return out;
}

std::vector<RuleSubject> read_open_among(Connection& connection, const std::vector<RuleSubject>& subjects)
{
    std::vector<RuleSubject> out;
    for (const RuleSubject& subject : subjects) {
        const FigureKey& of = subject.figure;
        Query query = connection.query(is_open, subject.rule, of.indicator, of.measure, of.period, of.area, of.breakdown);
        if (query.next())
            out.push_back(subject);
    }
    return out;
}

void put(Connection& connection, const RuleBreak& one)
{
    const FigureKey& of = one.subject.figure;
    const std::string revisions = encoded(one.revisions);
    if (connection.change(renew, one.severity, Blob{revisions}, one.right, one.subject.rule, of.indicator, of.measure, of.period,
                          of.area, of.breakdown) == 0)
        connection.run(open_one, one.subject.rule, of.indicator, of.measure, of.period, of.area, of.breakdown, one.severity,
                       Blob{revisions}, one.right, micros(one.since));
}

std::vector<RuleBreakRow> read_breaks(Connection& connection, const RuleBreakFilter& filter)
{
    std::vector<RuleBreakRow> out;
    if (!filter.open && !filter.mended)
        return out;
    {
        const char* const sql = filter.open ? (filter.mended ? all_breaks : open_breaks) : mended_breaks;
        Query query =
            connection.query(sql, filter.after, filter.indicator, filter.area, filter.rule, filter.severity, filter.limit);
        while (query.next()) {
            RuleBreakRow& row = out.emplace_back();
            row.id = query.integer(0);
            row.content.subject = {query.text(1), {query.text(2), query.text(3), query.text(4), query.text(5), query.text(6)}};
            row.content.severity = query.text(7);
            row.content.revisions = ids_from(query.view(8));
            row.content.right = query.text(9);
            row.content.since = time_of(query.integer(10));
            if (const auto mended = query.optional_integer(11))
                row.mended = time_of(*mended);
            row.mended_by = query.text(12);
        }
    }
    for (RuleBreakRow& row : out)
        for (const RevisionId revision : row.content.revisions)
            if (auto found = read_revision(connection, revision))
                row.rows.push_back(std::move(*found));
    return out;
}

OpenRuleBreaks read_open(Connection& connection)
{
    Query query = connection.query(count_open);
    query.next();
    return {query.integer(0), query.integer(1), query.integer(2)};
}

class SqliteRuleBreaks final : public RuleBreaks
{
public:
    explicit SqliteRuleBreaks(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<RuleReach> reach() const override { return read(&reach_of); }
    [[nodiscard]] Result<LeafId> last_leaf() const override { return read(&read_last_leaf); }
    [[nodiscard]] Result<std::vector<FigureServed>> served_beyond(const RuleReach& reach, LeafId last,
                                                                  std::size_t limit) const override
    {
        return read(&read_served_beyond, reach, last, limit);
    }
    [[nodiscard]] Result<std::vector<std::optional<ServedFigure>>> served(const std::vector<FigureKey>& figures) const override
    {
        return read(&read_served, figures);
    }
    [[nodiscard]] Result<std::vector<FigureKey>> figures(const std::optional<FigureKey>& after, std::size_t limit) const override
    {
        return read(&read_figures, after, limit);
    }
    [[nodiscard]] Result<std::vector<RuleSubject>> open_among(const std::vector<RuleSubject>& subjects) const override
    {
        return read(&read_open_among, subjects);
    }

    [[nodiscard]] Result<bool> keep(const RuleReach& from, const RuleReach& to, const RuleFindings& findings) override
    {
        bool kept = false;
        auto done = database_->write([&](Connection& connection) -> Result<void> {
            kept = reach_of(connection) == from;
            if (!kept)
                return {};
            for (const RuleBreak& one : findings.broken)
                put(connection, one);
            for (const auto& [rule, of] : findings.kept)
                connection.run(close_one, micros(findings.at), findings.mended_by, rule, of.indicator, of.measure, of.period,
                               of.area, of.breakdown);
            connection.run(set_reach, to.leaf, to.cause, to.digest);
            return {};
        });
        if (!done)
            return done.problem();
        return kept;
    }

    [[nodiscard]] Result<std::vector<RuleBreakRow>> list(const RuleBreakFilter& filter) const override
    {
        return read(&read_breaks, filter);
    }
    [[nodiscard]] Result<OpenRuleBreaks> open() const override { return read(&read_open); }

private:
    /// Runs one of the reading functions on a reader's connection.
    template <class Value, class... Parameters, class... Arguments>
    [[nodiscard]] Result<Value> read(Value (*function)(Connection&, Parameters...), const Arguments&... arguments) const
    {
        return database_->read<Value>(
            [&](Connection& connection) -> Result<Value> { return function(connection, arguments...); });
    }

    std::shared_ptr<Database> database_;
};

}  // namespace

std::shared_ptr<RuleBreaks> make_rule_breaks(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteRuleBreaks>(std::move(database));
}

}  // namespace lienthong::adapters::store
