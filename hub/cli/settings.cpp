// Reads the configuration, section by section.
#include "hub/cli/settings.hpp"

#include "hub/cli/document.hpp"
#include "hub/cli/settings_reading.hpp"
#include "hub/cli/whole_file.hpp"
#include "hub/flow/computed_message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string_view>

#include <sys/stat.h>

namespace lienthong::cli {
namespace {

/// A way out of figures or facts, which have their place in the log.
bool tells_what_is_stored(const FlowSettings& flow)
{
    return !flow.deliver.empty() && !sends_documents(flow);
}

/// "Name <address>" or an address alone.
std::optional<Mailbox> mailbox_from(std::string_view text)
{
    Mailbox box;
    const std::size_t open = text.find('<');
    if (open != std::string_view::npos && text.ends_with('>')) {
        box.address = text.substr(open + 1, text.size() - open - 2);
        box.name = text.substr(0, open);
        box.name.erase(box.name.find_last_not_of(' ') + 1);
    } else {
        box.address = text;
    }
    if (!is_mail_address(box.address) || box.name.find_first_of("\r\n\t") != std::string::npos)
        return std::nullopt;
    return box;
}

/// "08:00" after midnight.
std::optional<std::chrono::minutes> time_of_day(std::string_view text)
{
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1000; };
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return std::chrono::minutes(hours * 60 + minutes);
}

void read_remind(Reading& in, const yaml::Node* node, ReminderSettings& out)
{
    if (node == nullptr)
        return;
    in.check_keys(*node, "compliance.remind");
    const std::string at = in.text(node, "compliance.remind", "at");
    if (const auto time = time_of_day(at))
        out.at = *time;
    else
        in.add("settings.type", in.place(node, "at"), at, "a time of day such as \"08:00\"", "at is no time of day");
    if (node->find("days") == nullptr)
        return;
    out.days.clear();
    for (const std::string& text : in.list(node, "compliance.remind", "days")) {
        unsigned days = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
        if (error != std::errc{} || end != text.data() + text.size() || days > most_reminder_days)
            in.add("settings.type", in.place(node, "days"), text, "whole numbers from 0 to 60", "days has another item");
        out.days.push_back(days);
    }
}

ReminderSettings read_reminders(Reading& in, const yaml::Node* compliance, const std::string& authorities)
{
    ReminderSettings out;
    out.contacts = in.path(compliance, "compliance", "contacts");
    read_remind(in, compliance == nullptr ? nullptr : compliance->find("remind"), out);
    const yaml::Node* mail = compliance == nullptr ? nullptr : compliance->find("mail");
    if (mail == nullptr)
        return out;
    in.check_keys(*mail, "compliance.mail");
    out.place = in.place(compliance, "mail");
    out.mail_server = in.text(mail, "compliance.mail", "server");
    out.user = in.text(mail, "compliance.mail", "user");
    out.password = in.text(mail, "compliance.mail", "password");
    out.authority = in.path(mail, "compliance.mail", "authority");
    if (out.authority.empty())
        out.authority = authorities;
    const std::string from = in.text(mail, "compliance.mail", "from");
    if (const auto box = mailbox_from(from))
        out.from = *box;
    else
        in.add("settings.type", in.place(mail, "from"), from, "an address, or Name <address>", "from is no mail address");
    if (out.mail_server.empty())
        in.add("settings.missing", in.place(compliance, "mail"), "", "compliance.mail.server", "mail goes out by a server");
    return out;
}

AlarmSettings read_alarms(Reading& in, const yaml::Node* node, const ReminderSettings& reminders)
{
    AlarmSettings out;
    out.deadline_days = static_cast<unsigned>(in.number(node, "alarms", "deadline_days", most_reminder_days));
    for (const std::string& text : in.list(node, "alarms", "mail_to")) {
        if (const auto box = mailbox_from(text))
            out.mail_to.push_back(*box);
        else
            in.add("settings.type", in.place(node, "mail_to"), text, "an address, or Name <address>", "mail_to has another item");
    }
    if (out.mail_to.empty() && reminders.contacts.empty() && !reminders.mail_server.empty())
        in.add("settings.missing", reminders.place, "", "compliance.contacts for reminders, or alarms.mail_to", "mail goes to somebody");
    if (!out.mail_to.empty() && reminders.mail_server.empty())
        in.add("settings.missing", in.place(node, "mail_to"), "", "compliance.mail.server", "mail goes out by a server");
    return out;
}

OutwardSettings read_outward(Reading& in, const yaml::Node* node)
{
    const auto count = [&](std::string_view name, std::int64_t most) {
        const std::int64_t given = in.number(node, "outward", name, most);
        if (given < 1)
            in.add("settings.type", in.place(node, name), std::to_string(given), "at least 1", std::string(name) + " is too small");
        return std::max<std::int64_t>(1, given);
    };
    OutwardSettings out;
    out.name = std::chrono::seconds(count("name_secs", 600));
    out.connect = std::chrono::seconds(count("connect_secs", 600));
    out.handshake = std::chrono::seconds(count("tls_secs", 600));
    out.first_byte = std::chrono::seconds(count("first_byte_secs", 3'600));
    flow::BreakerSettings& breaker = out.sources.breaker;
    breaker.most_failures = static_cast<int>(count("breaker_failures", 5));
    breaker.first_rest = std::chrono::seconds(count("breaker_rest_secs", 300));
    return out;
}

/// What links begin with; empty where nobody outside could follow them.
std::string base_url_of(Reading& in, const yaml::Node* listen, const Settings& settings)
{
    std::string url = in.text(listen, "listen", "public_url");
    if (!url.empty()) {
        const bool plain = url.find_first_of(" \t\r\n\"<>?#") == std::string::npos;
        if (!plain || (!url.starts_with("https://") && !url.starts_with("http://")))
            in.add("settings.type", in.place(listen, "public_url"), url, "https://… without query or fragment",
                   "public_url is no address of a site");
        return url;
    }
    if (settings.port == 0 || settings.address == "0.0.0.0" || settings.address == "::")
        return {};
    const bool v6 = settings.address.find(':') != std::string::npos;
    return (settings.certificate.empty() ? "http://" : "https://") + (v6 ? '[' + settings.address + ']' : settings.address) + ':' +
           std::to_string(settings.port);
}

}  // namespace

std::optional<Settings> read_settings(const std::string& file, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    auto out = read_settings_in_part(file, problems);
    return problems.size() == before ? std::move(out) : std::nullopt;
}

std::optional<Settings> read_settings_in_part(const std::string& file, std::vector<Problem>& problems)
{
    auto bytes = whole_file(file, "the configuration file");
    if (!bytes) {
        problems.push_back(bytes.problem());
        return std::nullopt;
    }
    const yaml::Source source(file, *std::move(bytes));
    const auto root = yaml::read(source, problems);
    if (!root)
        return std::nullopt;
    Reading in(source, problems);
    in.check_keys(*root, "");
    const auto section = [&](std::string_view name) {
        const yaml::Node* node = root->find(name);
        if (node != nullptr)
            in.check_keys(*node, name);
        return node;
    };

    Settings out;
    out.file = file;
    const yaml::Node* province = section("province");
    out.province_name = in.text(province, "province", "name");
    out.province_area = in.text(province, "province", "area");
    out.notice = in.text(province, "province", "notice");
    out.data_directory = in.path(&*root, "", "data_directory");
    out.catalogue = in.installed_path(&*root, "", "catalogue", Came::catalogue);
    out.mappings = in.installed_path(&*root, "", "mappings", Came::mappings);
    const yaml::Node* listen = section("listen");
    out.address = in.text(listen, "listen", "address");
    out.port = static_cast<std::uint16_t>(in.number(listen, "listen", "port", 65'535));
    out.certificate = in.path(listen, "listen", "certificate");
    out.key = in.path(listen, "listen", "key");
    out.hosts = in.list(listen, "listen", "hosts");
    out.base_url = base_url_of(in, listen, out);
    out.authorities = in.path(section("trust"), "trust", "authorities");
    out.outward = read_outward(in, section("outward"));
    const yaml::Node* plugins = section("plugins");
    out.plugin_directory = in.path(plugins, "plugins", "directory");
    if (out.plugin_directory.empty())
        out.plugin_directory = came_with_the_program(Came::plugins);
    out.plugin_lock = in.path(plugins, "plugins", "lock");
    out.workers = static_cast<std::size_t>(in.number(section("workshop"), "workshop", "workers", 64));
    const yaml::Node* signer = section("signer");
    out.signer_socket = in.path(signer, "signer", "socket");
    out.chain = in.path(signer, "signer", "chain");
    out.note_verifier = in.path(signer, "signer", "note_verifier");
    out.oldest_waiting = std::chrono::seconds(in.number(section("health"), "health", "oldest_waiting_secs", 86'400));
    out.open_status_on_loopback = in.toggle(section("status"), "status", "open_on_loopback");
    const yaml::Node* computing = section("computing");
    out.computing_pause = std::chrono::seconds(std::max<std::int64_t>(1, in.number(computing, "computing", "interval_secs", 86'400)));
    out.most_facts = static_cast<std::size_t>(in.number(computing, "computing", "most_facts", 100'000'000));
    const yaml::Node* compliance = section("compliance");
    out.compliance_set = in.text(compliance, "compliance", "set");
    out.reminders = read_reminders(in, compliance, out.authorities);
    if (!out.reminders.mail_server.empty() && out.compliance_set.empty())
        in.add("settings.missing", in.place(compliance, "mail"), "", "compliance.set", "reminders are about a set of report forms");
    out.alarms = read_alarms(in, section("alarms"), out.reminders);
    if (const yaml::Node* flows = root->find("flows"); flows != nullptr && flows->kind == yaml::Kind::sequence)
        for (const yaml::Node& node : flows->values)
            out.flows.push_back(read_flow(in, node));
    for (const FlowSettings& flow : out.flows)
        if (flow.name == flow::computed_flow)
            in.add("settings.flow", flow.place, flow.name, "another name", "this is the flow of computed indicators");
    for (auto flow = out.flows.begin(); flow != out.flows.end(); ++flow)
        if (!flow->behind.empty() && (!tells_what_is_stored(*flow) || std::none_of(out.flows.begin(), flow, [&](const FlowSettings& other) {
                return other.name == flow->behind && tells_what_is_stored(other);
            })))
            in.add("settings.flow", flow->place, flow->behind, "a way out, other than of documents, that stands above this one",
                   "a way out goes behind another, never round in a ring");
    for (std::size_t i = 0; i < out.flows.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const FlowSettings& flow = out.flows[i];
            const FlowSettings& other = out.flows[k];
            if (flow.name == other.name)
                in.add("settings.flow", flow.place, flow.name, "a name of its own", "two flows have one name");
            if (sends_documents(flow) && sends_documents(other) && flow.sender == other.sender && flow.answers && other.answers)
                in.add("settings.flow", flow.place, flow.name, "answers: false in all but one", "two flows would tell senders that their documents arrived");
        }
    return out;
}

Result<std::string> resolve_secret(const std::string& reference, const std::string& base_directory)
{
    const auto wrong = [&](std::string detail, std::string expected) {
        return Problem{"settings.secret", std::move(detail), reference, {}, std::move(expected), {}};
    };
    if (reference.rfind("env:", 0) == 0) {
        const char* value = std::getenv(reference.c_str() + 4);
        if (value == nullptr)
            return wrong("this environment variable is not set", "a variable with the secret");
        return std::string(value);
    }
    if (reference.rfind("file:", 0) != 0)
        return Problem{"settings.secret", "a secret never stands in the configuration itself", {},
                       std::to_string(reference.size()) + " bytes that are no reference", "file:PATH or env:NAME", {}};
    const std::string path = (std::filesystem::path(base_directory) / reference.substr(5)).string();
    struct stat info = {};
    if (stat(path.c_str(), &info) != 0)
        return wrong("there is no such file", path);
    if ((info.st_mode & 0077U) != 0)
        return wrong("others can read this file", "mode 0600");
    auto bytes = whole_file(path);
    if (!bytes)
        return wrong("this file cannot be read", "a file that the hub's account may read");
    std::string value = *std::move(bytes);
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r'))
        value.pop_back();
    return value;
}

}  // namespace lienthong::cli
