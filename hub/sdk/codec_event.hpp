/// Codec of events: what a connector is told. Decoded events hold views into the bytes they were read from.
#pragma once

#include "hub/sdk/codec_values.hpp"
#include "hub/sdk/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

namespace codec {

inline void write_parcel(Writer& out, const Parcel& parcel)
{
    out.text(parcel.id);
    out.text(parcel.content_type);
    out.text(parcel.bytes);
}

inline Parcel read_parcel(Reader& in, const TreeView& document)
{
    Parcel parcel;
    parcel.id = in.text();
    parcel.content_type = in.text();
    parcel.bytes = in.text();
    parcel.document = document;
    return parcel;
}

/// What of an event follows its moment and kind. The document is not written: it crosses as a tree.
struct WriteEvent
{
    Writer& out;
    void operator()(const Poll& e) const { out.text(e.cursor); }
    void operator()(const Reply& e) const
    {
        out.text(e.context);
        out.signed_number(e.answer.status);
        write_pairs(out, e.answer.headers);
        out.text(e.answer.body);
        out.text(e.answer.unreadable);
    }
    void operator()(const Journaled& e) const
    {
        out.text(e.context);
        write_enum(out, e.arrived);
    }
    void operator()(const Acquire& e) const { out.text(e.name); }
    void operator()(const Called& e) const
    {
        out.text(e.request.route);
        out.text(e.request.method);
        out.text(e.request.target);
        write_pairs(out, e.request.headers);
        out.text(e.request.body);
        out.text(e.request.unreadable);
    }
    void operator()(const Deliver& e) const { write_parcel(out, e.parcel); }
    void operator()(const FindOut& e) const { write_parcel(out, e.parcel); }
    void operator()(const List& e) const { out.text(e.since); }
    void operator()(const Fetch& e) const { out.text(e.id); }
};

inline Reply read_reply(Reader& in, const TreeView& document)
{
    Reply reply;
    reply.context = in.view();
    reply.answer.status = read_i32(in);
    reply.answer.headers = read_pairs(in);
    reply.answer.body = in.view();
    reply.answer.unreadable = in.view();
    reply.answer.document = document;
    return reply;
}

inline Journaled read_journaled(Reader& in)
{
    Journaled journaled;
    journaled.context = in.view();
    journaled.arrived = read_enum(in, Arrived::conflict);
    return journaled;
}

inline Called read_called(Reader& in, const TreeView& document)
{
    Called called;
    called.request.route = in.text();
    called.request.method = in.text();
    called.request.target = in.text();
    called.request.headers = read_pairs(in);
    called.request.body = in.view();
    called.request.unreadable = in.view();
    called.request.document = document;
    return called;
}

}  // namespace codec

[[nodiscard]] inline std::string encode(const Event& event)
{
    Writer out;
    out.signed_number(event.moment.unix_millis);
    out.text(event.moment.nonce);
    out.number(event.what.index());
    std::visit(codec::WriteEvent{out}, event.what);
    return out.take();
}

/// `document` becomes the document of a reply, a called event, or a parcel.
[[nodiscard]] inline std::optional<Event> decode_event(std::string_view bytes, const TreeView& document = {})
{
    Reader in(bytes);
    Event event;
    event.moment.unix_millis = in.signed_number();
    event.moment.nonce = in.text();
    switch (in.number()) {
        case 0:
            event.what = Poll{in.view()};
            break;
        case 1:
            event.what = codec::read_reply(in, document);
            break;
        case 2:
            event.what = codec::read_journaled(in);
            break;
        case 3:
            event.what = Acquire{in.view()};
            break;
        case 4:
            event.what = codec::read_called(in, document);
            break;
        case 5:
            event.what = Deliver{codec::read_parcel(in, document)};
            break;
        case 6:
            event.what = FindOut{codec::read_parcel(in, document)};
            break;
        case 7:
            event.what = List{in.view()};
            break;
        case 8:
            event.what = Fetch{in.view()};
            break;
        default:
            return std::nullopt;
    }
    if (!in.done())
        return std::nullopt;
    return event;
}

}  // namespace lienthong::sdk
