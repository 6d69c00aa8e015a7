// Claims and settlements, as SQL.
#include "adapters/stores/sqlite/claims.hpp"

#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/leaves.hpp"
#include "adapters/stores/sqlite/rows.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <stdexcept>

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

#define SETTLEMENT_COLUMNS                                                                                          \
    "SELECT id, agency, reason, settled_by, settled_at, revisions, indicator, measure, period, area, breakdown FROM" \
    " settlement WHERE "

constexpr const char* heads_of_figure =
    "SELECT s.agency, h.current FROM series s CROSS JOIN series_head h WHERE h.series = s.id AND s.indicator = $1"
    " AND s.period = $2 AND s.area = $3 AND s.measure = $4 AND s.breakdown = $5 ORDER BY s.agency";
constexpr const char* last_settlement =
    SETTLEMENT_COLUMNS "indicator = $1 AND period = $2 AND area = $3 AND measure = $4 AND breakdown = $5 ORDER BY id DESC LIMIT 1";
constexpr const char* settlement_by_id = SETTLEMENT_COLUMNS "id = $1";
#undef SETTLEMENT_COLUMNS
constexpr const char* insert_row =
    "INSERT INTO settlement (id, indicator, measure, period, area, breakdown, agency, reason, settled_by, settled_at, revisions)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

std::string encoded_ids(const std::vector<RevisionId>& ids)
{
    std::vector<std::string> texts;
    for (const RevisionId id : ids)
        texts.push_back(std::to_string(id));
    return encoded(texts);
}

std::vector<RevisionId> ids_from(std::string_view bytes)
{
    std::vector<RevisionId> ids;
    for (const std::string& text : texts_from(bytes)) {
        RevisionId& id = ids.emplace_back();
        if (const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
            error != std::errc{} || end != text.data() + text.size())
            throw std::runtime_error("a settlement in the store is damaged");
    }
    return ids;
}

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

Claims claims_of(Connection& connection, const FigureKey& figure)
{
    Claims out;
    out.figure = figure;
    {
        Query query =
            connection.query(heads_of_figure, figure.indicator, figure.period, figure.area, figure.measure, figure.breakdown);
        while (query.next())
            out.claims.push_back({query.text(0), query.integer(1)});
    }
    out.settlement = settlement(
        connection.query(last_settlement, figure.indicator, figure.period, figure.area, figure.measure, figure.breakdown));
    return out;
}

bool all_same(const std::vector<RevisionRow>& rows, const SameFigure& same)
{
    return std::all_of(rows.begin(), rows.end(),
                       [&](const RevisionRow& row) { return same(rows.front().observation, row.observation); });
}

/// Gives every difference the filter asks for to `take`, in order, until that says it has enough.
void each_disagreement(Connection& connection, SharedFigures& shared, const DisagreementFilter& filter, const SameFigure& same,
                       const std::function<bool(Disagreement)>& take)
{
    const auto told_by = [&](const Claim& claim) { return claim.agency == filter.agency; };
    for (const FigureKey& figure : shared.find(connection, filter.indicator, filter.area, filter.after)) {
        Disagreement found;
        found.claims = claims_of(connection, figure);
        const std::vector<Claim>& claims = found.claims.claims;
        if (!(found.claims.is_settled() ? filter.settled : filter.open))
            continue;
        if (!filter.agency.empty() && std::none_of(claims.begin(), claims.end(), told_by))
            continue;
        for (const Claim& claim : claims)
            if (auto row = read_revision(connection, claim.revision))
                found.rows.push_back(std::move(*row));
        if (found.rows.size() < 2 || all_same(found.rows, same))
            continue;
        if (!take(std::move(found)))
            return;
    }
}

}  // namespace

std::vector<Claims> read_claims(Connection& connection, const std::vector<FigureKey>& figures)
{
    std::vector<Claims> out;
    out.reserve(figures.size());
    for (const FigureKey& figure : figures)
        out.push_back(claims_of(connection, figure));
    return out;
}

std::vector<Disagreement> read_disagreements(Connection& connection, SharedFigures& shared, const DisagreementFilter& filter,
                                             const SameFigure& same)
{
    std::vector<Disagreement> out;
    const auto take = [&](Disagreement found) {
        out.push_back(std::move(found));
        return out.size() < filter.limit;
    };
    if (filter.limit > 0)
        each_disagreement(connection, shared, filter, same, take);
    return out;
}

std::int64_t count_open_disagreements(Connection& connection, SharedFigures& shared, const SameFigure& same)
{
    std::int64_t count = 0;
    const auto take = [&](const Disagreement&) {
        ++count;
        return true;
    };
    each_disagreement(connection, shared, DisagreementFilter(), same, take);
    return count;
}

Result<SettlementId> insert_settlement(Connection& connection, const sqlite::Standing& standing, const Settlement& settlement,
                                       const Leaf& leaf)
{
    const FigureKey& of = settlement.figure;
    const Claims now = claims_of(connection, of);
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
    const std::string over = encoded_ids(settlement.over);
    const SettlementId id = insert_leaf(connection, leaf);
    connection.run(insert_row, id, of.indicator, of.measure, of.period, of.area, of.breakdown, settlement.agency,
                   settlement.reason, settlement.by, micros(settlement.at), Blob{over});
    return id;
}

std::optional<Settlement> read_settlement(Connection& connection, SettlementId id)
{
    return settlement(connection.query(settlement_by_id, id));
}

}  // namespace lienthong::adapters::store
