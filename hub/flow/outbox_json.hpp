/// What stands in the outbox as JSON, the same for the command line and for the API.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/ports/outbox.hpp"

namespace lienthong::flow {

/// Members id, flow, leaf, state, attempts, begun_at (where there was an attempt), problem and receipt, into the object that is open.
void write_outbox_item(JsonWriter& out, const OutboxItem& item);

}  // namespace lienthong::flow
