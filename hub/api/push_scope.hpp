/// What a pushed or called message carries with it of its sender's rights, so that it can be taken up after a crash.
#pragma once

#include "hub/flow/route.hpp"
#include "hub/model/message.hpp"

#include <string>

namespace lienthong::api {

/// JSON text for Message::attributes.
[[nodiscard]] std::string push_attributes(const std::string& token, const flow::Route& route);

/// The route narrowed to what `message` was pushed with, or to what its caller may speak for; unchanged for polled messages.
[[nodiscard]] flow::Route narrowed(flow::Route route, const Message& message);

}  // namespace lienthong::api
