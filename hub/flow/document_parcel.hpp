/// The parcel of a document: its package, and in its media type what a connector must know of it without opening it.
#pragma once

#include "hub/ports/dispatch.hpp"
#include "hub/sdk/connector.hpp"

namespace lienthong::flow {

/// application/edxml+xml; messagetype=edoc; to="G22.99 H52.14"; notation="145/BC-UBND"; date=2025/11/20; before="0 1". The last is
/// left out where none of them got a package of this notation before. The parcel's id is the DocumentId, with what the package
/// does to that document behind a '|'. Fails with: document.unknown, store.*. Thread-safe.
[[nodiscard]] Result<sdk::Parcel> document_parcel(const Dispatch& dispatch, const OutboxItem& item);

}  // namespace lienthong::flow
