/// Connector: a pure state machine that says what to ask a foreign system and what its answer means.
///
/// The host does all I/O, keeps all time, owns all secrets and all retries. A machine holds its settings and
/// nothing else: whatever it must remember between a request and its answer travels in Request::context, so
/// that a worker can die and be replaced between any two events. Every method may be called in any order and
/// must depend on its arguments alone.
///
/// Derive, say what to ask in poll() and what the answer means in reply(), add a static description(), and end the
/// file with LIENTHONG_CONNECTOR(Class) from hub/sdk/plugin.hpp. Texts passed in are valid during the call only.
#pragma once

#include "hub/sdk/part.hpp"
#include "hub/sdk/settings.hpp"
#include "hub/sdk/tree.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::sdk {

/// Comes with every event. A machine reads no clock and draws no randomness.
struct Moment
{
    std::int64_t unix_millis = 0;  ///< UTC.
    std::string nonce;             ///< 32 hex digits, fresh for each event.
};

/// How the host should read the answer before the machine sees it.
enum class AnswerForm : std::uint8_t {
    none,
    json,
    xml,
    either,  ///< XML when the first byte that is no white space is '<', else JSON: gateways say no in both.
    json_texts,  ///< JSON; a member of the outermost object whose text is a JSON object or list has that in its place.
};

struct NamedPart
{
    std::string name;
    Part part;
    friend bool operator==(const NamedPart&, const NamedPart&) = default;
};

/// What a package of 50 MB takes as base64 inside a JSON text, and some room around it.
inline constexpr std::uint32_t most_answer_mib = 72;

/// One exchange the machine asks for.
struct Request
{
    std::string endpoint = "base_url";  ///< Name of the url setting it goes to.
    std::string method = "GET";
    Part target = literal("/");      ///< Path and query, appended to the endpoint's own path.
    std::vector<NamedPart> parts;    ///< Computed first, in order; may be referred to with earlier().
    std::vector<NamedPart> headers;  ///< Names in the exact case given.
    Part body;
    AnswerForm answer = AnswerForm::json;
    std::string context;     ///< Opaque; comes back with the answer.
    bool repeatable = true;  ///< false: after an unknown outcome it must not simply be sent again.
    std::uint32_t timeout_millis = 30'000;
    std::uint32_t answer_mib = 32;  ///< MiB of the largest answer that is taken, most_answer_mib at most.
    /// A larger answer comes as one with status 413 and no body, as it does from folders and mailboxes; else it ends the round. For
    /// one item of many, so that it holds up no other.
    bool hears_too_large = false;

    friend bool operator==(const Request&, const Request&) = default;
};

/// What came back. `document` is empty when the body was not what Request::answer asked for.
struct Answer
{
    std::int32_t status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body;
    TreeView document;
    std::string_view unreadable;  ///< Why document is empty, or with json_texts why a text stayed one: the strict parser's sentence.

    /// Header value by name without regard to case; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        for (const auto& [key, value] : headers) {
            bool same = key.size() == name.size();
            for (std::size_t i = 0; same && i < name.size(); ++i)
                same = lower(key[i]) == lower(name[i]);
            if (same)
                return value;
        }
        return {};
    }
};

enum class FailureClass : std::uint8_t {
    transient,  ///< Try again after a while.
    /// The named credential is no longer good: drop it, acquire anew, repeat once. A delivery or requests beside it are what the
    /// answer means if it is not the credential: they hold where the same is said to a new one.
    auth,
    permanent,  ///< Configuration or contract: stop and tell a person.
    throttled,  ///< Not before `retry_after_millis`.
    unknown,    ///< Cannot say; treated as transient with growing pauses.
};

struct Failure
{
    FailureClass kind = FailureClass::unknown;
    std::string code;        ///< The peer's own code, or a stable word of the connector's.
    std::string detail;      ///< One sentence: what was asked, what came back, what to do.
    std::string credential;  ///< With auth: which one.
    std::uint64_t retry_after_millis = 0;

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// A payload for the journal. Becomes "received" once it is on disk.
struct Payload
{
    std::string source_id;  ///< The source's own identity: the idempotency key.
    std::string content_type;
    std::string bytes;
    std::string sender;       ///< As the source names it; empty for the flow's own.
    std::string attributes;   ///< JSON object text, may be empty.
    std::string context;      ///< Opaque; comes back with Journaled.
    bool keep_reply = false;  ///< Keep the whole reply beside it, because the payload was taken out of one.

    friend bool operator==(const Payload&, const Payload&) = default;
};

/// One damaged item that is set aside so that it never blocks the rest. Kept in the journal as it came.
struct SetAside
{
    std::string source_id;
    std::string why;
    std::string bytes;
    std::string context;

