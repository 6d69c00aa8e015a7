/// Connector settings: checks what an operator configured against what the connector declares.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/sdk/connector.hpp"

#include <map>
#include <string>
#include <vector>

namespace lienthong::process {

struct CheckedSettings
{
    sdk::Settings for_plugin;                              ///< With fallbacks; without secrets.
    std::map<std::string, std::string> endpoints;          ///< The url settings.
    std::map<std::string, std::string> documents;          ///< The document settings: paths, whose texts for_plugin still lacks.
    std::map<std::string, std::string> secret_references;  ///< The secret settings, unresolved: "file:…", "env:…".
};

/// Every problem, not the first: process.setting_unknown, process.setting_missing, process.setting_invalid.
/// A problem's place is the setting's name; nothing of a secret's value is ever in it.
[[nodiscard]] CheckedSettings check_settings(const sdk::Description& description, const std::map<std::string, std::string>& given,
                                             std::vector<Problem>& problems);

}  // namespace lienthong::process
