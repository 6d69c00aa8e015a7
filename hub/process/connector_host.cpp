// The core's handle on a connector that runs in its own worker process.
#include "hub/process/connector_host.hpp"

#include "hub/sdk/codec.hpp"

#include <utility>

namespace lienthong::process {
namespace {

Result<sdk::Step> step_of(Result<std::string>& outcome)
{
    if (!outcome)
        return outcome.problem();
    auto step = sdk::decode_step(*outcome);
    if (!step)
        return Problem{"process.worker_garbage",
                       "the connector's step cannot be read",
                       {},
                       std::to_string(outcome->size()) + " bytes",
                       "a step within the limits of hub/sdk/codec.hpp"};
    return std::move(*step);
}

Result<sdk::Description> description_of(const Hello& hello)
{
    auto description = sdk::decode_description(hello.about);
    if (hello.role != "connector" || !description)
        return Problem{
            "process.worker_garbage", "the worker's hello is not a connector's", {}, shortened(hello.role), "connector"};
    return std::move(*description);
}

}  // namespace

WorkerProgram connector_program(const ConnectorPlugin& plugin)
{
    WorkerProgram program = plugin.pool.program;
    if (program.path.empty())
        program.path = default_worker_path();
    program.arguments = {"--role",           "connector", "--plugin",           plugin.path, "--name",
                         plugin.locked.name, "--digest",  plugin.locked.sha256, "--memory",  std::to_string(plugin.memory_mib)};
    program.keep_stderr = plugin.keep_stderr;
    return program;
}

Result<sdk::Description> ConnectorHost::describe(const ConnectorPlugin& plugin)
{
    PoolOptions options = plugin.pool;
    options.program = connector_program(plugin);
    options.opening.clear();
    options.workers = 1;
    WorkerPool pool(options);
    const auto hello = pool.wait_ready(options.start_deadline);
    if (!hello)
        return hello.problem();
    return description_of(*hello);
}

Result<std::unique_ptr<ConnectorHost>> ConnectorHost::open(const ConnectorPlugin& plugin, const sdk::Settings& settings)
{
    PoolOptions options = plugin.pool;
    options.program = connector_program(plugin);
    options.workers = 1;
    const std::string encoded = sdk::encode(settings);
    options.opening = encode(ConnectorJob{ConnectorJob::Kind::open, sdk::AnswerForm::none, encoded});
    auto pool = std::make_unique<WorkerPool>(options);
    const auto hello = pool->wait_ready(options.start_deadline);
    if (!hello)
        return hello.problem();
    auto description = description_of(*hello);
    if (!description)
        return description.problem();
    return std::unique_ptr<ConnectorHost>(new ConnectorHost(std::move(pool), std::move(*description), plugin.locked.sha256));
}

void ConnectorHost::handle(const sdk::Event& event, sdk::AnswerForm form, Done done)
{
    const std::string encoded = sdk::encode(event);
    pool_->submit(encode(ConnectorJob{ConnectorJob::Kind::event, form, encoded}),
                  [done = std::move(done)](Result<std::string> outcome) { done(step_of(outcome)); });
}

ConnectorHost::~ConnectorHost()
{
    pool_->stop();
}

}  // namespace lienthong::process
