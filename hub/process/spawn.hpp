/// Spawn: starts a worker program with nothing of ours but one socket, and tells how it ended.
#pragma once

#include "hub/model/result.hpp"

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace lienthong::process {

struct WorkerProgram
{
    std::string path;                    ///< Absolute.
    std::vector<std::string> arguments;  ///< Without the program's own name.
    bool keep_stderr = false;            ///< Else what it writes there is thrown away.
};

/// The worker program beside the running one: "<folder of /proc/self/exe>/lienthong-worker".
[[nodiscard]] std::string default_worker_path();

struct Child
{
    pid_t process = -1;
    int socket = -1;  ///< Our end, non-blocking; the child has the other as its descriptor 3 and no other.
};

/// The child's environment holds a locale and nothing else; its signals are at their defaults.
/// Fails with: process.worker_start. The calling thread must outlive the child, which dies with it.
[[nodiscard]] Result<Child> spawn(const WorkerProgram& program);

/// How a child ended.
struct End
{
    std::string how;         ///< "exited with 3", "was killed by signal 11 (Segmentation fault)". Empty while the kernel still holds it.
    bool reached_out = false;  ///< It asked the kernel for something its sandbox forbids.
};

/// Waits up to `patience` for the child to end by itself, then kills it.
[[nodiscard]] End end_of(pid_t process, std::chrono::milliseconds patience);

}  // namespace lienthong::process
