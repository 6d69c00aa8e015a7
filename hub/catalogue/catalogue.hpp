/// Catalogue: the reference data the hub judges figures by, each row with its validity and the act behind it.
///
/// Loaded once from CSV files and never changed; a reload makes a new Catalogue. Reading is thread-safe. A look-up
/// by code, or by a name or spelling written as in the files, allocates nothing when it succeeds; other writings of a
/// name are folded first. What the files and columns are: mappings/catalogue/README.md.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/result.hpp"
#include "hub/text/period.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

using Day = std::chrono::year_month_day;

class Lineage;

/// [from, to): `to` is the first day it no longer holds; an open end is 9999-12-31.
struct Validity
{
    Day from{};
    Day to{};
    [[nodiscard]] bool holds(Day day) const { return !(day < from) && day < to; }
};

/// How sure a row is: its document was read; another text reports it; it follows from others; nobody has shown it.
enum class Mark : std::uint8_t { confirmed, secondary, inferred, unverified };

/// How an indicator's figure comes about.
enum class DataMethod : std::uint8_t {
    unstated,
    collected,  ///< Entered or sent by whoever answers for it.
    computed,   ///< Worked out from other figures or facts; then `calculation` says how.
};

/// "collected", "computed"; nothing where it is not stated.
[[nodiscard]] std::string_view to_text(DataMethod method);

/// The measure that tells what is meant to be, and so before its period begins.
inline constexpr std::string_view plan_measure = "PLAN";

struct Measure
{
    std::string code;  ///< "VALUE", "CUMULATIVE", "VS_PREVIOUS_MONTH" …
    std::string set;   ///< "DN197" where the line itself names it, else the set that adds it.
    std::string name_vi;
    std::string name_en;
    std::string unit;         ///< Overrides the indicator's unit where not empty.
    std::string calculation;  ///< In Vietnamese: what is done to the figure to get this value; may be empty.
    std::string act;
};

struct Indicator
{
    std::string code;   ///< "A_I_1"
    std::string set;    ///< "DN197", "DEMO_HY"
    unsigned line = 0;  ///< Its position in the set's own order, from 1.
    std::string name_vi;
    std::string name_en;   ///< Ours, for readers of English; may be empty.
    std::string parent;    ///< Code above it, or empty.
    bool heading = false;  ///< Carries no figure of its own.
    std::string unit_raw, scope_raw, frequency_raw, disaggregation_raw, agency_raw, method_raw;  ///< As written.
    DataMethod data_method = DataMethod::unstated;
    std::string calculation;                        ///< In Vietnamese; ours where the note says so; may be empty.
    std::string unit;                               ///< Parsed unit code; empty where the line has none (a finding when used).
    std::vector<text::PeriodKind> kinds;            ///< Period kinds it may have; empty where the line has none: any.
    std::vector<unsigned> months;                   ///< Months it is collected in ("Tháng 7, 11"); empty where any.
    std::vector<Measure> measures;                  ///< By code; at least VALUE, none for a heading.
    std::vector<std::string> breakdown_dimensions;  ///< Codes in ascending order; empty: only the total.
    std::vector<std::string> agencies;              ///< Codes of the agencies the line names.
    Validity validity;
    std::string act;    ///< "197/KH-UBND 2025-03-27"
    std::string note;   ///< Ours: where the parsed columns do not follow the words, and why.
    std::string place;  ///< "indicators.csv:12", for messages.

    [[nodiscard]] const Measure* measure(std::string_view code) const;
    /// Whether its line allows this kind of period.
    [[nodiscard]] bool may_have(text::PeriodKind kind) const;
    /// Unit code of one of its measures; empty where neither the measure nor the line has one.
    [[nodiscard]] const std::string& unit_of(const Measure& measure) const { return measure.unit.empty() ? unit : measure.unit; }
};

struct Area
{
    std::string code;  ///< "GSO:33"
    std::string name_vi;
    std::vector<std::string> aliases;  ///< Other names: "Hưng Yên" beside "Tỉnh Hưng Yên".
    std::string level;                 ///< "country", "province", "district", "commune"
    std::string parent;                ///< Code of the area above, as of its validity.
    Validity validity;
    std::string act;
    std::string place;  ///< "areas.csv:12", for messages.
};

struct Agency
{
    std::string code;  ///< Canonical
    std::string name_vi;
    std::vector<std::string> aliases;  ///< Other identifier forms and names.
    /// What it is called inside its own province ("Sở Tài chính"), where other provinces have one too.
    std::vector<std::string> local_names;
    bool inferred = false;  ///< Identifier not confirmed by a document.
    Validity validity;
    std::string act;
    std::string place;  ///< "agencies.csv:12", for messages.
};

/// What became of an agency on a day.
enum class AgencyChangeKind : std::uint8_t {
    merged,  ///< It ended, and `to` has its duties.
    duties,  ///< It gave some duties to `to`, whether or not it ended.
    ended,   ///< It ended; who has its duties is not known here.
};

