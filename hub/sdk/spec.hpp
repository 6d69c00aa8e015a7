/// Spec: short spellings for the settings a description lists.
#pragma once

#include "hub/sdk/settings.hpp"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::sdk {

inline Setting make_setting(SettingType type, std::string name, std::string fallback, std::string help)
{
    Setting setting;
    setting.name = std::move(name);
    setting.type = type;
    setting.fallback = std::move(fallback);
    setting.help = std::move(help);
    return setting;
}

/// Adds the settings of a piece that several connectors share, such as SignIn.
inline void append(std::vector<Setting>& to, std::vector<Setting> more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Must be given.
inline Setting required(SettingType type, std::string name, std::string help)
{
    Setting setting = make_setting(type, std::move(name), {}, std::move(help));
    setting.required = true;
    return setting;
}

/// A text that may be left out; then it is `fallback`.
inline Setting text_setting(std::string name, std::string fallback, std::string help)
{
    return make_setting(SettingType::text, std::move(name), std::move(fallback), std::move(help));
}

/// A number from `least` to `most` that may be left out; then it is `fallback`.
inline Setting integer_setting(std::string name, std::int64_t fallback, std::int64_t least, std::int64_t most, std::string help)
{
    Setting setting = make_setting(SettingType::integer, std::move(name), std::to_string(fallback), std::move(help));
    setting.least = least;
    setting.most = most;
    return setting;
}

/// An endpoint of one of these schemes; must be given.
inline Setting url_setting(std::string name, std::vector<std::string> schemes, std::string help)
{
    Setting setting = required(SettingType::url, std::move(name), std::move(help));
    setting.choices = std::move(schemes);
    return setting;
}

/// One of `choices` that may be left out; then it is `fallback`.
inline Setting choice_setting(std::string name, std::string fallback, std::vector<std::string> choices, std::string help)
{
    Setting setting = make_setting(SettingType::choice, std::move(name), std::move(fallback), std::move(help));
    setting.choices = std::move(choices);
    return setting;
}

}  // namespace lienthong::sdk
