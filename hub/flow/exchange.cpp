// Requests out, answers back, credentials kept between them.
#include "hub/flow/exchange.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/http_date.hpp"
#include "hub/flow/pace.hpp"
#include "hub/sdk/failures.hpp"

#include <sys/random.h>

#include <algorithm>
#include <stdexcept>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;

/// Longer ones fit into no header, and looking for them in every text that is shown would hold everything up.
constexpr std::size_t longest_credential = 32 * 1024;

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
    step.failure = failure_of(kind, problem);
    return step;
}

sdk::FailureClass class_of(const Problem& problem, bool repeatable)
{
    if (problem.code == "transport.unknown")
        return repeatable ? sdk::FailureClass::transient : sdk::FailureClass::unknown;
    if (problem.code == "transport.refused" || problem.code == "transport.tls")
        return sdk::FailureClass::transient;
    // An answer came but nobody can read it: asking once more brings the same, and whether a request that may not be
    // repeated was carried out is not known.
    if (problem.code == "transport.too_large" || problem.code == "transport.encoded")
        return repeatable ? sdk::FailureClass::permanent : sdk::FailureClass::unknown;
    return sdk::FailureClass::permanent;
}

/// Nothing was sent, and it was not the source that kept it from being sent.
bool is_ours(std::string_view code)
{
    return code == "transport.bad_request" || code == "transport.not_allowed";
}

std::string_view header_of(const HttpAnswer& answer, std::string_view name)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (const auto& [key, value] : answer.headers)
        if (std::equal(key.begin(), key.end(), name.begin(), name.end(), [&](char a, char b) { return lower(a) == lower(b); }))
            return value;
    return {};
}

/// An address without what may be nobody's business: user, query and fragment.
std::string shown_address(std::string_view url)
{
    std::string text(url.substr(0, url.find_first_of("?#")));
    const std::size_t host = text.find("//");
    const std::size_t end = host == std::string::npos ? std::string::npos : text.find('/', host + 2);
    const std::size_t user = host == std::string::npos ? std::string::npos : text.rfind('@', end);
    if (user != std::string::npos && user > host)
        text.erase(host + 2, user - host - 1);
    return sdk::excerpt(text);
}

sdk::Failure resting(const NotNow& pause)
{
    return {sdk::FailureClass::throttled, "source_rests", pause.why, {}, static_cast<std::uint64_t>(pause.wait.count())};
}

}  // namespace

Exchange::Exchange(ExchangeParts parts) : parts_(std::move(parts))
{
    for (const auto& [name, secret] : parts_.secrets)
        configured_.add(secret);
    redaction_ = configured_;
    reach_.private_networks = parts_.private_networks;
    for (const auto& [name, url] : parts_.endpoints)
        if (const std::string source = source_of(url); std::find(reach_.hosts.begin(), reach_.hosts.end(), source) == reach_.hosts.end())
            reach_.hosts.push_back(source);
    if (parts_.sources)
        for (const std::string& source : reach_.hosts)
            parts_.sources->know(source);
}

double Exchange::chance() const
{
    return chance_of(nonce());
}

std::optional<sdk::Failure> Exchange::rest() const
{
    if (parts_.sources)
        for (const std::string& source : reach_.hosts)
            if (const auto pause = parts_.sources->rests(source))
                return resting(*pause);
    return std::nullopt;
}

/// What an answer, or the lack of one, says of the source. A failure of the connector's own process says nothing bad of it.
void Exchange::learn(const std::string& source, const sdk::Step& step)
{
    if (!parts_.sources)
        return;
    const auto& failure = step.failure;
    const bool failed = failure && !failure->code.starts_with("process.");
    const auto kind = failed ? failure->kind : sdk::FailureClass::auth;
    if (failed && is_ours(failure->code))
        return parts_.sources->withdrawn(source);
    // A gateway's page in place of a receipt: whoever answers so is no better than who does not answer.
    if (!failure && step.delivery && step.delivery->outcome == sdk::Delivery::unknown) {
        parts_.sources->failed(source, step.delivery->detail, chance());
        troubled_.insert(source);
        return;
    }
    if (kind == sdk::FailureClass::transient || kind == sdk::FailureClass::unknown)
        parts_.sources->failed(source, sentence_of(*failure), chance());
    else
        parts_.sources->answered(source);
    if (kind == sdk::FailureClass::throttled)
        parts_.sources->throttled(source, std::chrono::milliseconds(failure->retry_after_millis));
    if (failed && kind != sdk::FailureClass::auth && kind != sdk::FailureClass::permanent)
        troubled_.insert(source);
    else
        troubled_.erase(source);
}

