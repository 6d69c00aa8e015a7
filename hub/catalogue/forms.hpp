/// Report forms, and who answers for a form or an indicator: reference data with days, read from forms.csv and
/// assignments.csv.
///
/// Plain values, never changed once loaded; reading them is thread-safe. Columns: mappings/catalogue/README.md.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/regimes.hpp"

#include <cstdint>
#include <string>

namespace lienthong::catalogue {

/// One report a body owes ("Biểu chỉ số sản xuất công nghiệp", monthly, Department of Industry and Trade).
struct Form
{
    std::string code;            ///< "SL228_11_1"; never changes meaning (Decision 228/QĐ-UBND Sơn La, Article 6(2)).
    std::string set;             ///< "SL228"
    unsigned agency_number = 0;  ///< The number of the body in the act's list, from 1.
    unsigned number = 0;         ///< The number of the report below that body, from 1.
    std::string name_vi;         ///< As written, with the act's slips.
    std::string frequency_raw;   ///< As written; may be empty, and may hold the form's own due date.
    std::string frequency;       ///< The same in canonical notation; empty where it is not settled.
    std::string regime;          ///< Whose deadlines hold for it: a regime of regimes.csv.
    std::string agency;          ///< The body the act names; who answers on a day is Catalogue::owner.
    std::string role;            ///< What that body is in the regime: one of DeadlineRule::from_roles; may be empty.
    ReportClass report_class = ReportClass::periodic;
    Validity validity;
    std::string act;
    std::string note;   ///< Ours: slips of the act, and what was repaired.
    std::string place;  ///< "forms.csv:12", for messages.
};

enum class AssignmentRole : std::uint8_t {
    owner,        ///< Answers for the figure; one a subject, province and day.
    contributor,  ///< Supplies a part of it.
};

/// Who has to do with a form or an indicator, from a day until before a day.
struct Assignment
{
    std::string subject;  ///< Code of a form or an indicator.
    std::string agency;
    AssignmentRole role = AssignmentRole::owner;
    Validity validity;
    Mark mark = Mark::unverified;
    std::string act;
    std::string place;  ///< "assignments.csv:12", for messages.
};

}  // namespace lienthong::catalogue
