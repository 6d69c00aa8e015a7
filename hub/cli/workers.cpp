#include "hub/cli/workers.hpp"

#include "hub/cli/one_file.hpp"
#include "hub/process/connector_settings.hpp"
#include "hub/process/lock_file.hpp"
#include "hub/text/unicode.hpp"

#include <filesystem>

namespace lienthong::cli {
namespace {

class HostedMachine final : public flow::ConnectorMachine
{
public:
    explicit HostedMachine(std::shared_ptr<process::ConnectorHost> host) : host_(std::move(host)) {}
    ~HostedMachine() override { host_->stop(); }
    void handle(const sdk::Event& event, sdk::AnswerForm form, Done done) override { host_->handle(event, form, std::move(done)); }
    [[nodiscard]] const std::string& digest() const override { return host_->digest(); }

private:
    std::shared_ptr<process::ConnectorHost> host_;
};

/// The text of a document setting; its path is taken from the configuration's folder.
Result<std::string> document_text(const std::string& path, const std::string& base)
{
    constexpr std::size_t most_bytes = 1024 * 1024;
    const auto text = read_one_file((std::filesystem::path(base) / path).string());
    if (!text || text->size() > most_bytes)
        return Problem{"settings.unreadable", "the document of this setting cannot be read", {}, path, "a readable file of at most 1 MiB", {}};
    return *text;
}

/// A pool's sentence has no subject: it is given one here.
std::function<void(const std::string&)> told(const Say& say, std::string subject)
{
    if (!say)
        return {};
    return [say, subject = std::move(subject)](const std::string& sentence) { say(subject + " " + sentence); };
}

}  // namespace

std::shared_ptr<process::WorkerPool> start_workshop(const Settings& settings, const std::vector<std::string>& mapping_files, const Say& say)
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
    options.told = told(say, "workshop: a worker");
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
    const auto text = read_one_file(settings.plugin_lock);
    if (!text)
        return Problem{"settings.plugins", "the plugins' lock file cannot be read", settings.plugin_lock, {}, "a lock file; see lienthong plugins trust", {}};
    const auto lock = process::read_lock(*text);
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

namespace {

/// A name that is not in the lock file may be one of it mistyped.
Problem plugin_problem(const Settings& settings, const FlowSettings& flow, Problem problem)
{
    problem.place = flow.connector_place;
    if (problem.code == "process.plugin_unlisted") {
        const auto lock = process::read_lock(read_one_file(settings.plugin_lock).value_or(""));
        std::vector<std::string> names;
        for (const process::LockedPlugin& locked : lock.ok() ? *lock : std::vector<process::LockedPlugin>{})
            names.push_back(locked.name);
        const auto near = text::nearest(flow.connector, names);
        problem.found = shortened(flow.connector);
        problem.expected = near.empty() ? "a connector listed in " + settings.plugin_lock : near.front();
    }
    return problem;
}

/// A flow goes the way its mapping says; the connector must go it too.
void check_direction(const FlowSettings& flow, const sdk::Description& about, std::vector<Problem>& problems)
{
    const bool out = !flow.deliver.empty();
    if (out ? about.delivers : about.polls || !about.routes.empty())
        return;
    problems.push_back({"settings.connector",
                        "the connector '" + about.name + (out ? "' delivers nothing" : "' brings nothing in"),
                        flow.connector_place, out ? "deliver: " + flow.deliver : "mapping: " + flow.mapping,
                        out ? "a connector that delivers, or mapping instead of deliver" : "deliver instead of mapping",
                        about.speaks});
}

}  // namespace

std::optional<CheckedConnector> check_connector(const Settings& settings, const FlowSettings& flow,
                                                std::vector<Problem>& problems)
{
    const auto plugin = plugin_of(settings, flow.connector);
    const auto about = plugin.ok() ? process::ConnectorHost::describe(*plugin) : Result<sdk::Description>(plugin.problem());
    if (!about.ok()) {
        problems.push_back(plugin_problem(settings, flow, about.problem()));
        return std::nullopt;
    }
    const std::size_t before = problems.size();
    CheckedConnector out{*plugin, *about, {}, {}};
    check_direction(flow, *about, problems);
    const process::Nearest nearest = [](std::string_view wanted, const std::vector<std::string>& names) {
        return text::nearest(wanted, names);
    };
    out.settings = process::check_settings(*about, flow.settings, nearest, problems, flow.called.has_value());
    const auto place_of = [&](const std::string& name) {
        const auto it = flow.settings.values.find(name);
        return it == flow.settings.values.end() ? flow.settings.place : it->second.place;
    };
    const std::string base = std::filesystem::path(settings.file).parent_path().string();
    for (const auto& [name, reference] : out.settings.secret_references) {
        auto secret = resolve_secret(reference, base);
        if (secret.ok()) {
            out.secrets[name] = std::move(secret).value();
            continue;
        }
        Problem problem = secret.problem();
        problem.detail = "the secret '" + name + "': " + problem.detail;
        problem.place = place_of(name);
        problem.found = reference;
        problems.push_back(std::move(problem));
    }
    for (const auto& [name, path] : out.settings.documents) {
        auto text = document_text(path, base);
        if (text.ok()) {
            out.settings.for_plugin.set(name, std::move(text).value());
            continue;
        }
        Problem problem = text.problem();
        problem.place = place_of(name);
        problems.push_back(std::move(problem));
    }
    for (const auto& [name, url] : out.settings.endpoints)
        if (url.starts_with("http://") && !flow.plain_http)
            problems.push_back({"settings.plain_http", "the address '" + name + "' is not https", place_of(name), url,
                                "https, or plain_http: true for this flow", {}});
    if (problems.size() != before)
        return std::nullopt;
    return out;
}

Result<OpenedConnector> open_connector(const Settings& settings, const FlowSettings& flow, std::vector<Problem>& problems, const Say& say)
{
    const std::size_t before = problems.size();
    auto checked = check_connector(settings, flow, problems);
    if (!checked)
        return problems[before];
    checked->plugin.pool.told = told(say, "flow " + flow.name + ": the worker of " + flow.connector);
    auto host = process::ConnectorHost::open(checked->plugin, checked->settings.for_plugin);
    if (!host.ok()) {
        problems.push_back(host.problem());
        problems.back().place = flow.settings.place;
        return problems.back();
    }
    OpenedConnector opened;
    opened.description = std::move(checked->description);
    opened.endpoints = std::move(checked->settings.endpoints);
    opened.secrets = std::move(checked->secrets);
    opened.host = std::move(host).value();
    opened.machine = std::make_shared<HostedMachine>(opened.host);
    return opened;
}

flow::WorkersStanding standing_of(std::string name, const process::PoolStanding& pool)
{
    return {std::move(name), pool.ready, pool.deaths, pool.reached_out, pool.flapping, pool.pausing, pool.last_end};
}

}  // namespace lienthong::cli
