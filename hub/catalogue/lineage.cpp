// Walks from event to event, and refuses a sum that would count a part of an area as the whole.
#include "hub/catalogue/lineage.hpp"

#include "hub/catalogue/area_names.hpp"
#include "hub/catalogue/refusals.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<AreaChange, std::string_view>, 6> change_texts = {{{AreaChange::merge, "merge"},
                                                                                  {AreaChange::split, "split"},
                                                                                  {AreaChange::rename, "rename"},
                                                                                  {AreaChange::recode, "recode"},
                                                                                  {AreaChange::kind_change, "kind_change"},
                                                                                  {AreaChange::abolished, "abolished"}}};

/// One way to put areas and days in order; all areas stand in one vector.
using Point = std::pair<const Area*, Day>;
bool earlier(const Point& a, const Point& b)
{
    return a.first != b.first ? std::less<>{}(a.first, b.first) : a.second < b.second;
}

void tidy(AreaList& areas)
{
    std::sort(areas.begin(), areas.end(), [](const Area* a, const Area* b) { return a->code < b->code; });
    areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
}

bool holds_one(const AreaList& areas, const Area* area)
{
    return std::find(areas.begin(), areas.end(), area) != areas.end();
}

std::string shown(const Area& area)
{
    return area.name_vi + " (" + area.code + ")";
}

std::string shown(const AreaList& areas)
{
    constexpr std::size_t most = 5;
    std::string out;
    for (std::size_t i = 0; i < areas.size() && i < most; ++i)
        out.append(i == 0 ? "" : ", ").append(shown(*areas[i]));
    return areas.size() <= most ? out : out + " and " + std::to_string(areas.size() - most) + " more";
}

}  // namespace

std::string_view to_text(AreaChange kind)
{
    return std::find_if(change_texts.begin(), change_texts.end(), [&](const auto& each) { return each.first == kind; })->second;
}

std::optional<AreaChange> area_change_from(std::string_view text)
{
    const auto it = std::find_if(change_texts.begin(), change_texts.end(), [&](const auto& each) { return each.second == text; });
    return it == change_texts.end() ? std::nullopt : std::optional(it->first);
}

Day eve_of(Day day)
{
    return std::chrono::sys_days(day) - std::chrono::days(1);
}

Lineage::Lineage(const AreaIndex& by_code, std::vector<AreaEvent> events) : by_code_(&by_code), events_(std::move(events))
{
    std::stable_sort(events_.begin(), events_.end(), [](const AreaEvent& a, const AreaEvent& b) {
        return earlier({a.from, a.day}, {b.from, b.day});
    });
    for (std::uint32_t i = 0; i < events_.size(); ++i) {
        if (events_[i].to != nullptr)
            by_heir_.push_back(i);
        if (std::find(days_.begin(), days_.end(), events_[i].day) == days_.end())
            days_.push_back(events_[i].day);
    }
    std::stable_sort(by_heir_.begin(), by_heir_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return earlier({events_[a].to, events_[a].day}, {events_[b].to, events_[b].day});
    });
    std::sort(days_.begin(), days_.end());
}

std::vector<const AreaEvent*> Lineage::from(const Area& area, Day day) const
{
    const Point point{&area, day};
    auto it = std::lower_bound(events_.begin(), events_.end(), point, [](const AreaEvent& event, const Point& wanted) {
        return earlier({event.from, event.day}, wanted);
    });
    std::vector<const AreaEvent*> out;
    for (; it != events_.end() && it->from == &area && it->day == day; ++it)
        out.push_back(&*it);
    return out;
}

std::vector<const AreaEvent*> Lineage::to(const Area& area, Day day) const
{
    const Point point{&area, day};
    auto it = std::lower_bound(by_heir_.begin(), by_heir_.end(), point, [&](std::uint32_t event, const Point& wanted) {
        return earlier({events_[event].to, events_[event].day}, wanted);
    });
    std::vector<const AreaEvent*> out;
    for (; it != by_heir_.end() && events_[*it].to == &area && events_[*it].day == day; ++it)
        out.push_back(&events_[*it]);
    return out;
}

