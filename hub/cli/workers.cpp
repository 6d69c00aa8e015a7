#include "hub/cli/workers.hpp"

#include "hub/process/connector_settings.hpp"
#include "hub/process/lock_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace lienthong::cli {
namespace {

class HostedMachine final : public flow::ConnectorMachine
{
public:
    explicit HostedMachine(std::unique_ptr<process::ConnectorHost> host) : host_(std::move(host)) {}
    ~HostedMachine() override { host_->stop(); }
    void handle(const sdk::Event& event, sdk::AnswerForm form, Done done) override { host_->handle(event, form, std::move(done)); }
    [[nodiscard]] const std::string& digest() const override { return host_->digest(); }

private:
    std::unique_ptr<process::ConnectorHost> host_;
};

/// The text of a document setting; its path is taken from the configuration's folder.
Result<std::string> document_text(const std::string& path, const std::string& base)
{
    constexpr std::size_t most_bytes = 1024 * 1024;
    std::ifstream stream(std::filesystem::path(base) / path, std::ios::binary);
    std::string text(most_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad() || !stream.eof() || text.size() > most_bytes)
        return Problem{"settings.unreadable", "the document of this setting cannot be read", {}, path, "a readable file of at most 1 MiB", {}};
    return text;
}

}  // namespace

std::shared_ptr<process::WorkerPool> start_workshop(const Settings& settings, const std::vector<std::string>& mapping_files)
{
    process::PoolOptions options;
    options.program.path = process::default_worker_path();
    options.program.arguments = {"--role", "workshop", "--catalogue", settings.catalogue};
    for (const std::string& file : mapping_files) {
        options.program.arguments.emplace_back("--mapping");
        options.program.arguments.push_back(file);
    }
    options.program.keep_stderr = true;
    options.workers = std::max<std::size_t>(1, settings.workers);
    options.jobs_ahead = 2;
    options.tries = 1;  // The intake tries a message again itself, and then sets it aside.
    return std::make_shared<process::WorkerPool>(std::move(options));
}

flow::AskWorkshop ask_workshop(std::shared_ptr<process::WorkerPool> pool)
{
    return [pool = std::move(pool)](std::string job, std::function<void(Result<std::string>)> done) {
        pool->submit(std::move(job), std::move(done));
    };
}

Result<process::ConnectorPlugin> plugin_of(const Settings& settings, const std::string& name)
{
    std::ifstream stream(settings.plugin_lock, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream)
        return Problem{"settings.plugins", "the plugins' lock file cannot be read", settings.plugin_lock, {}, "a lock file; see lienthong plugins trust", {}};
    const auto lock = process::read_lock(text.str());
    if (!lock.ok())
        return lock.problem();
    const auto locked = process::find_locked(*lock, name);
    if (!locked.ok())
        return locked.problem();
    process::ConnectorPlugin plugin;
    plugin.locked = *locked;
    plugin.path = (std::filesystem::path(settings.plugin_directory) / locked->file).lexically_normal().string();
    plugin.keep_stderr = true;
    return plugin;
}

Result<OpenedConnector> open_connector(const Settings& settings, const FlowSettings& flow, std::vector<Problem>& problems)
{
    const auto plugin = plugin_of(settings, flow.connector);
    if (!plugin.ok())
        return plugin.problem();
    const auto description = process::ConnectorHost::describe(*plugin);
    if (!description.ok())
        return description.problem();

    const std::size_t before = problems.size();
    const process::CheckedSettings checked = process::check_settings(*description, flow.settings, problems);
    sdk::Settings for_plugin = checked.for_plugin;
    OpenedConnector opened;
    opened.description = *description;
    opened.endpoints = checked.endpoints;
    const std::string base = std::filesystem::path(settings.file).parent_path().string();
    for (const auto& [name, reference] : checked.secret_references) {
        auto secret = resolve_secret(reference, base);
        if (secret.ok())
            opened.secrets[name] = std::move(secret).value();
        else
            problems.push_back(secret.problem());
    }
    for (const auto& [name, path] : checked.documents)
        if (auto text = document_text(path, base); text.ok())
            for_plugin.set(name, std::move(text).value());
        else
            problems.push_back({"settings.unreadable", text.problem().detail, name, text.problem().found, text.problem().expected, {}});
    for (const auto& [name, url] : opened.endpoints)
        if (url.rfind("http://", 0) == 0 && !flow.plain_http)
            problems.push_back({"settings.plain_http", "this address is not https", name, url, "https, or plain_http: true for this flow", {}});
    for (std::size_t i = before; i < problems.size(); ++i)
        problems[i].place = flow.place + " " + flow.name + "." + problems[i].place;
    if (problems.size() != before)
        return problems[before];

    auto host = process::ConnectorHost::open(*plugin, for_plugin);
    if (!host.ok())
        return host.problem();
    opened.machine = std::make_shared<HostedMachine>(std::move(host).value());
    return opened;
}

}  // namespace lienthong::cli
