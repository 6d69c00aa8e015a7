/// Sandbox: what a worker gives up, for good, before it touches a foreign byte.
///
/// After lock_in() the process computes on what its one socket brings and can do nothing else: it opens nothing,
/// connects to nothing, starts nothing, and dies at the first system call outside a short list.
#pragma once

#include "hub/model/result.hpp"

#include <cstdint>
#include <string>

namespace lienthong::process {

struct SandboxLimits
{
    std::uint64_t memory_bytes = 512ULL * 1024 * 1024;  ///< RLIMIT_AS.
    std::uint64_t processor_seconds = 3600;             ///< RLIMIT_CPU over the worker's life: the backstop of the pool's watch.
    std::uint64_t descriptors = 16;
    /// The hub's own code may look for a file a library likes to read (an encoding, a locale): it is told there is
    /// none. Where foreign code runs, the attempt itself ends the process.
    bool answer_file_calls = false;
};

/// Limits on memory and time, no core dump, no process beside this one. Cannot be undone.
/// Fails with: process.sandbox_failed.
[[nodiscard]] Result<void> limit_resources(const SandboxLimits& limits);

/// Everything else, once all files are open and all libraries loaded: nothing written to files, no capabilities, no new
/// privileges, not to be traced, Landlock where the kernel has it, the list of system calls last. Returns the state achieved in
/// words. Fails with: process.sandbox_failed; then the process must not go on.
[[nodiscard]] Result<std::string> lock_in(const SandboxLimits& limits);

/// Landlock without a single allowed path, port or scope. The ABI version in force, 0 where the kernel has none.
[[nodiscard]] int restrict_by_landlock();

}  // namespace lienthong::process
