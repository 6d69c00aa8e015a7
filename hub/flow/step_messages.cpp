#include "hub/flow/step_messages.hpp"

#include "hub/flow/intake.hpp"
#include "hub/model/json_text.hpp"
#include "hub/seal/json_value.hpp"

#include <utility>

namespace lienthong::flow {

Message message_of(sdk::Payload& payload, const std::string& reply)
{
    Message message;
    message.source_id = std::move(payload.source_id);
    message.sender = std::move(payload.sender);
    message.content_type = std::move(payload.content_type);
    message.payload = std::move(payload.bytes);
    message.attributes = std::move(payload.attributes);
    if (payload.keep_reply)
        message.reply = reply;
    return message;
}

Message message_of(sdk::SetAside& item)
{
    Message message;
    message.source_id = std::move(item.source_id);
    message.content_type = set_aside_content_type;
    message.payload = std::move(item.bytes);
    JsonWriter why;
    why.begin_object().member("why", item.why).end_object();
    message.attributes = why.take();
    return message;
}

std::string why_set_aside(const Message& message)
{
    auto read = seal::from_canonical(message.attributes);
    if (!read)
        return message.attributes;
    seal::JsonMembers members(std::move(*read));
    return members.has("why") ? members.text("why") : message.attributes;
}

sdk::Arrived arrived(Arrival arrival)
{
    switch (arrival) {
    case Arrival::duplicate:
        return sdk::Arrived::duplicate;
    case Arrival::conflict:
        return sdk::Arrived::conflict;
    case Arrival::fresh:
        break;
    }
    return sdk::Arrived::fresh;
}

}  // namespace lienthong::flow
