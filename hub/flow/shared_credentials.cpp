// Who logs in, who waits, and what all are given.
#include "hub/flow/shared_credentials.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lienthong::flow {

Time Acquired::usable_until() const
{
    const auto lifetime = std::chrono::milliseconds(credential.lifetime_millis);
    return since + lifetime - std::min(std::chrono::milliseconds(std::chrono::seconds(60)), lifetime / 10);
}

void SharedCredentials::enter(const std::string& login, const std::string& dead, Time now, Done done)
{
    Entry entry;
    {
        const std::scoped_lock lock(mutex_);
        forget_the_ended(now);
        Account& account = accounts_[login];
        if (account.busy) {
            account.waiting.push_back(std::move(done));
            return;
        }
        if (account.held && account.held->credential.value != dead) {
            entry.acquired = account.held;
        } else {
            account.busy = true;
            entry.turn.emplace(shared_from_this(), login);
        }
    }
    done(std::move(entry));
}

/// Logins that nobody repeats must not pile up.
void SharedCredentials::forget_the_ended(Time now)
{
    std::erase_if(accounts_, [now](const auto& one) {
        const Account& account = one.second;
        return !account.busy && !(account.held && now < account.held->usable_until());
    });
}

void SharedCredentials::leave(const std::string& login, const Entry& outcome)
{
    std::deque<Done> waited;
    {
        const std::scoped_lock lock(mutex_);
        Account& account = accounts_[login];
        account.busy = false;
        account.held = outcome.acquired;
        waited.swap(account.waiting);
    }
    for (const Done& done : waited)
        done(Entry{{}, outcome.acquired, outcome.failure});
}

void SharedCredentials::hand_on(const std::string& login)
{
    Done next;
    {
        const std::scoped_lock lock(mutex_);
        Account& account = accounts_[login];
        if (account.waiting.empty()) {
            account.busy = false;
            return;
        }
        next = std::move(account.waiting.front());
        account.waiting.pop_front();
    }
    Entry entry;
    entry.turn.emplace(shared_from_this(), login);
    next(std::move(entry));
}

SharedCredentials::Turn::~Turn()
{
    if (shared_)
        shared_->hand_on(login_);
}

void SharedCredentials::Turn::settle(const Acquired& acquired)
{
    std::exchange(shared_, nullptr)->leave(login_, Entry{{}, acquired, {}});
}

void SharedCredentials::Turn::settle(const sdk::Failure& failure)
{
    std::exchange(shared_, nullptr)->leave(login_, Entry{{}, {}, failure});
}

}  // namespace lienthong::flow
