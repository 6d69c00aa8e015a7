/// Messages: what the journal gets of an answer. For the connector beside it.
#pragma once

#include "hub/sdk/calendar.hpp"
#include "hub/sdk/json_message.hpp"

#include <string>
#include <string_view>

namespace dvc {

using namespace lienthong::sdk;

/// An answer does not say what it answers, so the service and the month stand beside its rows, and are its identity.
inline Payload payload_of(const std::string& service, Month month, std::string_view rows)
{
    std::string bytes = "{\"service\":\"" + service + "\",\"thang\":" + std::to_string(month_number(month)) +
                        ",\"nam\":" + std::to_string(year_number(month)) + ",\"result\":";
    bytes += rows;
    bytes += '}';
    return json_message(service + '/' + text_of(month), std::move(bytes));
}

}  // namespace dvc
