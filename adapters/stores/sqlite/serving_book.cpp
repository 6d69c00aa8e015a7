// Who is served, as SQL.
#include "adapters/stores/sqlite/serving_book.hpp"

#include "adapters/stores/sqlite/claims.hpp"
#include "adapters/stores/sqlite/leaves.hpp"
#include "adapters/stores/sqlite/rows.hpp"

#include <algorithm>
#include <vector>

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Query;

constexpr const char* told_by_others =
    "SELECT EXISTS (SELECT 1 FROM series WHERE indicator = $1 AND period = $2 AND area = $3 AND measure = $4 AND breakdown = $5"
    " AND agency <> $6)";
constexpr const char* set_head_served = "UPDATE series_head SET served = $1 WHERE series = $2";
constexpr const char* set_unserved = "UPDATE revision SET served = 0 WHERE id = $1";
constexpr const char* insert_served_again =
    "INSERT INTO served_again (leaf, cause, revision, because) VALUES ($1, $2, $3, $4)";
constexpr const char* content_of_revision =
    "SELECT value, unit, vintage, availability, period_window, source FROM revision WHERE id = $1";
constexpr const char* put_state =
    "INSERT INTO shared_figure (indicator, measure, period, area, breakdown, state) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (indicator, measure, period, area, breakdown) DO UPDATE SET state = excluded.state WHERE state <> excluded.state";
constexpr const char* all_shared = "SELECT indicator, measure, period, area, breakdown FROM shared_figure";
constexpr const char* last_rules = "SELECT digest FROM figure_rules";
constexpr const char* set_rules = "UPDATE figure_rules SET digest = $1";

std::string rules_digest(Connection& connection)
{
    Query query = connection.query(last_rules);
    query.next();
    return query.text(0);
}

/// What a revision says of its figure; nothing of where it came from.
Observation told_in(Connection& connection, const FigureKey& of, const Claim& claim)
{
    Observation out;
    out.key = {of.indicator, of.measure, of.period, of.area, of.breakdown, claim.agency};
    Query query = connection.query(content_of_revision, claim.revision);
    query.next();
    read_content(query, 0, out);
    return out;
}

FigureState state_of(Connection& connection, const Claims& claims, const SameFigure& same)
{
    const Observation first = told_in(connection, claims.figure, claims.claims.front());
    for (std::size_t i = 1; i < claims.claims.size(); ++i)
        if (!same(first, told_in(connection, claims.figure, claims.claims[i])))
            return claims.is_settled() ? FigureState::settled : FigureState::open;
    return FigureState::alike;
}

}  // namespace

std::optional<RevisionId> ServingBook::judge(const FigureKey& figure, RevisionId placed)
{
    if (!compared_) {
        // Judged by other rules than the rest: whoever starts next judges everything anew.
        const std::string last = rules_digest(connection_);
        if (last != rules_.digest && !last.empty())
            connection_.run(set_rules, std::string());
        compared_ = true;
    }
    const Heads heads = read_heads(connection_, figure);
    const std::vector<Claim>& claims = heads.claims.claims;
    const std::string agency = rules_.served(heads.claims);
    const auto chosen = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) { return claim.agency == agency; });
    const std::size_t after = chosen == claims.end() ? 0 : static_cast<std::size_t>(chosen - claims.begin());
    bool same_as_before = false;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        same_as_before |= i == after && claims[i].served;
        if (claims[i].served != (i == after))
            connection_.run(set_head_served, i == after, heads.series[i]);
    }
    connection_.run(put_state, figure.indicator, figure.measure, figure.period, figure.area, figure.breakdown,
                    state_of(connection_, heads.claims, rules_.same));
    const RevisionId served = claims[after].revision;
    if (served == placed)
        return std::nullopt;
    if (placed != 0)
        connection_.run(set_unserved, placed);
    return same_as_before ? std::nullopt : std::optional(served);
}

void ServingBook::told(LeafId leaf, const SeriesKey& key, RevisionId revision)
{
    {
        Query query =
            connection_.query(told_by_others, key.indicator, key.period, key.area, key.measure, key.breakdown, key.agency);
        query.next();
        if (query.integer(0) == 0)
            return;
    }
    if (const auto served = judge(figure_of(key), revision))
        connection_.run(insert_served_again, leaf, revision, *served, ServedBecause::told);
}

void ServingBook::settled(LeafId leaf, const FigureKey& figure)
{
    if (const auto served = judge(figure, 0))
        connection_.run(insert_served_again, leaf, 1, *served, ServedBecause::settled);
}

void ServingBook::judge_anew(const Leaf& leaf)
{
    compared_ = true;
    if (rules_digest(connection_) == rules_.digest)
        return;
    std::vector<FigureKey> figures;
    {
        Query query = connection_.query(all_shared);
        while (query.next())
            figures.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4)});
    }
    std::vector<RevisionId> served_again;
    for (const FigureKey& figure : figures)
        if (const auto served = judge(figure, 0))
            served_again.push_back(*served);
    if (!served_again.empty()) {
        const LeafId id = insert_leaf(connection_, leaf);
        std::int64_t count = 0;
        for (const RevisionId revision : served_again)
            connection_.run(insert_served_again, id, ++count, revision, ServedBecause::ownership);
    }
    connection_.run(set_rules, rules_.digest);
}

}  // namespace lienthong::adapters::store
