#include "hub/cli/pauses.hpp"

#include "adapters/pauses/sqlite/sqlite_pauses.hpp"

#include <filesystem>

namespace lienthong::cli {

Result<std::shared_ptr<Pauses>> open_pauses(const Settings& settings)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path directory(settings.data_directory);
    if (fs::create_directories(directory, error) && !error)
        fs::permissions(directory, fs::perms::owner_all, error);
    if (error)
        return Problem{"settings.data_directory", "the data directory cannot be made: " + error.message(), settings.data_directory, {}, "a directory of our own"};
    return adapters::open_sqlite_pauses((directory / "operation.db").string());
}

}  // namespace lienthong::cli
