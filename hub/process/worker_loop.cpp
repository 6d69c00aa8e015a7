// The life of a worker process once it is locked in.
#include "hub/process/worker_loop.hpp"

#include "hub/process/frame.hpp"

#include <signal.h>
#include <sys/prctl.h>

#include <exception>
#include <new>

namespace lienthong::process {
namespace {

constexpr auto kind_of(FrameKind kind)
{
    return static_cast<std::uint8_t>(kind);
}

Problem too_large(std::size_t size)
{
    return {"process.answer_too_large",
            "the outcome is larger than a frame",
            {},
            std::to_string(size) + " bytes",
            "at most " + std::to_string(frame_limit) + " bytes"};
}

Result<std::string> guarded(const DoJob& job, std::string_view bytes, bool& intact)
{
    try {
        auto outcome = job(bytes);
        return outcome && outcome->size() > frame_limit ? too_large(outcome->size()) : std::move(outcome);
    } catch (const std::bad_alloc&) {
        intact = false;
        return Problem{"process.worker_memory", "the worker ran out of memory over this message"};
    } catch (const std::exception& e) {
        intact = false;
        return Problem{
            "process.worker_failed", "the worker broke one of its own promises over this message", {}, shortened(e.what()), {}};
    }
}

}  // namespace

void die_with_parent()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int refuse_to_start(const Problem& problem)
{
    (void)FrameSocket(worker_socket).write(kind_of(FrameKind::refused), 0, encode(problem));
    return 1;
}

int do_jobs(const Hello& hello, const DoJob& job)
{
    FrameSocket socket(worker_socket);
    if (!socket.write(kind_of(FrameKind::hello), 0, encode(hello)))
        return 0;
    while (const auto frame = socket.read()) {
        if (frame->kind != kind_of(FrameKind::job))
            return 1;
        bool intact = true;
        const auto outcome = guarded(job, frame->body, intact);
        const bool sent = outcome ? socket.write(kind_of(FrameKind::answer), frame->id, *outcome)
                                  : socket.write(kind_of(FrameKind::refused), frame->id, encode(outcome.problem()));
        if (!sent)
            return 0;
        if (!intact)
            return 1;
    }
    return 0;
}

}  // namespace lienthong::process
