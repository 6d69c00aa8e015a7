// What a worker gives up before it touches a foreign byte.
#include "hub/process/sandbox.hpp"

#include "hub/process/sanitized.hpp"

#include <linux/capability.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <memory>

namespace lienthong::process {
namespace {

Problem failed(const std::string& what, int error)
{
    return {"process.sandbox_failed",
            "the worker cannot lock itself in: " + what,
            {},
            std::strerror(error),
            "a kernel that allows it"};
}

bool set_limit(__rlimit_resource resource, std::uint64_t value)
{
    const rlimit limit{value, value};
    return ::setrlimit(resource, &limit) == 0;
}

/// As root in a container the capabilities are what is left to lose.
bool drop_capabilities()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct nothing[2] = {};
    return ::syscall(SYS_capset, &header, nothing) == 0;
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool allow(const Filter& filter, std::initializer_list<int> calls)
{
    for (const int call : calls)
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0)
            return false;
    return true;
}

bool answer(const Filter& filter, std::uint32_t error, std::initializer_list<int> calls)
{
    for (const int call : calls)
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(error), call, 0) != 0)
            return false;
    return true;
}

/// Memory may be had, but never memory that can be executed.
bool allow_data_memory(const Filter& filter)
{
    const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        if (seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &not_executable) != 0)
            return false;
    return allow(filter, {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk)});
}

/// Talking over what is open, waiting for locks, reading clocks, ending. No descriptor can be made.
bool allow_computing(const Filter& filter)
{
    return allow(filter, {SCMP_SYS(read),           SCMP_SYS(write),         SCMP_SYS(readv),           SCMP_SYS(writev),
                          SCMP_SYS(close),          SCMP_SYS(fstat),         SCMP_SYS(lseek),           SCMP_SYS(futex),
                          SCMP_SYS(sched_yield),    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday),
                          SCMP_SYS(getrandom),      SCMP_SYS(getpid),        SCMP_SYS(gettid),          SCMP_SYS(rt_sigaction),
                          SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),     SCMP_SYS(restart_syscall),
                          SCMP_SYS(exit),           SCMP_SYS(exit_group)});
}

bool answer_files(const Filter& filter)
{
    return answer(filter, EACCES,
                  {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat),
                   SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(readlink), SCMP_SYS(readlinkat)});
}

bool allow_sanitizer(const Filter& filter)
{
    return answer(filter, EACCES, {SCMP_SYS(socket), SCMP_SYS(pipe2), SCMP_SYS(ioctl)}) &&
           allow(filter, {SCMP_SYS(prctl), SCMP_SYS(getrusage), SCMP_SYS(prlimit64), SCMP_SYS(sched_getaffinity),
                          SCMP_SYS(getcpu), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(getuid), SCMP_SYS(geteuid),
                          SCMP_SYS(getppid), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(membarrier)});
}

/// Empty when the filter is in force, else what went wrong.
std::string filter_calls(bool answer_file_calls)
{
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
    if (!filter)
        return "no seccomp filter can be made";
    bool built = allow_data_memory(filter) && allow_computing(filter);
    // The end of a process by abort(): a signal to itself and to nobody else.
    const scmp_arg_cmp itself{0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0};
    built = built && seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself) == 0;
    if (answer_file_calls || sanitized)
        built = built && answer_files(filter);
    if (sanitized)
        built = built && allow_sanitizer(filter);
    if (!built)
        return "the list of system calls cannot be built";
    const int loaded = seccomp_load(filter.get());
    return loaded == 0 ? std::string() : std::string("the list of system calls is not taken: ") + std::strerror(-loaded);
}

}  // namespace

Result<void> limit_resources(const SandboxLimits& limits)
{
    bool set = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_CPU, limits.processor_seconds) && set_limit(RLIMIT_NPROC, 0);
    if (!sanitized)
        set = set && set_limit(RLIMIT_AS, limits.memory_bytes);
    if (!set)
        return failed("a resource limit is not taken", errno);
    return {};
}

Result<std::string> lock_in(const SandboxLimits& limits)
{
    if (!set_limit(RLIMIT_NOFILE, limits.descriptors) || (!sanitized && !set_limit(RLIMIT_FSIZE, 0)))
        return failed("the limits on descriptors and files are not taken", errno);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failed("new privileges cannot be ruled out", errno);
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failed("tracing cannot be ruled out", errno);
    if (!drop_capabilities())
        return failed("capabilities cannot be dropped", errno);
    const int landlock = restrict_by_landlock();
    const std::string fault = filter_calls(limits.answer_file_calls);
    if (!fault.empty())
        return failed(fault, errno);
    std::string state =
        "system calls by list, else killed; no files, no sockets, no processes; no capabilities, no new privileges";
    state += landlock > 0 ? "; Landlock ABI " + std::to_string(landlock) : "; no Landlock in this kernel";
    if (sanitized)
        state += "; sanitizer build: memory not limited, list looser";
    else
        state += "; memory " + std::to_string(limits.memory_bytes / (1024 * 1024)) + " MiB";
    return state;
}

}  // namespace lienthong::process