/// What the header says that a connector cannot know: a connector has no clock for Retry-After, and follows nothing.
void Exchange::heed(const HttpAnswer& answer, sdk::Step& step) const
{
    if (!step.failure)
        return;
    sdk::Failure& failure = *step.failure;
    const bool may_wait = failure.kind == sdk::FailureClass::throttled || failure.kind == sdk::FailureClass::transient ||
                          failure.kind == sdk::FailureClass::unknown;
    if ((answer.status == 429 || answer.status == 503) && may_wait)
        if (const auto pause = retry_after(header_of(answer, "Retry-After"), parts_.clock->now())) {
            failure.kind = sdk::FailureClass::throttled;
            failure.retry_after_millis = static_cast<std::uint64_t>(std::max<std::int64_t>(pause->count(), 1'000));
        }
    const std::string_view location = header_of(answer, "Location");
    if (answer.status >= 300 && answer.status <= 399 && !location.empty())
        failure.detail += "; it points to " + shown_address(location) + ", and the hub follows no redirect: check the endpoint's address";
}

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
    sdk::Step step = outcome.ok() ? std::move(outcome).value() : failed(sdk::FailureClass::transient, outcome.problem());
    redaction_.clean(step);
    co_return step;
}

awaitable<Carried> Exchange::ask(sdk::Request request)
{
    Carried carried;
    Result<HttpRequest> built = build_request(request, names());
    if (!built.ok()) {
        // Perhaps it is a credential that no header can carry: the source may give a better one next time.
        for (const std::string& name : credentials_of(request))
            forget(name);
        carried.step = failed(sdk::FailureClass::permanent, built.problem());
        co_return carried;
    }

    const std::string source = source_of(parts_.endpoints.at(request.endpoint));
    if (parts_.sources)
        if (const auto pause = parts_.sources->enter(source, troubled_.contains(source))) {
            carried.step.failure = resting(*pause);
            co_return carried;
        }
    using Outcome = Result<HttpAnswer>;
    HttpRequest http = std::move(built).value();
    http.reach = reach_;
    std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
        parts_.transport->ask(std::move(http), std::move(done));
    };
    Outcome outcome = co_await completion_of<Outcome>(std::move(start));
    if (!outcome.ok() && outcome.problem().code == "transport.too_large" && request.hears_too_large)
        outcome = HttpAnswer{413, {}, {}};
    if (!outcome.ok()) {
        carried.step = failed(class_of(outcome.problem(), request.repeatable), outcome.problem());
        redaction_.clean(carried.step);
        learn(source, carried.step);
        co_return carried;
    }

    sdk::Reply reply;
    reply.context = request.context;
    reply.answer.status = outcome->status;
    reply.answer.headers = outcome->headers;
    reply.answer.body = outcome->body;
    sdk::Event event{moment(), std::move(reply)};
    carried.step = co_await tell(std::move(event), request.answer);
    heed(*outcome, carried.step);
    redaction_.clean(carried.step);
    learn(source, carried.step);
    carried.reply = std::move(outcome->body);
    co_return carried;
}

RequestNames Exchange::names() const
{
    RequestNames out{parts_.endpoints, parts_.secrets, {}};
    for (const auto& [name, credential] : credentials_)
        if (is_good(credential))
            out.credentials[name] = credential.acquired.credential.value;
    return out;
}

/// What tells accounts apart: the credential, who reads the answer, and every byte that goes out. Empty where none can go out.
std::string Exchange::login_of(const std::string& name, const sdk::Request& request) const
{
    const Result<HttpRequest> built = build_request(request, names());
    if (!built.ok())
        return {};
    std::string out = name + ' ' + parts_.machine->digest() + (parts_.private_networks ? " private\n" : "\n") + built->method + ' ' + built->url + '\n';
    for (const auto& [key, value] : built->headers)
        out.append(key).append(": ").append(value) += '\n';
    return out + '\n' + built->body;
}