struct AgencyChange
{
    std::string from;
    std::string to;  ///< Empty exactly where the agency ended without a known successor.
    AgencyChangeKind kind = AgencyChangeKind::merged;
    Day day{};  ///< The first day of the new state.
    Mark mark = Mark::unverified;
    std::string act;
};

struct Unit
{
    std::string code;       ///< "BILLION_VND"
    std::string dimension;  ///< "money_vnd"
    std::string factor;     ///< Decimal: how many of the dimension's base unit one of these is.
    std::string name_vi;
    std::vector<std::string> spellings;
    std::string place;  ///< "units.csv:12", for messages.
};

/// One code of a breakdown dimension; code "_T" is the dimension itself.
struct BreakdownCode
{
    std::string dimension;  ///< "SCHOOL_OWNERSHIP"
    std::string code;       ///< "PUBLIC"
    std::string name_vi;
    std::string act;
};

struct Abbreviation;    // abbreviations.hpp
struct Assignment;      // forms.hpp
struct CodeMatch;       // crosswalks.hpp
struct Crosswalk;       // crosswalks.hpp
struct Form;            // forms.hpp
struct DeadlineRule;    // regimes.hpp
struct IndicatorSet;    // sets.hpp
struct Membership;      // sets.hpp
struct Remark;          // remarks.hpp
struct Rule;            // rules.hpp
class WorkingCalendar;  // working_days.hpp

class Catalogue
{
public:
    /// Reads indicators.csv, measures.csv, areas.csv, agencies.csv, units.csv, breakdowns.csv and vintages.csv below `directory`;
    /// and indicator_sets.csv, set_members.csv, crosswalks.csv, area_lineage.csv, agency_lineage.csv, regimes.csv, forms.csv,
    /// assignments.csv, working_days.csv, remarks.csv, rules.csv and abbreviations.csv where they are there. Adds every problem found, not the first, but of
    /// one file no more than a hundred; null when there is one. `sha256_hex` gives the SHA-256 of bytes as lower-case hex. Fails with catalogue.* codes, place "file:line:column", lines
    /// and characters counted from 1.
    [[nodiscard]] static std::shared_ptr<const Catalogue> load(const std::string& directory,
                                                               const std::function<std::string(std::string_view)>& sha256_hex,
                                                               std::vector<Problem>& problems);

    ~Catalogue();
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    /// SHA-256 hex over the canonical rows, whose order and the order of columns do not matter: equal digests, equal
    /// meaning. Every stored figure carries it.
    [[nodiscard]] const std::string& digest() const;

    /// Fails with: indicator.unknown (nearest codes in `expected`), indicator.not_valid (on that day).
    [[nodiscard]] Result<const Indicator*> indicator(std::string_view code, Day day) const;
    [[nodiscard]] const std::vector<Indicator>& indicators() const;
    [[nodiscard]] std::vector<std::string> indicator_codes() const;

    /// Versions of sets, and every membership, home ones first: hub/catalogue/sets.hpp.
    [[nodiscard]] const std::vector<IndicatorSet>& indicator_sets() const;
    [[nodiscard]] const std::vector<Membership>& memberships() const;
    /// The version of a set on that day. Fails with: set.unknown, set.not_valid.
    [[nodiscard]] Result<const IndicatorSet*> indicator_set(std::string_view code, Day day) const;
    /// Who stands in a set on that day, home or further, by line. Fails with: set.unknown, set.not_valid.
    [[nodiscard]] Result<std::vector<const Membership*>> members(std::string_view set, Day day) const;
    /// The sets an indicator stands in on that day, the home set first.
    [[nodiscard]] std::vector<const Membership*> sets_of(std::string_view indicator, Day day) const;

    /// Crosswalks between systems of codes, read in both directions: hub/catalogue/crosswalks.hpp. `from_system` is one of
    /// crosswalks.csv ("GSO"), `code` a code without its system ("15"). Gives the one code of `to_system` that means the same
    /// on that day. Fails with: crosswalk.system (the pairs there are in `expected`), crosswalk.unknown (nearest codes),
    /// crosswalk.not_valid, crosswalk.ambiguous (several mean the same), crosswalk.inexact (none does, candidates in
    /// `expected`).
    [[nodiscard]] Result<CodeMatch> crosswalk(std::string_view from_system, std::string_view code, std::string_view to_system,
                                              Day day) const;
    /// All of them, whatever their relation. Fails with: crosswalk.system, crosswalk.unknown, crosswalk.not_valid.
    [[nodiscard]] Result<std::vector<CodeMatch>> crosswalk_all(std::string_view from_system, std::string_view code,
                                                               std::string_view to_system, Day day) const;
    /// What a code is in every other system on that day; empty where nothing is known.
    [[nodiscard]] std::vector<CodeMatch> codes_elsewhere(std::string_view system, std::string_view code, Day day) const;
    [[nodiscard]] const std::vector<Crosswalk>& crosswalks() const;

