// The core's end of one worker process.
#include "hub/process/worker.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace lienthong::process {
namespace {

constexpr SteadyTime never = SteadyTime::max();

std::string in_millis(std::chrono::nanoseconds time)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace

Worker::Worker(Child child, const PoolOptions& options, SteadyTime now)
    : child_(child), options_(options), reader_(options.answer_limit), deadline_(now + options.start_deadline), due_(deadline_)
{
    has_clock_ = ::clock_getcpuclockid(child_.process, &processor_clock_) == 0;
}

Worker::~Worker()
{
    if (child_.socket >= 0)
        end(std::chrono::milliseconds(0));
}

End Worker::end(std::chrono::milliseconds patience)
{
    ::close(std::exchange(child_.socket, -1));
    return end_of(child_.process, patience);
}

void Worker::take(PendingJob job, SteadyTime now)
{
    ++jobs_;
    send(FrameKind::job, job.id, job.bytes);
    held_.push_back(std::move(job));
    if (held_.size() == 1)
        begin_next(now);
}

void Worker::send(FrameKind kind, std::uint64_t id, const std::string& body)
{
    std::string frame = encode_frame(static_cast<std::uint8_t>(kind), id, body);
    if (outgoing_.empty())
        outgoing_ = std::move(frame);
    else
        outgoing_ += frame;
}

bool Worker::write()
{
    while (sent_ < outgoing_.size()) {
        const ssize_t sent =
            ::send(child_.socket, outgoing_.data() + sent_, outgoing_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        if (sent <= 0)
            return false;
        sent_ += static_cast<std::size_t>(sent);
    }
    outgoing_.clear();
    sent_ = 0;
    return true;
}

bool Worker::read(SteadyTime now, std::vector<FinishedJob>& finished)
{
    for (;;) {
        const auto space = reader_.space();
        const ssize_t got = ::recv(child_.socket, space.data(), space.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        if (got <= 0)
            return false;
        reader_.filled(static_cast<std::size_t>(got));
        while (auto frame = reader_.next())
            if (!receive(std::move(*frame), now, finished))
                return false;
        if (reader_.bad())
            return refuse("process.worker_garbage", "the worker sent " + reader_.fault(), reader_.fault(), "a frame");
        if (static_cast<std::size_t>(got) < space.size())
            return true;
    }
}

bool Worker::receive(Frame frame, SteadyTime now, std::vector<FinishedJob>& finished)
{
    return state_ == State::ready ? receive_outcome(frame, now, finished) : receive_start(frame, now);
}

bool Worker::receive_start(Frame& frame, SteadyTime now)
{
    if (frame.kind == static_cast<std::uint8_t>(FrameKind::refused)) {
        auto problem = decode_problem(frame.body);
        if (!problem)
            return refuse("process.worker_garbage", "the worker refuses to start in words that cannot be read", {}, "a Problem");
        fault_ = std::move(*problem);
        return false;
    }
    if (state_ == State::starting && frame.kind == static_cast<std::uint8_t>(FrameKind::hello)) {
        auto hello = decode_hello(frame.body);
        if (!hello)
            return refuse("process.worker_garbage", "the worker's hello cannot be read", {}, "a hello");
        hello_ = std::move(*hello);
        state_ = options_.opening.empty() ? State::ready : State::opening;
        if (state_ == State::opening) {
            send(FrameKind::job, 0, options_.opening);
            if (!write())
                return false;
        }
    } else if (state_ == State::opening && frame.kind == static_cast<std::uint8_t>(FrameKind::answer) && frame.id == 0) {
        state_ = State::ready;
    } else {
        return refuse("process.worker_garbage", "the worker spoke out of turn while starting", std::to_string(frame.kind),
                      "hello, then the answer to its opening");
    }
    if (state_ == State::ready)
        begin_next(now);
    return true;
}

bool Worker::receive_outcome(Frame& frame, SteadyTime now, std::vector<FinishedJob>& finished)
{
    if (held_.empty() || frame.id != held_.front().id) {
        // A second answer to the job before is no fault of the one in hand, which may just have been handed over.
        const bool answers = frame.kind == static_cast<std::uint8_t>(FrameKind::answer) ||
                             frame.kind == static_cast<std::uint8_t>(FrameKind::refused);
        spent_ = answers && answered_ != 0 && frame.id == answered_;
        return refuse("process.worker_garbage", "the worker answered a job it does not have in hand", std::to_string(frame.id),
                      held_.empty() ? "nothing" : std::to_string(held_.front().id));
    }
    if (frame.kind == static_cast<std::uint8_t>(FrameKind::answer)) {
        finished.push_back({std::move(held_.front().done), std::move(frame.body)});
    } else if (frame.kind == static_cast<std::uint8_t>(FrameKind::refused)) {
        auto problem = decode_problem(frame.body);
        if (!problem)
            return refuse("process.worker_garbage", "the worker refuses a job in words that cannot be read", {}, "a Problem");
        // After these the worker ends by itself: the next job must not go the same way.
        spent_ = problem->code == "process.worker_memory" || problem->code == "process.worker_failed";
        if (spent_)
            fault_ = *problem;
        finished.push_back({std::move(held_.front().done), std::move(*problem)});
    } else {
        return refuse("process.worker_garbage", "the worker sent a frame of no known kind", std::to_string(frame.kind),
                      "an answer");
    }
    held_.pop_front();
    answered_ = frame.id;
    if (spent_)
        return false;
    begin_next(now);
    return true;
}

bool Worker::refuse(const char* code, std::string detail, std::string found, std::string expected)
{
    fault_ = {code, std::move(detail), {}, std::move(found), std::move(expected)};
    return false;
}

void Worker::begin_next(SteadyTime now)
{
    if (held_.empty()) {
        deadline_ = due_ = never;
        return;
    }
    deadline_ = now + options_.job_deadline;
    processor_at_start_ = processor_time();
    due_ = std::min(deadline_, now + std::chrono::nanoseconds(options_.job_cpu));
}

bool Worker::check_time(SteadyTime now)
{
    if (now >= deadline_) {
        const auto allowed = state_ == State::ready ? options_.job_deadline : options_.start_deadline;
        return refuse("process.worker_timeout",
                      state_ == State::ready ? "the worker did not answer in time" : "the worker did not start in time",
                      "more than " + in_millis(allowed), "at most " + in_millis(allowed));
    }
    const auto used = processor_time() - processor_at_start_;
    const auto left = std::chrono::nanoseconds(options_.job_cpu) - used;
    if (left <= std::chrono::nanoseconds(0))
        return refuse("process.worker_timeout", "the worker used up its processor time", in_millis(used) + " of processor time",
                      "at most " + in_millis(options_.job_cpu));
    due_ = std::min(deadline_, now + std::max<std::chrono::nanoseconds>(left, std::chrono::milliseconds(1)));
    return true;
}

std::chrono::nanoseconds Worker::processor_time() const
{
    timespec used{};
    if (!has_clock_ || ::clock_gettime(processor_clock_, &used) != 0)
        return std::chrono::nanoseconds(0);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace lienthong::process
