/// Worker loop: the life of a worker process once it is locked in: say hello, do jobs, end with the socket.
#pragma once

#include "hub/model/result.hpp"
#include "hub/process/protocol.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace lienthong::process {

/// One job's bytes in, its answer out. An exception fails the job and ends the worker, for what it left behind cannot be
/// trusted: process.worker_memory, process.worker_failed.
using DoJob = std::function<Result<std::string>(std::string_view)>;

/// Ends the worker with its parent: nobody else would. Called first of all.
void die_with_parent();

/// Says why this worker cannot start; returns the exit status.
[[nodiscard]] int refuse_to_start(const Problem& problem);

/// Until the core closes the socket; returns the exit status.
[[nodiscard]] int do_jobs(const Hello& hello, const DoJob& job);

}  // namespace lienthong::process