    /// `system` is "GSO" (administrative codes), "ISO" (the country) or "NAME" (name or alias, however written).
    /// Fails with: area.unknown (nearest codes or names of that day in `expected`), area.not_valid, area.ambiguous (a
    /// name two areas bear that day).
    [[nodiscard]] Result<const Area*> area(std::string_view system, std::string_view code, Day day) const;
    /// The area of this name below `parent` (a full code) on that day, with or without its kind: "Xã Mường Bon" and
    /// "mường bon" alike. Of areas on several levels the highest, unless `level` names one.
    /// Fails with: area.unknown (nearest names of that day below the parent, with codes), area.not_valid (the parent),
    /// area.ambiguous (all that bear the name).
    [[nodiscard]] Result<const Area*> area_within(std::string_view parent, std::string_view name, Day day,
                                                  std::string_view level = {}) const;
    [[nodiscard]] const std::vector<Area>& areas() const;
    /// True when `code` is `inside` or lies below it on that day. Both are full codes ("GSO:33").
    [[nodiscard]] bool is_within(std::string_view code, std::string_view inside, Day day) const;
    /// What became of areas: hub/catalogue/lineage.hpp.
    [[nodiscard]] const Lineage& lineage() const;

    /// By canonical code, alias or name. Fails with: agency.unknown, agency.not_valid.
    [[nodiscard]] Result<const Agency*> agency(std::string_view code_or_alias, Day day) const;
    [[nodiscard]] const std::vector<Agency>& agencies() const;
    /// The same inside one province, where bare names count too: agency_within("H52", "Sở Tài chính", day). `province` is
    /// a level-1 code (Decision 20/2020/QĐ-TTg, Article 4). Allocates a key. Fails with: agency.unknown, agency.not_valid.
    [[nodiscard]] Result<const Agency*> agency_within(std::string_view province, std::string_view code_or_name, Day day) const;
    [[nodiscard]] const std::vector<AgencyChange>& agency_changes() const;
    /// By code or any spelling, whatever its case and blanks. Fails with: unit.unknown.
    [[nodiscard]] Result<const Unit*> unit(std::string_view code_or_spelling) const;
    [[nodiscard]] const std::vector<Unit>& units() const;
    /// Exact conversion; `from` and `to` are units of this catalogue. Fails with: unit.dimension.
    [[nodiscard]] Result<std::string> convert(std::string_view decimal, const Unit& from, const Unit& to) const;
    /// Whether "DIM=CODE;…" or "_T" is a breakdown this indicator may have; dimensions in ascending order, a total
    /// along one dimension left out. Fails with: breakdown.unknown.
    [[nodiscard]] Result<void> check_breakdown(const Indicator& indicator, std::string_view breakdown) const;
    [[nodiscard]] const std::vector<BreakdownCode>& breakdowns() const;
    /// By code or any spelling ("ước tính", "UT"); an empty text is unstated. Fails with: vintage.unknown.
    [[nodiscard]] Result<Vintage> vintage(std::string_view code_or_spelling) const;

    /// Fails with: form.unknown, form.not_valid.
    [[nodiscard]] Result<const Form*> form(std::string_view code, Day day) const;
    [[nodiscard]] const std::vector<Form>& forms() const;
    [[nodiscard]] const std::vector<Assignment>& assignments() const;
    /// Who answers on that day, in the province of this level-1 code, for a form or an indicator; null where nobody does.
    [[nodiscard]] const Assignment* owner(std::string_view subject, std::string_view province, Day day) const;
    [[nodiscard]] const std::vector<DeadlineRule>& deadline_rules() const;
    [[nodiscard]] const WorkingCalendar& working_days() const;
    /// What people remarked on rows: hub/catalogue/remarks.hpp. No part of the digest.
    [[nodiscard]] const std::vector<Remark>& remarks() const;

    /// What is written short in names: hub/catalogue/abbreviations.hpp. No part of the digest.
    [[nodiscard]] const std::vector<Abbreviation>& abbreviations() const;
    /// A name as text::folded() gives it, its abbreviations written out: "Thu BHXH" and "thu bảo hiểm xã hội" alike.
    [[nodiscard]] std::string spelled_out(std::string_view name) const;

    /// Rules between figures, by code: hub/catalogue/rules.hpp.
    [[nodiscard]] const std::vector<Rule>& rules() const;
    /// Those that can have to do with a figure of this indicator, as subject or as term.
    [[nodiscard]] std::vector<const Rule*> rules_about(std::string_view indicator) const;
    /// The latest row of this code, whenever it was valid.
    [[nodiscard]] const Rule* find_rule(std::string_view code) const;

    [[nodiscard]] const Area* find_area(std::string_view full_code, Day day) const;
    /// The latest holder of a canonical code, whenever it was valid.
    [[nodiscard]] const Agency* find_agency(std::string_view code) const;
    [[nodiscard]] const Unit* find_unit(std::string_view code) const;

    struct Tables;

private:
    explicit Catalogue(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> tables_;
};

}  // namespace lienthong::catalogue
