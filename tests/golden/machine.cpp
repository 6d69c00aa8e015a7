// A connector under test, in this process or in a worker.
#include "tests/golden/machine.hpp"

#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/sdk/codec.hpp"
#include "hub/seal/digest.hpp"
#include "tests/golden/golden_case.hpp"

#include <future>

namespace lienthong::golden {
namespace {

using namespace std::chrono_literals;

sdk::Step step_of(const Result<sdk::Step>& result)
{
    if (result)
        return *result;
    sdk::Step step;
    step.failure = sdk::Failure{sdk::FailureClass::transient, result.problem().code, result.problem().sentence(), {}, 0};
    return step;
}

class MachineHere final : public Machine
{
public:
    explicit MachineHere(process::ConnectorRole role) : role_(std::move(role)) {}

    sdk::Step handle(const sdk::Event& event, sdk::AnswerForm form) override
    {
        const std::string encoded = sdk::encode(event);
        const auto answer = role_.work(process::encode(process::ConnectorJob{process::ConnectorJob::Kind::event, form, encoded}));
        if (!answer)
            return step_of(answer.problem());
        auto step = sdk::decode_step(*answer);
        return step ? std::move(*step) : step_of(Problem{"process.worker_garbage", "the step cannot be read"});
    }

    const sdk::Description& description() const override { return role_.library().description(); }

private:
    process::ConnectorRole role_;
};

class MachineInWorker final : public Machine
{
public:
    MachineInWorker(std::unique_ptr<process::ConnectorHost> host, Around around)
        : host_(std::move(host)), around_(std::move(around))
    {
    }

    sdk::Step handle(const sdk::Event& event, sdk::AnswerForm form) override
    {
        std::promise<Result<sdk::Step>> promise;
        host_->handle(event, form, [&](Result<sdk::Step> result) { promise.set_value(std::move(result)); });
        if (around_.in_hand)
            around_.in_hand(*host_);
        const sdk::Step step = step_of(promise.get_future().get());
        if (around_.after)
            around_.after(*host_);
        return step;
    }

    const sdk::Description& description() const override { return host_->description(); }

private:
    std::unique_ptr<process::ConnectorHost> host_;
    Around around_;
};

Result<sdk::Settings> checked(const sdk::Description& description, const std::map<std::string, std::string>& settings)
{
    auto given = settings;
    for (const sdk::Setting& setting : description.settings)
        if (setting.type == sdk::SettingType::secret)
            given.emplace(setting.name, "env:NOT_READ_IN_TESTS");
    std::vector<Problem> problems;
    auto out = process::check_settings(description, given, problems);
    if (!problems.empty())
        return problems.front();
    for (const auto& [name, path] : out.documents)
        out.for_plugin.set(name, read_file(std::string(LIENTHONG_SOURCE_DIR) + '/' + path));
    return std::move(out.for_plugin);
}

Result<process::LockedPlugin> locked(const PluginPlace& plugin, std::string& bytes)
{
    auto read = process::read_plugin(plugin.path);
    if (!read)
        return read.problem();
    bytes = std::move(*read);
    return process::LockedPlugin{plugin.name, seal::sha256_hex(bytes), plugin.path};
}

}  // namespace

PluginPlace built_plugin(const std::string& connector)
{
    return {connector, std::string(LIENTHONG_BINARY_DIR) + "/lib/plugins/" + connector + ".so"};
}

Result<Tree> read_document(sdk::AnswerForm form, std::string_view bytes)
{
    if (form == sdk::AnswerForm::json)
        return adapters::JsonFormat().read(bytes, FormatLimits{});
    return adapters::XmlFormat().read(bytes, FormatLimits{});
}

Result<std::unique_ptr<Machine>> machine_here(const PluginPlace& plugin, const std::map<std::string, std::string>& settings)
{
    std::string bytes;
    const auto entry = locked(plugin, bytes);
    if (!entry)
        return entry.problem();
    auto library = process::PluginLibrary::load(bytes, *entry, seal::sha256_hex);
    if (!library)
        return library.problem();
    const auto for_plugin = checked(library->description(), settings);
    if (!for_plugin)
        return for_plugin.problem();
    process::ConnectorRole role(std::move(*library), read_document);
    const std::string encoded = sdk::encode(*for_plugin);
    const auto opened =
        role.work(process::encode(process::ConnectorJob{process::ConnectorJob::Kind::open, sdk::AnswerForm::none, encoded}));
    if (!opened)
        return opened.problem();
    return std::unique_ptr<Machine>(std::make_unique<MachineHere>(std::move(role)));
}

Result<process::ConnectorPlugin> worker_plugin(const PluginPlace& plugin)
{
    std::string bytes;
    auto entry = locked(plugin, bytes);
    if (!entry)
        return entry.problem();
    process::ConnectorPlugin out;
    out.locked = std::move(*entry);
    out.path = plugin.path;
    out.pool.deaths_forgiven = 1'000'000;
    out.pool.job_deadline = 20s;
    return out;
}

Result<std::unique_ptr<Machine>> machine_in_worker(const PluginPlace& plugin, const std::map<std::string, std::string>& settings,
                                                   Around around)
{
    const auto configured = worker_plugin(plugin);
    if (!configured)
        return configured.problem();
    const auto description = process::ConnectorHost::describe(*configured);
    if (!description)
        return description.problem();
    const auto for_plugin = checked(*description, settings);
    if (!for_plugin)
        return for_plugin.problem();
    auto host = process::ConnectorHost::open(*configured, *for_plugin);
    if (!host)
        return host.problem();
    return std::unique_ptr<Machine>(std::make_unique<MachineInWorker>(std::move(*host), std::move(around)));
}

}  // namespace lienthong::golden
