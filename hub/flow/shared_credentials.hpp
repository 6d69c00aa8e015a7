/// Shared credentials: flows of one account log in once, and not each for itself.
///
/// A platform that keeps one session for an account would end one flow's with the next one's login, and a password that has
/// changed would be tried by every flow until the account is locked. An account is known by the request that logs in to it, as it
/// goes out: who asks the same of the same place is given the same. A login with a moment or a nonce in it is shared by nobody.
#pragma once

#include "hub/model/time.hpp"
#include "hub/sdk/connector.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace lienthong::flow {

/// What a login brought.
struct Acquired
{
    sdk::CredentialValue credential;
    Time since{};

    /// It is renewed a minute, or a tenth of its life, before it ends by itself.
    [[nodiscard]] Time usable_until() const;
};

/// Thread-safe; made by std::make_shared, since turns keep it.
class SharedCredentials : public std::enable_shared_from_this<SharedCredentials>
{
public:
    /// The right to log in, while everybody who would log in alike waits. Given back unsettled, as when the flow is taken down in
    /// the middle, the next who waits has it.
    class Turn
    {
    public:
        Turn(std::shared_ptr<SharedCredentials> shared, std::string login) : shared_(std::move(shared)), login_(std::move(login)) {}
        Turn(Turn&&) = default;
        Turn& operator=(Turn&&) = delete;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();
        void settle(const Acquired& acquired);
        /// Told to those who wait now. Who comes later tries for itself.
        void settle(const sdk::Failure& failure);

    private:
        std::shared_ptr<SharedCredentials> shared_;
        std::string login_;
    };
    /// One of the three.
    struct Entry
    {
        std::optional<Turn> turn{};
        std::optional<Acquired> acquired{};
        std::optional<sdk::Failure> failure{};
    };
    using Done = std::function<void(Entry)>;

    /// `login`: what tells accounts apart. `dead`: the value that is no longer good for the caller, and is not given again. Calls
    /// `done` once, from any thread: at once, unless somebody is logging in alike just now.
    void enter(const std::string& login, const std::string& dead, Time now, Done done);

private:
    struct Account
    {
        bool busy = false;
        std::optional<Acquired> held{};
        std::deque<Done> waiting{};
    };
    void forget_the_ended(Time now);
    void leave(const std::string& login, const Entry& outcome);
    void hand_on(const std::string& login);

    std::mutex mutex_;
    std::map<std::string, Account> accounts_;
};

}  // namespace lienthong::flow
