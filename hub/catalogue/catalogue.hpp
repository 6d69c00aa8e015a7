/// Catalogue: the reference data the hub judges figures by, each row with its validity and the act behind it.
///
/// Loaded once from CSV files and never changed; a reload makes a new Catalogue. Reading is thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/text/period.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

using Day = std::chrono::year_month_day;

/// [from, to): `to` is the first day it no longer holds; an open end is 9999-12-31.
struct Validity
{
    Day from{};
    Day to{};
    [[nodiscard]] bool holds(Day day) const { return !(day < from) && day < to; }
};

struct Measure
{
    std::string code;       ///< "VALUE", "CUMULATIVE", "VS_PREVIOUS_MONTH" …
    std::string name_vi;
    std::string unit;       ///< Overrides the indicator's unit where not empty.
};

struct Indicator
{
    std::string code;              ///< "A_I_1"
    std::string set;               ///< "DN197", "DEMO_HY"
    std::string name_vi;
    std::string name_en;           ///< Ours, for readers of English; may be empty.
    std::string parent;            ///< Code above it, or empty.
    bool heading = false;          ///< Carries no figure of its own.
    std::string unit_raw, scope_raw, frequency_raw, disaggregation_raw, agency_raw, method_raw;  ///< As written.
    std::string unit;              ///< Parsed unit code; empty where the line has none (a finding when used).
    std::vector<text::PeriodKind> kinds;  ///< Period kinds it may have; empty where the line has none: any.
    std::vector<Measure> measures;        ///< At least VALUE.
    std::string breakdown_dimension;      ///< Code of its dimension, or empty.
    std::vector<std::string> agencies;    ///< Codes of the agencies the line names.
    Validity validity;
    std::string act;               ///< "197/KH-UBND 2025-03-27"
    std::string place;             ///< "indicators.csv:12", for messages.

    [[nodiscard]] const Measure* measure(std::string_view code) const;
};

struct Area
{
    std::string code;      ///< "GSO:33"
    std::string name_vi;
    std::string level;     ///< "country", "province", "commune"
    std::string parent;    ///< Code of the area above, as of its validity.
    Validity validity;
    std::string act;
};

struct Agency
{
    std::string code;      ///< Canonical
    std::string name_vi;
    std::vector<std::string> aliases;  ///< Other identifier forms and names.
    bool inferred = false; ///< Identifier not confirmed by a document.
    Validity validity;
    std::string act;
};

struct Unit
{
    std::string code;       ///< "BILLION_VND"
    std::string dimension;  ///< "money_vnd"
    std::string factor;     ///< Decimal: how many of the dimension's base unit one of these is.
    std::string name_vi;
    std::vector<std::string> spellings;
};

class Catalogue
{
public:
    /// Reads indicators.csv, measures.csv, areas.csv, agencies.csv, units.csv, breakdowns.csv and vintages.csv below `directory`.
    /// Returns every problem found, not the first. Fails with catalogue.* codes, place "file:line:column".
    [[nodiscard]] static std::shared_ptr<const Catalogue> load(const std::string& directory, std::vector<Problem>& problems);

    ~Catalogue();
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    /// SHA-256 hex over the canonical rows: equal digests, equal meaning. Every stored figure carries it.
    [[nodiscard]] const std::string& digest() const;

    /// Fails with: indicator.unknown (nearest codes in `expected`), indicator.not_valid (on that day).
    [[nodiscard]] Result<const Indicator*> indicator(std::string_view code, Day day) const;
    [[nodiscard]] const std::vector<Indicator>& indicators() const;
    [[nodiscard]] std::vector<std::string> indicator_codes() const;

    /// `system` is "GSO" (administrative codes) or "NAME". Fails with: area.unknown, area.not_valid.
    [[nodiscard]] Result<const Area*> area(std::string_view system, std::string_view code, Day day) const;
    /// True when `code` is `inside` or lies below it on that day.
    [[nodiscard]] bool is_within(std::string_view code, std::string_view inside, Day day) const;

    /// By canonical code, alias or name. Fails with: agency.unknown, agency.not_valid.
    [[nodiscard]] Result<const Agency*> agency(std::string_view code_or_alias, Day day) const;
    /// By code or any spelling. Fails with: unit.unknown.
    [[nodiscard]] Result<const Unit*> unit(std::string_view code_or_spelling) const;
    /// Exact conversion. Fails with: unit.dimension.
    [[nodiscard]] Result<std::string> convert(std::string_view decimal, const Unit& from, const Unit& to) const;
    /// Whether "DIM=CODE;…" or "_T" is a breakdown this indicator may have. Fails with: breakdown.unknown.
    [[nodiscard]] Result<void> check_breakdown(const Indicator& indicator, std::string_view breakdown) const;
    [[nodiscard]] const Area* find_area(std::string_view full_code, Day day) const;
    [[nodiscard]] const Agency* find_agency(std::string_view code) const;
    [[nodiscard]] const Unit* find_unit(std::string_view code) const;

private:
    struct Tables;
    explicit Catalogue(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> tables_;
};

}  // namespace lienthong::catalogue
