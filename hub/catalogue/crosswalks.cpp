// Codes of other systems as of a day.
#include "hub/catalogue/crosswalks.hpp"

#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <set>

namespace lienthong::catalogue {
namespace {

CodeMatch match_of(const CrosswalkEnd& end)
{
    const Crosswalk& walk = *end.row;
    if (!end.reversed)
        return {.system = walk.to_system, .code = walk.to, .relation = walk.relation, .row = &walk};
    const CodeRelation turned = walk.relation == CodeRelation::broader    ? CodeRelation::narrower
                                : walk.relation == CodeRelation::narrower ? CodeRelation::broader
                                                                          : walk.relation;
    return {.system = walk.from_system, .code = walk.from, .relation = turned, .row = &walk};
}

/// Between two systems: the codes of the first that lead to the second, on any day.
std::vector<std::string> codes_between(const std::vector<Crosswalk>& walks, std::string_view from, std::string_view to)
{
    std::set<std::string> out;
    for (const Crosswalk& walk : walks) {
        if (walk.from_system == from && walk.to_system == to)
            out.insert(walk.from);
        if (walk.from_system == to && walk.to_system == from)
            out.insert(walk.to);
    }
    return {out.begin(), out.end()};
}

std::string pairs_of_systems(const std::vector<Crosswalk>& walks)
{
    std::set<std::string> out;
    for (const Crosswalk& walk : walks)
        out.insert(walk.from_system + " and " + walk.to_system);
    return listed({out.begin(), out.end()});
}

}  // namespace

const std::vector<Crosswalk>& Catalogue::crosswalks() const
{
    return tables_->crosswalks;
}

std::vector<CodeMatch> Catalogue::codes_elsewhere(std::string_view system, std::string_view code, Day day) const
{
    std::vector<CodeMatch> out;
    const auto ends = tables_->crosswalks_by_code.find(std::string(system).append(1, ':').append(code));
    if (ends != tables_->crosswalks_by_code.end())
        for (const CrosswalkEnd& end : ends->second)
            if (end.row->validity.holds(day))
                out.push_back(match_of(end));
    return out;
}

Result<std::vector<CodeMatch>> Catalogue::crosswalk_all(std::string_view from_system, std::string_view code,
                                                        std::string_view to_system, Day day) const
{
    auto found = codes_elsewhere(from_system, code, day);
    std::erase_if(found, [&](const CodeMatch& match) { return match.system != to_system; });
    if (!found.empty())
        return found;
    const auto known = codes_between(tables_->crosswalks, from_system, to_system);
    if (known.empty())
        return Problem{.code = "crosswalk.system",
                       .detail = "the catalogue has no crosswalk between " + shortened(from_system) + " and " +
                                 shortened(to_system),
                       .found = shortened(from_system),
                       .expected = pairs_of_systems(tables_->crosswalks)};
    const auto ends = tables_->crosswalks_by_code.find(std::string(from_system).append(1, ':').append(code));
    std::vector<const Crosswalk*> rows;
    if (ends != tables_->crosswalks_by_code.end())
        for (const CrosswalkEnd& end : ends->second)
            if (match_of(end).system == to_system)
                rows.push_back(end.row);
    if (!rows.empty())
        return not_valid("crosswalk.not_valid", "crosswalk", code, day, rows);
    const std::string near = listed(text::nearest(code, known));
    return Problem{.code = "crosswalk.unknown",
                   .detail = "no crosswalk leads from this code of " + shortened(from_system) + " to " + shortened(to_system),
                   .found = shortened(code),
                   .expected = near.empty() ? "a code of crosswalks.csv, as in " + known.front() : near};
}

Result<CodeMatch> Catalogue::crosswalk(std::string_view from_system, std::string_view code, std::string_view to_system,
                                       Day day) const
{
    const auto found = crosswalk_all(from_system, code, to_system, day);
    if (!found.ok())
        return found.problem();
    const auto same = [](const CodeMatch& match) { return match.relation == CodeRelation::same; };
    const auto equal = std::count_if(found->begin(), found->end(), same);
    if (equal == 1)
        return *std::find_if(found->begin(), found->end(), same);
    std::vector<std::string> candidates;
    for (const CodeMatch& match : *found)
        if (equal == 0 || same(match))
            candidates.push_back(std::string(match.code) + " (" + std::string(to_text(match.relation)) + ")");
    return Problem{.code = equal == 0 ? "crosswalk.inexact" : "crosswalk.ambiguous",
                   .detail = equal == 0 ? "no code of " + std::string(to_system) + " means the same on " + day_text(day)
                                        : "several codes of " + std::string(to_system) + " mean the same on " + day_text(day),
                   .found = shortened(code),
                   .expected = listed(candidates),
                   .rule = found->front().row->act};
}

}  // namespace lienthong::catalogue
