// Reads the configuration. The table says every key once: name, type, whether it is needed, default, meaning.
#include "hub/cli/settings.hpp"

#include "hub/cli/document.hpp"
#include "hub/cli/installation.hpp"
#include "hub/flow/computed_message.hpp"
#include "hub/mapping/yaml.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string_view>

#include <sys/stat.h>

namespace lienthong::cli {
namespace {

namespace yaml = mapping::yaml;

struct Key
{
    std::string_view section;  ///< "" for the top level, "flows" for each flow.
    std::string_view name;
    std::string_view type;     ///< "text", "path", "number", "switch", "list", "map", "choice a|b"
    bool needed;
    std::string_view fallback;
    std::string_view meaning;
};

constexpr Key keys[] = {
    {"province", "name", "text", true, "", "Name of the province, for people."},
    {"province", "area", "text", true, "", "Area every figure must lie in, e.g. GSO:33."},
    {"province", "notice", "text", false, "", "A sentence the status page shows, e.g. that the data is a demonstration."},
    {"", "data_directory", "path", true, "", "Where journal.db and store.db stand; made if absent, readable by nobody else."},
    {"", "catalogue", "path", false, "", "Folder of the catalogue's CSV files; left out: the one that came with the program."},
    {"", "mappings", "path", false, "", "Folder of the mappings, one folder a connector; left out: the one that came with the program."},
    {"listen", "address", "text", false, "127.0.0.1", "Address to listen on. Without a certificate only loopback is allowed."},
    {"listen", "port", "number", false, "8443", "Port; 0 takes any free one."},
    {"listen", "certificate", "path", false, "", "PEM file of the server's certificate and its chain."},
    {"listen", "key", "path", false, "", "PEM file of its key, readable by the owner only."},
    {"listen", "hosts", "list", false, "", "Host names requests may be addressed to; empty: the address and localhost."},
    {"listen", "public_url", "text", false, "", "What people reach the hub by, e.g. https://solieu.tinh.gov.vn; links in tables and mails begin with it. Empty: the address and port, where both are given."},
    {"trust", "authorities", "path", false, "", "PEM file of the authorities that foreign systems' certificates are checked against."},
    {"outward", "name_secs", "number", false, "5", "How long looking a foreign system's name up may take; at least 1, as all of these."},
    {"outward", "connect_secs", "number", false, "10", "How long connecting to it may take (TCP)."},
    {"outward", "tls_secs", "number", false, "10", "How long the TLS handshake may take."},
    {"outward", "first_byte_secs", "number", false, "60", "How long the beginning of its answer may take once the request is sent. The whole exchange has the deadline its connector sets, 30 s if none."},
    {"outward", "breaker_failures", "number", false, "5", "After so many failures in a row a source (host and port) is left alone by all its flows; 1 to 5."},
    {"outward", "breaker_rest_secs", "number", false, "10", "For how long at first, half of it by chance; doubled after each probe that fails, up to five minutes."},
    {"plugins", "directory", "path", false, "", "Folder of the connector plugins; left out: those that came with the program."},
    {"plugins", "lock", "path", false, "plugins.lock", "Lock file: which plugins may be loaded, by digest. lienthong plugins trust FILE adds to it."},
    {"workshop", "workers", "number", false, "2", "Worker processes that read and map messages."},
    {"signer", "socket", "path", true, "", "Socket of lienthong-signer."},
    {"signer", "chain", "path", true, "", "PEM file of the province's certificate and its chain, copied into proofs."},
    {"signer", "note_verifier", "path", true, "", "File with the verifier text of the log's key."},
    {"health", "oldest_waiting_secs", "number", false, "60", "A message waiting longer, with no step taken, is not healthy."},
    {"status", "open_on_loopback", "switch", false, "true", "Status page and metrics need no token from this machine."},
    {"computing", "interval_secs", "number", false, "2", "Pause between two looks at what changed in the facts computed indicators are made from; at least 1."},
    {"computing", "most_facts", "number", false, "2000000", "Facts one computation of mappings/computed may take; they are held in memory, some 300 bytes each."},
    {"compliance", "set", "text", false, "", "Set of report forms whose deadlines the hub follows, e.g. SL228; the status page then shows who is late."},
    {"compliance", "contacts", "path", false, "", "CSV file agency,email,name: to whom of an agency reminders go. A cell that is wrong is a problem; an agency without a row is told of when its reports fall due."},
    {"compliance.mail", "server", "text", false, "", "Mail server, smtp://host:587 (STARTTLS, which it must offer) or smtps://host:465. With it the hub reminds agencies of reports that fall due; without it nothing is sent."},
    {"compliance.mail", "from", "text", false, "", "Who writes: an address, or Name <address>. Needed with a server."},
    {"compliance.mail", "user", "text", false, "", "Account on the mail server; empty: no login."},
    {"compliance.mail", "password", "text", false, "", "Its password by reference, file:PATH or env:NAME."},
    {"compliance.mail", "authority", "path", false, "", "PEM file of the authorities the mail server's certificate is checked against; else those of trust, else the system's."},
    {"compliance.remind", "days", "list", false, "5, 2, 0", "Working days before a deadline on which an agency is reminded, once each; 0 is the last day. At most 60."},
    {"compliance.remind", "at", "text", false, "08:00", "Time of the day, +07:00, from which the working day's reminders go out; at the hub's start where it is later."},
    {"flows", "name", "text", true, "", "Name of the flow, unique."},
    {"flows", "connector", "text", true, "", "Connector, or push for POST /v1/submissions."},
    {"flows", "mapping", "text", false, "", "Mapping that reads what comes in."},
    {"flows", "deliver", "text", false, "", "Render mapping of a way out, instead of mapping; or documents, for what lienthong document send takes in, under the code given as sender."},
    {"flows", "except", "text", false, "", "For a way out: a flow whose figures are not sent back to where they came from."},
    {"flows", "sender", "text", false, "", "Who is taken to have sent what the connector brings; the flow's name if left out."},
    {"flows", "agencies", "list", false, "", "Agencies its messages may speak for; * for all."},
    {"flows", "mode", "choice partial|atomic", false, "partial", "Whether a refused record keeps the others out."},
    {"flows", "interval_secs", "number", false, "60", "Pause between two rounds."},
    {"flows", "longest_pause_secs", "number", false, "300", "After failures the pause doubles up to this; after one that only a person can mend it is this at once; at least 1."},
    {"flows", "plain_http", "switch", false, "false", "Allow http addresses outward, e.g. an adapter in the same rack."},
    {"flows", "allow_private", "switch", false, "true", "Whether names of its addresses may lead into private networks (10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7), where a province's systems stand; false for a source on the Internet. This machine itself is reached only where the address says 127.0.0.1, ::1 or localhost; link-local and metadata addresses never."},
    {"flows", "settings", "map", false, "", "The connector's settings; a secret is a reference, file:PATH or env:NAME; a document is a path from this file's folder. See lienthong plugins describe NAME."},
    {"flows.called", "prefix", "text", false, "", "Path below which the connector's routes are open to callers; /in/ and the flow's name if left out. Without the section called nobody may call; with it the flow is not polled."},
    {"flows.called", "paths", "map", false, "", "Instead of prefix: the only routes that are open, by name, each with the whole path the partner knows, e.g. addtthcKhuyenMai: /XrdAdapter/RestService/forward/addtthcKhuyenMai."},
    {"flows.called", "caller", "choice declared|address", false, "declared", "How a caller proves who it is: as the route declares (a token of the hub with the role push), or, where a partner can send none, address: it comes from one of addresses and brings the secret."},
    {"flows.called", "addresses", "list", false, "", "Addresses and networks callers come from, e.g. 10.1.2.3, 10.1.2.0/24. Needed with caller: address; with declared they only narrow."},
    {"flows.called", "secret", "text", false, "", "With caller: address, the secret by reference, file:PATH or env:NAME; at least 16 letters, digits, - or _."},
    {"flows.called", "secret_header", "text", false, "", "Header that brings the secret; without it the secret is a last segment behind the path."},
};

class Reading
{
public:
    Reading(const yaml::Source& source, std::vector<Problem>& problems) : source_(source), problems_(problems) {}

