/// Plugin library: a connector's shared object, loaded into this process, and the machines made from it.
///
/// Belongs into worker processes and tests; the core never loads one.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"
#include "hub/process/plugin_file.hpp"
#include "hub/sdk/abi.h"
#include "hub/sdk/connector.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace lienthong::process {

/// One machine of a plugin. Events and steps are bytes of hub/sdk/codec.hpp.
class PluginMachine
{
public:
    PluginMachine(const lienthong_connector_api& api, void* machine) : api_(&api), machine_(machine) {}
    ~PluginMachine() { api_->close(machine_); }
    PluginMachine(const PluginMachine&) = delete;
    PluginMachine& operator=(const PluginMachine&) = delete;

    /// `document` comes with the event; it may be empty. Throws std::bad_alloc when the plugin ran out of memory: what
    /// it left behind cannot be given back. Fails with: process.connector_failed.
    [[nodiscard]] Result<std::string> handle(std::string_view event, const Tree& document) const;

private:
    const lienthong_connector_api* api_;
    void* machine_;
};

class PluginLibrary
{
public:
    /// Judges these very bytes, then loads them from a sealed memory file, so that nothing can change in between.
    /// A library stays loaded until the process ends.
    /// Fails with: as judge_plugin; process.plugin_load, process.plugin_name, process.connector_failed.
    [[nodiscard]] static Result<PluginLibrary> load(std::string_view bytes, const LockedPlugin& locked, const Sha256Hex& sha256);

    [[nodiscard]] const sdk::Description& description() const { return description_; }
    /// As the plugin encoded it.
    [[nodiscard]] const std::string& encoded_description() const { return encoded_; }
    /// Fails with: process.connector_refused.
    [[nodiscard]] Result<std::unique_ptr<PluginMachine>> open(std::string_view encoded_settings) const;

private:
    PluginLibrary(const lienthong_connector_api& api, std::string encoded, sdk::Description description)
        : api_(&api), encoded_(std::move(encoded)), description_(std::move(description))
    {
    }
    const lienthong_connector_api* api_;
    std::string encoded_;
    sdk::Description description_;
};

}  // namespace lienthong::process
