/// told_figure: a figure out of a record of a message the hub wrote itself.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/seal/json_value.hpp"

namespace lienthong::flow {

/// Key, value, unit and source; the rest is of the message's own kind. What is missing, `record` tells when it is finished.
[[nodiscard]] inline Observation told_figure(seal::JsonMembers& record)
{
    Observation told;
    told.key = {record.text("indicator"), record.text("measure"),   record.text("period"),
                record.text("area"),      record.text("breakdown"), record.text("agency")};
    told.value = record.text("value");
    told.unit = record.text("unit");
    told.source = record.text("source");
    return told;
}

}  // namespace lienthong::flow