    /// The value of a key of a section, after the section's keys have been checked.
    const yaml::Node* value(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        const Key& key = key_of(section, name);
        const yaml::Node* node = map == nullptr ? nullptr : map->find(name);
        if (node == nullptr || node->kind == yaml::Kind::null) {
            if (key.needed)
                add("settings.missing", map == nullptr ? source_.file() : source_.place(*map), "",
                    std::string(section) + (section.empty() ? "" : ".") + std::string(name), std::string(key.meaning));
            return nullptr;
        }
        const bool list = key.type == "list";
        const bool wanted_map = key.type == "map";
        const yaml::Kind kind = list ? yaml::Kind::sequence : wanted_map ? yaml::Kind::map : yaml::Kind::scalar;
        if (node->kind != kind) {
            add("settings.type", source_.place(*node), std::string(node->kind_name()), std::string(key.type),
                std::string(name) + " is something else");
            return nullptr;
        }
        return node;
    }
    std::string text(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        const yaml::Node* node = value(map, section, name);
        return node == nullptr ? std::string(key_of(section, name).fallback) : node->text;
    }
    std::string path(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        const std::string given = text(map, section, name);
        if (given.empty())
            return given;
        return (std::filesystem::path(source_.file()).parent_path() / given).lexically_normal().string();
    }
    /// The same for a folder that also came with the program.
    std::string installed_path(const yaml::Node* map, std::string_view section, std::string_view name, Came what)
    {
        std::string given = path(map, section, name);
        if (given.empty() && (given = came_with_the_program(what)).empty())
            add("settings.missing", source_.file(), "", std::string(name), std::string(key_of(section, name).meaning));
        return given;
    }
    std::int64_t number(const yaml::Node* map, std::string_view section, std::string_view name, std::int64_t most)
    {
        const yaml::Node* node = value(map, section, name);
        const std::string given = node == nullptr ? std::string(key_of(section, name).fallback) : node->text;
        std::int64_t out = 0;
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), out);
        if (error != std::errc{} || end != given.data() + given.size() || out < 0 || out > most)
            add("settings.type", node == nullptr ? source_.file() : source_.place(*node), given, "a whole number from 0 to " + std::to_string(most),
                std::string(name) + " is not such a number");
        return out;
    }
    bool toggle(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        const yaml::Node* node = value(map, section, name);
        const std::string given = node == nullptr ? std::string(key_of(section, name).fallback) : node->text;
        if (given != "true" && given != "false")
            add("settings.type", node == nullptr ? source_.file() : source_.place(*node), given, "true or false", std::string(name) + " is neither");
        return given == "true";
    }
    std::vector<std::string> list(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        std::vector<std::string> out;
        if (const yaml::Node* node = value(map, section, name))
            for (const yaml::Node& item : node->values)
                out.push_back(item.text);
        return out;
    }
    std::map<std::string, std::string> entries(const yaml::Node* map, std::string_view section, std::string_view name)
    {
        std::map<std::string, std::string> out;
        if (const yaml::Node* node = value(map, section, name))
            for (std::size_t i = 0; i < node->keys.size(); ++i)
                out[node->keys[i].text] = node->values[i].text;
        return out;
    }
    /// What a connector is told, with the place of each name and value; its declaration judges them later.
    process::GivenSettings connector_settings(const yaml::Node& flow)
    {
        process::GivenSettings out;
        const yaml::Node* key = flow.find_key("settings");
        out.place = source_.place(key == nullptr ? flow : *key);
        if (const yaml::Node* node = value(&flow, "flows", "settings"))
            for (std::size_t i = 0; i < node->keys.size(); ++i) {
                const yaml::Node& given = node->values[i];
                const bool text = given.kind == yaml::Kind::scalar;
                const std::string key_place = source_.place(node->keys[i]);
                out.values[node->keys[i].text] = {given.text, text ? "" : std::string(given.kind_name()), key_place,
                                                  given.kind == yaml::Kind::null ? key_place : source_.place(given)};
            }
        return out;
    }
    /// Refuses keys the table does not have, naming the nearest that it has.
    void check_keys(const yaml::Node& map, std::string_view section)
    {
        std::vector<std::string> known;
        for (const Key& key : keys) {
            if (key.section == section)
                known.emplace_back(key.name);
            else if (const auto below = section_below(key.section, section); !below.empty() && std::find(known.begin(), known.end(), below) == known.end())
                known.emplace_back(below);
        }
        for (const yaml::Node& key : map.keys) {
            if (std::find(known.begin(), known.end(), key.text) != known.end())
                continue;
            std::string expected;
            for (const std::string& near : text::nearest(key.text, known))
                expected += (expected.empty() ? "" : ", ") + near;
            add("settings.unknown_key", source_.place(key), key.text, expected.empty() ? "a key of lienthong config reference" : expected,
                "there is no such key here");
        }
    }
    void add(std::string code, std::string place, std::string found, std::string expected, std::string detail)
    {
        problems_.push_back({std::move(code), std::move(detail), std::move(place), std::move(found), std::move(expected), {}});
    }
    /// Where the value of a key stands; the file where there is none.
    [[nodiscard]] std::string place(const yaml::Node* map, std::string_view name) const
    {
        const yaml::Node* node = map == nullptr ? nullptr : map->find(name);
        return node == nullptr ? source_.file() : source_.place(*node);
    }
    [[nodiscard]] const yaml::Source& source() const { return source_; }

private:
    /// The first word of `section` below `above`: "mail" of "compliance.mail" below "compliance"; empty where it is not below.
    static std::string_view section_below(std::string_view section, std::string_view above)
    {
        if (!above.empty()) {
            if (!section.starts_with(above) || section.size() <= above.size() || section[above.size()] != '.')
                return {};
            section.remove_prefix(above.size() + 1);
        }
        return section.substr(0, section.find('.'));
    }
    static const Key& key_of(std::string_view section, std::string_view name)
    {
        return *std::find_if(std::begin(keys), std::end(keys), [&](const Key& key) { return key.section == section && key.name == name; });
    }
    const yaml::Source& source_;
    std::vector<Problem>& problems_;
};

