// Whatever a connector does, only its own event fails, and another worker is ready within a second.
#include "tests/contract/misbehaving_host.hpp"

#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <chrono>

namespace lienthong::golden {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Sanitizer builds start several times slower.
constexpr auto replaced_within = sanitized ? 10s : 1s;

Result<std::unique_ptr<process::ConnectorHost>> open_host(const std::string& at_open = {})
{
    auto plugin = misbehaving_plugin();
    if (!plugin)
        return plugin.problem();
    plugin->pool.start_deadline = at_open == "hang" ? 2s : 20s;
    return process::ConnectorHost::open(*plugin, misdeed_at_open(at_open));
}

class Misdeed : public testing::Test
{
protected:
    void SetUp() override
    {
        auto opened = open_host();
        ASSERT_TRUE(opened.ok()) << opened.problem().sentence();
        host_ = std::move(*opened);
    }

    /// The misdeed's code, or what the connector says it could do.
    std::string outcome(const std::string& command)
    {
        sdk::Event event;
        event.what = sdk::Poll{command};
        const auto result = tell(*host_, event);
        problem_ = result ? Problem{} : result.problem();
        return outcome_of(result);
    }

    void expect_harmless(const std::string& command, const std::string& code)
    {
        EXPECT_EQ(outcome(command), code) << command << ": " << problem_.sentence();
        const auto since = Clock::now();
        EXPECT_EQ(outcome("fine"), "fine") << "after " << command << ": " << problem_.sentence();
        EXPECT_LT(Clock::now() - since, replaced_within) << "after " << command;
    }

