// The files of a catalogue, one entry each.
#include "hub/catalogue/files.hpp"

#include <algorithm>
#include <stdexcept>

namespace lienthong::catalogue {

const std::vector<FileForm>& file_forms()
{
    // A catalogue of figures alone needs only what is required here.
    static const std::vector<FileForm> forms = {
        {"agencies.csv",
         Presence::required,
         {"code", "name_vi", "aliases", "local_names", "inferred", "valid_from", "valid_to", "act"},
         {"local_names"},
         {{"code"}, {"valid_from"}},
         {"code", "valid_from"},
         {"name_vi"}},
        {"agency_lineage.csv",
         Presence::optional,
         {"from", "to", "kind", "day", "mark", "act"},
         {},
         {{"from"}, {"to"}, {"day"}},
         {"from", "to", "day"},
         {}},
        {"area_lineage.csv",
         Presence::optional,
         {"from", "to", "kind", "day", "act", "share"},
         {},
         {{"from"}, {"day"}, {"to"}},
         {"from", "day", "to"},
         {}},
        {"areas.csv",
         Presence::required,
         {"code", "name_vi", "aliases", "level", "parent", "valid_from", "valid_to", "act"},
         {},
         {{"code"}, {"valid_from"}},
         {"code", "valid_from"},
         {"name_vi", "level"}},
        {"assignments.csv",
         Presence::optional,
         {"subject", "agency", "role", "valid_from", "valid_to", "mark", "act"},
         {},
         {{"subject"}, {"valid_from"}, {"role", false, "owner"}, {"agency"}},
         {"subject", "agency", "role", "valid_from"},
         {}},
        {"breakdowns.csv",
         Presence::required,
         {"dimension", "code", "name_vi", "act"},
         {},
         {{"dimension"}, {"code", false, "_T"}},
         {"dimension", "code"},
         {"name_vi"}},
        {"forms.csv",
         Presence::optional,
         {"code", "set", "agency_number", "number", "name_vi", "frequency_raw", "frequency", "regime", "agency", "role",
          "kind", "valid_from", "valid_to", "act", "note"},
         {"role"},
         {{"set"}, {"agency_number", true}, {"number", true}, {"valid_from"}},
         {"code", "valid_from"},
         {"set", "name_vi"}},
        {"indicators.csv",
         Presence::required,
         {"code", "set", "line", "name_vi", "name_en", "parent", "heading", "unit_raw", "unit", "scope_raw", "frequency_raw",
          "period_kinds", "months", "disaggregation_raw", "breakdown_dimensions", "agency_raw", "agencies", "method_raw",
          "valid_from", "valid_to", "act", "note"},
         {},
         {{"set"}, {"line", true}, {"valid_from"}},
         {"code", "valid_from"},
         {"set", "name_vi", "heading", "unit"}},
        {"measures.csv",
         Presence::required,
         {"indicator", "code", "set", "name_vi", "name_en", "unit", "act"},
         {},
         {{"indicator"}, {"code"}},
         {"indicator", "code"},
         {"set", "name_vi", "unit"}},
        {"regimes.csv",
         Presence::optional,
         {"regime", "class", "periods", "tier", "from_roles", "to_role", "due_by", "day", "month", "inclusive", "shifts",
          "cutoff_from_day", "cutoff_to_day", "valid_from", "valid_to", "act", "note"},
         {},
         {{"regime"}, {"class"}, {"periods"}, {"tier", true}, {"valid_from"}},
         {"regime", "class", "periods", "tier", "valid_from"},
         {}},
        {"remarks.csv",
         Presence::optional,
         {"subject", "kind", "column", "words", "others", "note"},
         {},
         {{"subject"}, {"kind"}, {"others"}},
         {"subject", "kind", "others"},
         {}},
        {"units.csv",
         Presence::required,
         {"code", "dimension", "factor", "name_vi", "spellings"},
         {},
         {{"code"}},
         {"code"},
         {"dimension", "factor"}},
        {"vintages.csv", Presence::required, {"code", "name_vi", "spellings", "act"}, {}, {{"code"}}, {"code"}, {"name_vi"}},
        {"working_days.csv", Presence::optional, {"day", "kind", "name_vi", "mark", "act"}, {}, {{"day"}}, {"day"}, {}},
    };
    return forms;
}

const FileForm& file_form(std::string_view name)
{
    const auto& forms = file_forms();
    const auto found = std::find_if(forms.begin(), forms.end(), [&](const FileForm& form) { return form.name == name; });
    if (found == forms.end())
        throw std::out_of_range("no file of a catalogue: " + std::string(name));
    return *found;
}

}  // namespace lienthong::catalogue
