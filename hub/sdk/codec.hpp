/// Codec: the binary form, over hub/sdk/wire.hpp, of everything that crosses the border between host and connector.
///
/// Decoding takes nothing on trust: counts, depth and enumerators are bounded, and whatever does not fit, or leaves
/// bytes over, is nothing. Decoded events hold views into the bytes they were read from. A change of meaning or
/// layout here raises LIENTHONG_ABI.
#pragma once

#include "hub/sdk/event.hpp"
#include "hub/sdk/wire.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lienthong::sdk {

/// What a decoder accepts. Sizes in bytes are the frame's affair.
struct CodecLimits
{
    static constexpr std::size_t part_depth = 16;
    static constexpr std::size_t parts = 20'000;  ///< In one step, all levels counted.
    static constexpr std::size_t requests = 1'000;
    static constexpr std::size_t named_parts = 256;  ///< Headers of a request, and its computed parts.
    static constexpr std::size_t payloads = 10'000;
    static constexpr std::size_t headers = 256;  ///< Of an answer or an inbound request.
    static constexpr std::size_t settings = 256;
    static constexpr std::size_t routes = 64;
};

namespace codec {

using Pair = std::pair<std::string, std::string>;

template <class Enum>
void write_enum(Writer& out, Enum value)
{
    out.number(static_cast<std::uint64_t>(value));
}

template <class Enum>
Enum read_enum(Reader& in, Enum last)
{
    const std::uint64_t value = in.number();
    if (value > static_cast<std::uint64_t>(last)) {
        in.refuse();
        return Enum{};
    }
    return static_cast<Enum>(value);
}

inline std::uint32_t read_u32(Reader& in)
{
    const std::uint64_t value = in.number();
    if (value > UINT32_MAX) {
        in.refuse();
        return 0;
    }
    return static_cast<std::uint32_t>(value);
}

inline std::int32_t read_i32(Reader& in)
{
    const std::int64_t value = in.signed_number();
    if (value < INT32_MIN || value > INT32_MAX) {
        in.refuse();
        return 0;
    }
    return static_cast<std::int32_t>(value);
}

inline void write_texts(Writer& out, const std::vector<std::string>& texts)
{
    out.list(texts, [](Writer& w, const std::string& text) { w.text(text); });
}

inline std::vector<std::string> read_texts(Reader& in)
{
    return in.list<std::string>([](Reader& r) { return r.text(); }, CodecLimits::settings);
}

inline void write_pairs(Writer& out, const std::vector<Pair>& pairs)
{
    out.list(pairs, [](Writer& w, const Pair& pair) {
        w.text(pair.first);
        w.text(pair.second);
    });
}

inline std::vector<Pair> read_pairs(Reader& in)
{
    return in.list<Pair>(
        [](Reader& r) {
            std::string first = r.text();
            return Pair{std::move(first), r.text()};
        },
        CodecLimits::headers);
}

template <class T, class Write>
void write_optional(Writer& out, const std::optional<T>& value, Write write)
{
    out.flag(value.has_value());
    if (value)
        write(out, *value);
}

template <class Read>
auto read_optional(Reader& in, Read read) -> std::optional<std::decay_t<decltype(read(in))>>
{
    if (!in.flag())
        return std::nullopt;
    return read(in);
}

inline void write_part(Writer& out, const Part& part)
{
    write_enum(out, part.kind);
    out.text(part.text);
    out.list(part.arguments, write_part);
}

/// `left` is how many parts the whole step may still hold.
inline Part read_part(Reader& in, std::size_t& left, std::size_t depth = 1)
{
    Part part;
    if (left == 0 || depth > CodecLimits::part_depth) {
        in.refuse();
        return part;
    }
    --left;
    part.kind = read_enum(in, PartKind::hmac_sha256);
    part.text = in.text();
    part.arguments = in.list<Part>([&](Reader& r) { return read_part(r, left, depth + 1); }, CodecLimits::parts);
    return part;
}

inline void write_named_part(Writer& out, const NamedPart& named)
{
    out.text(named.name);
    write_part(out, named.part);
}

inline std::vector<NamedPart> read_named_parts(Reader& in, std::size_t& left)
{
    return in.list<NamedPart>(
        [&](Reader& r) {
            NamedPart named;
            named.name = r.text();
            named.part = read_part(r, left);
            return named;
        },
        CodecLimits::named_parts);
}

inline void write_request(Writer& out, const Request& request)
{
    out.text(request.endpoint);
    out.text(request.method);
    write_part(out, request.target);
    out.list(request.parts, write_named_part);
    out.list(request.headers, write_named_part);
    write_part(out, request.body);
    write_enum(out, request.answer);
    out.text(request.context);
    out.flag(request.repeatable);
    out.number(request.timeout_millis);
}

inline Request read_request(Reader& in, std::size_t& left)
{
    Request request;
    request.endpoint = in.text();
    request.method = in.text();
    request.target = read_part(in, left);
    request.parts = read_named_parts(in, left);
    request.headers = read_named_parts(in, left);
    request.body = read_part(in, left);
    request.answer = read_enum(in, AnswerForm::xml);
    request.context = in.text();
    request.repeatable = in.flag();
    request.timeout_millis = read_u32(in);
    return request;
}

inline void write_payload(Writer& out, const Payload& payload)
{
    out.text(payload.source_id);
    out.text(payload.content_type);
    out.text(payload.bytes);
    out.text(payload.sender);
    out.text(payload.attributes);
    out.text(payload.context);
    out.flag(payload.keep_reply);
}

inline Payload read_payload(Reader& in)
{
    Payload payload;
    payload.source_id = in.text();
    payload.content_type = in.text();
    payload.bytes = in.text();
    payload.sender = in.text();
    payload.attributes = in.text();
    payload.context = in.text();
    payload.keep_reply = in.flag();
    return payload;
}

inline void write_set_aside(Writer& out, const SetAside& item)
{
    out.text(item.source_id);
    out.text(item.why);
    out.text(item.bytes);
    out.text(item.context);
}

inline SetAside read_set_aside(Reader& in)
{
    SetAside item;
    item.source_id = in.text();
    item.why = in.text();
    item.bytes = in.text();
    item.context = in.text();
    return item;
}

inline void write_failure(Writer& out, const Failure& failure)
{
    write_enum(out, failure.kind);
    out.text(failure.code);
    out.text(failure.detail);
    out.text(failure.credential);
    out.number(failure.retry_after_millis);
}

inline Failure read_failure(Reader& in)
{
    Failure failure;
    failure.kind = read_enum(in, FailureClass::unknown);
    failure.code = in.text();
    failure.detail = in.text();
    failure.credential = in.text();
    failure.retry_after_millis = in.number();
    return failure;
}

inline void write_credential(Writer& out, const CredentialValue& credential)
{
    out.text(credential.name);
    out.text(credential.value);
    out.number(credential.lifetime_millis);
}

inline CredentialValue read_credential(Reader& in)
{
    CredentialValue credential;
    credential.name = in.text();
    credential.value = in.text();
    credential.lifetime_millis = in.number();
    return credential;
}

inline void write_delivery(Writer& out, const DeliveryReport& report)
{
    write_enum(out, report.outcome);
    out.text(report.receipt);
    out.text(report.detail);
}

inline DeliveryReport read_delivery(Reader& in)
{
    DeliveryReport report;
    report.outcome = read_enum(in, Delivery::unknown);
    report.receipt = in.text();
    report.detail = in.text();
    return report;
}

inline void write_response(Writer& out, const Response& response)
{
    out.signed_number(response.status);
    out.text(response.content_type);
    out.text(response.body);
}

inline Response read_response(Reader& in)
{
    Response response;
    response.status = read_i32(in);
    response.content_type = in.text();
    response.body = in.text();
    return response;
}

inline void write_setting(Writer& out, const Setting& setting)
{
    out.text(setting.name);
    write_enum(out, setting.type);
    out.flag(setting.required);
    out.text(setting.fallback);
    write_texts(out, setting.choices);
    out.signed_number(setting.least);
    out.signed_number(setting.most);
    out.text(setting.help);
}

inline Setting read_setting(Reader& in)
{
    Setting setting;
    setting.name = in.text();
    setting.type = read_enum(in, SettingType::choice);
    setting.required = in.flag();
    setting.fallback = in.text();
    setting.choices = read_texts(in);
    setting.least = in.signed_number();
    setting.most = in.signed_number();
    setting.help = in.text();
    return setting;
}

inline void write_route(Writer& out, const Route& route)
{
    out.text(route.name);
    out.text(route.method);
    out.text(route.path);
    write_enum(out, route.proof);
    write_enum(out, route.form);
    out.number(route.body_limit);
    out.number(route.deadline_millis);
    write_response(out, route.fallback);
}

inline Route read_route(Reader& in)
{
    Route route;
    route.name = in.text();
    route.method = in.text();
    route.path = in.text();
    route.proof = read_enum(in, CallerProof::certificate);
    route.form = read_enum(in, AnswerForm::xml);
    route.body_limit = in.number();
    route.deadline_millis = read_u32(in);
    route.fallback = read_response(in);
    return route;
}

inline void write_parcel(Writer& out, const Parcel& parcel)
{
    out.text(parcel.id);
    out.text(parcel.content_type);
    out.text(parcel.bytes);
}

inline Parcel read_parcel(Reader& in)
{
    Parcel parcel;
    parcel.id = in.text();
    parcel.content_type = in.text();
    parcel.bytes = in.text();
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

/// `document` becomes the document of a reply or a called event.
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
            event.what = Deliver{codec::read_parcel(in)};
            break;
        case 6:
            event.what = FindOut{codec::read_parcel(in)};
            break;
        default:
            return std::nullopt;
    }
    if (!in.done())
        return std::nullopt;
    return event;
}

