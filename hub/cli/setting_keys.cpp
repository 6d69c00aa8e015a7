// The table, and the page that is written from it.
#include "hub/cli/setting_keys.hpp"

#include "hub/cli/settings.hpp"

#include <algorithm>
#include <string>

namespace lienthong::cli {
namespace {

constexpr SettingKey keys[] = {
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
    {"compliance.mail", "server", "text", false, "", "Mail server, smtp://host:587 (STARTTLS, which it must offer) or smtps://host:465. By it the hub reminds the agencies of compliance.contacts of reports that fall due, and mails alarms to alarms.mail_to; without it nothing is sent."},
    {"compliance.mail", "from", "text", false, "", "Who writes: an address, or Name <address>. Needed with a server."},
    {"compliance.mail", "user", "text", false, "", "Account on the mail server; empty: no login."},
    {"compliance.mail", "password", "text", false, "", "Its password by reference, file:PATH or env:NAME."},
    {"compliance.mail", "authority", "path", false, "", "PEM file of the authorities the mail server's certificate is checked against; else those of trust, else the system's."},
    {"compliance.remind", "days", "list", false, "5, 2, 0", "Working days before a deadline on which an agency is reminded, once each; 0 is the last day. At most 60."},
    {"compliance.remind", "at", "text", false, "08:00", "Time of the day, +07:00, from which the working day's reminders go out; at the hub's start where it is later."},
    {"alarms", "deadline_days", "number", false, "2", "Working days before a deadline of compliance.set from which an alarm names what a flow usually brings and has not brought yet; 0 is the last day, at most 60. Two, as tiers of 17/2022/QĐ-UBND 14.1 are two days apart and 228/QĐ-UBND takes figures from two days before its first deadline on."},
    {"alarms", "mail_to", "list", false, "", "To whom alarms are mailed, once when raised and once when over: addresses, or Name <address>. Needs compliance.mail.server and compliance.set."},
    {"flows", "name", "text", true, "", "Name of the flow, unique."},
    {"flows", "connector", "text", true, "", "Connector, or push for POST /v1/submissions."},
    {"flows", "mapping", "text", false, "", "Mapping that reads what comes in."},
    {"flows", "deliver", "text", false, "", "Render mapping of a way out, instead of mapping; or documents, for what lienthong document send takes in, under the code given as sender."},
    {"flows", "facts", "text", false, "", "For a way out: the kind of facts it tells in place of figures, such as one_window_dossier. Each goes out once its submission is sealed, its newest version only."},
    {"flows", "facts_per_parcel", "number", false, "0", "For a way out of facts: the most in one parcel, so that each parcel has its own attempts, receipt and refusal; 0: all that a submission told of the kind in one. Only for what is sent from then on."},
    {"flows", "behind", "text", false, "", "For a way out: the name of a way out above it, which must have done with a submission and all before it, be it delivered, refused or left to a person, before this one sends anything of that submission; for partners that want a dossier before its traces."},
    {"flows", "except", "text", false, "", "For a way out: a flow whose figures are not sent back to where they came from."},
    {"flows", "only", "list", false, "", "For a way out: the indicators it tells, e.g. A_II_1, A_II_2; all where it is left out."},
    {"flows", "whole_report", "switch", false, "false", "For a way out: a packet has, beside what is new, all else its agency told of the same period, as a report that replaces an earlier one must."},
    {"flows", "sender", "text", false, "", "Who is taken to have sent what the connector brings; the flow's name if left out."},
    {"flows", "agencies", "list", false, "", "Agencies its messages may speak for; * for all."},
    {"flows", "answers", "switch", false, "true", "With deliver: documents, whether the senders of documents that came for the code given as sender are told that they arrived (status 01), or could not be read (02), as QĐ 28/2018/QĐ-TTg has it. Only one flow may do so for one code."},
    {"flows", "mode", "choice partial|atomic", false, "partial", "Whether a refused record keeps the others out."},
    {"flows", "interval_secs", "number", false, "60", "Pause between two rounds."},
    {"flows", "longest_pause_secs", "number", false, "300", "After failures the pause doubles up to this; after one that only a person can mend it is this at once; at least 1."},
    {"flows", "expects_every_secs", "number", false, "0", "How often the source of a way in brings something new at least; later an alarm is raised. Not shorter than interval_secs where the flow polls. 0: learnt from when it did, days off not counted, once there are five times to learn from. Repeats and figures that are already known are nothing new."},
    {"flows", "quiet_alarm", "switch", false, "true", "Whether an alarm is raised when a way in is quiet against its rhythm; false for a source that sends as it happens. Alarms before deadlines stay."},
    {"flows", "reconcile_every_hours", "number", false, "0", "How often the flow is compared with what its source holds; 0: only when somebody asks. The connector must be able to (lienthong plugins list)."},
    {"flows", "reconcile_days", "number", false, "90", "How many days back such a comparison begins; at least 1."},
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

}  // namespace

std::span<const SettingKey> setting_keys()
{
    return keys;
}

const SettingKey& setting_key(std::string_view section, std::string_view name)
{
    return *std::find_if(std::begin(keys), std::end(keys), [&](const SettingKey& key) { return key.section == section && key.name == name; });
}

std::string settings_reference()
{
    std::string out;
    std::string_view section = "-";
    for (const SettingKey& key : keys) {
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

}  // namespace lienthong::cli
