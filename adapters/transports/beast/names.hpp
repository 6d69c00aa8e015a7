/// Names: looks host names up without letting a silent name server hold anybody up.
///
/// The system's own look-up blocks and cannot be cancelled, and Asio runs all of them on one thread: one black-holed
/// name server would stand in every source's way, deadline or not. Here each look-up has a thread of its own, is given
/// up at its deadline, and the number of those that still hang is bounded.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/address.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace lienthong::adapters {

namespace asio = boost::asio;

struct FoundNames
{
    std::vector<asio::ip::address> addresses;  ///< In the resolver's order; never empty when `problem` is.
    std::string problem;                       ///< Why there are none.
};

/// host → addresses; may block, may run on several threads at once.
using LookUp = std::function<FoundNames(const std::string& host)>;

/// As the system does it: hosts file, then name servers.
[[nodiscard]] FoundNames look_up_by_system(const std::string& host);

/// One look-up somebody waits for. Destroying it gives it up.
class Waiting
{
public:
    /// `done` is posted to `executor` unless this was destroyed before.
    Waiting(const asio::any_io_executor& executor, std::function<void(FoundNames)> done);
    ~Waiting();
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

private:
    friend class Names;
    struct Wanted;
    std::shared_ptr<Wanted> wanted_;
};

/// Thread-safe.
class Names
{
public:
    static constexpr int most_at_once = 64;

    explicit Names(LookUp look_up) : look_up_(std::move(look_up)) {}
    /// Begins; `done` is posted exactly once, also when too many look-ups hang already.
    [[nodiscard]] std::unique_ptr<Waiting> start(const std::string& host, const asio::any_io_executor& executor,
                                                 std::function<void(FoundNames)> done);

private:
    LookUp look_up_;
    std::shared_ptr<std::atomic<int>> running_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace lienthong::adapters