[[nodiscard]] inline std::string encode(const Step& step)
{
    Writer out;
    out.list(step.requests, codec::write_request);
    out.list(step.payloads, codec::write_payload);
    out.list(step.set_aside, codec::write_set_aside);
    codec::write_optional(out, step.cursor, [](Writer& w, const std::string& cursor) { w.text(cursor); });
    codec::write_optional(out, step.failure, codec::write_failure);
    codec::write_optional(out, step.credential, codec::write_credential);
    codec::write_optional(out, step.delivery, codec::write_delivery);
    codec::write_optional(out, step.response, codec::write_response);
    return out.take();
}

[[nodiscard]] inline std::optional<Step> decode_step(std::string_view bytes)
{
    Reader in(bytes);
    std::size_t left = CodecLimits::parts;
    Step step;
    step.requests = in.list<Request>([&](Reader& r) { return codec::read_request(r, left); }, CodecLimits::requests);
    step.payloads = in.list<Payload>(codec::read_payload, CodecLimits::payloads);
    step.set_aside = in.list<SetAside>(codec::read_set_aside, CodecLimits::payloads);
    step.cursor = codec::read_optional(in, [](Reader& r) { return r.text(); });
    step.failure = codec::read_optional(in, codec::read_failure);
    step.credential = codec::read_optional(in, codec::read_credential);
    step.delivery = codec::read_optional(in, codec::read_delivery);
    step.response = codec::read_optional(in, codec::read_response);
    if (!in.done())
        return std::nullopt;
    return step;
}

