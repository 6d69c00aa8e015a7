/// Settings: the one configuration file, read against one table that also makes its reference.
#pragma once

#include "hub/flow/pace.hpp"
#include "hub/flow/sources.hpp"
#include "hub/model/mail.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/store.hpp"
#include "hub/process/connector_settings.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {

/// A way in that the foreign system walks itself: where it may call, and how it proves who it is.
struct CalledSettings
{
    std::string place;
    std::string prefix;                        ///< Empty where `paths` names whole paths.
    std::map<std::string, std::string> paths;  ///< By route name.
    bool by_address = false;                   ///< Address and secret in place of what the routes declare.
    std::vector<std::string> addresses;
    std::string secret;  ///< A reference, resolve_secret.
    std::string secret_header;
};

struct FlowSettings
{
    std::string name;
    std::string place;                ///< "file:line:column" of the flow, for messages.
    std::string connector;            ///< Connector name, or "push".
    std::string connector_place;      ///< As place, of that name.
    std::string mapping;              ///< Reads what comes in; empty for a way out.
    std::string deliver;              ///< Render mapping of a way out; empty for a way in.
    std::string facts;                ///< For a way out: the kind of facts it tells; empty: figures.
    std::size_t facts_per_parcel = 0; ///< The most it tells in one parcel; 0: all that a submission told.
    std::string behind;               ///< For a way out: the one that has to have done with a submission first.
    std::string except;               ///< For a way out: the flow whose figures are not sent back.
    std::vector<std::string> only;    ///< For a way out: indicators it tells; empty for all.
    bool whole_report = false;        ///< For a way out: a packet has all its agency told of the period.
    std::string sender;
    std::vector<std::string> agencies;
    bool answers = true;  ///< With documents: senders are told what arrived.
    Mode mode = Mode::partial;
    flow::PaceSettings pace;
    std::optional<std::chrono::seconds> expects_every{};  ///< Of a way in: how often something new is to come at least.
    bool quiet_alarm = true;
    std::chrono::hours reconcile_every{0};  ///< 0: only when somebody asks.
    std::chrono::days reconcile_back{90};
    bool plain_http = false;
    bool private_networks = true;  ///< Its endpoints' names may lead to private addresses.
    std::optional<CalledSettings> called;
    process::GivenSettings settings;
};

inline constexpr unsigned most_reminder_days = 60;

/// How patient the hub is with the systems it asks.
struct OutwardSettings
{
    std::chrono::seconds name{5}, connect{10}, handshake{10}, first_byte{60};
    flow::SourceSettings sources;
};

/// Mail that reminds agencies of their reports; nothing is sent without a server.
struct ReminderSettings
{
    std::string place;        ///< Of compliance.mail in the file.
    std::string mail_server;  ///< "smtp://host:587"; empty: none.
    Mailbox from;
    std::string user;
    std::string password;   ///< A reference, resolve_secret.
    std::string authority;  ///< PEM file; empty: the system's.
    std::string contacts;   ///< CSV file.
    std::vector<unsigned> days{5, 2, 0};
    std::chrono::minutes at{8 * 60};  ///< After 00:00 +07:00.
};

/// When alarms are raised, and to whom they are mailed.
struct AlarmSettings
{
    unsigned deadline_days = 2;
    std::vector<Mailbox> mail_to;
};

struct Settings
{
    std::string file;
    std::string province_name;
    std::string province_area;
    std::string notice;
    std::string data_directory;
    std::string catalogue;
    std::string mappings;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;
    std::string certificate, key;
    std::vector<std::string> hosts;
    std::string base_url;  ///< What links to this hub begin with; may be empty.
    std::string authorities;
    std::string plugin_directory, plugin_lock;
    std::size_t workers = 2;
    std::string signer_socket, chain, note_verifier;
    std::chrono::seconds oldest_waiting{60};
    bool open_status_on_loopback = true;
    std::size_t most_facts = 2'000'000;  ///< A computation may take.
    std::chrono::milliseconds computing_pause{2000};
    std::string compliance_set;  ///< Empty: the hub follows no set of report forms.
    ReminderSettings reminders;
    AlarmSettings alarms;
    OutwardSettings outward;
    std::vector<FlowSettings> flows;
};

/// Every problem, not the first; nothing when there is one. Codes: settings.*, yaml.*. Relative paths are taken
/// from the file's own directory.
[[nodiscard]] std::optional<Settings> read_settings(const std::string& file, std::vector<Problem>& problems);

/// The same, but with what could be read beside the problems, so that a check can go on; nothing when the file is no YAML.
[[nodiscard]] std::optional<Settings> read_settings_in_part(const std::string& file, std::vector<Problem>& problems);

/// Every key with its type, default and meaning, for people.
[[nodiscard]] std::string settings_reference();

/// The value behind "file:PATH" (a trailing line end dropped; the file must not be readable by others) or
/// "env:NAME". Fails with: settings.secret.
[[nodiscard]] Result<std::string> resolve_secret(const std::string& reference, const std::string& base_directory);

}  // namespace lienthong::cli
