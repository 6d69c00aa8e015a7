/// A sent document and its recipients as JSON, the same for the command line and for the API.
#pragma once

#include "hub/flow/document_acts.hpp"
#include "hub/flow/document_state.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/dispatch.hpp"

#include <span>

namespace lienthong::flow {

/// Members id, flow, document, notation, subject, state, attempts, problem, receipt, made_at, made_by, recipients and acts, into the
/// object that is open. A recipient has code, meaning, meaning_en, at and reason of how it stands, where something came back, and its
/// history. An act has kind, state, problem, reason, made_at, made_by and answers, each of a recipient, with code, at and reason.
void write_document(JsonWriter& out, const DispatchedDocument& document, std::span<const RecipientState> states,
                    std::span<const ActStanding> acts);

/// Members id, flow, document, notation, recipient, code, meaning, meaning_en, reason, state, attempts, problem, made_at and made_by.
void write_told_status(JsonWriter& out, const DispatchedDocument& status);

}  // namespace lienthong::flow
