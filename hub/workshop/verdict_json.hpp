/// A verdict as JSON, whole: for programs that look at what a mapping does.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/verdict.hpp"

#include <string>
#include <vector>

namespace lienthong::workshop {

/// The members of an observation into an open object: its key, value, unit, vintage, availability; window and source
/// where they are.
void write_observation(JsonWriter& out, const Observation& observation);

/// One verdict as an object: record, place, verdict ("accepted", "refused"), values (each field with its result, the place
/// it was read from, what stood there and the mapping's line; what its code means where `names` has something at its position,
/// which may be shorter or empty), observations, facts, problems and findings. The sentences
/// of the codes stand in `codes`, to be written once behind all verdicts.
void write_verdict(JsonWriter& out, const Verdict& verdict, const std::vector<mapping::Trace>& values,
                   const std::vector<std::string>& names, ProblemTable& codes);

}  // namespace lienthong::workshop
