// Requests out, answers back, credentials kept between them.
#include "hub/flow/exchange.hpp"

#include "hub/flow/awaiting.hpp"

#include <sys/random.h>

#include <algorithm>
#include <stdexcept>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;

std::string nonce()
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
        throw std::runtime_error("the system gives no random bytes");
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

sdk::Step failed(sdk::FailureClass kind, const Problem& problem)
{
    sdk::Step step;
    step.failure = sdk::Failure{kind, problem.code, problem.sentence(), {}, 0};
    return step;
}

sdk::FailureClass class_of(const Problem& problem, bool repeatable)
{
    if (problem.code == "transport.unknown")
        return repeatable ? sdk::FailureClass::transient : sdk::FailureClass::unknown;
    if (problem.code == "transport.refused" || problem.code == "transport.too_large" || problem.code == "transport.tls")
        return sdk::FailureClass::transient;
    return sdk::FailureClass::permanent;
}

}  // namespace

sdk::Moment Exchange::moment() const
{
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock->now().time_since_epoch());
    return {millis.count(), nonce()};
}

awaitable<sdk::Step> Exchange::tell(sdk::Event event, sdk::AnswerForm form)
{
    using Outcome = Result<sdk::Step>;
    std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
        parts_.machine->handle(event, form, std::move(done));
    };
    Outcome outcome = co_await completion_of<Outcome>(std::move(start));
    if (!outcome.ok())
        co_return failed(sdk::FailureClass::transient, outcome.problem());
    co_return std::move(outcome).value();
}

awaitable<Carried> Exchange::ask(sdk::Request request)
{
    Carried carried;
    RequestNames names{parts_.endpoints, parts_.secrets, {}};
    for (const auto& [name, credential] : credentials_)
        names.credentials[name] = credential.value;
    Result<HttpRequest> built = build_request(request, names);
    if (!built.ok()) {
        carried.step = failed(sdk::FailureClass::permanent, built.problem());
        co_return carried;
    }

    using Outcome = Result<HttpAnswer>;
    HttpRequest http = std::move(built).value();
    std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
        parts_.transport->ask(std::move(http), std::move(done));
    };
    Outcome outcome = co_await completion_of<Outcome>(std::move(start));
    if (!outcome.ok()) {
        carried.step = failed(class_of(outcome.problem(), request.repeatable), outcome.problem());
        co_return carried;
    }

    sdk::Reply reply;
    reply.context = request.context;
    reply.answer.status = outcome->status;
    reply.answer.headers = outcome->headers;
    reply.answer.body = outcome->body;
    sdk::Event event{moment(), std::move(reply)};
    carried.step = co_await tell(std::move(event), request.answer);
    carried.reply = std::move(outcome->body);
    co_return carried;
}

awaitable<sdk::Step> Exchange::acquire(std::string name)
{
    sdk::Event event{moment(), sdk::Acquire{name}};
    sdk::Step step = co_await tell(std::move(event), sdk::AnswerForm::none);
    while (!step.failure && !step.credential && !step.requests.empty()) {
        sdk::Request next = step.requests.front();
        Carried carried = co_await ask(std::move(next));
        step = std::move(carried.step);
    }
    if (step.credential) {
        const auto lifetime = std::chrono::milliseconds(step.credential->lifetime_millis);
        const auto margin = std::min(std::chrono::milliseconds(std::chrono::seconds(60)), lifetime / 10);
        credentials_[step.credential->name] = {step.credential->value, parts_.clock->now() + lifetime - margin};
    } else if (!step.failure) {
        step.failure = sdk::Failure{sdk::FailureClass::permanent, "no_credential",
                                    "the connector neither asked for nor brought the credential '" + name + "'", {}, 0};
    }
    co_return step;
}

awaitable<sdk::Step> Exchange::acquire_missing(const sdk::Request& request)
{
    const std::vector<std::string> names = credentials_of(request);
    for (const std::string& name : names) {
        const auto it = credentials_.find(name);
        if (it != credentials_.end() && parts_.clock->now() < it->second.until)
            continue;
        sdk::Step step = co_await acquire(name);
        if (step.failure)
            co_return step;
    }
    co_return sdk::Step{};
}

awaitable<Carried> Exchange::carry_out(sdk::Request request)
{
    for (int attempt = 0;; ++attempt) {
        Carried carried;
        carried.step = co_await acquire_missing(request);
        if (carried.step.failure)
            co_return carried;
        carried = co_await ask(request);
        const auto& failure = carried.step.failure;
        const bool expired = failure && failure->kind == sdk::FailureClass::auth && !failure->credential.empty();
        if (!expired || attempt > 0)
            co_return carried;
        credentials_.erase(failure->credential);
    }
}

}  // namespace lienthong::flow
