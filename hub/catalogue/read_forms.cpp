// Report forms and assignments, checked against the regimes, agencies and indicators they name.
#include "hub/catalogue/readers.hpp"

#include "hub/text/frequency.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

template <class Row>
bool holds(const Index<std::vector<const Row*>>& index, const std::string& code, Day day)
{
    const auto it = index.find(code);
    return it != index.end() &&
           std::any_of(it->second.begin(), it->second.end(), [&](const Row* row) { return row->validity.holds(day); });
}

bool has_role(const Catalogue::Tables& tables, const Form& form)
{
    return std::any_of(tables.deadline_rules.begin(), tables.deadline_rules.end(), [&](const DeadlineRule& rule) {
        return rule.regime == form.regime && rule.validity.holds(form.validity.from) &&
               std::find(rule.from_roles.begin(), rule.from_roles.end(), form.role) != rule.from_roles.end();
    });
}

/// What is settled must be canonical, and what the act writes; a row may differ from the words where its note says why.
void check_frequency(const Table& table, std::size_t row, const Form& form)
{
    if (form.frequency.empty())
        return;
    if (const auto settled = text::frequency_from_canonical(form.frequency); !settled.ok())
        return table.report(row, "frequency", settled.problem().code, settled.problem().detail, settled.problem().expected);
    if (!form.note.empty())
        return;
    const auto written = text::frequency_from(form.frequency_raw);
    if (!written.ok())
        return table.report(row, "frequency_raw", written.problem().code, written.problem().detail,
                            written.problem().expected);
    if (const std::string canonical = text::to_text(*written); canonical != form.frequency)
        table.report(row, "frequency", "catalogue.frequency", "the frequency is not what its words say",
                     canonical + ", or a note");
}

}  // namespace

ReportClass report_class_of(const Table& table, std::size_t row, std::string_view column)
{
    static constexpr std::array<std::pair<std::string_view, ReportClass>, 3> classes = {
        {{"periodic", ReportClass::periodic}, {"thematic", ReportClass::thematic}, {"ad_hoc", ReportClass::ad_hoc}}};
    return table.choice(row, column, classes);
}

void read_forms(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Form& form) {
        form.code = table.code(row, "code", plain_code);
        form.set = table.code(row, "set", plain_code);
        form.agency_number = table.number(row, "agency_number");
        form.number = table.number(row, "number");
        form.name_vi = table.required(row, "name_vi");
        form.frequency_raw = table.text(row, "frequency_raw");
        form.frequency = table.text(row, "frequency");
        form.report_class = report_class_of(table, row, "kind");
        form.regime = table.text(row, "regime");
        if (std::none_of(tables.deadline_rules.begin(), tables.deadline_rules.end(), [&](const DeadlineRule& rule) {
                return rule.regime == form.regime && rule.validity.holds(form.validity.from);
            }))
            table.report(row, "regime", "catalogue.reference", "the regime has no rule on the row's first day",
                         "a regime of regimes.csv");
        form.agency = table.text(row, "agency");
        if (!is_agency(tables, form.agency, form.validity.from))
            table.report(row, "agency", "catalogue.reference", "the agency is unknown on the row's first day",
                         "a code of agencies.csv");
        form.role = table.text(row, "role");
        if (!form.role.empty() && !has_role(tables, form))
            table.report(row, "role", "catalogue.reference", "no tier of the regime begins with this role on the row's first day",
                         "a role of from_roles in regimes.csv");
        check_frequency(table, row, form);
    };
    read_rows(table, "code", tables.forms, read, &Form::code);
    for (std::size_t row = 0; row < tables.forms.size(); ++row) {
        const Form& form = tables.forms[row];
        // An assignment names a form or an indicator by its code alone.
        if (tables.indicators_by_code.contains(form.code))
            table.report(row, "code", "catalogue.duplicate", "the code is an indicator's too", "a code of its own");
        tables.forms_by_code[form.code].push_back(&form);
    }
    tables.near_forms.over([&tables] { return codes_of(tables.forms); });
}

void read_assignments(const Table& table, Catalogue::Tables& tables)
{
    static constexpr std::array<std::pair<std::string_view, AssignmentRole>, 2> roles = {
        {{"owner", AssignmentRole::owner}, {"contributor", AssignmentRole::contributor}}};
    const auto read = [&](std::size_t row, Assignment& assignment) {
        assignment.subject = table.code(row, "subject", plain_code);
        assignment.agency = table.text(row, "agency");
        assignment.role = table.choice(row, "role", roles);
        const Day first = assignment.validity.from;
        if (!holds(tables.forms_by_code, assignment.subject, first) &&
            !holds(tables.indicators_by_code, assignment.subject, first))
            table.report(row, "subject", "catalogue.reference", "neither a form nor an indicator on the row's first day",
                         "a code of forms.csv or indicators.csv");
        if (!is_agency(tables, assignment.agency, first))
            table.report(row, "agency", "catalogue.reference", "the agency is unknown on the row's first day",
                         "a code of agencies.csv");
    };
    // A province has one owner a subject; another province may answer for the same indicator.
    read_rows(table, "subject", tables.assignments, read, [](const Assignment& assignment) {
        const bool owner = assignment.role == AssignmentRole::owner;
        return assignment.subject + (owner ? " of " + std::string(province_of(assignment.agency)) : ' ' + assignment.agency);
    });
    for (const Assignment& assignment : tables.assignments)
        if (assignment.role == AssignmentRole::owner)
            tables.owners_by_subject[assignment.subject].push_back(&assignment);
}

}  // namespace lienthong::catalogue
