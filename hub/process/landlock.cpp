// Landlock through raw system calls: the system's header is older than the kernels this runs on.
#include "hub/process/sandbox.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>

namespace lienthong::process {
namespace {

/// As linux/landlock.h has it since ABI 6. Older kernels are given the part they know.
struct RulesetAttributes
{
    std::uint64_t handled_files = 0;
    std::uint64_t handled_network = 0;
    std::uint64_t scoped = 0;
};

constexpr unsigned ask_for_version = 1;

std::uint64_t lowest_bits(unsigned count)
{
    return (1ULL << count) - 1;
}

/// How many kinds of file access each ABI version knows.
unsigned file_rights(int abi)
{
    constexpr std::array<unsigned, 6> by_version = {0, 13, 14, 15, 15, 16};
    return by_version[static_cast<std::size_t>(abi < 5 ? abi : 5)];
}

}  // namespace

int restrict_by_landlock()
{
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_for_version);
    if (abi <= 0)
        return 0;
    const int version = static_cast<int>(abi);
    RulesetAttributes attributes;
    attributes.handled_files = lowest_bits(file_rights(version));
    std::size_t size = sizeof(std::uint64_t);
    if (version >= 4) {
        attributes.handled_network = lowest_bits(2);
        size = 2 * sizeof(std::uint64_t);
    }
    if (version >= 6) {
        attributes.scoped = lowest_bits(2);
        size = 3 * sizeof(std::uint64_t);
    }
    const long ruleset = ::syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (ruleset < 0)
        return 0;
    const long restricted = ::syscall(SYS_landlock_restrict_self, static_cast<int>(ruleset), 0);
    ::close(static_cast<int>(ruleset));
    return restricted == 0 ? version : 0;
}

}  // namespace lienthong::process
