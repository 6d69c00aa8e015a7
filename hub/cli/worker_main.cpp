// lienthong-worker: the program in which foreign bytes are parsed and foreign code runs. Started by the hub only.
#include "hub/cli/worker_roles.hpp"
#include "hub/process/worker_loop.hpp"

#include <charconv>
#include <cstdio>

#if defined(LIENTHONG_SANITIZED)
extern "C" const char* __asan_default_options();
// The leak check at the end of a process stops it and reads its memory, which a worker may not do.
extern "C" const char* __asan_default_options()
{
    return "detect_leaks=0:abort_on_error=1";
}
#endif

namespace lienthong::cli {

std::string value_of(const WorkerArguments& arguments, const std::string& name)
{
    const auto it = arguments.find(name);
    return it == arguments.end() ? std::string() : it->second;
}

process::SandboxLimits limits_of(const WorkerArguments& arguments, std::uint64_t default_mib)
{
    std::uint64_t mib = 0;
    const std::string text = value_of(arguments, "--memory");
    const bool told = std::from_chars(text.data(), text.data() + text.size(), mib).ec == std::errc() && mib > 0;
    process::SandboxLimits limits;
    limits.memory_bytes = (told ? mib : default_mib) * 1024 * 1024;
    return limits;
}

}  // namespace lienthong::cli

int main(int count, char** words)
{
    using namespace lienthong;
    process::die_with_parent();
    cli::WorkerArguments arguments;
    for (int i = 1; i + 1 < count; i += 2)
        arguments.emplace(words[i], words[i + 1]);
    const std::string role = cli::value_of(arguments, "--role");
    if (role == "connector")
        return cli::be_connector(arguments);
    if (role == "workshop")
        return cli::be_workshop(arguments);
    std::fputs("lienthong-worker is started by the hub, with --role connector or --role workshop\n", stderr);
    return 2;
}
