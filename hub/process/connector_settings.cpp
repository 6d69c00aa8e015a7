// Checks configured settings against a connector's declaration.
#include "hub/process/connector_settings.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace lienthong::process {
namespace {

using sdk::Setting;
using sdk::SettingType;

std::string joined(const std::vector<std::string>& words, std::string_view between = ", ")
{
    std::string out;
    for (const std::string& word : words)
        out.append(out.empty() ? "" : between).append(word);
    return out;
}

const std::vector<std::string>& schemes_of(const Setting& setting)
{
    static const std::vector<std::string> web = {"http", "https"};
    return setting.choices.empty() ? web : setting.choices;
}

/// Absolute, of one of the schemes, without query and without a name or password in it. Files of this machine have no host.
bool is_url(std::string_view text, const std::vector<std::string>& schemes)
{
    const std::size_t end = text.find("://");
    if (end == text.npos || std::find(schemes.begin(), schemes.end(), text.substr(0, end)) == schemes.end())
        return false;
    const std::string_view rest = text.substr(end + 3);
    const std::string_view host = rest.substr(0, rest.find('/'));
    const bool web = text.starts_with("http");
    return !rest.empty() && (!host.empty() || !web) && !host.starts_with(':') && host.find('@') == host.npos &&
           std::all_of(rest.begin(), rest.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '#' && c != '?'; });
}

bool is_integer_in(std::string_view text, std::int64_t least, std::int64_t most)
{
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= least && value <= most;
}

bool is_reference(std::string_view text)
{
    return (text.starts_with("file:") && text.size() > 5) || (text.starts_with("env:") && text.size() > 4);
}

bool fits(const Setting& setting, const std::string& value)
{
    switch (setting.type) {
        case SettingType::url:
            return is_url(value, schemes_of(setting));
        case SettingType::secret:
            return is_reference(value);
        case SettingType::integer:
            return is_integer_in(value, setting.least, setting.most);
        case SettingType::boolean:
            return value == "true" || value == "false";
        case SettingType::choice:
            return std::find(setting.choices.begin(), setting.choices.end(), value) != setting.choices.end();
        default:
            return !setting.required || !value.empty();
    }
}

/// The value for people; never a secret, nor a password inside an address.
std::string shown(const Setting& setting, const std::string& value)
{
    if (setting.type == SettingType::secret)
        return std::to_string(value.size()) + " bytes that are no reference";
    if (value.find('@') != value.npos)
        return "an address with a name or password in it";
    return shortened(value);
}

std::string near_choice(const Setting& setting, const std::string& value, const Nearest& nearest)
{
    if (setting.type != SettingType::choice || !nearest)
        return {};
    const auto near = nearest(value, setting.choices);
    return near.empty() ? "" : "; nearest: " + near.front();
}

Problem invalid(const Setting& setting, const GivenSetting& given, const Nearest& nearest)
{
    Problem problem{"process.setting_invalid",
                    "the setting '" + setting.name + "' has a value it cannot have",
                    given.place,
                    given.instead,
                    expected_of(setting),
                    setting.help};
    if (given.instead.empty()) {
        problem.found = shown(setting, given.value);
        problem.expected += near_choice(setting, given.value, nearest);
    }
    return problem;
}

/// What makes a setting needed, "sign_in is login"; empty when nothing does. Of a value left out its fallback counts.
std::string reason_needed(const Setting& setting, const sdk::Description& description, const GivenSettings& given)
{
    const std::size_t split = setting.needed_when.find('=');
    if (split == std::string::npos)
        return {};
    const std::string name = setting.needed_when.substr(0, split);
    const auto it = given.values.find(name);
    std::string value = it == given.values.end() ? std::string() : it->second.value;
    for (const Setting& other : description.settings)
        if (it == given.values.end() && other.name == name)
            value = other.fallback;
    const std::string values = ',' + setting.needed_when.substr(split + 1) + ',';
    return !value.empty() && values.find(',' + value + ',') != std::string::npos ? name + " is " + value : std::string();
}

