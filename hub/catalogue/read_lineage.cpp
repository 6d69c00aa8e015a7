// Lineage: each event between areas that hold on its eve and on its day, and each day's events free of contradiction.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace lienthong::catalogue {
namespace {

/// Shares are added up as whole billionths; none is written more finely.
constexpr unsigned long whole_share = 1'000'000'000;

/// "0.25" as billionths; 0 where it is no share.
unsigned long share_of(std::string_view text)
{
    if (text == "1")
        return whole_share;
    if (!text.starts_with("0.") || text.size() < 3 || text.size() > 11 ||
        text.find_first_not_of("0123456789", 2) != std::string_view::npos)
        return 0;
    unsigned long out = 0;
    for (std::size_t i = 2; i < 11; ++i)
        out = 10 * out + (i < text.size() ? static_cast<unsigned long>(text[i] - '0') : 0);
    return out;
}

class LineageReader
{
public:
    LineageReader(const Table& table, const Catalogue::Tables& tables) : table_(table), tables_(tables) {}

    std::vector<AreaEvent> read()
    {
        events_.reserve(table_.size());
        for (std::size_t row = 0; row < table_.size(); ++row)
            read_row(row);
        std::vector<std::size_t> order(events_.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        by_from_ = by_to_ = std::move(order);
        const auto sort = [&](std::vector<std::size_t>& places, const Area* AreaEvent::*end) {
            std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
                return std::tie(events_[a].*end, events_[a].day) < std::tie(events_[b].*end, events_[b].day);
            });
        };
        sort(by_from_, &AreaEvent::from);
        sort(by_to_, &AreaEvent::to);
        each_group(by_from_, &AreaEvent::from, [&](const Group& group) { check_forerunner(group); });
        each_group(by_to_, &AreaEvent::to, [&](const Group& group) { check_heir(group); });
        check_circles();
        return std::move(events_);
    }

private:
    using Group = std::vector<std::size_t>;  ///< Positions in events_.

    [[nodiscard]] const Area* area(std::size_t row, std::string_view column, Day day, const char* when)
    {
        const std::string code = table_.code(row, column, area_code);
        const auto it = tables_.areas_by_code.find(code);
        const Area* found = it == tables_.areas_by_code.end() ? nullptr : on(it->second, day);
        if (found == nullptr && !code.empty())
            table_.report(row, column, "catalogue.reference", std::string("no area has this code on ") + when,
                          "a code of areas.csv that holds on " + day_text(day));
        return found;
    }

    void read_row(std::size_t row)
    {
        AreaEvent event;
        event.day = table_.day(row, "day");
        event.from = area(row, "from", eve_of(event.day), "the day before");
        const auto kind = area_change_from(table_.text(row, "kind"));
        if (!kind)
            table_.report(row, "kind", "catalogue.kind", "not a kind of change",
                          "merge, split, rename, recode, kind_change or abolished");
        event.kind = kind.value_or(AreaChange::abolished);
        if (event.kind != AreaChange::abolished)
            event.to = area(row, "to", event.day, "the day");
        else if (kind && !table_.text(row, "to").empty())
            table_.report(row, "to", "catalogue.value", "an abolished area goes into none", "nothing, or another kind");
        event.act = table_.required(row, "act");
        event.share = table_.text(row, "share");
        if (!event.share.empty() && (share_of(event.share) == 0 || event.kind != AreaChange::split))
            table_.report(row, "share", "catalogue.value", "not the share of an area that is split",
                          "a decimal above 0 and at most 1, of at most nine places, or nothing");
        if (event.from == nullptr || !kind || (event.to == nullptr && event.kind != AreaChange::abolished))
            return;
        rows_.push_back(row);
        events_.push_back(std::move(event));
    }

    template <class Each>
    void each_group(const std::vector<std::size_t>& places, const Area* AreaEvent::*end, const Each& each) const
    {
        Group group;
        for (const std::size_t place : places) {
            if (!group.empty() &&
                (events_[group.front()].*end != events_[place].*end || events_[group.front()].day != events_[place].day)) {
                each(group);
                group.clear();
            }
            group.push_back(place);
        }
        if (!group.empty())
            each(group);
    }

    void report(std::size_t event, std::string_view column, std::string detail, std::string expected,
                const char* code = "catalogue.lineage") const
    {
        table_.report(rows_[event], column, code, std::move(detail), std::move(expected));
    }

