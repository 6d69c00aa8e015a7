/// Event: what the host tells a connector, as one value; handle() hands it to the right method.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string_view>
#include <variant>

namespace lienthong::sdk {

struct Poll
{
    std::string_view cursor;
};

struct Reply
{
    std::string_view context;  ///< Request::context of the request this answers.
    Answer answer;
};

struct Journaled
{
    std::string_view context;  ///< Payload::context or SetAside::context.
    Arrived arrived = Arrived::fresh;
};

struct Acquire
{
    std::string_view name;
};

struct Called
{
    InboundRequest request;
};

struct Deliver
{
    Parcel parcel;
};

struct FindOut
{
    Parcel parcel;
};

struct List
{
    std::string_view since;  ///< A day, "2025-03-01".
};

struct Fetch
{
    std::string_view id;  ///< As Payload::source_id.
};

/// Views point into whatever the event was made from, which must outlive it.
struct Event
{
    Moment moment;
    std::variant<Poll, Reply, Journaled, Acquire, Called, Deliver, FindOut, List, Fetch> what;
};

inline Step handle(const Connector& connector, const Event& event)
{
    struct Visit
    {
        const Connector& connector;
        const Moment& moment;
        Step operator()(const Poll& e) const { return connector.poll(e.cursor, moment); }
        Step operator()(const Reply& e) const { return connector.reply(e.context, e.answer, moment); }
        Step operator()(const Journaled& e) const { return connector.journaled(e.context, e.arrived, moment); }
        Step operator()(const Acquire& e) const { return connector.acquire(e.name, moment); }
        Step operator()(const Called& e) const { return connector.called(e.request, moment); }
        Step operator()(const Deliver& e) const { return connector.deliver(e.parcel, moment); }
        Step operator()(const FindOut& e) const { return connector.find_out(e.parcel, moment); }
        Step operator()(const List& e) const { return connector.list(e.since, moment); }
        Step operator()(const Fetch& e) const { return connector.fetch(e.id, moment); }
    };
    return std::visit(Visit{connector, event.moment}, event.what);
}

}  // namespace lienthong::sdk
