/// Expectation: what a run of a case should leave in its folder, and how it differs from what stands there.
#pragma once

#include "tests/golden/player.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace lienthong::golden {

/// File name → bytes: N.request.txt, N.payload.*, expected.json.
using Files = std::map<std::string, std::string>;

[[nodiscard]] Files files_of(const Record& record);
/// The generated files standing in the folder.
[[nodiscard]] Files generated_files_in(const std::filesystem::path& directory);
/// One paragraph for each file that differs, is missing or is left over; empty when all is as expected.
[[nodiscard]] std::string differences(const Files& expected, const Files& actual);
void rewrite(const std::filesystem::path& directory, const Files& files);

/// The record as expected.json has it.
[[nodiscard]] std::string summary(const Record& record);

}  // namespace lienthong::golden
