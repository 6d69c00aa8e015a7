/// CalledFlow: one configured way in that the foreign system walks itself, by calling an address its connector declares.
///
/// A caller hears that its message was received only once the message is on stable storage. Past the route's deadline, or
/// when the connector cannot be asked, it hears the declared fallback; what was journaled by then stays, and is a duplicate
/// when the caller repeats it. While the flow is paused nothing is taken: every caller hears the fallback at once.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/standing.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::flow {

/// One call whose caller has been let in.
struct Call
{
    std::string route;  ///< Name of the connector's route it came to.
    std::string method;
    std::string target;                                        ///< Path and query, without a secret that stood in the path.
    std::vector<std::pair<std::string, std::string>> headers;  ///< Without those that prove who the caller is.
    std::string body;
    std::string caller;                 ///< Who called, for people and the journal: "token T-3", "address 10.1.2.3".
    std::string sender;                 ///< Whose messages they are; empty for the flow's own sender.
    std::vector<std::string> agencies;  ///< What the caller may speak for; "*" leaves the flow's own.
};

enum class CallOutcome : std::uint8_t {
    answered,   ///< By the connector; nothing was to be kept.
    duplicate,  ///< Every message was in the journal already.
    received,
    set_aside,  ///< Something of it could not be read, and is kept with its reason.
    conflict,   ///< The source's own id came again with other content; kept and flagged.
    fallback,   ///< No answer in time, no connector to give one, or a paused flow.
};
[[nodiscard]] std::string_view to_text(CallOutcome outcome);

struct CallAnswer
{
    sdk::Response response;
    CallOutcome outcome = CallOutcome::answered;
};

class CalledFlow
{
public:
    using Answered = std::function<void(CallAnswer)>;

    /// `offered`: the connector's routes that are open. `say` is told what an operator should know, in a line, at most one
    /// in ten seconds; called on the executor.
    CalledFlow(boost::asio::any_io_executor executor, Route route, std::vector<sdk::Route> offered, ExchangeParts parts,
               Intake& intake, Say say, PausedNow paused = {});

    /// `answered` runs once, on the executor. The call's route must be an offered one. Thread-safe; the flow must outlive
    /// the executor's work.
    void take(Call call, Answered answered);
    /// Somebody was turned away at the door: shown with the flow's standing. Thread-safe.
    void turned_away(std::string sentence);

    [[nodiscard]] FlowStanding standing() const;
    [[nodiscard]] const Route& route() const { return route_; }

private:
    struct Ongoing;
    struct Item;
    struct Kept;
    void begin(const std::shared_ptr<Ongoing>& ongoing);
    boost::asio::awaitable<void> walk(std::shared_ptr<Ongoing> ongoing);
    boost::asio::awaitable<Kept> keep(std::shared_ptr<Ongoing> ongoing, sdk::Step step);
    JournalEntry entry_of(const Call& call, sdk::Step& step, std::vector<Item>& items) const;
    void conclude(Ongoing& ongoing, Kept kept);
    void fall_back(Ongoing& ongoing, const sdk::Failure& failure);
    void tell_operator(const std::string& sentence);

    boost::asio::any_io_executor executor_;
    Route route_;
    std::vector<sdk::Route> offered_;
    Exchange exchange_;
    Intake& intake_;
    std::shared_ptr<Clock> clock_;
    std::string plugin_digest_;
    Say say_;
    PausedNow paused_;
    Standing standing_;
    Time next_line_{};
    std::size_t untold_ = 0;  ///< Sentences since the last line.
};

}  // namespace lienthong::flow
