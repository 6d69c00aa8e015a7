// Ids of series rise with commits, so whoever has looked at all up to one has missed none below it.
#include "adapters/stores/sqlite/shared_figures.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Query;

constexpr const char* last_series = "SELECT coalesce(max(id), 0) FROM series";
constexpr const char* newly_shared =
    "SELECT s.indicator, s.measure, s.period, s.area, s.breakdown FROM series s WHERE s.id > $1 AND s.id <= $2 AND EXISTS"
    " (SELECT 1 FROM series o WHERE o.indicator = s.indicator AND o.period = s.period AND o.area = s.area"
    " AND o.measure = s.measure AND o.breakdown = s.breakdown AND o.agency <> s.agency)";

}  // namespace

std::vector<FigureKey> SharedFigures::find(sqlite::Connection& connection, const std::string& indicator, const std::string& area,
                                           const std::optional<FigureKey>& after)
{
    const std::lock_guard lock(mutex_);
    std::int64_t last = 0;
    {
        Query query = connection.query(last_series);
        query.next();
        last = query.integer(0);
    }
    if (last > seen_) {
        Query query = connection.query(newly_shared, seen_, last);
        while (query.next())
            figures_.insert({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4)});
        seen_ = last;
    }
    std::vector<FigureKey> found;
    FigureKey from;
    from.indicator = indicator;
    auto it = figures_.lower_bound(from);
    if (after && !(*after < from))
        it = figures_.upper_bound(*after);
    for (; it != figures_.end(); ++it) {
        if (!indicator.empty() && it->indicator != indicator)
            break;
        if (area.empty() || it->area == area)
            found.push_back(*it);
    }
    return found;
}

}  // namespace lienthong::adapters::store