    friend bool operator==(const SetAside&, const SetAside&) = default;
};

enum class Delivery : std::uint8_t { delivered, refused, not_delivered, unknown };

struct DeliveryReport
{
    Delivery outcome = Delivery::unknown;
    std::string receipt;  ///< The partner's answer, kept as evidence.
    std::string detail;

    friend bool operator==(const DeliveryReport&, const DeliveryReport&) = default;
};

/// What the partner calls a fact of the parcel in hand. A partner may tell it once and never again.
struct GivenName
{
    std::string key;   ///< The fact's key, as the parcel has it.
    std::string name;  ///< At most 1000 bytes; what it means is the connector's affair. The newest counts.

    friend bool operator==(const GivenName&, const GivenName&) = default;
};

struct CredentialValue
{
    std::string name;
    std::string value;
    std::uint64_t lifetime_millis = 0;

    friend bool operator==(const CredentialValue&, const CredentialValue&) = default;
};

/// One thing a source says it holds.
struct ListedItem
{
    std::string id;      ///< As Payload::source_id of the message it came or should come in; with `fact`, that fact's key.
    std::string fact;    ///< Kind of fact, such as "dossier"; empty for a message.
    std::string digest;  ///< SHA-256 hex of the payload's bytes; empty when the source does not say.
    std::string standing;  ///< What the source says of it, for people: a status, a date.

    friend bool operator==(const ListedItem&, const ListedItem&) = default;
};

/// In CountedItem::fact: the flow's figures that stand; their keys are "indicator|measure|period|area|breakdown|agency", their one
/// field is "value".
inline constexpr std::string_view counted_observations = "observation";

/// How many of something a source says it holds, and what they add up to, where it does not list them.
struct CountedItem
{
    std::string prefix;  ///< Of the source ids, or with `fact` of the keys, that are counted.
    std::string fact;    ///< Kind of fact; empty for messages.
    std::uint64_t count = 0;
    std::string field{};  ///< Of those facts, whose sum the source says too; empty where it says none.
    std::string sum{};    ///< A decimal, "12.50".

    friend bool operator==(const CountedItem&, const CountedItem&) = default;
};

/// What a source says it holds, or a part of it: parts of several answers are put together.
struct Inventory
{
    std::vector<ListedItem> listed;
    std::vector<CountedItem> counted;
    std::vector<std::string> covers;  ///< Beginnings of source ids of which every message is listed: others are then gone.

    friend bool operator==(const Inventory&, const Inventory&) = default;
};

struct Response
{
    std::int32_t status = 200;
    std::string content_type = "application/json";
    std::string body;

    friend bool operator==(const Response&, const Response&) = default;
};

/// What a machine wants done. Requests of one step may run in any order; each comes back as its own reply.
struct Step
{
    std::vector<Request> requests;
    std::vector<Payload> payloads;
    std::vector<SetAside> set_aside;
    std::optional<std::string> cursor;  ///< Committed together with the payloads of this step.
    std::optional<Failure> failure;
    std::optional<CredentialValue> credential;
    std::optional<DeliveryReport> delivery;
    /// Of a delivery. Durable before any request of this step leaves and before the delivery is settled; later parcels of the
    /// flow are rendered with them (`called` beside each fact). Only flows that tell facts keep them.
    std::vector<GivenName> names;
    std::optional<Response> response;
    std::optional<Inventory> inventory;

    friend bool operator==(const Step&, const Step&) = default;
};

enum class Arrived : std::uint8_t { fresh, duplicate, conflict };

struct InboundRequest
{
    std::string route;  ///< Name of the declared route.
    std::string method;
    std::string target;  ///< Path and query, without a secret that stood in the path.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body;
    TreeView document;            ///< As the route's form asks for; empty when the body was not that.
    std::string_view unreadable;  ///< Why document is empty.
};

/// What a flow hands out: the rendered packet and its identity.
struct Parcel
{
    std::string id;  ///< Same parcel, same id, for ever: the partner's idempotency key.
    std::string content_type;
    std::string bytes;
    TreeView document{};  ///< What the hub's own parser makes of the bytes, where content_type is application/json; else empty.
};

class Connector
{
public:
    virtual ~Connector() = default;

