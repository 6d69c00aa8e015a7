// Claims and settlements, as SQL.
#include "adapters/stores/sqlite/claims.hpp"

#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/leaves.hpp"
#include "adapters/stores/sqlite/rows.hpp"
#include "adapters/stores/sqlite/serving_book.hpp"

#include <algorithm>

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

#define SETTLEMENT_COLUMNS                                                                                          \
    "SELECT id, agency, reason, settled_by, settled_at, revisions, indicator, measure, period, area, breakdown FROM" \
    " settlement WHERE "

constexpr const char* heads_of_figure =
    "SELECT s.agency, h.current, h.served, s.id FROM series s CROSS JOIN series_head h WHERE h.series = s.id AND s.indicator = $1"
    " AND s.period = $2 AND s.area = $3 AND s.measure = $4 AND s.breakdown = $5 ORDER BY s.agency";
constexpr const char* last_settlement =
    SETTLEMENT_COLUMNS "indicator = $1 AND period = $2 AND area = $3 AND measure = $4 AND breakdown = $5 ORDER BY id DESC"
    " LIMIT 1";
constexpr const char* settlement_by_id = SETTLEMENT_COLUMNS "id = $1";
#undef SETTLEMENT_COLUMNS
#define SHARED_FIGURES                                                                                                \
    "SELECT indicator, measure, period, area, breakdown FROM shared_figure WHERE"                                     \
    " (indicator, measure, period, area, breakdown) > ($1, $2, $3, $4, $5) AND ($6 = '' OR indicator = $6) AND"       \
    " ($7 = '' OR area = $7) AND "
#define BY_KEY " ORDER BY indicator, measure, period, area, breakdown"
constexpr const char* open_ones = SHARED_FIGURES "state = 1" BY_KEY;
constexpr const char* settled_ones = SHARED_FIGURES "state = 2" BY_KEY;
constexpr const char* differing = SHARED_FIGURES "state >= 1" BY_KEY;
#undef SHARED_FIGURES
#undef BY_KEY
constexpr const char* count_open = "SELECT count(*) FROM shared_figure WHERE state = 1";
constexpr const char* insert_row =
    "INSERT INTO settlement (id, indicator, measure, period, area, breakdown, agency, reason, settled_by, settled_at, revisions)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

std::optional<Settlement> settlement(Query query)
{
    if (!query.next())
        return std::nullopt;
    return Settlement{{query.text(6), query.text(7), query.text(8), query.text(9), query.text(10)},
                      query.text(1),
                      query.text(2),
                      query.text(3),
                      time_of(query.integer(4)),
                      ids_from(query.view(5)),
                      query.integer(0)};
}

}  // namespace

Heads read_heads(Connection& connection, const FigureKey& figure)
{
    Heads out;
    out.claims.figure = figure;
    {
        Query query =
            connection.query(heads_of_figure, figure.indicator, figure.period, figure.area, figure.measure, figure.breakdown);
        while (query.next()) {
            out.claims.claims.push_back({query.text(0), query.integer(1), query.integer(2) != 0});
            out.series.push_back(query.integer(3));
        }
    }
    out.claims.settlement = settlement(
        connection.query(last_settlement, figure.indicator, figure.period, figure.area, figure.measure, figure.breakdown));
    return out;
}

std::vector<Claims> read_claims(Connection& connection, const std::vector<FigureKey>& figures)
{
    std::vector<Claims> out;
    out.reserve(figures.size());
    for (const FigureKey& figure : figures)
        out.push_back(read_heads(connection, figure).claims);
    return out;
}

std::vector<Disagreement> read_disagreements(Connection& connection, const DisagreementFilter& filter)
{
    std::vector<Disagreement> out;
    const auto told_by = [&](const Claim& claim) { return claim.agency == filter.agency; };
    const FigureKey after = filter.after.value_or(FigureKey());
    const char* const sql = filter.open ? (filter.settled ? differing : open_ones) : settled_ones;
    if (filter.limit == 0 || !(filter.open || filter.settled))
        return out;
    Query query = connection.query(sql, after.indicator, after.measure, after.period, after.area, after.breakdown,
                                   filter.indicator, filter.area);
    while (out.size() < filter.limit && query.next()) {
        Disagreement found;
        const FigureKey figure{query.text(0), query.text(1), query.text(2), query.text(3), query.text(4)};
        found.claims = read_heads(connection, figure).claims;
        const std::vector<Claim>& claims = found.claims.claims;
        if (!filter.agency.empty() && std::none_of(claims.begin(), claims.end(), told_by))
            continue;
        for (const Claim& claim : claims)
            if (auto row = read_revision(connection, claim.revision))
                found.rows.push_back(std::move(*row));
        out.push_back(std::move(found));
    }
    return out;
}

std::int64_t count_open_disagreements(Connection& connection)
{
    Query query = connection.query(count_open);
    query.next();
    return query.integer(0);
}

Result<SettlementId> insert_settlement(Connection& connection, const sqlite::Standing& standing, const Settlement& settlement,
                                       const Leaf& leaf, const FigureRules& rules)
{
    const FigureKey& of = settlement.figure;
    const Claims now = read_heads(connection, of).claims;
    const auto stands = [&](const Claim& claim) { return claim.agency == settlement.agency; };
    if (std::none_of(now.claims.begin(), now.claims.end(), stands)) {
        Problem problem = standing.problem("settlement_agency", "this agency does not tell the figure");
        problem.place = to_text(of);
        problem.found = settlement.agency;
        for (const Claim& claim : now.claims)
            problem.expected += (problem.expected.empty() ? "" : ", ") + claim.agency;
        return problem;
    }
    if (now.revisions() != settlement.over) {
        Problem problem = standing.problem("settlement_moved", "the figure was told anew since it was looked at");
        problem.place = to_text(of);
        return problem;
    }
    const std::string over = encoded(settlement.over);
    const SettlementId id = insert_leaf(connection, leaf);
    connection.run(insert_row, id, of.indicator, of.measure, of.period, of.area, of.breakdown, settlement.agency,
                   settlement.reason, settlement.by, micros(settlement.at), Blob{over});
    ServingBook(connection, rules).settled(id, of);
    return id;
}

std::optional<Settlement> read_settlement(Connection& connection, SettlementId id)
{
    return settlement(connection.query(settlement_by_id, id));
}

}  // namespace lienthong::adapters::store
