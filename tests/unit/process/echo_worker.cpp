// A worker that does as the job says, well or badly: the pool's counterpart in its tests. No sandbox.
#include "hub/process/frame.hpp"
#include "hub/process/worker_loop.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace lienthong;
using namespace lienthong::process;

void send_raw(const std::string& bytes)
{
    (void)!::write(worker_socket, bytes.data(), bytes.size());
}

Result<std::string> obey(std::string_view job)
{
    const auto is = [&](std::string_view word) { return job.substr(0, word.size()) == word; };
    if (is("echo "))
        return std::string(job.substr(5));
    if (is("large"))
        return std::string(2'000'000, 'x');
    if (is("refuse"))
        return Problem{"test.refused", "as asked"};
    if (is("exit"))
        ::_exit(7);
    if (is("crash")) {
        ::signal(SIGSEGV, SIG_DFL);  // A sanitizer would report for seconds and exit instead.
        ::raise(SIGSEGV);
    }
    if (is("spin"))
        for (volatile bool on = true; on;) {
        }
    if (is("sleep"))
        for (;;)
            ::pause();
    if (is("garbage"))
        send_raw(std::string(64, '\xFF'));
    if (is("wrong id"))
        send_raw(encode_frame(static_cast<std::uint8_t>(FrameKind::answer), 987654, "x"));
    if (is("wrong kind"))
        send_raw(encode_frame(9, 1, "x"));
    if (is("huge"))
        send_raw(std::string("\xFF\xFF\xFF\xFF\x03\0\0\0\0\0\0\0\0\0\0\0", 16));
    if (is("close"))
        ::close(worker_socket);
    if (is("process"))
        return std::to_string(::getpid());
    if (is("descriptors")) {
        std::string open;
        for (int i = 0; i < 1000; ++i)
            if (::fcntl(i, F_GETFD) >= 0)
                open += std::to_string(i) + " ";
        return open;
    }
    if (is("environment")) {
        std::string all;
        for (char** entry = environ; *entry != nullptr; ++entry)
            all += std::string(*entry) + "\n";
        return all;
    }
    return std::string();
}

}  // namespace

int main(int count, char** words)
{
    die_with_parent();
    const std::string_view how = count > 1 ? words[1] : "";
    if (how == "refuse")
        return refuse_to_start({"test.no_start", "as asked"});
    if (how == "exit")
        return 3;
    if (how == "silent")
        for (;;)
            ::pause();
    return do_jobs({"echo", "about", "none"}, obey);
}
