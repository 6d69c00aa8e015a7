// A case played again, failing.
#include "tests/golden/fault.hpp"

#include "tests/golden/expectation.hpp"

#include <algorithm>
#include <memory>

namespace lienthong::golden {
namespace {

using Sentences = std::vector<std::string>;

constexpr std::array<std::string_view, 6> names = {"connection lost",    "timeout",    "oversize answer", "status 500",
                                                   "a 502 page in HTML", "half a body"};

/// Whether the connector is told at all; else the host keeps the failure to itself.
bool reaches_the_connector(Fault fault, const sdk::Request& request)
{
    return fault == Fault::status_500 || fault == Fault::html_502 || fault == Fault::half_a_body ||
           (fault == Fault::oversize && request.hears_too_large);
}

ScriptedAnswer damaged(const ScriptedAnswer& whole, Fault fault)
{
    if (fault == Fault::half_a_body)
        return {whole.status, whole.headers, whole.body.substr(0, whole.body.size() / 2)};
    if (fault == Fault::status_500)
        return {500, {{"Content-Type", "text/plain"}}, "internal error"};
    if (fault == Fault::oversize)
        return {413, {}, {}};
    return {
        502, {{"Content-Type", "text/html"}}, "<html><head><title>502 Bad Gateway</title></head><body><hr>nginx</body></html>"};
}

/// Answers a request as the undisturbed run's peer did, recognised by its text: the k-th time with the k-th answer.
class RememberingPeer
{
public:
    RememberingPeer(const GoldenCase& golden, const Record& undisturbed)
    {
        for (std::size_t i = 0; i < undisturbed.asked.size() && i < golden.answers.size(); ++i)
            answers_[undisturbed.asked[i]].push_back(golden.answers[i]);
    }
    std::optional<ScriptedAnswer> answer(const std::string& asked)
    {
        const auto it = answers_.find(asked);
        if (it == answers_.end())
            return std::nullopt;
        const std::size_t time = times_[asked]++;
        return it->second[std::min(time, it->second.size() - 1)];
    }

private:
    std::map<std::string, std::vector<ScriptedAnswer>> answers_;
    std::map<std::string, std::size_t> times_;
};

/// What holds of every answer that is none.
void check_nothing_was_made_of_it(const sdk::Step& step, const std::string& when, Sentences& broken)
{
    if (!step.payloads.empty())
        broken.push_back(when + ": the failed answer became a payload");
    if (!step.names.empty())
        broken.push_back(when + ": the failed answer became a partner's name of a fact");
    if (step.credential)
        broken.push_back(when + ": the failed answer became a credential");
    if (step.inventory)
        broken.push_back(when + ": the failed answer became an inventory");
}

/// An item known to be too large is always too large: on record, so that the others go on.
void check_too_large(const sdk::Step& step, const std::string& when, Sentences& broken)
{
    check_nothing_was_made_of_it(step, when, broken);
    if (step.set_aside.size() != 1 || step.set_aside.front().source_id.empty() || step.failure)
        broken.push_back(when + ": an item that is too large is not set aside by its identity, or ends the round");
}

/// `refusal_by_status`: the status line alone said no, and it arrived whole.
void check_failed_step(const sdk::Step& step, bool refusal_by_status, const std::string& when, Sentences& broken)
{
    check_nothing_was_made_of_it(step, when, broken);
    if (!step.set_aside.empty())
        broken.push_back(when + ": the failed answer was set aside as a damaged item");
    if (step.cursor)
        broken.push_back(when + ": the cursor moved to '" + *step.cursor + "'");
    const bool open = step.delivery && (step.delivery->outcome == sdk::Delivery::unknown ||
                                        step.delivery->outcome == sdk::Delivery::not_delivered ||
                                        (step.delivery->outcome == sdk::Delivery::refused && refusal_by_status));
    if (step.delivery && !open)
        broken.push_back(when + ": the failed answer decided the delivery");
    if (!open && (!step.failure || step.failure->code.empty()))
        broken.push_back(when + ": there is no failure with a code");
}

/// What was handed over may have arrived, whatever became of the answer: sent again unasked, it would stand there twice.
void check_outcome_is_unknown(const sdk::Step& step, const std::string& when, Sentences& broken)
{
    const bool unknown =
        step.delivery ? step.delivery->outcome == sdk::Delivery::unknown : step.failure && step.failure->kind == sdk::FailureClass::unknown;
    if (!unknown)
        broken.push_back(when + ": the outcome of a request that may not be repeated is not said to be unknown");
}

/// After a round that failed, further rounds must bring what the undisturbed round brought, but for what was `left` at its source.
void check_nothing_is_lost(Player& player, const GoldenCase& golden, const Record& undisturbed, const std::vector<sdk::Payload>& left,
                           const std::string& when, Sentences& broken)
{
    auto peer = std::make_shared<RememberingPeer>(golden, undisturbed);
    player.replace_peer([peer](std::size_t, const std::string& asked) { return peer->answer(asked); });
    player.let_journal_accept(nullptr);
    const auto missing = [&] {
        std::string names_missing;
        for (const sdk::Payload& payload : undisturbed.payloads)
            if (player.journal().count({payload.source_id, payload.bytes}) == 0 && std::find(left.begin(), left.end(), payload) == left.end())
                names_missing += " '" + (payload.source_id.empty() ? payload.context : payload.source_id) + "'";
        return names_missing;
    };
    for (int round = 0; round < 3 && !missing().empty(); ++round)
        (void)player.poll_again();
    if (!missing().empty())
        broken.push_back(when + ": further rounds from the committed cursor never bring" + missing());
}

}  // namespace

std::string_view to_text(Fault fault)
{
    return names.at(static_cast<std::size_t>(fault));
}

Peer scripted_peer(const GoldenCase& golden)
{
    return [&golden](std::size_t number, const std::string&) {
        return number <= golden.answers.size() ? std::optional(golden.answers[number - 1]) : std::nullopt;
    };
}

Sentences broken_rules(const Record& undisturbed)
{
    Sentences broken;
    for (const std::string& asked : undisturbed.asked_by_journaled)
        if (undisturbed.asked_otherwise.count(asked) > 0)
            broken.push_back("an acknowledgement is also asked for without being journaled:\n" + asked);
    for (const auto& failed : undisturbed.failures)
        if (failed.failure.code.empty() || failed.failure.detail.empty())
            broken.push_back("a failure after request " + std::to_string(failed.after) + " has no code or no detail");
    return broken;
}

Sentences broken_rules_when_failing(Machine& machine, const GoldenCase& golden, const Record& undisturbed, std::size_t number,
                                    Fault fault)
{
    Sentences broken;
    const std::string when = "exchange " + std::to_string(number) + ", " + std::string(to_text(fault));
    const ScriptedAnswer& whole = golden.answers.at(number - 1);
    const sdk::Request& request = undisturbed.requests.at(number - 1);
    const bool read_at_all = request.answer != sdk::AnswerForm::none;
    const bool told = reaches_the_connector(fault, request);
    if (fault == Fault::half_a_body && (whole.body.size() < 2 || !read_at_all))
        return broken;
    const bool too_large = told && fault == Fault::oversize;
    auto others = std::make_shared<RememberingPeer>(golden, undisturbed);
    Player player(machine, golden, [&](std::size_t n, const std::string& asked) -> std::optional<ScriptedAnswer> {
        // The round goes on behind an item that is too large, with other requests than before.
        if (n != number)
            return too_large ? others->answer(asked) : scripted_peer(golden)(n, asked);
        return told ? std::optional(damaged(whole, fault)) : std::nullopt;
    });
    const Record record = player.play();
    const auto step = record.step_after.find(number);
    if (too_large && step != record.step_after.end())
        check_too_large(step->second, when, broken);
    else if (told && step != record.step_after.end()) {
        const bool refusal_by_status = fault == Fault::half_a_body && whole.status >= 400 && whole.status < 500;
        const bool closed = fault == Fault::half_a_body && whole.status == 503;
        check_failed_step(step->second, refusal_by_status, when, broken);
        if (!request.repeatable && !refusal_by_status && !closed)
            check_outcome_is_unknown(step->second, when, broken);
    }
    if (record.failures.empty() && !record.delivery && !too_large)
        broken.push_back(when + ": the run ended as if nothing had happened");
    const auto before = undisturbed.step_after.find(number);
    const bool has_left = too_large && before != undisturbed.step_after.end();
    if (golden.polls)
        check_nothing_is_lost(player, golden, undisturbed, has_left ? before->second.payloads : std::vector<sdk::Payload>(), when, broken);
    return broken;
}

Sentences broken_rules_when_journal_refuses(Machine& machine, const GoldenCase& golden, const Record& undisturbed,
                                            std::size_t entry)
{
    Sentences broken;
    const std::string when = "journal refuses entry " + std::to_string(entry);
    Player player(machine, golden, scripted_peer(golden));
    player.let_journal_accept([entry](std::size_t n) { return n < entry; });
    const Record record = player.play();
    for (const std::string& asked : record.asked)
        if (undisturbed.asked_by_journaled.count(asked) > 0 && record.asked_by_journaled.count(asked) == 0)
            broken.push_back(when + ": something is acknowledged that was never journaled:\n" + asked);
    if (golden.polls)
        check_nothing_is_lost(player, golden, undisturbed, {}, when, broken);
    return broken;
}

}  // namespace lienthong::golden