[[nodiscard]] inline std::string encode(const Description& description)
{
    Writer out;
    out.text(description.name);
    out.text(description.version);
    out.text(description.speaks);
    out.list(description.settings, codec::write_setting);
    codec::write_texts(out, description.credentials);
    out.list(description.routes, codec::write_route);
    out.flag(description.polls);
    out.flag(description.delivers);
    return out.take();
}

[[nodiscard]] inline std::optional<Description> decode_description(std::string_view bytes)
{
    Reader in(bytes);
    Description description;
    description.name = in.text();
    description.version = in.text();
    description.speaks = in.text();
    description.settings = in.list<Setting>(codec::read_setting, CodecLimits::settings);
    description.credentials = codec::read_texts(in);
    description.routes = in.list<Route>(codec::read_route, CodecLimits::routes);
    description.polls = in.flag();
    description.delivers = in.flag();
    if (!in.done())
        return std::nullopt;
    return description;
}

[[nodiscard]] inline std::string encode(const Settings& settings)
{
    Writer out;
    out.number(settings.all().size());
    for (const auto& [name, value] : settings.all()) {
        out.text(name);
        out.text(value);
    }
    return out.take();
}

[[nodiscard]] inline std::optional<Settings> decode_settings(std::string_view bytes)
{
    Reader in(bytes);
    Settings settings;
    for (auto& [name, value] : codec::read_pairs(in))
        settings.set(std::move(name), std::move(value));
    if (!in.done())
        return std::nullopt;
    return settings;
}

}  // namespace lienthong::sdk
