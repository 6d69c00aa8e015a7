/// What a loaded Catalogue holds: the rows, and the indexes its look-ups go through.
#pragma once

#include "hub/catalogue/abbreviations.hpp"
#include "hub/catalogue/area_names.hpp"
#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/crosswalks.hpp"
#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/index.hpp"
#include "hub/catalogue/lineage.hpp"
#include "hub/catalogue/regimes.hpp"
#include "hub/catalogue/remarks.hpp"
#include "hub/catalogue/rules.hpp"
#include "hub/catalogue/sets.hpp"
#include "hub/catalogue/working_days.hpp"
#include "hub/text/unicode.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// Nearness made when first asked for: it folds every name, and few catalogues are ever asked for one misspelt. Thread-safe.
class LazyNearness
{
public:
    /// `names` is called at most once, while what it reads still stands.
    void over(std::function<std::vector<std::string>()> names) { names_ = std::move(names); }
    [[nodiscard]] std::vector<std::string> of(std::string_view wanted) const
    {
        std::call_once(made_, [this] { nearness_ = text::Nearness(names_ ? names_() : std::vector<std::string>{}); });
        return nearness_.of(wanted);
    }

private:
    std::function<std::vector<std::string>()> names_;
    mutable std::once_flag made_;
    mutable text::Nearness nearness_;
};

/// The codes of rows.
template <class Row>
[[nodiscard]] std::vector<std::string> codes_of(const std::vector<Row>& rows)
{
    std::vector<std::string> out;
    for (const Row& row : rows)
        out.push_back(row.code);
    return out;
}

/// A crosswalk seen from one of its two codes.
struct CrosswalkEnd
{
    const Crosswalk* row = nullptr;
    bool reversed = false;  ///< Seen from its `to`.
};

struct Catalogue::Tables
{
    std::string digest;

    std::vector<Indicator> indicators;  ///< In the order of the file.
    Index<std::vector<const Indicator*>> indicators_by_code;

    std::vector<IndicatorSet> indicator_sets;
    Index<std::vector<const IndicatorSet*>> sets_by_code;
    std::vector<Membership> memberships;  ///< Home ones first, in the order of indicators.csv.
    Index<std::vector<const Membership*>> memberships_by_set;
    Index<std::vector<const Membership*>> memberships_by_indicator;

    std::vector<Crosswalk> crosswalks;
    Index<std::vector<CrosswalkEnd>> crosswalks_by_code;  ///< "SYSTEM:CODE", both ends.

    std::vector<Area> areas;
    AreaIndex areas_by_code;
    AreaIndex areas_by_name;  ///< As written in the file.
    AreaNames area_names;     ///< Other writings; made when first asked for.
    Lineage lineage;

    std::vector<Agency> agencies;
    Index<std::vector<const Agency*>> agencies_by_text;  ///< Code, name and aliases as written.
    Index<std::vector<const Agency*>> agencies_by_folded;
    Index<std::vector<const Agency*>> agencies_by_local;         ///< local_key() of each local name as written.
    Index<std::vector<const Agency*>> agencies_by_local_folded;  ///< The same, folded.
    std::vector<AgencyChange> agency_changes;

    std::vector<DeadlineRule> deadline_rules;
    std::vector<Form> forms;
    Index<std::vector<const Form*>> forms_by_code;
    std::vector<Assignment> assignments;
    Index<std::vector<const Assignment*>> owners_by_subject;
    WorkingCalendar working_days;
    std::vector<Remark> remarks;
    std::vector<Abbreviation> abbreviations;
    std::map<std::string, std::string, std::less<>> words_by_abbreviation;  ///< Both folded.

    std::vector<Rule> rules;
    Index<std::vector<const Rule*>> rules_by_indicator;  ///< Subjects and terms.
    std::vector<const Rule*> rules_for_all;              ///< Rules whose subject is any indicator.

    std::vector<Unit> units;
    Index<const Unit*> units_by_code;
    Index<const Unit*> units_by_text;  ///< Code, name and spellings as written.
    Index<const Unit*> units_by_folded;
    /// units.size() squared: what one of the row's unit is in the column's; empty across dimensions.
    std::vector<std::string> ratios;

    std::vector<BreakdownCode> breakdowns;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> breakdown_codes;  ///< By dimension, "_T" left out.

    Index<Vintage> vintages_by_text;
    Index<Vintage> vintages_by_folded;

    /// What a mistyped code or name is compared with.
    LazyNearness near_indicators, near_sets, near_agencies, near_forms, near_units, near_vintages;
};

/// The level-1 code an agency's code begins with: "H52" of "H52.14.01".
[[nodiscard]] inline std::string_view province_of(std::string_view code)
{
    return code.substr(0, code.find('.'));
}

/// A name inside a province.
[[nodiscard]] inline std::string local_key(std::string_view province, std::string_view name)
{
    return std::string(province).append(1, ':').append(name);
}

/// Names parted by commas, as `expected` shows them.
[[nodiscard]] inline std::string listed(const std::vector<std::string>& names)
{
    std::string out;
    for (const std::string& name : names)
        out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

}  // namespace lienthong::catalogue