const Area* Lineage::find(std::string_view code, Day day) const
{
    const auto it = by_code_->find(code);
    return it == by_code_->end() ? nullptr : on(it->second, day);
}

Result<const Area*> Lineage::named(std::string_view code, Day day) const
{
    const auto it = by_code_->find(code);
    if (it == by_code_->end())
        return unknown("area.unknown", "area", code, nearest_codes(*by_code_, std::string(code), day));
    if (const Area* area = on(it->second, day))
        return area;
    return not_valid("area.not_valid", "area", code, day, it->second);
}

std::vector<Day> Lineage::days_between(Day after, Day until) const
{
    return {std::upper_bound(days_.begin(), days_.end(), after), std::upper_bound(days_.begin(), days_.end(), until)};
}

/// From the areas of the eve to those of the day. What has no event goes on under its code, unless others took the code.
AreaList Lineage::step_on(const AreaList& areas, Day day) const
{
    AreaList out;
    for (const Area* area : areas) {
        const auto events = from(*area, day);
        for (const AreaEvent* event : events)
            if (event->to != nullptr)
                out.push_back(event->to);
        const Area* same = events.empty() ? find(area->code, day) : nullptr;
        if (same != nullptr && to(*same, day).empty())
            out.push_back(same);
    }
    tidy(out);
    return out;
}

/// From the areas of the day to those of the eve.
AreaList Lineage::step_back(const AreaList& areas, Day day) const
{
    AreaList out;
    for (const Area* area : areas) {
        const auto events = to(*area, day);
        for (const AreaEvent* event : events)
            out.push_back(event->from);
        const Area* same = events.empty() ? find(area->code, eve_of(day)) : nullptr;
        if (same != nullptr && from(*same, day).empty())
            out.push_back(same);
    }
    tidy(out);
    return out;
}

namespace {

/// The rows that hold on `day` of areas known on another day between whose days nothing happened.
template <class Find>
AreaList as_of(const AreaList& areas, Day day, const Find& find)
{
    AreaList out;
    for (const Area* area : areas)
        if (const Area* row = find(area->code, day))
            out.push_back(row);
    return out;
}

}  // namespace

Result<AreaList> Lineage::successors(std::string_view code, Day day, Day later) const
{
    if (later < day)
        throw std::logic_error("successors were asked for on an earlier day");
    const auto start = named(code, day);
    if (!start.ok())
        return start.problem();
    const auto row = [&](const std::string& each, Day when) { return find(each, when); };
    AreaList areas{*start};
    for (const Day event : days_between(day, later))
        areas = step_on(as_of(areas, eve_of(event), row), event);
    return as_of(areas, later, row);
}

Result<AreaList> Lineage::predecessors(std::string_view code, Day day, Day earlier) const
{
    if (day < earlier)
        throw std::logic_error("predecessors were asked for on a later day");
    const auto start = named(code, day);
    if (!start.ok())
        return start.problem();
    const auto row = [&](const std::string& each, Day when) { return find(each, when); };
    AreaList areas{*start};
    const auto days = days_between(earlier, day);
    for (auto event = days.rbegin(); event != days.rend(); ++event)
        areas = step_back(as_of(areas, *event, row), *event);
    return as_of(areas, earlier, row);
}

/// Refuses where an area of the eve went to one of `areas` only in part.
std::optional<Problem> Lineage::parts_back(const AreaList& areas, Day day) const
{
    for (const Area* area : areas)
        for (const AreaEvent* event : to(*area, day)) {
            const auto parts = from(*event->from, day);
            if (std::all_of(parts.begin(), parts.end(), [&](const AreaEvent* part) { return holds_one(areas, part->to); }))
                continue;
            // What would do: these areas with all that took from their forerunners, and so on.
            AreaList whole = areas;
            for (std::size_t i = 0; i < whole.size(); ++i)
                for (const AreaEvent* into : to(*whole[i], day))
                    for (const AreaEvent* part : from(*into->from, day))
                        if (part->to != nullptr && !holds_one(whole, part->to))
                            whole.push_back(part->to);
            std::erase_if(whole, [&](const Area* each) { return holds_one(areas, each); });
            tidy(whole);
            return Problem{.code = "area.not_additive",
                           .detail = shown(*event->from) + " was split on " + day_text(day) +
                                     ", so no figure of before is the part that went to " + shown(*area),
                           .found = area->code,
                           .expected = "the figure together with " + shown(whole) +
                                       (area->parent.empty() ? std::string() : ", or of " + area->parent + " as a whole"),
                           .rule = event->act};
        }
    return std::nullopt;
}