    /// All that became of one area on one day.
    void check_forerunner(const Group& group) const
    {
        const AreaEvent& first = events_[group.front()];
        bool stays = false;
        bool all_shares = true;
        unsigned long shares = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            const AreaEvent& event = events_[group[i]];
            stays = stays || event.to == event.from;
            all_shares = all_shares && !event.share.empty();
            shares += share_of(event.share);
            const auto same = std::find_if(group.begin(), group.begin() + static_cast<std::ptrdiff_t>(i),
                                           [&](std::size_t other) { return events_[other].to == event.to; });
            if (same != group.begin() + static_cast<std::ptrdiff_t>(i))
                report(group[i], "to", "the event stands twice", "once; also at " + table_.line_place(rows_[*same]),
                       "catalogue.duplicate");
            else if (event.kind == AreaChange::split && group.size() == 1)
                report(group[i], "kind", "an area is split among several, and this is the only one",
                       "a row for each area that has a part, or kind merge");
            else if (event.kind != AreaChange::split && group.size() > 1)
                report(group[i], "kind", "the area went to several areas that day", "kind split on each of its rows");
        }
        if (all_shares && shares != whole_share)
            report(group.front(), "share", "the shares of the area do not add up to 1", "shares of sum 1 on all its rows");
        if (!stays && first.from->validity.holds(first.day))
            report(group.front(), "from", "the area goes on after the day, but no row says what is left of it",
                   "a row from " + first.from->code + " to itself, or " + day_text(first.day) + " as its valid_to in areas.csv");
    }

    /// All that came into one area on one day.
    void check_heir(const Group& group) const
    {
        const AreaEvent& first = events_[group.front()];
        if (first.to == nullptr)
            return;
        bool was_there = false;
        for (const std::size_t place : group) {
            const AreaEvent& event = events_[place];
            was_there = was_there || event.from == event.to;
            const bool alone = event.kind != AreaChange::merge && event.kind != AreaChange::split;
            if (alone && group.size() > 1)
                report(place, "kind", "others went into the same area that day", "kind merge or split");
            else if (event.kind == AreaChange::merge && group.size() == 1)
                report(place, "kind", "nothing else went into the area that day", "kind rename, recode or kind_change");
            else if (event.kind == AreaChange::recode && event.from->code == event.to->code)
                report(place, "kind", "the code is the same", "kind rename or kind_change");
        }
        if (!was_there && first.to->validity.from < first.day)
            report(group.front(), "to", "the area was there before the day, but no row says that it goes on",
                   "a row from " + first.to->code + " to itself, or " + day_text(first.day) + " as its valid_from in areas.csv");
    }

    /// Areas cannot each go wholly into the next and the last into the first; those that trade codes are recoded.
    void check_circles() const
    {
        std::map<std::pair<Day, std::string_view>, std::size_t> next;
        for (std::size_t i = 0; i < events_.size(); ++i) {
            const AreaEvent& event = events_[i];
            if (event.to != nullptr && event.from->code != event.to->code && event.kind != AreaChange::split &&
                event.kind != AreaChange::recode)
                next.emplace(std::pair{event.day, std::string_view(event.from->code)}, i);
        }
        std::set<std::size_t> seen;
        for (const auto& [start, first] : next) {
            std::string path = events_[first].from->code;
            std::vector<std::size_t> walked;
            for (std::size_t at = first; seen.insert(at).second;) {
                walked.push_back(at);
                path.append(" to ").append(events_[at].to->code);
                const auto on_from = next.find({start.first, events_[at].to->code});
                if (on_from == next.end())
                    break;
                at = on_from->second;
                if (at == first) {
                    report(first, "to", "the areas of the day go round in a circle: " + path,
                           "one direction; areas that trade codes are of kind recode", "catalogue.cycle");
                    break;
                }
            }
        }
    }

    const Table& table_;
    const Catalogue::Tables& tables_;
    std::vector<AreaEvent> events_;
    std::vector<std::size_t> rows_;  ///< The row of each event.
    std::vector<std::size_t> by_from_, by_to_;
};

/// A parent whose code went to another area within the days of a row would be two parents.
void check_parents_stay(const Table& areas, const Catalogue::Tables& tables)
{
    std::map<std::string_view, std::set<Day>> turns;  ///< Days on which the area of a code became another.
    for (const AreaEvent& event : tables.lineage.events()) {
        const bool same = event.to != nullptr && event.from->code == event.to->code &&
                          (event.kind == AreaChange::rename || event.kind == AreaChange::kind_change);
        if (same || event.from->level == "commune")
            continue;  // Nothing lies below a commune.
        turns[event.from->code].insert(event.day);
        if (event.to != nullptr)
            turns[event.to->code].insert(event.day);
    }
    for (std::size_t row = 0; row < tables.areas.size(); ++row) {
        const Area& area = tables.areas[row];
        const auto days = turns.find(area.parent);
        if (days == turns.end())
            continue;
        const auto turn = days->second.upper_bound(area.validity.from);
        if (turn != days->second.end() && *turn < area.validity.to)
            areas.report(row, "parent", "catalogue.reference",
                         "the parent's code passes to another area on " + day_text(*turn) + ", a day of the row",
                         "two rows, one until " + day_text(*turn) + " and one from it");
    }
}

}  // namespace

void read_lineage(const Table& lineage, const Table& areas, Catalogue::Tables& tables)
{
    tables.lineage = Lineage(tables.areas_by_code, LineageReader(lineage, tables).read());
    check_parents_stay(areas, tables);
}

}  // namespace lienthong::catalogue