    /// Called when the schedule says so. `cursor` is what the last committed step left, "" at first.
    virtual Step poll(std::string_view cursor, const Moment& moment) const = 0;
    /// Called with the answer to one request of any earlier step, also of an acknowledgement.
    virtual Step reply(std::string_view context, const Answer& answer, const Moment& moment) const = 0;
    /// Called once a payload or a set-aside item is durable: the place to acknowledge it.
    virtual Step journaled(std::string_view context, Arrived arrived, const Moment& moment) const;
    /// How to acquire a credential; its answer comes back through `reply` and yields Step::credential.
    virtual Step acquire(std::string_view name, const Moment& moment) const;
    /// A foreign system called one of the declared routes. Payloads and items set aside are journaled, and the answer is the
    /// Step::response of `journaled`, the last one where there are several items; Step::response of this step is the answer
    /// where nothing is to be kept, or where `journaled` gives none. It asks for no requests and moves no cursor: the caller
    /// waits. Headers that prove who the caller is are not among those it sees.
    virtual Step called(const InboundRequest& request, const Moment& moment) const;
    /// Send a parcel; the answer comes back through `reply` and yields Step::delivery.
    virtual Step deliver(const Parcel& parcel, const Moment& moment) const;
    /// After a crash or a timeout: ask the partner whether the parcel arrived.
    virtual Step find_out(const Parcel& parcel, const Moment& moment) const;
    /// Ask the source what it holds since a day ("2025-03-01"); answers come back through `reply` and yield Step::inventory.
    /// Where a source says what it holds by handing it over, they yield payloads and set-aside items instead: the host takes
    /// their identity and digest and keeps nothing of them, unless that very item was asked for again and fetch() is not
    /// there. Nothing is journaled, acknowledged or moved by it; a cursor is not looked at.
    virtual Step list(std::string_view since, const Moment& moment) const;
    /// Ask the source for one item again, by Payload::source_id; its payload comes as that of a poll, and is acknowledged in the
    /// same way once it is journaled. A cursor is not looked at, other payloads are not kept.
    virtual Step fetch(std::string_view id, const Moment& moment) const;

protected:
    /// A step that only says what went wrong.
    static Step failed(FailureClass kind, std::string code, std::string detail)
    {
        Step step;
        step.failure = Failure{kind, std::move(code), std::move(detail), {}, 0};
        return step;
    }
};

inline Step Connector::journaled(std::string_view, Arrived, const Moment&) const
{
    return {};
}
inline Step Connector::acquire(std::string_view name, const Moment&) const
{
    return failed(FailureClass::permanent, "no_credential", "this connector has no credential '" + std::string(name) + "'");
}
inline Step Connector::called(const InboundRequest&, const Moment&) const
{
    return failed(FailureClass::permanent, "no_route", "this connector declares no route");
}
inline Step Connector::deliver(const Parcel&, const Moment&) const
{
    return failed(FailureClass::permanent, "no_delivery", "this connector delivers nothing");
}
inline Step Connector::find_out(const Parcel&, const Moment&) const
{
    Step step;
    step.delivery = DeliveryReport{Delivery::unknown, {}, "the partner offers no way to find out"};
    return step;
}

inline Step Connector::list(std::string_view, const Moment&) const
{
    return failed(FailureClass::permanent, "no_list", "this connector cannot ask its source what it holds");
}

/// The code with which fetch() says that it is not there; then the host asks for the list again and takes the item out of it.
inline constexpr std::string_view no_fetch = "no_fetch";

inline Step Connector::fetch(std::string_view, const Moment&) const
{
    return failed(FailureClass::permanent, std::string(no_fetch), "this connector cannot ask for one item");
}

/// How a caller of a declared route proves who it is, before the machine hears of the call.
enum class CallerProof : std::uint8_t {
    token,        ///< A bearer token issued by the hub.
    certificate,  ///< A client certificate.
};

/// An address at which a foreign system calls us.
struct Route
{
    std::string name, method, path;  ///< Path below the flow's own prefix, such as "/Statistic".
    CallerProof proof = CallerProof::token;
    AnswerForm form = AnswerForm::json;           ///< How the body is read for InboundRequest::document.
    std::uint64_t body_limit = 10 * 1024 * 1024;  ///< Bytes.
    std::uint32_t deadline_millis = 10'000;       ///< After which the caller gets `fallback`.
    Response fallback{503, "application/json", "{}"};

    friend bool operator==(const Route&, const Route&) = default;
};

/// What a plugin says of itself.
struct Description
{
    std::string name;  ///< ^[a-z0-9]+(_[a-z0-9]+)*$
    std::string version;
    std::string speaks;  ///< One sentence: dialect, direction, what it does not do.
    std::vector<Setting> settings;
    std::vector<std::string> credentials;
    std::vector<Route> routes;
    bool polls = true;
    bool delivers = false;
    bool lists = false;  ///< Answers list(), with items or with numbers.

    friend bool operator==(const Description&, const Description&) = default;
};

}  // namespace lienthong::sdk
