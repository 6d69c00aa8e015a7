/// What a connector's step brings, as messages for the journal, and the journal's answer in the connector's words.
#pragma once

#include "hub/model/message.hpp"
#include "hub/ports/journal.hpp"
#include "hub/sdk/connector.hpp"

#include <string>

namespace lienthong::flow {

/// The payload's parts move into the message. `reply` is kept beside it where the payload asks for that.
[[nodiscard]] Message message_of(sdk::Payload& payload, const std::string& reply);
[[nodiscard]] Message message_of(sdk::SetAside& item);
/// The connector's sentence on an item it set aside; the attributes as they are where it cannot be read out of them.
[[nodiscard]] std::string why_set_aside(const Message& message);
[[nodiscard]] sdk::Arrived arrived(Arrival arrival);

}  // namespace lienthong::flow