awaitable<sdk::Step> Exchange::acquire(std::string name)
{
    sdk::Event event{moment(), sdk::Acquire{name}};
    sdk::Step step = co_await tell(std::move(event), sdk::AnswerForm::none);
    std::string login;
    if (parts_.credentials && !step.failure && !step.credential && !step.requests.empty())
        login = login_of(name, step.requests.front());
    if (login.empty()) {
        sdk::Step alone = co_await log_in(name, std::move(step));
        co_return alone;
    }
    const auto held = credentials_.find(name);
    const std::string dead = held == credentials_.end() ? std::string() : held->second.acquired.credential.value;
    using Entry = SharedCredentials::Entry;
    std::function<void(std::function<void(Entry)>)> start = [&](std::function<void(Entry)> done) {
        parts_.credentials->enter(login, dead, now(), std::move(done));
    };
    Entry entry = co_await completion_of<Entry>(std::move(start));
    if (!entry.turn) {
        sdk::Step given;
        given.failure = entry.failure;
        if (entry.acquired) {
            keep(*entry.acquired);
            given.credential = entry.acquired->credential;
        }
        co_return given;
    }
    step = co_await log_in(name, std::move(step));
    if (!step.failure)
        entry.turn->settle(credentials_.at(step.credential->name).acquired);
    else if (!step.failure->code.starts_with("process."))
        entry.turn->settle(*step.failure);
    co_return step;
}

/// From what the connector asks for first to the credential, which is kept.
awaitable<sdk::Step> Exchange::log_in(std::string name, sdk::Step step)
{
    while (!step.failure && !step.credential && !step.requests.empty()) {
        sdk::Request next = step.requests.front();
        Carried carried = co_await ask(std::move(next));
        step = std::move(carried.step);
    }
    if (step.credential && step.credential->value.size() > longest_credential) {
        step.failure = sdk::Failure{sdk::FailureClass::permanent, "credential_too_long",
                                    "the credential '" + name + "' has " + std::to_string(step.credential->value.size()) +
                                        " bytes; no request could carry it",
                                    {}, 0};
    } else if (step.credential) {
        keep({*step.credential, now()});
    } else if (!step.failure) {
        step.failure = sdk::Failure{sdk::FailureClass::permanent, "no_credential",
                                    "the connector neither asked for nor brought the credential '" + name + "'", {}, 0};
    }
    co_return step;
}

void Exchange::keep(const Acquired& acquired)
{
    Credential& held = credentials_[acquired.credential.name];
    held = {acquired, false, held.acquired.credential.value};
    redaction_ = configured_;
    for (const auto& [name, one] : credentials_) {
        redaction_.add(one.acquired.credential.value);
        redaction_.add(one.before);
    }
}

void Exchange::forget(const std::string& credential)
{
    if (const auto held = credentials_.find(credential); held != credentials_.end())
        held->second.dead = true;
}

bool Exchange::is_good(const Credential& credential) const
{
    return !credential.dead && now() < credential.acquired.usable_until();
}

/// Too new to have ended by itself, so that a partner who refuses many things in a row is not logged in to for each.
bool Exchange::is_new(const std::string& credential) const
{
    constexpr std::chrono::minutes still_new{1};
    const auto held = credentials_.find(credential);
    return held != credentials_.end() && now() - held->second.acquired.since < still_new;
}

awaitable<sdk::Step> Exchange::acquire_missing(const sdk::Request& request)
{
    const std::vector<std::string> names = credentials_of(request);
    for (const std::string& name : names) {
        const auto it = credentials_.find(name);
        if (it != credentials_.end() && is_good(it->second))
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
        if (!expired)
            co_return carried;
        const bool means_more = carried.step.delivery || !carried.step.requests.empty();
        if (attempt > 0 || (means_more && is_new(failure->credential))) {
            if (means_more)
                carried.step.failure.reset();
            co_return carried;
        }
        forget(failure->credential);
    }
}

}  // namespace lienthong::flow