void take(const Setting& setting, const std::string& value, CheckedSettings& out)
{
    if (setting.type == SettingType::secret) {
        out.secret_references[setting.name] = value;
        return;
    }
    if (setting.type == SettingType::document) {
        out.documents[setting.name] = value;
        return;
    }
    if (setting.type == SettingType::url)
        out.endpoints[setting.name] = value;
    out.for_plugin.set(setting.name, value);
}

}  // namespace

std::string_view type_name(SettingType type)
{
    switch (type) {
        case SettingType::text:
            return "text";
        case SettingType::url:
            return "url";
        case SettingType::secret:
            return "secret";
        case SettingType::integer:
            return "integer";
        case SettingType::boolean:
            return "boolean";
        case SettingType::choice:
            return "choice";
        case SettingType::document:
            return "document";
    }
    return "text";
}

std::string expected_of(const Setting& setting)
{
    const bool bounded_below = setting.least != INT64_MIN, bounded_above = setting.most != INT64_MAX;
    switch (setting.type) {
        case SettingType::url:
            return "an absolute " + joined(schemes_of(setting), " or ") + " address without query, name or password";
        case SettingType::secret:
            return "a reference, file:PATH or env:NAME; a secret never stands in the configuration itself";
        case SettingType::integer:
            return "a whole number" + (bounded_below ? " from " + std::to_string(setting.least) : std::string()) +
                   (bounded_above ? " to " + std::to_string(setting.most) : std::string());
        case SettingType::boolean:
            return "true or false";
        case SettingType::choice:
            return "one of: " + joined(setting.choices);
        case SettingType::document:
            return "the path of a file, from the configuration's folder, of at most 1 MiB";
        default:
            return setting.required || !setting.needed_when.empty() ? "a text that is not empty" : "a text";
    }
}

CheckedSettings check_settings(const sdk::Description& description, const GivenSettings& given, const Nearest& nearest,
                               std::vector<Problem>& problems, bool only_called)
{
    CheckedSettings out;
    std::vector<std::string> names;
    for (const Setting& setting : description.settings) {
        names.push_back(setting.name);
        const auto it = given.values.find(setting.name);
        if (it == given.values.end()) {
            const std::string why = reason_needed(setting, description, given);
            if (!setting.fallback.empty())
                take(setting, setting.fallback, out);
            else if (!only_called && (setting.required || !why.empty()))
                problems.push_back(
                    {"process.setting_missing",
                     "the setting '" + setting.name + "' is " + (why.empty() ? "required" : "needed, because " + why),
                     given.place.empty() ? setting.name : given.place, "nothing", expected_of(setting), setting.help});
        } else if (it->second.instead.empty() && fits(setting, it->second.value) &&
                   (!it->second.value.empty() || only_called || reason_needed(setting, description, given).empty())) {
            take(setting, it->second.value, out);
        } else {
            problems.push_back(invalid(setting, it->second, nearest));
        }
    }
    for (const auto& [name, setting] : given.values) {
        if (std::find(names.begin(), names.end(), name) != names.end())
            continue;
        const auto near = nearest ? nearest(name, names) : std::vector<std::string>{};
        problems.push_back({"process.setting_unknown",
                            "the connector '" + description.name + "' has no setting '" + shortened(name) + "'",
                            setting.key_place,
                            shortened(name),
                            near.empty() ? "one of: " + joined(names) : joined(near),
                            {}});
    }
    return out;
}

CheckedSettings check_settings(const sdk::Description& description, const std::map<std::string, std::string>& given,
                               std::vector<Problem>& problems, bool only_called)
{
    GivenSettings settings;
    for (const auto& [name, value] : given)
        settings.values[name] = {value, {}, name, name};
    return check_settings(description, settings, {}, problems, only_called);
}

}  // namespace lienthong::process
