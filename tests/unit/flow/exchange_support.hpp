// A connector's machine and a foreign system of the test's own, and a way to wait for what flows await.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/sdk/failures.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lienthong::flow {

/// A machine that does what the test says; replies are judged by their status unless it says otherwise.
class ScriptedMachine final : public ConnectorMachine
{
public:
    std::function<sdk::Step(const sdk::Event&)> answer = [](const sdk::Event& event) { return judged(event); };
    std::optional<Problem> dead;

    static sdk::Step judged(const sdk::Event& event)
    {
        sdk::Step step;
        if (const auto* reply = std::get_if<sdk::Reply>(&event.what))
            if (reply->answer.status != 200)
                step.failure = sdk::http_failure(reply->answer, "the list");
        return step;
    }
    void handle(const sdk::Event& event, sdk::AnswerForm, Done done) override
    {
        if (dead)
            done(*dead);
        else
            done(answer(event));
    }
    [[nodiscard]] const std::string& digest() const override { return digest_; }

private:
    std::string digest_ = std::string(64, 'd');
};

/// A foreign system that answers from a list, the last answer again and again.
class ScriptedTransport final : public Transport
{
public:
    std::deque<Result<HttpAnswer>> answers;
    std::vector<HttpRequest> asked;

    void ask(HttpRequest request, Done done) override
    {
        asked.push_back(std::move(request));
        Result<HttpAnswer> answer = answers.front();
        if (answers.size() > 1)
            answers.pop_front();
        done(std::move(answer));
    }
};

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return at; }
    Time at = *time_from("2026-11-26T15:00:00Z");
};

[[nodiscard]] inline HttpAnswer answer_of(int status, std::vector<std::pair<std::string, std::string>> headers = {}, std::string body = "{}")
{
    return {status, std::move(headers), std::move(body)};
}

/// Runs what a flow would await.
template <class T>
T awaited(boost::asio::awaitable<T> work)
{
    boost::asio::io_context context;
    const auto guard = boost::asio::make_work_guard(context);
    bool over = false;
    T out;
    boost::asio::co_spawn(context, std::move(work), [&](std::exception_ptr error, T value) {
        if (error)
            std::rethrow_exception(error);
        out = std::move(value);
        over = true;
    });
    while (!over)
        context.run_one();
    return out;
}

}  // namespace lienthong::flow
