// Starts a worker program and tells how it ended.
#include "hub/process/spawn.hpp"

#include "hub/process/protocol.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace lienthong::process {
namespace {

constexpr std::chrono::milliseconds kill_patience{2000};

Problem start_problem(const WorkerProgram& program, const std::string& what, int error)
{
    return {"process.worker_start", what + ": " + std::strerror(error), program.path, std::strerror(error),
            "an executable worker program"};
}

/// Descriptors and signals of the child: 0 and 1 empty, 2 kept or empty, 3 the socket, no others.
class SpawnPlan
{
public:
    SpawnPlan(int socket, bool keep_stderr)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
        if (!keep_stderr)
            posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, socket, worker_socket);
        posix_spawn_file_actions_addclosefrom_np(&actions_, worker_socket + 1);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        // Its own session: a terminal's interrupt stops the core, which then stops its workers in order.
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    }
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    int run(pid_t& process, const WorkerProgram& program) const
    {
        std::vector<char*> arguments{const_cast<char*>(program.path.c_str())};
        for (const std::string& argument : program.arguments)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        char locale[] = "LC_ALL=C.UTF-8";
        std::array<char*, 2> environment{locale, nullptr};
        return posix_spawn(&process, program.path.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
    }

private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
};

bool ended_within(int pidfd, std::chrono::milliseconds patience)
{
    pollfd wait{pidfd, POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(patience.count())) > 0;
}

End end_by(int status)
{
    if (WIFEXITED(status))
        return {"exited with " + std::to_string(WEXITSTATUS(status))};
    const int number = WTERMSIG(status);
    End end{"was killed by signal " + std::to_string(number) + " (" + strsignal(number) + ")", number == SIGSYS};
    if (end.reached_out)
        end.how += ": it asked the kernel for something its sandbox forbids";
    return end;
}

}  // namespace

std::string default_worker_path()
{
    std::array<char, 4096> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    std::string own(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return own.substr(0, own.rfind('/') + 1) + "lienthong-worker";
}

Result<Child> spawn(const WorkerProgram& program)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return start_problem(program, "no socket pair for a worker", errno);
    // Above the numbers the child's plan writes to, whatever descriptors we were started with.
    const int theirs = ::fcntl(ends[1], F_DUPFD_CLOEXEC, 16);
    ::close(ends[1]);
    Child child;
    child.socket = ends[0];
    int error = theirs < 0 ? errno : 0;
    if (error == 0) {
        ::fcntl(child.socket, F_SETFL, ::fcntl(child.socket, F_GETFL) | O_NONBLOCK);
        error = SpawnPlan(theirs, program.keep_stderr).run(child.process, program);
        ::close(theirs);
    }
    if (error != 0) {
        ::close(child.socket);
        return start_problem(program, "the worker program does not start", error);
    }
    return child;
}

End end_of(pid_t process, std::chrono::milliseconds patience)
{
    // By number: the C library of Debian 12 declares pidfd_open without C linkage.
    const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    if (pidfd >= 0) {
        if (!ended_within(pidfd, patience)) {
            ::kill(process, SIGKILL);
            (void)ended_within(pidfd, kill_patience);
        }
        ::close(pidfd);
    } else {
        ::kill(process, SIGKILL);
    }
    int status = 0;
    const pid_t reaped = ::waitpid(process, &status, pidfd >= 0 ? WNOHANG : 0);
    return reaped == process ? end_by(status) : End{};
}

}  // namespace lienthong::process
