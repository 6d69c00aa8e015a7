// Group commit: savepoints keep one bad write from sinking the others, one fsync serves them all.
#include "adapters/sqlite/writer.hpp"

#include "adapters/sqlite/failure.hpp"

#include <sys/statvfs.h>

#include <algorithm>

namespace lienthong::adapters::sqlite {
namespace {

constexpr std::size_t batch_writes = 256;
constexpr std::size_t batch_bytes = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds lazy_wait{100};
// Kept free so that marks and the write-ahead log's way home still fit after intake has been refused.
constexpr std::size_t reserve_bytes = 1024 * 1024;
// A byte is written to the log, then to the file, beside index pages.
constexpr std::size_t bytes_on_disk_per_byte = 3;

}  // namespace

struct Writer::Pending
{
    std::unique_ptr<Write> write;
    std::optional<Problem> problem;
};

Writer::Writer(std::unique_ptr<Connection> connection, std::string path, std::shared_ptr<Standing> standing)
    : connection_(std::move(connection)), path_(std::move(path)), standing_(std::move(standing)), thread_([this] { work(); })
{
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::submit(std::unique_ptr<Write> write)
{
    {
        const std::lock_guard lock(mutex_);
        if (!write->lazy())
            ++urgent_;
        else if (queue_.empty())
            lazy_until_ = std::chrono::steady_clock::now() + lazy_wait;
        queue_.push_back(std::move(write));
    }
    wake_.notify_one();
}

void Writer::work()
{
    for (auto batch = take(); !batch.empty(); batch = take()) {
        if (!commit(batch))
            for (Pending& one : batch)
                commit({&one, 1});
        for (Pending& one : batch) {
            if (one.problem)
                one.write->failed(*one.problem);
            else
                one.write->committed();
        }
    }
}

std::vector<Writer::Pending> Writer::take()
{
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (urgent_ == 0 && !stopping_)
        wake_.wait_until(lock, lazy_until_, [this] { return stopping_ || urgent_ > 0; });
    std::vector<Pending> batch;
    std::size_t bytes = 0;
    while (!queue_.empty() && batch.size() < batch_writes && (batch.empty() || bytes < batch_bytes)) {
        const bool alone = queue_.front()->alone();
        if (alone && !batch.empty())
            break;
        bytes += queue_.front()->bytes();
        urgent_ -= queue_.front()->lazy() ? 0 : 1;
        batch.push_back({std::move(queue_.front()), std::nullopt});
        queue_.pop_front();
        if (alone)
            break;
    }
    return batch;
}

bool Writer::commit(std::span<Pending> batch)
{
    const auto refuse = [&batch](const Problem& problem) {
        for (Pending& one : batch)
            one.problem = problem;
        return true;
    };
    if (const auto broken = standing_->broken())
        return refuse(*broken);
    if (!room_for(batch))
        return batch.size() == 1 && refuse(standing_->problem("full", "the disk is nearly full"));
    try {
        connection_->run("BEGIN IMMEDIATE");
        for (Pending& one : batch)
            run(one, batch.size() > 1);
    } catch (const Failure& failure) {
        connection_->rollback();
        if (failure.full() && batch.size() > 1)
            return false;
        return refuse(standing_->judge(failure));
    }
    if (std::all_of(batch.begin(), batch.end(), [](const Pending& one) { return one.problem.has_value(); })) {
        connection_->rollback();
        return true;
    }
    try {
        connection_->run("COMMIT");
    } catch (const Failure& failure) {
        connection_->rollback();
        return refuse(standing_->break_off(failure.what()));
    }
    return true;
}

void Writer::run(Pending& one, bool shared)
{
    one.problem.reset();
    if (shared)
        connection_->run("SAVEPOINT one");
    try {
        if (const auto done = one.write->run(*connection_); !done)
            one.problem = done.problem();
    } catch (const Failure& failure) {
        if (!failure.statement())
            throw;
        one.problem = standing_->judge(failure);
    } catch (const std::exception& error) {
        one.problem = standing_->problem("rejected", error.what());
    }
    if (!shared)
        return;
    if (one.problem)
        connection_->rollback_to("ROLLBACK TO one");
    connection_->run("RELEASE one");
}

bool Writer::room_for(std::span<const Pending> batch) const
{
    struct statvfs disk = {};
    if (::statvfs(path_.c_str(), &disk) != 0)
        return true;
    std::size_t wanted = reserve_bytes;
    for (const Pending& one : batch)
        wanted += bytes_on_disk_per_byte * one.write->bytes();
    return static_cast<std::size_t>(disk.f_bavail) * disk.f_frsize > wanted;
}

}  // namespace lienthong::adapters::sqlite
