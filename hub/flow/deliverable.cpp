#include "hub/flow/deliverable.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lienthong::flow {
namespace {

constexpr std::size_t rows_a_page = 5000;

bool is_about(std::span<const std::string> only, const SeriesKey& key)
{
    return only.empty() || std::find(only.begin(), only.end(), key.indicator) != only.end();
}

}  // namespace

std::vector<Observation> to_deliver(std::span<const ServedChange> changes, std::string_view except, std::span<const std::string> only)
{
    std::vector<Observation> others, all;
    std::set<FigureKey> seen;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (!is_about(only, change->row.observation.key) || !seen.insert(figure_of(change->row.observation.key)).second)
            continue;
        all.push_back(change->row.observation);
        if (change->row.flow != except || change->row.submission != change->leaf)
            others.push_back(change->row.observation);
    }
    std::vector<Observation>& out = others.empty() ? all : others;
    std::reverse(out.begin(), out.end());
    return std::move(out);
}

Result<std::vector<Observation>> rest_of_reports(const Store& store, std::span<const Observation> told, std::uint64_t log_index,
                                                 std::string_view except, std::span<const std::string> only)
{
    std::set<std::pair<std::string, std::string>> reports;
    std::set<SeriesKey> already;
    for (const Observation& one : told) {
        reports.insert({one.key.period, one.key.agency});
        already.insert(one.key);
    }
    std::map<SeriesKey, RevisionRow> newest;
    for (const auto& [period, agency] : reports) {
        ObservationFilter filter;
        filter.period_from = filter.period_to = period;
        filter.agency = agency;
        filter.history = true;
        filter.limit = rows_a_page;
        for (bool more = true; more;) {
            auto rows = store.observations(filter);
            if (!rows.ok())
                return rows.problem();
            more = rows->size() == filter.limit;
            if (more)
                filter.after = rows->back().id;
            for (RevisionRow& row : *rows)
                if (row.log_index && *row.log_index <= log_index && row.flow != except && is_about(only, row.observation.key) &&
                    already.count(row.observation.key) == 0)
                    newest.insert_or_assign(row.observation.key, std::move(row));
        }
    }
    std::vector<const RevisionRow*> rows;
    for (const auto& [key, row] : newest)
        rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [](const RevisionRow* a, const RevisionRow* b) { return a->id < b->id; });
    std::vector<Observation> out;
    for (const RevisionRow* row : rows)
        out.push_back(row->observation);
    return out;
}

}  // namespace lienthong::flow
