// Looks over the catalogue for what its acts left open, contradict or write in more than one way.
#include "hub/catalogue/lint.hpp"

#include "hub/catalogue/lint_parts.hpp"
#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/remarks.hpp"
#include "hub/catalogue/tables.hpp"

#include <set>

namespace lienthong::catalogue {
namespace {

const std::string& cell_of(const Indicator& line, std::string_view column)
{
    if (column == "unit_raw")
        return line.unit_raw;
    if (column == "scope_raw")
        return line.scope_raw;
    if (column == "frequency_raw")
        return line.frequency_raw;
    if (column == "disaggregation_raw")
        return line.disaggregation_raw;
    return column == "agency_raw" ? line.agency_raw : line.name_vi;
}

const std::string& cell_of(const Form& form, std::string_view column)
{
    return column == "frequency_raw" ? form.frequency_raw : form.name_vi;
}

template <class Row>
void add_remark(const std::vector<Row>& rows, const Remark& remark, std::vector<Problem>& found)
{
    for (const Row& row : rows) {
        if (row.code != remark.subject)
            continue;
        if (cell_of(row, remark.column).find(remark.words) == std::string::npos) {
            Problem stale = finding("remark_stale", row, "the row no longer says what the remark quotes",
                                    cell_of(row, remark.column), remark.words);
            stale.place = remark.place;
            found.push_back(std::move(stale));
            continue;
        }
        found.push_back(finding(("remark_" + std::string(to_text(remark.kind))).c_str(), row, remark.note, remark.words,
                                remark.others.empty() ? "" : "compare " + listed(remark.others)));
    }
}

}  // namespace

void lint_assignments(const Catalogue& catalogue, std::vector<Problem>& found)
{
    std::set<std::pair<std::string, std::string>> carried;  // Subject and province that somebody still answers for.
    for (const Assignment& assignment : catalogue.assignments())
        if (assignment.role == AssignmentRole::owner && assignment.validity.to.year() == std::chrono::year(9999))
            carried.emplace(assignment.subject, province_of(assignment.agency));
    std::map<std::string, std::vector<const Assignment*>> open;
    std::vector<std::string> order;
    for (const Assignment& assignment : catalogue.assignments()) {
        if (assignment.role != AssignmentRole::owner ||
            carried.contains({assignment.subject, std::string(province_of(assignment.agency))}))
            continue;
        auto& list = open[assignment.agency];
        if (list.empty())
            order.push_back(assignment.agency);
        list.push_back(&assignment);
    }
    for (const std::string& code : order) {
        const auto& list = open.at(code);
        const Agency* agency = catalogue.find_agency(code);
        const std::string name = agency == nullptr ? code : agency->name_vi;
        found.push_back({.code = "finding.owner_ends",
                         .detail = code + ": " + name + " answers until before " + day_text(list.front()->validity.to) + " for " +
                                   std::to_string(list.size()) + " subjects, the first " + list.front()->subject +
                                   ", and nobody is assigned after it",
                         .place = list.front()->place,
                         .found = name,
                         .expected = "a row for who answers since",
                         .rule = list.front()->act});
    }
}

void lint_crosswalks(const Catalogue& catalogue, std::vector<Problem>& found)
{
    // Only codes on both sides of one pair of systems are compared; each end of a row is looked at.
    std::map<std::string, std::vector<std::pair<const Crosswalk*, std::string>>> ends;
    const auto add = [&](const std::string& system, const std::string& code, const Crosswalk& walk,
                         const std::string& other_system, const std::string& other) {
        auto& list = ends[system + ':' + code + ' ' + other_system];
        std::vector<std::string> rivals;
        for (const auto& [before, its_other] : list)
            if (its_other != other && before->validity.from < walk.validity.to && walk.validity.from < before->validity.to)
                rivals.push_back(its_other);
        if (!rivals.empty())
            found.push_back({.code = "finding.crosswalk_several",
                             .detail = code + ": more than one code of " + other_system +
                                       " is said to mean the same as this one of " + system,
                             .place = walk.place,
                             .found = other,
                             .expected = "the relation broader, narrower or part; also " + listed(rivals),
                             .rule = walk.act});
        list.emplace_back(&walk, other);
    };
    for (const Crosswalk& walk : catalogue.crosswalks())
        if (walk.relation == CodeRelation::same) {
            add(walk.to_system, walk.to, walk, walk.from_system, walk.from);
            add(walk.from_system, walk.from, walk, walk.to_system, walk.to);
        }
}

void lint_remarks(const Catalogue& catalogue, std::vector<Problem>& found)
{
    for (const Remark& remark : catalogue.remarks()) {
        add_remark(catalogue.indicators(), remark, found);
        add_remark(catalogue.forms(), remark, found);
    }
}

std::vector<Problem> lint(const Catalogue& catalogue)
{
    std::vector<Problem> found;
    lint_indicators(catalogue, found);
    lint_forms(catalogue, found);
    lint_assignments(catalogue, found);
    lint_crosswalks(catalogue, found);
    lint_remarks(catalogue, found);
    return found;
}

}  // namespace lienthong::catalogue
