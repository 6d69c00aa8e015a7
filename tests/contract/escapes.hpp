/// Escapes: the ways out of a sandbox that the misbehaving connector tries, each with arguments the bare kernel would take.
#pragma once

#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <iterator>

namespace lienthong::escapes {

/// `hub` is the process that started the worker. What the kernel gave, when it gave anything.
using Attempt = long (*)(pid_t hub);

struct Escape
{
    const char* name;
    Attempt attempt;
};

inline constexpr int only_socket = 3;

inline long open_of(pid_t process, const char* part, int how)
{
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/%s", static_cast<int>(process), part);
    return ::open(path, how);
}

inline long on_socket(long call, sa_family_t family, const char* name)
{
    sockaddr_un address{};
    address.sun_family = family;
    std::memcpy(address.sun_path, name, 12);
    return ::syscall(call, only_socket, &address, sizeof(sa_family_t) + 12);
}

/// A descriptor on its way through the one socket.
inline long hand_over_a_descriptor()
{
    char byte = 0;
    iovec one{&byte, 1};
    alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &one;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    return ::sendmsg(only_socket, &message, 0);
}

inline long read_memory_of(pid_t process)
{
    char here[16];
    iovec local{here, sizeof here}, remote{reinterpret_cast<void*>(0x400000), sizeof here};
    return ::process_vm_readv(process, &local, 1, &remote, 1, 0);
}

inline long write_memory_of(pid_t process)
{
    char here[16] = {};
    iovec local{here, sizeof here}, remote{reinterpret_cast<void*>(0x400000), sizeof here};
    return ::process_vm_writev(process, &local, 1, &remote, 1, 0);
}

/// The kernel's 32-bit entrance numbers its calls differently: 5 is open there.
inline long open_by_the_old_entrance()
{
    long result = 5;
    __asm__ volatile("int $0x80" : "+a"(result) : "b"("/etc/passwd"), "c"(O_RDONLY), "d"(0) : "memory");
    return result;
}

inline long raise_a_limit()
{
    const rlimit more{1024, 1024};
    return ::setrlimit(RLIMIT_NOFILE, &more);
}

inline long ask_for_a_ring()
{
    io_uring_params params{};
    return ::syscall(SYS_io_uring_setup, 8, &params);
}

inline long run_a_shell()
{
    char shell[] = "/bin/sh";
    char* const arguments[] = {shell, nullptr};
    return ::execve(shell, arguments, nullptr);
}

inline long memory_that_runs()
{
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

inline constexpr Escape all[] = {
    {"read the password file", [](pid_t) -> long { return ::open("/etc/passwd", O_RDONLY); }},
    {"read a key file", [](pid_t) -> long { return ::open("/etc/ssl/private/ssl-cert-snakeoil.key", O_RDONLY); }},
    {"list the folder it runs in", [](pid_t) -> long { return ::open(".", O_RDONLY | O_DIRECTORY); }},
    {"read its own environment", [](pid_t) -> long { return ::open("/proc/self/environ", O_RDONLY); }},
    {"open the hub's memory", [](pid_t hub) { return open_of(hub, "mem", O_RDWR); }},
    {"open the hub's descriptors", [](pid_t hub) { return open_of(hub, "fd/0", O_RDONLY); }},
    {"write a file", [](pid_t) -> long { return ::open("/tmp/lienthong-escape", O_WRONLY | O_CREAT, 0600); }},
    {"look at a file", [](pid_t) -> long { struct stat about; return ::stat("/etc/passwd", &about); }},
    {"remove a file", [](pid_t) -> long { return ::unlink("/tmp/lienthong-escape"); }},
    {"rename a file", [](pid_t) -> long { return ::rename("/tmp/lienthong-a", "/tmp/lienthong-b"); }},
    {"link to a file", [](pid_t) -> long { return ::symlink("/etc/passwd", "/tmp/lienthong-escape"); }},
    {"make a folder", [](pid_t) -> long { return ::mkdir("/tmp/lienthong-escape", 0700); }},
    {"change a file's rights", [](pid_t) -> long { return ::chmod("/tmp", 01777); }},
    {"make a TCP socket", [](pid_t) -> long { return ::socket(AF_INET, SOCK_STREAM, 0); }},
    {"make a UDP socket", [](pid_t) -> long { return ::socket(AF_INET6, SOCK_DGRAM, 0); }},
    {"make a raw socket", [](pid_t) -> long { return ::socket(AF_PACKET, SOCK_RAW, 0); }},
    {"speak to the kernel's network side", [](pid_t) -> long { return ::socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE); }},
    {"make a pair of sockets", [](pid_t) -> long { int ends[2]; return ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends); }},
    {"connect its socket elsewhere", [](pid_t) { return on_socket(SYS_connect, AF_UNIX, "/run/dbus/s"); }},
    {"listen on an abstract name", [](pid_t) { return on_socket(SYS_bind, AF_UNIX, "\0lienthong-"); }},
    {"hand a descriptor over", [](pid_t) { return hand_over_a_descriptor(); }},
    {"copy a descriptor", [](pid_t) -> long { return ::dup(only_socket); }},
    {"make a pipe", [](pid_t) -> long { int ends[2]; return ::pipe(ends); }},
    {"be traced", [](pid_t) -> long { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }},
    {"trace the hub", [](pid_t hub) -> long { return ::ptrace(PTRACE_SEIZE, hub, nullptr, nullptr); }},
    {"read the hub's memory", [](pid_t hub) { return read_memory_of(hub); }},
    {"write the hub's memory", [](pid_t hub) { return write_memory_of(hub); }},
    {"hold the hub's process", [](pid_t hub) { return ::syscall(SYS_pidfd_open, hub, 0); }},
    {"signal the hub", [](pid_t hub) -> long { return ::kill(hub, 0); }},
    {"signal a thread of the hub", [](pid_t hub) { return ::syscall(SYS_tgkill, hub, hub, 0); }},
    {"mount a file system", [](pid_t) -> long { return ::mount("none", "/mnt", "tmpfs", 0, nullptr); }},
    {"unmount one", [](pid_t) -> long { return ::umount("/mnt"); }},
    {"change its root", [](pid_t) -> long { return ::chroot("/tmp"); }},
    {"swap its root", [](pid_t) { return ::syscall(SYS_pivot_root, "/tmp", "/tmp"); }},
    {"make a user namespace", [](pid_t) -> long { return ::unshare(CLONE_NEWUSER); }},
    {"enter a namespace", [](pid_t) -> long { return ::setns(only_socket, 0); }},
    {"be born in a namespace", [](pid_t) { return ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); }},
    {"fork", [](pid_t) -> long { return ::fork(); }},
    {"run a shell", [](pid_t) { return run_a_shell(); }},
    {"have memory that runs", [](pid_t) { return memory_that_runs(); }},
    {"make a file in memory", [](pid_t) { return ::syscall(SYS_memfd_create, "x", 0); }},
    {"ask for a ring of calls", [](pid_t) { return ask_for_a_ring(); }},
    {"load a program into the kernel", [](pid_t) { return ::syscall(SYS_bpf, 0, nullptr, 0); }},
    {"load a module into the kernel", [](pid_t) { return ::syscall(SYS_init_module, nullptr, 0, ""); }},
    {"handle page faults", [](pid_t) { return ::syscall(SYS_userfaultfd, 0); }},
    {"count events of the processor", [](pid_t) { return ::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0); }},
    {"look for keys of the kernel", [](pid_t) { return ::syscall(SYS_keyctl, 0, 0, 0, 0, 0); }},
    {"become another user", [](pid_t) -> long { return ::setuid(0); }},
    {"may be dumped", [](pid_t) -> long { return ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }},
    {"raise its limits", [](pid_t) { return raise_a_limit(); }},
    {"share memory", [](pid_t) { return ::syscall(SYS_shmget, 0, 4096, 0600); }},
    {"type into a terminal", [](pid_t) -> long { char key = 'x'; return ::ioctl(0, TIOCSTI, &key); }},
    {"set the clock", [](pid_t) { return ::syscall(SYS_clock_settime, 0, nullptr); }},
    {"restart the machine", [](pid_t) { return ::syscall(SYS_reboot, 0, 0, 0, nullptr); }},
    {"open by the second numbering", [](pid_t) { return ::syscall(SYS_open | 0x40000000, "/etc/passwd", O_RDONLY); }},
    {"open by the old entrance", [](pid_t) { return open_by_the_old_entrance(); }},
};

inline const Escape* named(const char* name)
{
    for (const Escape& one : all)
        if (std::strcmp(one.name, name) == 0)
            return &one;
    return nullptr;
}

}  // namespace lienthong::escapes
