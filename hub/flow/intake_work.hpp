/// Work: one message on its way through the intake. Private to the intake's own files.
#pragma once

#include "hub/flow/intake.hpp"

namespace lienthong::flow {

struct Intake::Work
{
    Message message;
    Route route;
    Done done;
    bool replay = false;
    bool workshop_tried_before = false;
    std::mutex mutex;
    std::optional<workshop::Outcome> outcome;
    std::optional<Problem> kept_back;  ///< Why no worker looked at it; it stays in the journal.
    bool journaled = false;
    enum class Stage : std::uint8_t {
        open,     ///< Journal and workshop may both still speak.
        stopped,  ///< The journal did not take it, or had it already: the workshop's outcome is not used.
        applying, ///< With the store; nobody may apply it again.
    } stage = Stage::open;
};

}  // namespace lienthong::flow
