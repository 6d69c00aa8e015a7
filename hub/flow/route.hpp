/// Route: how one flow's messages become observations. Made from the configuration, never changed afterwards.
#pragma once

#include "hub/ports/store.hpp"
#include "hub/workshop/workshop.hpp"

#include <string>

namespace lienthong::flow {

struct Route
{
    std::string flow;       ///< Flow name, as configured.
    std::string connector;  ///< Connector name, or "push".
    std::string mapping;    ///< Name of the mapping that reads its messages.
    std::string sender;     ///< Who is taken to have sent what the connector brings; a push names its own.
    workshop::Scope scope;  ///< What its messages may speak about.
    Mode mode = Mode::partial;
    std::optional<ReportClaim> report{};  ///< The report one push says it delivers.
    std::string media_type{};  ///< What a push declares its body to be, by the mapping's format; empty for connectors.
};

}  // namespace lienthong::flow
