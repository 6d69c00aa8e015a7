/// Machine: a connector under test, in this process or in a worker; both read answers with the hub's own parsers.
#pragma once

#include "hub/process/connector_host.hpp"
#include "hub/process/connector_role.hpp"
#include "hub/process/connector_settings.hpp"
#include "hub/sdk/event.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace lienthong::golden {

class Machine
{
public:
    virtual ~Machine() = default;
    /// A connector that breaks down is a step whose failure has the problem's code, as the flows see it.
    [[nodiscard]] virtual sdk::Step handle(const sdk::Event& event, sdk::AnswerForm form) = 0;
    [[nodiscard]] virtual const sdk::Description& description() const = 0;
};

/// Where the build put a plugin: <build>/lib/plugins/<name>.so, or elsewhere for test plugins.
struct PluginPlace
{
    std::string name;
    std::string path;
};
[[nodiscard]] PluginPlace built_plugin(const std::string& connector);

/// Loaded here; for everything that is not about processes.
[[nodiscard]] Result<std::unique_ptr<Machine>> machine_here(const PluginPlace& plugin,
                                                            const std::map<std::string, std::string>& settings);

/// What runs around an event, with the host: contract tests kill the worker in it.
using AtStep = std::function<void(process::ConnectorHost&)>;
struct Around
{
    AtStep in_hand;  ///< Once the event is handed over and not answered yet.
    AtStep after;    ///< After every answered event.
};
[[nodiscard]] Result<std::unique_ptr<Machine>> machine_in_worker(const PluginPlace& plugin,
                                                                 const std::map<std::string, std::string>& settings, Around around);

/// As a worker is configured in tests: deaths are forgiven, deadlines are short.
[[nodiscard]] Result<process::ConnectorPlugin> worker_plugin(const PluginPlace& plugin);

[[nodiscard]] Result<Tree> read_document(sdk::AnswerForm form, std::string_view bytes);

}  // namespace lienthong::golden
