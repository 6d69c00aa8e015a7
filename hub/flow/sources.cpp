#include "hub/flow/sources.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

std::string seconds(Millis span)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(span).count()) + " s";
}

Millis left(Instant until, Instant now)
{
    return until <= now ? Millis(0) : std::chrono::ceil<Millis>(until - now);
}

}  // namespace

std::string source_of(std::string_view url)
{
    std::string text(url);
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos)
        return text;
    const std::string scheme = text.substr(0, colon);
    // Without a server it is the file or folder itself: others of the machine are not unwell with it.
    const auto itself = [&] { return scheme + ':' + std::string(url.substr(colon + 1, url.find_first_of("?#", colon) - colon - 1)); };
    if (text.compare(colon, 3, "://") != 0)
        return itself();
    std::string authority = text.substr(colon + 3, text.find_first_of("/?#", colon + 3) - colon - 3);
    authority.erase(0, authority.rfind('@') + 1);
    if (authority.empty())
        return itself();
    const std::size_t behind_brackets = authority.rfind(']');
    const bool has_port = authority.find(':', behind_brackets == std::string::npos ? 0 : behind_brackets) != std::string::npos;
    if (scheme != "http" && scheme != "https")
        return scheme + "://" + authority;
    return has_port ? authority : authority + (scheme == "https" ? ":443" : ":80");
}

std::string_view breaker_text(Breaker::State state)
{
    switch (state) {
    case Breaker::State::open:
        return "open";
    case Breaker::State::half_open:
        return "half_open";
    case Breaker::State::closed:
        break;
    }
    return "closed";
}

Sources::Source& Sources::at(const std::string& source)
{
    return sources_.try_emplace(source, settings_).first->second;
}

void Sources::know(const std::string& source)
{
    const std::lock_guard lock(mutex_);
    at(source);
}

std::optional<NotNow> Sources::pause_of(const std::string& name, const Source& source, Instant now)
{
    if (const Millis asked = left(source.not_before, now); asked > Millis(0))
        return NotNow{asked, name + " asked not to be asked again for another " + seconds(asked)};
    if (const auto rest = source.breaker.wait(now)) {
        const std::string failures = std::to_string(source.breaker.failures()) + " failures in a row, the last: " + source.problem;
        if (source.breaker.state() == Breaker::State::half_open)
            return NotNow{*rest, name + " is tried by one request for all flows after " + failures};
        return NotNow{*rest, name + " is left alone for another " + seconds(*rest) + " after " + failures};
    }
    return std::nullopt;
}

std::optional<NotNow> Sources::enter(const std::string& name, bool again)
{
    const std::lock_guard lock(mutex_);
    const Instant now = now_();
    Source& source = at(name);
    if (auto pause = pause_of(name, source, now))
        return pause;
    // A probe is one request for all flows; it needs no budget, and were it to wait for one, nobody else could try.
    if (source.breaker.state() == Breaker::State::closed) {
        if (!again)
            source.budget.asked();
        else if (const auto wait = source.budget.again(now))
            return NotNow{*wait, name + " is asked again in " + seconds(*wait) + ": its flows' budget of retries is spent" +
                                 (source.problem.empty() ? std::string() : "; the last failure: " + source.problem)};
    }
    (void)source.breaker.enter(now);
    return std::nullopt;
}

std::optional<NotNow> Sources::rests(const std::string& name) const
{
    const std::lock_guard lock(mutex_);
    const auto it = sources_.find(name);
    return it == sources_.end() ? std::nullopt : pause_of(name, it->second, now_());
}

void Sources::answered(const std::string& name)
{
    const std::lock_guard lock(mutex_);
    Source& source = at(name);
    source.breaker.answered();
    source.problem.clear();
}

void Sources::failed(const std::string& name, std::string problem, double chance)
{
    const std::lock_guard lock(mutex_);
    Source& source = at(name);
    source.problem = std::move(problem);
    source.breaker.failed(now_(), chance);
}

void Sources::withdrawn(const std::string& name)
{
    const std::lock_guard lock(mutex_);
    at(name).breaker.withdrawn();
}

void Sources::throttled(const std::string& name, Millis pause)
{
    const std::lock_guard lock(mutex_);
    Source& source = at(name);
    source.not_before = std::max(source.not_before, now_() + pause);
}

std::vector<SourceStanding> Sources::standings() const
{
    const std::lock_guard lock(mutex_);
    const Instant now = now_();
    std::vector<SourceStanding> out;
    for (const auto& [name, source] : sources_) {
        SourceStanding standing;
        standing.source = name;
        standing.state = source.breaker.state();
        standing.failures_in_a_row = source.breaker.failures();
        if (standing.state == Breaker::State::open)
            standing.rests = left(source.breaker.until(), now);
        standing.throttled = left(source.not_before, now);
        standing.problem = source.problem;
        out.push_back(std::move(standing));
    }
    return out;
}

}  // namespace lienthong::flow