std::optional<CalledSettings> read_called(Reading& in, const yaml::Node& flow, const std::string& name)
{
    const yaml::Node* node = flow.find("called");
    if (node == nullptr || node->kind == yaml::Kind::null)
        return std::nullopt;
    CalledSettings out;
    out.place = in.source().place(*node);
    if (node->kind != yaml::Kind::map) {
        in.add("settings.type", out.place, std::string(node->kind_name()), "a map; {} for every fallback", "called is something else");
        return out;
    }
    in.check_keys(*node, "flows.called");
    out.prefix = in.text(node, "flows.called", "prefix");
    out.paths = in.entries(node, "flows.called", "paths");
    if (!out.prefix.empty() && !out.paths.empty())
        in.add("settings.flow", out.place, name, "either prefix or paths", "routes are open below a prefix, or each at a path");
    if (out.prefix.empty() && out.paths.empty())
        out.prefix = "/in/" + name;
    const std::string caller = in.text(node, "flows.called", "caller");
    if (caller != "declared" && caller != "address")
        in.add("settings.type", in.place(node, "caller"), caller, "declared or address", "caller is neither");
    out.by_address = caller == "address";
    out.addresses = in.list(node, "flows.called", "addresses");
    out.secret = in.text(node, "flows.called", "secret");
    out.secret_header = in.text(node, "flows.called", "secret_header");
    if (out.by_address && (out.addresses.empty() || out.secret.empty()))
        in.add("settings.missing", out.place, "", out.addresses.empty() ? "flows.called.addresses" : "flows.called.secret",
               "without a token a caller is known by its address and a secret together");
    if (!out.by_address && (!out.secret.empty() || !out.secret_header.empty()))
        in.add("settings.flow", out.place, name, "caller: address", "a secret is looked at with caller: address only");
    return out;
}

