/// Connector settings: checks what an operator configured against what the connector declares.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/sdk/connector.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::process {

/// A setting as an operator wrote it, and where.
struct GivenSetting
{
    std::string value;
    std::string instead;    ///< "a list", "a map" or "nothing" where no text stands; else empty.
    std::string key_place;  ///< file:line:column of its name …
    std::string place;      ///< … and of its value.
};

struct GivenSettings
{
    std::map<std::string, GivenSetting, std::less<>> values;
    std::string place;  ///< Of the settings as a whole: where a missing one is missed. Empty: its name.
};

struct CheckedSettings
{
    sdk::Settings for_plugin;                              ///< With fallbacks; without secrets.
    std::map<std::string, std::string> endpoints;          ///< The url settings.
    std::map<std::string, std::string> documents;          ///< The document settings: paths, whose texts for_plugin still lacks.
    std::map<std::string, std::string> secret_references;  ///< The secret settings, unresolved: "file:…", "env:…".
};

/// The candidates nearest to a word, best first, given from outside: this room knows no edit distance.
using Nearest = std::function<std::vector<std::string>(std::string_view, const std::vector<std::string>&)>;

/// Every problem, not the first, in the order of the declaration, unknown names last: process.setting_unknown,
/// process.setting_missing, process.setting_invalid. A problem's place is that of the value, or of the name where the name
/// is wrong. Nothing of a secret's value is ever in one, nor of an address that holds a password. A flow that is `only_called`
/// may leave out what is required, for that is what asking takes.
[[nodiscard]] CheckedSettings check_settings(const sdk::Description& description, const GivenSettings& given,
                                             const Nearest& nearest, std::vector<Problem>& problems, bool only_called = false);

/// The same for settings that stand in no file: a problem's place is the setting's name.
[[nodiscard]] CheckedSettings check_settings(const sdk::Description& description, const std::map<std::string, std::string>& given,
                                             std::vector<Problem>& problems, bool only_called = false);

/// "text", "url", "secret", "integer", "boolean", "choice" or "document".
[[nodiscard]] std::string_view type_name(sdk::SettingType type);

/// What a value of this setting looks like, in words: "a whole number from 1 to 500", "one of: plan, official".
[[nodiscard]] std::string expected_of(const sdk::Setting& setting);

}  // namespace lienthong::process
