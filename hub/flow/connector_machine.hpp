/// ConnectorMachine: a connector as the flows see it, wherever its code runs.
#pragma once

#include "hub/model/result.hpp"
#include "hub/sdk/event.hpp"

#include <functional>
#include <string>

namespace lienthong::flow {

class ConnectorMachine
{
public:
    using Done = std::function<void(Result<sdk::Step>)>;

    virtual ~ConnectorMachine() = default;
    /// Hands one event over; what the event refers to need not outlive the call. `form` says how the body of a
    /// reply or a called request is to be read for the machine. `done` runs on any thread, exactly once.
    /// Fails with: process.* when the machine's worker died, hung or spoke nonsense.
    virtual void handle(const sdk::Event& event, sdk::AnswerForm form, Done done) = 0;
    /// SHA-256 hex of the plugin's file.
    [[nodiscard]] virtual const std::string& digest() const = 0;
};

}  // namespace lienthong::flow