/// Refuses where one of `areas` went into an area of the day that is more, or was abolished.
std::optional<Problem> Lineage::parts_on(const AreaList& areas, Day day) const
{
    for (const Area* area : areas)
        for (const AreaEvent* event : from(*area, day)) {
            if (event->to == nullptr)
                return no_longer(*area, *event);
            AreaList others;
            for (const AreaEvent* into : to(*event->to, day))
                if (!holds_one(areas, into->from))
                    others.push_back(into->from);
            if (others.empty())
                continue;
            tidy(others);
            return Problem{
                .code = "area.not_additive",
                .detail = shown(*area) + " has been part of " + shown(*event->to) + " since " + day_text(day) +
                          ", so no figure since is its own",
                .found = area->code,
                .expected = "the figure of " + shown(*event->to) + ", which is this one together with " + shown(others),
                .rule = event->act};
        }
    return std::nullopt;
}

Problem Lineage::no_longer(const Area& area, const AreaEvent& event) const
{
    const bool level_ended = std::none_of(by_code_->begin(), by_code_->end(), [&](const auto& each) {
        const Area* row = on(each.second, event.day);
        return row != nullptr && row->level == area.level;
    });
    std::string instead = "the figures of " + std::string(area.parent.empty() ? "the areas" : area.parent);
    if (const Area* above = find(area.parent, eve_of(event.day))) {
        const AreaList heirs = step_on({above}, event.day);
        instead = heirs.empty() ? "the figure of no area" : "the figure of " + shown(heirs);
    }
    return {.code = "area.no_longer",
            .detail = shown(area) + " ended on " + day_text(event.day) + " and no area took its place" +
                      (level_ended ? "; there is no " + area.level + " since" : std::string()),
            .found = area.code,
            .expected = instead + ", or those of the communes in it",
            .rule = event.act};
}

Result<AreaList> Lineage::sum_of(const std::vector<std::string>& codes, Day borders, Day day) const
{
    AreaList areas;
    for (const std::string& code : codes) {
        const auto area = named(code, borders);
        if (!area.ok())
            return area.problem();
        areas.push_back(*area);
    }
    tidy(areas);
    const auto row = [&](const std::string& each, Day when) { return find(each, when); };
    const bool back = day < borders;
    std::vector<Day> days = back ? days_between(day, borders) : days_between(borders, day);
    if (back)
        std::reverse(days.begin(), days.end());
    for (const Day event : days) {
        const AreaList now = as_of(areas, back ? event : eve_of(event), row);
        if (auto problem = back ? parts_back(now, event) : parts_on(now, event))
            return *std::move(problem);
        areas = AreaList();
        for (const Area* area : now) {
            const AreaList next = back ? step_back({area}, event) : step_on({area}, event);
            if (next.empty())
                return Problem{.code = "area.not_valid",
                               .detail = shown(*area) + (back ? " is new on " : " ends on ") + day_text(event) +
                                         ", and the catalogue does not know from or to which area",
                               .found = area->code,
                               .expected = "a day " + span_text(area->validity),
                               .rule = area->act};
            areas.insert(areas.end(), next.begin(), next.end());
        }
        tidy(areas);
    }
    for (const Area*& area : areas) {
        const auto then = named(area->code, day);
        if (!then.ok())
            return then.problem();
        area = *then;
    }
    return areas;
}

}  // namespace lienthong::catalogue
