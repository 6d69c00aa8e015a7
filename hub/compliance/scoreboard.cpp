// Counts per agency, each made of the entries it counts.
#include "hub/compliance/scoreboard.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace lienthong::compliance {

const ScoreRow* Scoreboard::row(std::string_view agency) const
{
    const auto found = std::lower_bound(rows.begin(), rows.end(), agency,
                                        [](const ScoreRow& one, std::string_view code) { return one.agency < code; });
    return found != rows.end() && found->agency == agency ? &*found : nullptr;
}

Scoreboard scoreboard(std::span<const Obligation> obligations, std::span<const Event> events, Time now, Span span)
{
    const Ledger ledger(events);
    std::map<std::string, ScoreRow, std::less<>> rows;
    for (const Obligation& obligation : obligations) {
        if (!span.holds(obligation.deadline.due))
            continue;
        ScoreRow& row = rows[obligation.agency];
        row.entries.push_back({obligation, ledger.status(obligation, now)});
        ++row.counts[static_cast<std::size_t>(row.entries.back().outcome.status)];
    }
    Scoreboard out{.span = span, .as_of = now, .rows = {}};
    for (auto& [agency, row] : rows) {
        row.agency = agency;
        std::sort(row.entries.begin(), row.entries.end(), [](const ScoreEntry& a, const ScoreEntry& b) {
            return std::tie(a.obligation.deadline.closes, a.obligation.id) <
                   std::tie(b.obligation.deadline.closes, b.obligation.id);
        });
        out.rows.push_back(std::move(row));
    }
    return out;
}

}  // namespace lienthong::compliance
