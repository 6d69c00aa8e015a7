/// Validate: whether an observation is one the catalogue and the flow know, as of its own period.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/model/observation.hpp"
#include "hub/model/problem.hpp"
#include "hub/text/period.hpp"
#include "hub/workshop/workshop.hpp"

#include <array>
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
/// period.malformed, period.kind, period.future, area.unknown, area.not_valid, area.outside, agency.unknown, agency.not_valid,
/// agency.not_allowed, breakdown.unknown, value.missing, value.not_a_number, value.unexpected, unit.missing,
/// unit.unknown, unit.dimension; finding unit.from_mapping. Thread-safe.
[[nodiscard]] std::vector<Judgement> judge(Observation& observation, const catalogue::Catalogue& catalogue, const Scope& scope);

/// What was found right in the last observations of one message, by one catalogue and one scope: period, area, agency and unit
/// are mostly those of the observation before, and indicators take turns. Changes no judgement. One thread at a time.
struct JudgeMemory
{
    /// A code, and the days on which it stands for the same.
    struct Code
    {
        std::string code;
        catalogue::Validity holds{};
    };
    /// An indicator with a measure and a breakdown it may have, in periods of a kind it may have.
    struct Known
    {
        std::string breakdown;
        const catalogue::Indicator* indicator = nullptr;
        const catalogue::Measure* measure = nullptr;
        text::PeriodKind kind{};
        const catalogue::Unit* unit = nullptr;  ///< Null where the catalogue gives none.
    };
    std::string period, unit;
    text::Period read_period;
    catalogue::Day first_day{}, day{};  ///< Its first and its last.
    Code area, agency;
    const catalogue::Unit* known_unit = nullptr;
    std::array<Known, 16> known{};
};
[[nodiscard]] std::vector<Judgement> judge(Observation& observation, const catalogue::Catalogue& catalogue, const Scope& scope,
                                           JudgeMemory& memory);

}  // namespace lienthong::workshop
