/// What a comparison with a source found, in words, as JSON and as a table: the same for the command line, the API and the page.
#pragma once

#include "hub/flow/reconciler.hpp"
#include "hub/model/json_text.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// What a kind of difference means, and what to do about it.
struct DifferenceWords
{
    std::string_view vi, en, remedy_vi, remedy_en;
};
/// Of a word of Difference::kind; empty sentences for any other. Thread-safe.
[[nodiscard]] DifferenceWords words_of(std::string_view kind);

/// What a person may do about a difference: "fetch", "withdraw", "accept". Thread-safe.
[[nodiscard]] std::vector<std::string_view> actions_for(const Difference& difference);

/// How many differences nobody has accepted. Thread-safe.
[[nodiscard]] std::size_t open_count(const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances);

/// Members flow, since, at, who, compared, agreed, problem, open and differences, into the object that is open. A difference has
/// difference, id, fact, source, hub, message, what_to_do, what_to_do_vi, actions and, where somebody accepted it, accepted.
void write_run(JsonWriter& out, const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances);
/// Members action, over, outcome, reason, who and at of each, under `name`.
void write_acts(JsonWriter& out, std::string_view name, std::span<const ReconciliationAct> acts);
/// Members id, fact, outcome and figures of each, under "outcomes"; and `incomplete`, why something could not be fetched.
void write_outcomes(JsonWriter& out, const ReconcileReport& report);

/// A table for a spreadsheet, with a header; cells of the source's own words are guarded. Thread-safe.
[[nodiscard]] std::string csv_of(const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances);

}  // namespace lienthong::flow
