/// Connector role: what a worker does for a connector: parses the answer, hands the plugin event and tree.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"
#include "hub/process/plugin_library.hpp"
#include "hub/process/worker_loop.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace lienthong::process {

/// The hub's strict parsers, given from outside; called with json or xml only.
using ReadDocument = std::function<Result<Tree>(sdk::AnswerForm, std::string_view)>;

/// One machine behind one job function. An event whose body is not what it should be reaches the plugin all the
/// same, with the parser's sentence in place of a document.
class ConnectorRole
{
public:
    ConnectorRole(PluginLibrary library, ReadDocument read) : library_(std::move(library)), read_(std::move(read)) {}

    /// Throws std::bad_alloc when the plugin ran out of memory: the worker must be replaced.
    /// Fails with: process.connector_refused, process.connector_failed, process.worker_garbage.
    [[nodiscard]] Result<std::string> work(std::string_view job);
    [[nodiscard]] const PluginLibrary& library() const { return library_; }

private:
    Result<std::string> handle(const ConnectorJob& job) const;

    PluginLibrary library_;
    ReadDocument read_;
    std::unique_ptr<PluginMachine> machine_;
};

}  // namespace lienthong::process