FlowSettings read_flow(Reading& in, const yaml::Node& node)
{
    FlowSettings flow;
    in.check_keys(node, "flows");
    flow.place = in.source().place(node);
    flow.name = in.text(&node, "flows", "name");
    flow.connector = in.text(&node, "flows", "connector");
    flow.connector_place = in.place(&node, "connector");
    flow.mapping = in.text(&node, "flows", "mapping");
    flow.deliver = in.text(&node, "flows", "deliver");
    flow.except = in.text(&node, "flows", "except");
    flow.sender = in.text(&node, "flows", "sender");
    if (sends_documents(flow) && flow.sender.empty())
        in.add("settings.missing", flow.place, "", "sender, the code the documents are sent under, such as H52.14", "documents are sent under the code of a body");
    if (flow.sender.empty())
        flow.sender = flow.name;
    flow.agencies = in.list(&node, "flows", "agencies");
    const std::string mode = in.text(&node, "flows", "mode");
    if (mode != "partial" && mode != "atomic")
        in.add("settings.type", flow.place, mode, "partial or atomic", "mode is neither");
    flow.mode = mode == "atomic" ? Mode::atomic : Mode::partial;
    flow.pace.interval = std::chrono::seconds(in.number(&node, "flows", "interval_secs", 86'400 * 31));
    flow.pace.longest_pause = std::chrono::seconds(std::max<std::int64_t>(1, in.number(&node, "flows", "longest_pause_secs", 86'400)));
    flow.plain_http = in.toggle(&node, "flows", "plain_http");
    flow.private_networks = in.toggle(&node, "flows", "allow_private");
    flow.settings = in.connector_settings(node);
    flow.called = read_called(in, node, flow.name);
    if (flow.called && (flow.connector == "push" || flow.mapping.empty()))
        in.add("settings.flow", flow.called->place, flow.name, "a connector that declares routes, and a mapping", "this flow cannot be called");
    if (flow.mapping.empty() == flow.deliver.empty())
        in.add("settings.flow", flow.place, flow.name, "either mapping (a way in) or deliver (a way out)", "a flow goes one way");
    if (flow.connector == "push" && flow.mapping.empty())
        in.add("settings.flow", flow.place, flow.name, "mapping", "a push flow reads what is pushed");
    return flow;
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
    if (out.contacts.empty())
        in.add("settings.missing", in.place(compliance, "mail"), "", "compliance.contacts", "mail goes to somebody");
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
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream) {
        problems.push_back({"settings.unreadable", "the configuration file cannot be read", file, {}, "a readable file", {}});
        return std::nullopt;
    }
    const yaml::Source source(file, bytes.str());
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
    if (const yaml::Node* flows = root->find("flows"); flows != nullptr && flows->kind == yaml::Kind::sequence)
        for (const yaml::Node& node : flows->values)
            out.flows.push_back(read_flow(in, node));
    for (const FlowSettings& flow : out.flows)
        if (flow.name == flow::computed_flow)
            in.add("settings.flow", flow.place, flow.name, "another name", "this is the flow of computed indicators");
    for (std::size_t i = 0; i < out.flows.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (out.flows[i].name == out.flows[k].name)
                in.add("settings.flow", out.flows[i].place, out.flows[i].name, "a name of its own", "two flows have one name");
    return out;
}

std::string settings_reference()
{
    std::string out;
    std::string_view section = "-";
    for (const Key& key : keys) {
        const std::size_t dot = key.section.find('.');
        std::string indent = key.section.empty() ? "" : dot == std::string_view::npos ? "  " : "    ";
        if (key.section != section) {
            section = key.section;
            if (dot != std::string_view::npos)
                out += "  " + std::string(section.substr(dot + 1)) + ":\n";
            else
                out += section.empty() ? "\n" : "\n" + std::string(section) + ":" + (section == "flows" ? "   # a list" : "") + "\n";
        }
        out += indent + std::string(key.name) + ": <" + std::string(key.type) + ">";
        out += key.needed ? "  needed" : key.fallback.empty() ? "" : "  default " + std::string(key.fallback);
        out += "\n" + indent + "    " + std::string(key.meaning) + "\n";
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
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    std::string value = bytes.str();
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r'))
        value.pop_back();
    return value;
}

}  // namespace lienthong::cli
