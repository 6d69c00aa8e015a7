// Derives every form of a connector's reference from what it declares, so that none of them is typed.
#include "hub/cli/plugin_reference.hpp"

#include "hub/process/connector_settings.hpp"

#include <array>

namespace lienthong::cli {
namespace {

using sdk::Setting;
using sdk::SettingType;

constexpr std::array proofs = {"token", "certificate"};
constexpr std::array forms = {"bytes", "json", "xml", "json or xml", "json with json in texts"};

std::string_view proof_of(const sdk::Route& route)
{
    return proofs.at(static_cast<std::size_t>(route.proof));
}

std::string_view form_of(const sdk::Route& route)
{
    return forms.at(static_cast<std::size_t>(route.form));
}

std::string joined(const std::vector<std::string>& words, std::string_view quote)
{
    std::string out;
    for (const std::string& word : words)
        out.append(out.empty() ? "" : ", ").append(quote).append(word).append(quote);
    return out;
}

/// Kind, range and choices in few words.
std::string kind_of(const Setting& setting, std::string_view quote)
{
    if (setting.type == SettingType::choice)
        return joined(setting.choices, quote);
    std::string out(process::type_name(setting.type));
    if (setting.type == SettingType::url && !setting.choices.empty())
        out += " (" + joined(setting.choices, "") + ")";
    if (setting.least != INT64_MIN)
        out += " from " + std::to_string(setting.least);
    if (setting.most != INT64_MAX)
        out += " to " + std::to_string(setting.most);
    return out;
}

/// "needed when sign_in is login or basic".
std::string needed_when(const Setting& setting)
{
    std::string out = "needed when ";
    for (const char c : setting.needed_when)
        out += c == '=' ? std::string(" is ") : c == ',' ? std::string(" or ") : std::string(1, c);
    return out;
}

std::string cell(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
    return out;
}

std::string size_of(std::uint64_t bytes)
{
    return bytes % 1024 == 0 ? std::to_string(bytes / 1024) + " KiB" : std::to_string(bytes) + " bytes";
}

}  // namespace

std::string what_it_does(const sdk::Description& about)
{
    std::vector<std::string> words;
    if (about.polls)
        words.emplace_back("polls");
    if (about.delivers)
        words.emplace_back("delivers");
    if (!about.routes.empty())
        words.emplace_back("is called");
    if (about.lists)
        words.emplace_back("lists what its source holds");
    return words.empty() ? "does nothing" : joined(words, "");
}

std::string plain_reference(const sdk::Description& about)
{
    std::string out = "settings\n";
    for (const Setting& setting : about.settings) {
        out += "  " + setting.name + "  " + kind_of(setting, "");
        out += setting.required               ? "  needed"
               : !setting.needed_when.empty() ? "  " + needed_when(setting)
               : setting.fallback.empty()     ? ""
                                              : "  default " + setting.fallback;
        out += "\n      " + setting.help + "\n";
    }
    if (!about.credentials.empty())
        out += "credentials, which the hub acquires and keeps\n  " + joined(about.credentials, "") + "\n";
    if (!about.routes.empty())
        out += "addresses at which it is called, below the flow's own\n";
    for (const sdk::Route& route : about.routes)
        out += "  " + route.name + "  " + route.method + " " + route.path + "  " + std::string(form_of(route)) + " up to " +
               size_of(route.body_limit) + ", by " + std::string(proof_of(route)) + "; after " +
               std::to_string(route.deadline_millis) + " ms it is answered " + std::to_string(route.fallback.status) + "\n";
    return out;
}

std::string markdown_reference(const sdk::Description& about)
{
    std::string out = "| setting | kind | default | meaning |\n|---|---|---|---|\n";
    for (const Setting& setting : about.settings) {
        out += "| `" + setting.name + "` | " + cell(kind_of(setting, "`")) +
               (setting.required              ? ", needed"
                : setting.needed_when.empty() ? ""
                                              : ", " + needed_when(setting)) +
               " | ";
        out += setting.fallback.empty() ? "" : "`" + cell(setting.fallback) + "` ";
        out += "| " + cell(setting.help) + " |\n";
    }
    if (!about.credentials.empty())
        out += "\nCredentials, which the hub acquires and keeps: " + joined(about.credentials, "`") + ".\n";
    if (!about.routes.empty())
        out += "\n| called at | method and path | body | caller's proof | answered after its deadline |\n|---|---|---|---|---|\n";
    for (const sdk::Route& route : about.routes)
        out += "| `" + route.name + "` | `" + route.method + " " + cell(route.path) + "` | " + std::string(form_of(route)) +
               " up to " + size_of(route.body_limit) + " | " + std::string(proof_of(route)) + " | " +
               std::to_string(route.fallback.status) + " after " + std::to_string(route.deadline_millis) + " ms |\n";
    return out;
}

void write_description(JsonWriter& out, const sdk::Description& about)
{
    out.member("name", about.name).member("version", about.version).member("speaks", about.speaks);
    out.member("polls", about.polls)
        .member("delivers", about.delivers)
        .member("lists", about.lists)
        .key("settings")
        .begin_array();
    for (const Setting& setting : about.settings) {
        out.begin_object().member("name", setting.name).member("type", process::type_name(setting.type));
        out.member("needed", setting.required).member("help", setting.help);
        if (!setting.needed_when.empty())
            out.member("needed_when", setting.needed_when);
        if (!setting.fallback.empty())
            out.member("default", setting.fallback);
        if (setting.least != INT64_MIN)
            out.member("least", setting.least);
        if (setting.most != INT64_MAX)
            out.member("most", setting.most);
        if (!setting.choices.empty()) {
            out.key("choices").begin_array();
            for (const std::string& choice : setting.choices)
                out.text(choice);
            out.end_array();
        }
        out.end_object();
    }
    out.end_array().key("credentials").begin_array();
    for (const std::string& credential : about.credentials)
        out.text(credential);
    out.end_array().key("routes").begin_array();
    for (const sdk::Route& route : about.routes) {
        out.begin_object().member("name", route.name).member("method", route.method).member("path", route.path);
        out.member("body", form_of(route)).member("body_limit_bytes", static_cast<std::int64_t>(route.body_limit));
        out.member("proof", proof_of(route)).member("deadline_millis", std::int64_t{route.deadline_millis});
        out.member("fallback_status", std::int64_t{route.fallback.status}).end_object();
    }
    out.end_array();
}

Result<std::string> with_reference(std::string_view document, std::string_view reference, const std::string& file)
{
    constexpr std::string_view heading = "\n## Settings\n";
    const std::size_t at = document.find(heading);
    if (at == document.npos)
        return Problem{
            "connector.reference", "this document has no place for the reference", file, {}, "a heading ## Settings", {}};
    const std::size_t begin = at + heading.size();
    const std::size_t next = document.find("\n## ", begin - 1);
    std::string out(document.substr(0, begin));
    out.append("\n").append(reference);
    return next == document.npos ? out : out.append(document.substr(next));
}

}  // namespace lienthong::cli