    std::unique_ptr<process::ConnectorHost> host_;
    Problem problem_;
};

TEST_F(Misdeed, DyingCostsItsOwnEventOnly)
{
    for (const char* command : {"segfault", "abort", "exit", "stack", "close"})
        expect_harmless(command, "process.worker_died");
    EXPECT_EQ(host_->standing().deaths, 10U);
}

TEST_F(Misdeed, HangingIsEndedByTheClock)
{
    expect_harmless("hang", "process.worker_timeout");
}

TEST_F(Misdeed, ThrowingDoesNotEvenCostTheWorker)
{
    expect_harmless("throw", "process.connector_failed");
    EXPECT_NE(problem_.code, "process.worker_died");
    expect_harmless("throw a number", "process.connector_failed");
    EXPECT_EQ(host_->standing().deaths, 0U);
}

TEST_F(Misdeed, GarbageIsNeverTakenForAnAnswer)
{
    expect_harmless("garbage", "process.worker_garbage");
    expect_harmless("many requests", "process.worker_garbage");
    expect_harmless("nested parts", "process.worker_garbage");
    expect_harmless("huge", "process.answer_too_large");
}

TEST_F(Misdeed, EatingMemoryEndsAtTheLimit)
{
    if (sanitized) {
        expect_harmless("fine", "fine");
        return;
    }
    expect_harmless("eat", "process.worker_memory");
    EXPECT_EQ(host_->standing().deaths, 1U);
}

TEST_F(Misdeed, ReachingOutIsTheLastThingAWorkerDoes)
{
    for (const char* command : {"process", "kill the hub", "made code"}) {
        expect_harmless(command, "process.worker_died");
    }
    for (const char* command : {"file", "socket"}) {
        const std::string found = outcome(command);
        if (sanitized)
            EXPECT_EQ(found, "refused with 13") << command;
        else
            EXPECT_EQ(found, "process.worker_died") << command << ": " << problem_.sentence();
    }
    if (!sanitized) {
        EXPECT_EQ(host_->standing().last_end,
                  "was killed by signal 31 (Bad system call): it asked the kernel for something its sandbox forbids");
    }
    EXPECT_EQ(outcome("fine"), "fine");
}

/// Ways out of a process, by number: files, networks, other processes, kernels, privileges.
TEST_F(Misdeed, NoSystemCallLeadsOut)
{
    const long calls[] = {SYS_open,
                          SYS_openat,
                          SYS_openat2,
                          SYS_creat,
                          SYS_open_by_handle_at,
                          SYS_name_to_handle_at,
                          SYS_memfd_create,
                          SYS_socket,
                          SYS_socketpair,
                          SYS_connect,
                          SYS_bind,
                          SYS_listen,
                          SYS_accept4,
                          SYS_sendmsg,
                          SYS_recvmsg,
                          SYS_pipe,
                          SYS_pipe2,
                          SYS_eventfd2,
                          SYS_fork,
                          SYS_vfork,
                          SYS_clone,
                          SYS_clone3,
                          SYS_execve,
                          SYS_execveat,
                          SYS_kill,
                          SYS_tkill,
                          SYS_ptrace,
                          SYS_process_vm_readv,
                          SYS_process_vm_writev,
                          SYS_pidfd_open,
                          SYS_pidfd_getfd,
                          SYS_mount,
                          SYS_umount2,
                          SYS_pivot_root,
                          SYS_chroot,
                          SYS_unshare,
                          SYS_setns,
                          SYS_io_uring_setup,
                          SYS_bpf,
                          SYS_userfaultfd,
                          SYS_keyctl,
                          SYS_add_key,
                          SYS_perf_event_open,
                          SYS_init_module,
                          SYS_finit_module,
                          SYS_kexec_load,
                          SYS_reboot,
                          SYS_setuid,
                          SYS_setgid,
                          SYS_capset,
                          SYS_seccomp,
                          SYS_personality,
                          SYS_shmget,
                          SYS_mq_open,
                          SYS_inotify_init1,
                          SYS_unlink,
                          SYS_rename,
                          SYS_mkdir,
                          SYS_chmod,
                          SYS_truncate,
                          SYS_link,
                          SYS_symlink,
                          SYS_swapon,
                          SYS_settimeofday,
                          SYS_clock_settime,
                          SYS_sethostname,
                          SYS_quotactl,
                          SYS_acct,
                          SYS_setsid,
                          SYS_dup,
                          SYS_fcntl};
    for (const long call : calls) {
        const std::string found = outcome("call " + std::to_string(call));
        const bool answered = sanitized && found == "refused with 13";
        EXPECT_TRUE(answered || found == "process.worker_died") << "system call " << call << ": " << found;
    }
    EXPECT_EQ(outcome("fine"), "fine");
}

TEST(MisdeedAtOpen, KeepsTheConnectorFromOpeningAndSaysWhy)
{
    EXPECT_EQ(open_host("segfault").problem().code, "process.worker_start");
    EXPECT_EQ(open_host("hang").problem().code, "process.worker_timeout");
    const auto refused = open_host("throw");
    EXPECT_EQ(refused.problem().code, "process.connector_refused");
    EXPECT_NE(refused.problem().detail.find("as asked"), std::string::npos);
    EXPECT_TRUE(open_host("fine").ok());
}

TEST(Worker, RefusesAPluginThatIsNotTheOneTrusted)
{
    auto plugin = worker_plugin(misbehaving());
    ASSERT_TRUE(plugin.ok());
    plugin->locked.sha256[0] = plugin->locked.sha256[0] == '0' ? '1' : '0';
    EXPECT_EQ(process::ConnectorHost::describe(*plugin).problem().code, "process.plugin_digest");
    plugin = worker_plugin(misbehaving());
    plugin->locked.name = "nrs";
    EXPECT_EQ(process::ConnectorHost::describe(*plugin).problem().code, "process.plugin_name");
    plugin->path = "/etc/passwd";
    EXPECT_EQ(process::ConnectorHost::describe(*plugin).problem().code, "process.plugin_digest");
}

TEST(Worker, TellsWhatProtectsTheHubFromIt)
{
    const auto host = open_host();
    ASSERT_TRUE(host.ok());
    const std::string state = (*host)->standing().hello.sandbox;
    EXPECT_NE(state.find("system calls by list, else killed"), std::string::npos) << state;
    RecordProperty("sandbox", state);
}

}  // namespace
}  // namespace lienthong::golden
