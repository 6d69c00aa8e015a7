/// Setting keys: every key of the configuration, said once: name, type, whether it is needed, default, meaning.
#pragma once

#include <span>
#include <string_view>

namespace lienthong::cli {

/// A section is "" for the top level, "flows" for each flow, "flows.called" for the section called of one.
struct SettingKey
{
    std::string_view section;
    std::string_view name;
    std::string_view type;     ///< "text", "path", "number", "switch", "list", "map", "choice a|b"
    bool needed;
    std::string_view fallback;
    std::string_view meaning;
};

/// In the order of the reference.
[[nodiscard]] std::span<const SettingKey> setting_keys();

/// One that is in the table: the program asks only for those.
[[nodiscard]] const SettingKey& setting_key(std::string_view section, std::string_view name);

}  // namespace lienthong::cli
