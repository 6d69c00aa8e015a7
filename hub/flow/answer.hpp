/// Answer: what a sender is told about a submission: the counts, a verdict for every record, the receipt.
#pragma once

#include "hub/flow/figure_refusals.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/store.hpp"

#include <string>
#include <vector>

namespace lienthong::flow {

/// JSON text. Every record has its verdict, in the order of the message; a refused one says where, what was found
/// and what would be right, and "codes" says once for each code what that means and what to do, in Vietnamese
/// and English. Depends on nothing but what the store
/// was given and decided, because it is kept with the submission. Thread-safe.
[[nodiscard]] std::string render_answer(const Application& application, const Applied& applied);

/// The members "counts", "verdicts" and "codes" of an answer, into an open object: `states` and `counts` are what became of
/// the verdicts. Thread-safe.
void write_verdicts(JsonWriter& out, const std::vector<Verdict>& verdicts, const std::vector<RecordState>& states, const Tally& counts);

/// The answer, and the receipt of the report it is: what the store keeps with a submission. Thread-safe.
[[nodiscard]] Told told(const Application& application, const Applied& applied);

/// That, and the refusals of figures that are owed.
[[nodiscard]] Store::Render told_with_refusals(OwedFigures owed);

}  // namespace lienthong::flow
