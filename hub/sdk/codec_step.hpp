/// Codec of steps: what a connector wants done.
#pragma once

#include "hub/sdk/codec_values.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

namespace codec {

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
    out.number(request.answer_mib);
    out.flag(request.hears_too_large);
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
    request.answer = read_enum(in, AnswerForm::json_texts);
    request.context = in.text();
    request.repeatable = in.flag();
    request.timeout_millis = read_u32(in);
    request.answer_mib = read_u32(in);
    request.hears_too_large = in.flag();
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

inline void write_given_name(Writer& out, const GivenName& given)
{
    out.text(given.key);
    out.text(given.name);
}

inline GivenName read_given_name(Reader& in)
{
    GivenName given;
    given.key = in.text();
    given.name = in.text();
    return given;
}

inline void write_listed(Writer& out, const ListedItem& item)
{
    out.text(item.id);
    out.text(item.fact);
    out.text(item.digest);
    out.text(item.standing);
}

inline ListedItem read_listed(Reader& in)
{
    ListedItem item;
    item.id = in.text();
    item.fact = in.text();
    item.digest = in.text();
    item.standing = in.text();
    return item;
}

inline void write_counted(Writer& out, const CountedItem& item)
{
    out.text(item.prefix);
    out.text(item.fact);
    out.number(item.count);
    out.text(item.field);
    out.text(item.sum);
}

inline CountedItem read_counted(Reader& in)
{
    CountedItem item;
    item.prefix = in.text();
    item.fact = in.text();
    item.count = in.number();
    item.field = in.text();
    item.sum = in.text();
    return item;
}

inline void write_inventory(Writer& out, const Inventory& inventory)
{
    out.list(inventory.listed, write_listed);
    out.list(inventory.counted, write_counted);
    out.list(inventory.covers, [](Writer& w, const std::string& prefix) { w.text(prefix); });
}

inline Inventory read_inventory(Reader& in)
{
    Inventory inventory;
    inventory.listed = in.list<ListedItem>(read_listed, CodecLimits::listed);
    inventory.counted = in.list<CountedItem>(read_counted, CodecLimits::listed);
    inventory.covers = in.list<std::string>([](Reader& r) { return r.text(); }, CodecLimits::listed);
    return inventory;
}

}  // namespace codec

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
    out.list(step.names, codec::write_given_name);
    codec::write_optional(out, step.response, codec::write_response);
    codec::write_optional(out, step.inventory, codec::write_inventory);
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
    step.names = in.list<GivenName>(codec::read_given_name, CodecLimits::payloads);
    step.response = codec::read_optional(in, codec::read_response);
    step.inventory = codec::read_optional(in, codec::read_inventory);
    if (!in.done())
        return std::nullopt;
    return step;
}

}  // namespace lienthong::sdk
