/// misbehaving: a connector that does harm on command, for proving that it harms nobody else. Never installed.
///
/// poll's cursor is the command; "fine" behaves. The setting `at_open` is carried out by the constructor.
#include "hub/sdk/plugin.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace lienthong::sdk;

/// What a system call gave, when the process still lives to tell.
Step told(long result)
{
    Step step;
    step.cursor = result >= 0 ? std::string("allowed") : "refused with " + std::to_string(errno);
    return step;
}

Step call_kernel(std::string_view number)
{
    long call = -1;
    std::from_chars(number.data(), number.data() + number.size(), call);
    return told(::syscall(call, 0L, 0L, 0L, 0L, 0L, 0L));
}

volatile char sink;

void overflow_the_stack(int depth)  // NOLINT(misc-no-recursion)
{
    volatile char block[4096];
    block[0] = static_cast<char>(depth);
    sink = block[0];
    if (depth >= 0)
        overflow_the_stack(depth + 1);
    sink = block[0];
}

void eat_memory()
{
    for (std::vector<char*> eaten;;) {
        eaten.push_back(new char[16 * 1024 * 1024]);
        for (std::size_t i = 0; i < 16 * 1024 * 1024; i += 4096)
            eaten.back()[i] = 1;
    }
}

Step run_made_code()
{
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return told(::mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

Step ask_too_much(std::size_t requests)
{
    Step step;
    step.requests.resize(requests);
    return step;
}

Step nested(int depth)
{
    Step step;
    Part part = literal("x");
    for (int i = 0; i < depth; ++i)
        part = concat({std::move(part)});
    step.requests.emplace_back().target = std::move(part);
    return step;
}

Step obey(std::string_view command)
{
    constexpr std::string_view call = "call ";
    if (command.substr(0, call.size()) == call)
        return call_kernel(command.substr(call.size()));
    if (command == "segfault")
        ::raise(SIGSEGV);
    if (command == "abort")
        std::abort();
    if (command == "exit")
        std::exit(0);
    if (command == "stack")
        overflow_the_stack(0);
    if (command == "hang")
        for (volatile bool on = true; on;) {
        }
    if (command == "eat")
        eat_memory();
    if (command == "throw")
        throw std::runtime_error("as asked");
    if (command == "throw a number")
        throw 42;
    if (command == "garbage")
        (void)!::write(3, "\xDE\xAD\xBE\xEF garbage instead of a frame", 32);
    if (command == "close")
        ::close(3);
    if (command == "file")
        return told(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    if (command == "socket")
        return told(::socket(AF_INET, SOCK_STREAM, 0));
    if (command == "process")
        return told(::fork());
    if (command == "kill the hub")
        return told(::kill(::getppid(), SIGKILL));
    if (command == "made code")
        return run_made_code();
    if (command == "many requests")
        return ask_too_much(CodecLimits::requests + 1);
    if (command == "nested parts")
        return nested(40);
    Step step;
    if (command == "huge")
        step.payloads.emplace_back().bytes.assign(70'000'000, 'x');
    step.cursor = std::string(command);
    return step;
}

class Misbehaving final : public Connector
{
public:
    explicit Misbehaving(const Settings& settings) { (void)obey(settings.text("at_open")); }

    static Description description()
    {
        Description d;
        d.name = "misbehaving";
        d.version = "1";
        d.speaks = "Nothing: it does harm on command, for tests.";
        d.settings.push_back(
            {"at_open", SettingType::text, false, {}, {}, INT64_MIN, INT64_MAX, "Harm done by the constructor."});
        return d;
    }
    Step poll(std::string_view cursor, const Moment&) const override { return obey(cursor); }
    Step reply(std::string_view, const Answer& answer, const Moment&) const override { return obey(answer.body); }
};

}  // namespace

LIENTHONG_CONNECTOR(Misbehaving);
