// Indicators, areas, agencies and forms as of a day.
#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace lienthong::catalogue {
namespace {

/// The rows an index holds for a text as written, else for its folded form.
template <class Row>
const std::vector<const Row*>* rows_of(const Index<std::vector<const Row*>>& as_written,
                                       const Index<std::vector<const Row*>>& by_folded, std::string_view text)
{
    if (const auto it = as_written.find(text); it != as_written.end())
        return &it->second;
    const auto it = by_folded.find(text::folded(text.substr(0, 400)));
    return it == by_folded.end() ? nullptr : &it->second;
}

}  // namespace

const Measure* Indicator::measure(std::string_view measure_code) const
{
    const auto it = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.code == measure_code; });
    return it == measures.end() ? nullptr : &*it;
}

bool Indicator::may_have(text::PeriodKind kind) const
{
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Result<const Indicator*> Catalogue::indicator(std::string_view code, Day day) const
{
    const auto it = tables_->indicators_by_code.find(code);
    if (it == tables_->indicators_by_code.end())
        return unknown("indicator.unknown", "indicator", code, tables_->near_indicators.of(code));
    if (const Indicator* found = on(it->second, day))
        return found;
    return not_valid("indicator.not_valid", "indicator", code, day, it->second);
}

const std::vector<Indicator>& Catalogue::indicators() const
{
    return tables_->indicators;
}

std::vector<std::string> Catalogue::indicator_codes() const
{
    std::set<std::string> codes;
    for (const Indicator& indicator : tables_->indicators)
        codes.insert(indicator.code);
    return {codes.begin(), codes.end()};
}

Result<const Area*> Catalogue::area(std::string_view system, std::string_view code, Day day) const
{
    if (system != "NAME") {
        std::array<char, 64> buffer{};
        const std::size_t size = system.size() + 1 + code.size();
        if (size <= buffer.size()) {
            auto* end = std::copy(system.begin(), system.end(), buffer.begin());
            *end++ = ':';
            std::copy(code.begin(), code.end(), end);
            const auto it = tables_->areas_by_code.find(std::string_view(buffer.data(), size));
            if (it != tables_->areas_by_code.end()) {
                if (const Area* found = on(it->second, day))
                    return found;
                return not_valid("area.not_valid", "area", it->first, day, it->second);
            }
        }
        const std::string wanted = std::string(system) + ":" + std::string(code);
        const std::string near = listed(nearest_codes(tables_->areas_by_code, wanted, day));
        return Problem{.code = "area.unknown",
                       .detail = "the catalogue has no area of this code",
                       .found = shortened(wanted),
                       .expected = near.empty() ? "a code of areas.csv, as in GSO:33" : near};
    }
    const auto as_written = tables_->areas_by_name.find(code);
    const auto* rows = as_written != tables_->areas_by_name.end()
                           ? &as_written->second
                           : tables_->area_names.of_folded(text::folded(code.substr(0, 400)));
    if (rows == nullptr)
        return unknown("area.unknown", "area", code, tables_->area_names.nearest(code, day));
    const Area* best = nullptr;
    bool alone = true;
    for (const Area* area : *rows) {
        if (!area->validity.holds(day) || (best != nullptr && rank(*area) > rank(*best)))
            continue;
        alone = best == nullptr || rank(*area) < rank(*best);
        best = area;
    }
    if (best == nullptr)
        return not_valid("area.not_valid", "area", code, day, *rows);
    if (!alone)
        return Problem{.code = "area.ambiguous",
                       .detail = "more than one area bears the name on " + day_text(day),
                       .found = shortened(code),
                       .expected = "an area's code"};
    return best;
}

Result<const Area*> Catalogue::area_within(std::string_view parent, std::string_view name, Day day, std::string_view level) const
{
    const auto above = tables_->areas_by_code.find(parent);
    if (above == tables_->areas_by_code.end())
        return unknown("area.unknown", "area", parent, nearest_codes(tables_->areas_by_code, std::string(parent), day));
    if (on(above->second, day) == nullptr)
        return not_valid("area.not_valid", "area", parent, day, above->second);

    const auto fits = [&](const Area& area) {
        return area.validity.holds(day) && area.code != parent && (level.empty() || area.level == level) &&
               is_within(area.code, parent, day);
    };
    const std::string folded = text::folded(name.substr(0, 400));
    for (const auto* rows : {tables_->area_names.of_folded(folded), tables_->area_names.of_bare(folded)}) {
        std::vector<const Area*> bearers;
        for (const Area* area : rows == nullptr ? std::vector<const Area*>{} : *rows)
            if (fits(*area) && (bearers.empty() || rank(*area) <= rank(*bearers.front()))) {
                if (!bearers.empty() && rank(*area) < rank(*bearers.front()))
                    bearers.clear();
                bearers.push_back(area);
            }
        if (bearers.size() == 1)
            return bearers.front();
        if (!bearers.empty()) {
            std::vector<std::string> codes;
            for (const Area* area : bearers)
                codes.push_back(area->name_vi + " (" + area->code + ")");
            return Problem{.code = "area.ambiguous",
                           .detail = "more than one area below " + std::string(parent) + " bears the name on " + day_text(day),
                           .found = shortened(name),
                           .expected = "the code of one of them: " + listed(codes)};
        }
    }
    std::vector<const Area*> below = tables_->area_names.below(std::string(parent), day);
    std::erase_if(below, [&](const Area* area) { return !level.empty() && area->level != level; });
    return Problem{.code = "area.unknown",
                   .detail = "no area below " + std::string(parent) + " bears the name on " + day_text(day),
                   .found = shortened(name),
                   .expected = listed(AreaNames::nearest_of(below, name))};
}

const Lineage& Catalogue::lineage() const
{
    return tables_->lineage;
}

const std::vector<Area>& Catalogue::areas() const
{
    return tables_->areas;
}

const Area* Catalogue::find_area(std::string_view full_code, Day day) const
{
    const auto it = tables_->areas_by_code.find(full_code);
    return it == tables_->areas_by_code.end() ? nullptr : on(it->second, day);
}

bool Catalogue::is_within(std::string_view code, std::string_view inside, Day day) const
{
    // Parents are checked at load by code, not day by day; the bound keeps a circle of versions from running for ever.
    constexpr unsigned most_levels = 8;
    const Area* area = find_area(code, day);
    for (unsigned level = 0; area != nullptr && level < most_levels; ++level) {
        if (area->code == inside)
            return true;
        area = area->parent.empty() ? nullptr : find_area(area->parent, day);
    }
    return false;
}

Result<const Agency*> Catalogue::agency(std::string_view code_or_alias, Day day) const
{
    const auto* rows = rows_of(tables_->agencies_by_text, tables_->agencies_by_folded, code_or_alias);
    if (rows == nullptr)
        return unknown("agency.unknown", "agency", code_or_alias, tables_->near_agencies.of(code_or_alias));
    if (const Agency* found = on(*rows, day))
        return found;
    return not_valid("agency.not_valid", "agency", code_or_alias, day, *rows);
}

const std::vector<Agency>& Catalogue::agencies() const
{
    return tables_->agencies;
}

const Agency* Catalogue::find_agency(std::string_view code) const
{
    const auto it = tables_->agencies_by_text.find(code);
    const Agency* latest = nullptr;
    if (it != tables_->agencies_by_text.end())
        for (const Agency* agency : it->second)
            if (agency->code == code && (latest == nullptr || latest->validity.from < agency->validity.from))
                latest = agency;
    return latest;
}

Result<const Agency*> Catalogue::agency_within(std::string_view province, std::string_view code_or_name, Day day) const
{
    const std::string_view wanted = code_or_name.substr(0, 400);
    const std::vector<const Agency*>* rows = nullptr;
    if (const auto it = tables_->agencies_by_local.find(local_key(province, wanted)); it != tables_->agencies_by_local.end())
        rows = &it->second;
    else if (const auto like = tables_->agencies_by_local_folded.find(local_key(province, text::folded(wanted)));
             like != tables_->agencies_by_local_folded.end())
        rows = &like->second;
    if (rows == nullptr) {
        auto anywhere = agency(code_or_name, day);
        if (anywhere.ok() && province_of((*anywhere)->code) != province)
            return unknown("agency.unknown", "agency", code_or_name, {});
        return anywhere;
    }
    if (const Agency* found = on(*rows, day))
        return found;
    return not_valid("agency.not_valid", "agency", code_or_name, day, *rows);
}

const std::vector<AgencyChange>& Catalogue::agency_changes() const
{
    return tables_->agency_changes;
}

Result<const Form*> Catalogue::form(std::string_view code, Day day) const
{
    const auto it = tables_->forms_by_code.find(code);
    if (it == tables_->forms_by_code.end())
        return unknown("form.unknown", "form", code, tables_->near_forms.of(code));
    if (const Form* found = on(it->second, day))
        return found;
    return not_valid("form.not_valid", "form", code, day, it->second);
}

const std::vector<Form>& Catalogue::forms() const
{
    return tables_->forms;
}

const std::vector<Assignment>& Catalogue::assignments() const
{
    return tables_->assignments;
}

const Assignment* Catalogue::owner(std::string_view subject, std::string_view province, Day day) const
{
    const auto it = tables_->owners_by_subject.find(subject);
    if (it != tables_->owners_by_subject.end())
        for (const Assignment* assignment : it->second)
            if (assignment->validity.holds(day) && province_of(assignment->agency) == province)
                return assignment;
    return nullptr;
}

const std::vector<DeadlineRule>& Catalogue::deadline_rules() const
{
    return tables_->deadline_rules;
}

const WorkingCalendar& Catalogue::working_days() const
{
    return tables_->working_days;
}

const std::vector<Remark>& Catalogue::remarks() const
{
    return tables_->remarks;
}

const std::vector<Rule>& Catalogue::rules() const
{
    return tables_->rules;
}

std::vector<const Rule*> Catalogue::rules_about(std::string_view indicator) const
{
    std::vector<const Rule*> out = tables_->rules_for_all;
    if (const auto it = tables_->rules_by_indicator.find(indicator); it != tables_->rules_by_indicator.end())
        out.insert(out.end(), it->second.begin(), it->second.end());
    return out;
}

const Rule* Catalogue::find_rule(std::string_view code) const
{
    const Rule* out = nullptr;
    for (const Rule& rule : tables_->rules)
        if (rule.code == code && (out == nullptr || out->validity.from < rule.validity.from))
            out = &rule;
    return out;
}

}  // namespace lienthong::catalogue
