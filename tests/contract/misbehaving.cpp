/// misbehaving: a connector that does harm on command, for proving that it harms nobody else. Never installed.
///
/// Whatever text an event brings is the command; "fine" behaves. The setting `at_open` is carried out by the constructor, and what
/// stands behind AT-DESCRIBE: in the file itself, which tests exchange, by the description.
#include "hub/sdk/plugin.hpp"
#include "tests/contract/escapes.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
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

/// Memory kept for ever, ten megabytes a call.
Step leak()
{
    static std::vector<char*> kept;
    constexpr std::size_t ten_megabytes = 10 * 1000 * 1000;
    kept.push_back(new char[ten_megabytes]);
    std::memset(kept.back(), 1, ten_megabytes);
    return {};
}

void sleep_for_ever()
{
    for (;;)
        std::this_thread::sleep_for(std::chrono::hours(1));
}

void wait_for_itself()
{
    std::timed_mutex held;
    held.lock();
    for (;;)
        (void)held.try_lock_for(std::chrono::hours(1));
}

Step take_descriptors()
{
    long last = 0;
    for (int i = 0; i < 1'000'000 && last >= 0; ++i)
        last = ::dup(3);
    return told(last);
}

/// A frame's header as hub/process/frame.hpp has it, whatever it says.
void write_header(std::uint32_t size, std::uint8_t kind, std::uint64_t id)
{
    char header[16] = {};
    std::memcpy(header, &size, sizeof size);
    header[4] = static_cast<char>(kind);
    std::memcpy(header + 8, &id, sizeof id);
    (void)!::write(3, header, sizeof header);
}

constexpr std::uint8_t answer_kind = 3;

void write_noise(std::string_view seed)
{
    unsigned number = 0;
    std::from_chars(seed.data(), seed.data() + seed.size(), number);
    std::mt19937 draw(number);
    std::string noise(1 + draw() % 4096, '\0');
    for (char& c : noise)
        c = static_cast<char>(draw());
    (void)!::write(3, noise.data(), noise.size());
}

Step escape(std::string_view order)
{
    const std::size_t end = order.rfind(' ');
    const std::string name(order.substr(0, end));
    pid_t hub = 0;
    std::from_chars(order.data() + end + 1, order.data() + order.size(), hub);
    const auto* found = lienthong::escapes::named(name.c_str());
    return told(found == nullptr ? 0 : found->attempt(hub));
}

/// What writes to the socket itself, besides the worker's own answer.
void write_frames(std::string_view command)
{
    constexpr std::string_view noise = "noise ";
    if (command.substr(0, noise.size()) == noise)
        write_noise(command.substr(noise.size()));
    if (command == "frame of another id")
        write_header(0, answer_kind, 4711);
    if (command == "frame of 4 GB")
        write_header(0xFFFFFFFF, answer_kind, 1);
    if (command == "frame that promises more")
        write_header(100, answer_kind, 1);
    if (command == "frame of no kind")
        write_header(0, 99, 1);
    if (command == "answer twice")
        write_header(0, answer_kind, 1);
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
    constexpr std::string_view out = "escape ";
    if (command.substr(0, out.size()) == out)
        return escape(command.substr(out.size()));
    write_frames(command);
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
    if (command == "sleep")
        sleep_for_ever();
    if (command == "wait for itself")
        wait_for_itself();
    if (command == "ignore signals") {
        for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGXCPU})
            ::signal(number, SIG_IGN);
        sleep_for_ever();
    }
    if (command == "late")
        std::this_thread::sleep_for(std::chrono::seconds(3));
    if (command == "leak")
        return leak();
    if (command == "descriptors")
        return take_descriptors();
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
        step.payloads.emplace_back().bytes.assign(90'000'000, 'x');  // No frame is so large.
    step.cursor = std::string(command);
    return step;
}

/// Exchanged in copies of the built file.
const volatile char at_describe[] = "AT-DESCRIBE:fine               ";

std::string command_at_describe()
{
    std::string command;
    for (std::size_t i = 12; at_describe[i] != '\0'; ++i)
        command += at_describe[i];
    return command.substr(0, command.find_last_not_of(' ') + 1);
}

class Misbehaving final : public Connector
{
public:
    explicit Misbehaving(const Settings& settings) { (void)obey(settings.text("at_open")); }

    static Description description()
    {
        const std::string command = command_at_describe();
        (void)obey(command);
        Description d;
        d.name = "misbehaving";
        d.version = command;
        d.speaks = "Nothing: it does harm on command, for tests.";
        d.settings.push_back(
            {"at_open", SettingType::text, false, {}, {}, INT64_MIN, INT64_MAX, "Harm done by the constructor."});
        return d;
    }
    Step poll(std::string_view cursor, const Moment&) const override { return obey(cursor); }
    Step reply(std::string_view, const Answer& answer, const Moment&) const override { return obey(answer.body); }
    Step journaled(std::string_view context, Arrived, const Moment&) const override { return obey(context); }
    Step acquire(std::string_view name, const Moment&) const override { return obey(name); }
    Step called(const InboundRequest& request, const Moment&) const override { return obey(request.body); }
    Step deliver(const Parcel& parcel, const Moment&) const override { return obey(parcel.bytes); }
    Step find_out(const Parcel& parcel, const Moment&) const override { return obey(parcel.bytes); }
};

}  // namespace

LIENTHONG_CONNECTOR(Misbehaving);
