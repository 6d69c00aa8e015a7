/// A host of the misbehaving connector, for the tests that tell it to misbehave.
#pragma once

#include "hub/process/sanitized.hpp"
#include "tests/golden/machine.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <string>

namespace lienthong::golden {

using process::sanitized;

inline PluginPlace misbehaving()
{
    return {"misbehaving", std::string(LIENTHONG_BINARY_DIR) + "/lib/test_plugins/misbehaving.so"};
}

/// Sanitizer builds compute several times slower.
inline Result<process::ConnectorPlugin> misbehaving_plugin()
{
    auto plugin = worker_plugin(misbehaving());
    if (!plugin)
        return plugin;
    plugin->pool.job_deadline = sanitized ? std::chrono::seconds(5) : std::chrono::seconds(1);
    plugin->pool.job_cpu = sanitized ? std::chrono::milliseconds(3000) : std::chrono::milliseconds(500);
    plugin->pool.start_deadline = std::chrono::seconds(20);
    return plugin;
}

inline sdk::Settings misdeed_at_open(const std::string& command)
{
    sdk::Settings settings;
    settings.set("at_open", command);
    return settings;
}

inline Result<sdk::Step> tell(process::ConnectorHost& host, const sdk::Event& event)
{
    std::promise<Result<sdk::Step>> promise;
    host.handle(event, sdk::AnswerForm::none, [&](Result<sdk::Step> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
}

/// The misdeed's code, or what the connector says it could do.
inline std::string outcome_of(const Result<sdk::Step>& result)
{
    return result ? result->cursor.value_or("nothing") : result.problem().code;
}

inline std::string poll(process::ConnectorHost& host, const std::string& command)
{
    sdk::Event event;
    event.what = sdk::Poll{command};
    return outcome_of(tell(host, event));
}

}  // namespace lienthong::golden
