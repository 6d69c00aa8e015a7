/// Workers: the processes a configured hub keeps for foreign bytes and foreign code.
#pragma once

#include "hub/cli/settings.hpp"
#include "hub/flow/connector_machine.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/workers_standing.hpp"
#include "hub/process/connector_host.hpp"
#include "hub/process/worker_pool.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {

/// Given one line for each unplanned end of a worker; called from any thread.
using Say = std::function<void(const std::string&)>;

/// Starts the workshop's workers on these mapping files. They are ready later; see WorkerPool::wait_ready.
[[nodiscard]] std::shared_ptr<process::WorkerPool> start_workshop(const Settings& settings, const std::vector<std::string>& mapping_files,
                                                                  const Say& say = {});
[[nodiscard]] flow::AskWorkshop ask_workshop(std::shared_ptr<process::WorkerPool> pool);

/// A connector in its worker, with what the core needs to act for it.
struct OpenedConnector
{
    std::shared_ptr<flow::ConnectorMachine> machine;
    std::shared_ptr<process::ConnectorHost> host;  ///< What stands behind the machine.
    std::map<std::string, std::string> endpoints;
    std::map<std::string, std::string> secrets;
    sdk::Description description;
};

/// The plugin of that name by the lock file. Fails with: process.plugin_unlisted, settings.plugins.
[[nodiscard]] Result<process::ConnectorPlugin> plugin_of(const Settings& settings, const std::string& name);

/// A flow's connector by the lock file, and what the flow tells it, checked; nothing of it runs any more.
struct CheckedConnector
{
    process::ConnectorPlugin plugin;
    sdk::Description description;
    process::CheckedSettings settings;
    std::map<std::string, std::string> secrets;
};

/// Holds a flow against what its connector declares, in a worker that is gone afterwards. Every problem is added to
/// `problems` with the place of the key or value in the configuration; nothing when there is one.
/// Codes: process.plugin_*, process.setting_*, process.worker_*, settings.plugins, settings.connector, settings.secret,
/// settings.plain_http.
[[nodiscard]] std::optional<CheckedConnector> check_connector(const Settings& settings, const FlowSettings& flow,
                                                              std::vector<Problem>& problems);

/// Starts the flow's connector once check_connector is content. Problems are added to `problems`. Blocks until the worker is
/// ready.
[[nodiscard]] Result<OpenedConnector> open_connector(const Settings& settings, const FlowSettings& flow, std::vector<Problem>& problems,
                                                     const Say& say = {});

/// How a pool fares, under the name of what it works for.
[[nodiscard]] flow::WorkersStanding standing_of(std::string name, const process::PoolStanding& pool);

}  // namespace lienthong::cli
