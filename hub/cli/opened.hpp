/// What most subcommands begin with: the settings read, the data opened, problems printed when that fails.
#pragma once

#include "hub/cli/commands.hpp"
#include "hub/cli/data.hpp"
#include "hub/cli/settings.hpp"

#include <optional>

namespace lienthong::cli {

struct Opened
{
    Settings settings;
    Data data;
};

[[nodiscard]] inline std::optional<Settings> settings_or_print(const Common& common)
{
    std::vector<Problem> problems;
    auto settings = read_settings(common.config, problems);
    if (!settings)
        print_problems(problems, common.json);
    return settings;
}

[[nodiscard]] inline std::optional<Opened> opened_or_print(const Common& common)
{
    auto settings = settings_or_print(common);
    if (!settings)
        return std::nullopt;
    auto data = open_data(*settings);
    if (!data.ok()) {
        print_problems({data.problem()}, common.json);
        return std::nullopt;
    }
    return Opened{std::move(*settings), std::move(data).value()};
}

}  // namespace lienthong::cli
