/// The commonest payload: JSON under the identity its source gave it.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <utility>

namespace lienthong::sdk {

/// `bytes`: one JSON value in UTF-8. `source_id`: what tells it from all others of its flow, the same however often it comes.
[[nodiscard]] inline Payload json_message(std::string source_id, std::string bytes)
{
    Payload payload;
    payload.source_id = std::move(source_id);
    payload.content_type = "application/json";
    payload.bytes = std::move(bytes);
    return payload;
}

}  // namespace lienthong::sdk
