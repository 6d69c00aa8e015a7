/// Message: raw bytes as a source gave them, with who, when and under which identity. The unit of the journal.
#pragma once

#include "hub/model/time.hpp"

#include <cstdint>
#include <string>

namespace lienthong {

using MessageId = std::int64_t;  ///< Journal position, from 1, never reused.

struct Message
{
    MessageId id = 0;           ///< 0 until the journal gave it one.
    std::string flow;           ///< The flow that took it in.
    std::string source;         ///< "<connector>" or "push": the space in which source_id is unique, with the sender.
    std::string source_id;      ///< The source's own identity of the message, or the Idempotency-Key.
    std::string sender;         ///< Who authenticated and sent it.
    std::string plugin_digest;  ///< SHA-256 hex of the connector that took it in; empty for a push.
    std::string content_type;   ///< As declared: "application/json", "application/edxml+xml".
    std::string payload;        ///< The bytes the mapping reads.
    std::string reply;          ///< The reply as it came, where the payload was taken out of one; else empty.
    std::string digest;         ///< SHA-256 hex of payload.
    std::string attributes;     ///< JSON object text of what the connector said about it; may be empty.
    Time received_at{};
};

}  // namespace lienthong
