/// Validate: whether an observation is one the catalogue and the flow know, as of its own period.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/model/observation.hpp"
#include "hub/model/problem.hpp"
#include "hub/text/period.hpp"
#include "hub/workshop/workshop.hpp"

#include <vector>

namespace lienthong::workshop {

/// One thing said of an observation, and the field it is said of.
struct Judgement
{
    mapping::Field field = mapping::Field::indicator;
    bool finding = false;  ///< Worth saying, but not a reason to refuse.
    Problem problem;       ///< Without a place: that is the record's affair. Its rule names the catalogue's row.
};

/// Everything that is wrong with it. Converts value and unit to the catalogue's unit where that is possible and
/// nothing is wrong with them. Codes: indicator.unknown, indicator.not_valid, indicator.heading, measure.unknown,
/// period.malformed, period.kind, area.unknown, area.not_valid, area.outside, agency.unknown, agency.not_valid,
/// agency.not_allowed, breakdown.unknown, value.missing, value.not_a_number, value.unexpected, unit.missing,
/// unit.unknown, unit.dimension; finding unit.from_mapping. Thread-safe.
[[nodiscard]] std::vector<Judgement> judge(Observation& observation, const catalogue::Catalogue& catalogue, const Scope& scope);

/// What was found right in the last observations of one message, by one catalogue and one scope: period, area, agency and unit
/// are mostly those of the observation before. Changes no judgement. One thread at a time.
struct JudgeMemory
{
    std::string period, area, agency, unit;
    text::Period read_period;
    catalogue::Day area_day{}, agency_day{};
    std::string area_code, agency_code;
    const catalogue::Unit* known_unit = nullptr;
};
[[nodiscard]] std::vector<Judgement> judge(Observation& observation, const catalogue::Catalogue& catalogue, const Scope& scope,
                                           JudgeMemory& memory);

}  // namespace lienthong::workshop
