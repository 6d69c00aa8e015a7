/// Failures of the hub's own beside those that connectors report, and either as one sentence.
#pragma once

#include "hub/model/statement.hpp"
#include "hub/sdk/connector.hpp"

namespace lienthong::flow {

[[nodiscard]] inline sdk::Failure failure_of(sdk::FailureClass kind, const Problem& problem)
{
    return {kind, problem.code, statement_of(problem), {}, 0};
}

/// "detail [code]", for logs, terminals and the status page.
[[nodiscard]] inline std::string sentence_of(const sdk::Failure& failure)
{
    return failure.detail + " [" + failure.code + "]";
}

}  // namespace lienthong::flow
