/// A sent document and its recipients as JSON, the same for the command line and for the API.
#pragma once

#include "hub/flow/document_state.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/dispatch.hpp"

#include <span>

namespace lienthong::flow {

/// Members id, flow, document, notation, subject, state, attempts, problem, receipt, made_at, made_by and recipients, into the object
/// that is open. A recipient has code, meaning, meaning_en, at and reason of how it stands, where something came back, and its history.
void write_document(JsonWriter& out, const DispatchedDocument& document, std::span<const RecipientState> states);

}  // namespace lienthong::flow
