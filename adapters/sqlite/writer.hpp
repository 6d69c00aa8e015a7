/// Writer: the one thread that writes to a database, many writes to a transaction, and their answers after its commit.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "hub/model/result.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace lienthong::adapters::sqlite {

/// One write, as the queue holds it.
class Write
{
public:
    virtual ~Write() = default;
    /// Inside a transaction of its own or shared with other writes. Failing takes back what it did and nothing else.
    /// Runs again from the start when the shared transaction had to be given up.
    [[nodiscard]] virtual Result<void> run(Connection& connection) = 0;
    /// Exactly one of these two, on the writer's thread, after all is decided. They must not throw.
    virtual void committed() = 0;
    virtual void failed(const Problem& problem) = 0;
    /// About how much it brings to disk.
    [[nodiscard]] virtual std::size_t bytes() const { return 0; }
    /// Wants a transaction that holds nothing else.
    [[nodiscard]] virtual bool alone() const { return false; }
    /// May wait for company: does not wake the writer at once.
    [[nodiscard]] virtual bool lazy() const { return false; }
};

/// Commits whatever is queued and never waits to collect more. Destruction writes what is queued, then stops; not to
/// be destroyed from committed() or failed().
class Writer
{
public:
    Writer(std::unique_ptr<Connection> connection, std::string path, std::shared_ptr<Standing> standing);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Thread-safe; returns at once.
    void submit(std::unique_ptr<Write> write);

private:
    struct Pending;

    void work();
    [[nodiscard]] std::vector<Pending> take();
    /// False when many writes together found no room and each should be tried for itself.
    bool commit(std::span<Pending> batch);
    void run(Pending& one, bool shared);
    [[nodiscard]] bool room_for(std::span<const Pending> batch) const;

    std::unique_ptr<Connection> connection_;
    std::string path_;
    std::shared_ptr<Standing> standing_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::unique_ptr<Write>> queue_;
    std::size_t urgent_ = 0;
    std::chrono::steady_clock::time_point lazy_until_{};
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::adapters::sqlite
