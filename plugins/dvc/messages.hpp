/// Messages: what the journal gets of an answer. For the connector beside it.
#pragma once

#include "hub/sdk/calendar.hpp"
#include "hub/sdk/connector.hpp"

#include <string>
#include <string_view>

namespace dvc {

using namespace lienthong::sdk;

/// An answer does not say what it answers, so the service and the month stand beside its rows, and are its identity.
inline Payload payload_of(const std::string& service, Month month, std::string_view rows)
{
    Payload payload;
    payload.source_id = service + '/' + text_of(month);
    payload.content_type = "application/json";
    payload.bytes = "{\"service\":\"" + service + "\",\"thang\":" + std::to_string(month_number(month)) +
                    ",\"nam\":" + std::to_string(year_number(month)) + ",\"result\":";
    payload.bytes += rows;
    payload.bytes += '}';
    return payload;
}

}  // namespace dvc
