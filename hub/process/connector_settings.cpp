// Checks configured settings against a connector's declaration.
#include "hub/process/connector_settings.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::process {
namespace {

using sdk::Setting;
using sdk::SettingType;

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

const std::vector<std::string>& schemes_of(const Setting& setting)
{
    static const std::vector<std::string> web = {"http", "https"};
    return setting.choices.empty() ? web : setting.choices;
}

bool is_url(std::string_view text, const std::vector<std::string>& schemes)
{
    for (const std::string& scheme : schemes)
        if (const std::string begin = scheme + "://"; text.substr(0, begin.size()) == begin && text.size() > begin.size())
            return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '#' && c != '?'; });
    return false;
}

bool is_integer_in(std::string_view text, std::int64_t least, std::int64_t most)
{
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= least && value <= most;
}

/// What would have been right; empty when the value is.
std::string expected_instead(const Setting& setting, const std::string& value)
{
    switch (setting.type) {
        case SettingType::url:
            return is_url(value, schemes_of(setting)) ? "" : "an absolute address without query, of: " + joined(schemes_of(setting));
        case SettingType::integer:
            return is_integer_in(value, setting.least, setting.most)
                       ? ""
                       : "a whole number from " + std::to_string(setting.least) + " to " + std::to_string(setting.most);
        case SettingType::boolean:
            return value == "true" || value == "false" ? "" : "true or false";
        case SettingType::choice:
            return std::find(setting.choices.begin(), setting.choices.end(), value) != setting.choices.end()
                       ? ""
                       : "one of: " + joined(setting.choices);
        default:
            return "";
    }
}

/// What makes a setting needed, "sign_in is login"; empty when nothing does. Of a value left out its fallback counts.
std::string reason_needed(const Setting& setting, const sdk::Description& description, const std::map<std::string, std::string>& given)
{
    const std::size_t split = setting.needed_when.find('=');
    if (split == std::string::npos)
        return {};
    const std::string name = setting.needed_when.substr(0, split);
    const auto it = given.find(name);
    std::string value = it == given.end() ? std::string() : it->second;
    for (const Setting& other : description.settings)
        if (it == given.end() && other.name == name)
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

CheckedSettings check_settings(const sdk::Description& description, const std::map<std::string, std::string>& given,
                               std::vector<Problem>& problems)
{
    CheckedSettings out;
    std::vector<std::string> names;
    for (const Setting& setting : description.settings) {
        names.push_back(setting.name);
        const auto it = given.find(setting.name);
        const std::string& value = it == given.end() ? setting.fallback : it->second;
        if (it == given.end() && setting.fallback.empty()) {
            if (const std::string why = reason_needed(setting, description, given); !why.empty())
                problems.push_back({"process.setting_missing", "the setting '" + setting.name + "' is needed, because " + why, setting.name,
                                    "nothing", setting.help});
            else if (setting.required)
                problems.push_back({"process.setting_missing", "the setting '" + setting.name + "' is required", setting.name,
                                    "nothing", setting.help});
            continue;
        }
        const std::string expected = expected_instead(setting, value);
        if (expected.empty())
            take(setting, value, out);
        else
            problems.push_back({"process.setting_invalid", "the setting '" + setting.name + "' has a value it cannot have",
                                setting.name, shortened(value), expected});
    }
    for (const auto& [name, value] : given)
        if (std::find(names.begin(), names.end(), name) == names.end())
            problems.push_back({"process.setting_unknown",
                                "the connector '" + description.name + "' has no setting '" + name + "'", name, shortened(name),
                                joined(names)});
    return out;
}

}  // namespace lienthong::process
