/// Golden case: one folder of tests/golden/<connector>/, as README.md there describes it.
#pragma once

#include "hub/model/result.hpp"
#include "hub/sdk/event.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::golden {

struct ScriptedAnswer
{
    std::int32_t status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct GoldenCase
{
    std::filesystem::path directory;
    std::string connector, name;
    std::map<std::string, std::string> settings;
    std::int64_t now_millis = 0;
    std::string start_text;  ///< Owns what the views of `start` show.
    std::string start_body;
    sdk::Event start;
    bool polls = false;  ///< The start is a poll.
    std::map<std::string, sdk::Arrived> arrived;
    std::vector<ScriptedAnswer> answers;  ///< answers[0] answers request 1.
};

/// Every case folder below `root`, sorted: <root>/<connector>/<case>/case.json.
[[nodiscard]] std::vector<std::filesystem::path> find_cases(const std::filesystem::path& root);
/// Folders below `root` that hold no folder and no case.json, sorted: tests somebody believes are there.
[[nodiscard]] std::vector<std::filesystem::path> folders_without_case(const std::filesystem::path& root);

/// Behind a pointer, because the start event shows texts of the case itself.
/// Fails with: golden.case (place: the file), format.* of the JSON reader.
[[nodiscard]] Result<std::shared_ptr<const GoldenCase>> load_case(const std::filesystem::path& directory);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace lienthong::golden
