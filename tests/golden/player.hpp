/// Player: plays the host for a connector, without sockets and in the order the flows keep.
///
/// The journal and the credentials outlive a run, so that a second run can be played from where the first stopped.
#pragma once

#include "hub/sdk/connector.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lienthong::golden {

/// What a run made of a case.
struct Record
{
    struct Acknowledged
    {
        std::string what;  ///< Source id of the payload or item, else its context.
        sdk::Arrived arrived = sdk::Arrived::fresh;
        std::size_t requests = 0;
    };
    struct Failed
    {
        std::size_t after = 0;  ///< Requests sent by then.
        sdk::Failure failure;
    };
    std::vector<std::string> asked;               ///< Readable, in the order sent.
    std::vector<sdk::Request> requests;           ///< The same, as asked.
    std::map<std::size_t, sdk::Step> step_after;  ///< By number of the request answered.
    std::vector<sdk::Payload> payloads;
    std::vector<sdk::SetAside> set_aside;
    std::vector<std::string> cursors;
    std::vector<Acknowledged> acknowledged;
    std::set<std::string> asked_by_journaled;  ///< Readable requests that came from journaled events …
    std::set<std::string> asked_otherwise;     ///< … and from any other.
    std::vector<std::string> credentials;
    std::vector<Failed> failures;
    std::vector<sdk::GivenName> names;
    std::optional<sdk::DeliveryReport> delivery;
    std::optional<sdk::Response> response;
    std::optional<sdk::Inventory> inventory;  ///< Parts of several answers put together.
};

/// Answers request `number` of this run; nothing when the exchange is lost.
using Peer = std::function<std::optional<ScriptedAnswer>(std::size_t number, const std::string& asked)>;
/// Whether the journal takes its n-th entry, from 1.
using Accepts = std::function<bool(std::size_t entry)>;

class Player
{
public:
    Player(Machine& machine, const GoldenCase& golden, Peer peer) : machine_(machine), golden_(golden), peer_(std::move(peer)) {}

    void replace_peer(Peer peer) { peer_ = std::move(peer); }
    void let_journal_accept(Accepts accepts) { accepts_ = std::move(accepts); }

    /// The case's own start.
    [[nodiscard]] Record play();
    /// The next round of a polling flow, from the last committed cursor.
    [[nodiscard]] Record poll_again();

    /// Everything the journal holds, as identity and bytes.
    [[nodiscard]] const std::set<std::pair<std::string, std::string>>& journal() const { return journal_; }

private:
    Record run(sdk::Event start);
    using What = decltype(sdk::Event::what);
    sdk::Step tell(What what, sdk::AnswerForm form);
    [[nodiscard]] sdk::AnswerForm form_of(const sdk::Event& start) const;
    sdk::Moment moment();
    /// Journals, acknowledges, queues in front. False when the round is over.
    bool keep(sdk::Step step, bool from_journaled);
    sdk::Step carry_out(const sdk::Request& request);
    sdk::Step ask(const sdk::Request& request);
    sdk::Step acquire(const std::string& name);
    sdk::Arrived arrival(const std::string& source_id, const std::string& bytes);
    bool fail(const sdk::Failure& failure);

    Machine& machine_;
    const GoldenCase& golden_;
    Peer peer_;
    Accepts accepts_;
    Record record_;
    std::deque<sdk::Request> next_;
    std::set<std::string> credentials_;
    std::set<std::pair<std::string, std::string>> journal_;
    std::string cursor_;
    std::size_t events_ = 0;
    std::size_t entries_ = 0;
};

}  // namespace lienthong::golden
