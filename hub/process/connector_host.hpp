/// ConnectorHost: the core's handle on a connector that runs in its own worker process.
///
/// A machine holds no state, so an event whose worker died is simply sent to the next one (PoolOptions::tries).
#pragma once

#include "hub/process/plugin_file.hpp"
#include "hub/process/worker_pool.hpp"
#include "hub/sdk/event.hpp"

#include <functional>
#include <memory>
#include <string>

namespace lienthong::process {

struct ConnectorPlugin
{
    LockedPlugin locked;
    std::string path;  ///< Where locked.file is.
    PoolOptions pool;  ///< Limits and pauses; program and opening are filled in here.
    std::size_t memory_mib = 512;
    bool keep_stderr = false;
};

class ConnectorHost
{
public:
    using Done = std::function<void(Result<sdk::Step>)>;

    /// Asks the plugin in a worker of its own what it is. Blocks up to the pool's start deadline.
    /// Fails with: process.plugin_*, process.worker_*, process.sandbox_failed.
    [[nodiscard]] static Result<sdk::Description> describe(const ConnectorPlugin& plugin);

    /// Starts the worker and gives it the settings. Blocks as describe does.
    /// Fails as describe does; also with process.connector_refused.
    [[nodiscard]] static Result<std::unique_ptr<ConnectorHost>> open(const ConnectorPlugin& plugin,
                                                                     const sdk::Settings& settings);

    /// One event, one step. What the event refers to need not outlive the call. `form` says how the body of a reply or
    /// a called request is read. `done` runs exactly once, as WorkerPool's does. Thread-safe.
    /// Fails with: process.connector_failed; process.worker_* once the last try failed; as WorkerPool's submit.
    void handle(const sdk::Event& event, sdk::AnswerForm form, Done done);

    [[nodiscard]] const sdk::Description& description() const { return description_; }
    /// SHA-256 hex of the plugin's file.
    [[nodiscard]] const std::string& digest() const { return digest_; }
    [[nodiscard]] PoolStanding standing() const { return pool_->standing(); }
    void stop() { pool_->stop(); }
    /// Lets a connector whose workers died too often begin again at once; see WorkerPool.
    void release() { pool_->release(); }
    /// For tests: see WorkerPool.
    void kill_worker() { pool_->kill_workers(); }

    ~ConnectorHost();

private:
    ConnectorHost(std::unique_ptr<WorkerPool> pool, sdk::Description description, std::string digest)
        : pool_(std::move(pool)), description_(std::move(description)), digest_(std::move(digest))
    {
    }
    std::unique_ptr<WorkerPool> pool_;
    sdk::Description description_;
    std::string digest_;
};

/// The worker program and arguments for a connector's plugin.
[[nodiscard]] WorkerProgram connector_program(const ConnectorPlugin& plugin);

}  // namespace lienthong::process
