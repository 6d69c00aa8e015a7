#include "hub/cli/installation.hpp"

#include <filesystem>

namespace lienthong::cli {
namespace {

namespace fs = std::filesystem;

fs::path below(Came what)
{
    const fs::path share = LIENTHONG_SHARE_FROM_BIN;
    switch (what) {
        case Came::catalogue:
            return share / "mappings/catalogue";
        case Came::mappings:
            return share / "mappings";
        case Came::templates:
            return share / "templates";
        case Came::simulators:
            return share / "simulators";
        case Came::plugins:
            break;
    }
    return fs::path(LIENTHONG_PLUGINS_FROM_BIN);
}

/// The folder of the running program; empty when the kernel does not tell.
fs::path own_folder()
{
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace

std::string came_with_the_program(Came what)
{
    std::error_code error;
    const fs::path folder = fs::canonical(own_folder() / below(what), error);
    return error || !fs::is_directory(folder, error) ? std::string() : folder.string();
}

std::string installation_prefix()
{
    return own_folder().parent_path().string();
}

}  // namespace lienthong::cli
