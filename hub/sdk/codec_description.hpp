/// Codec of descriptions and settings: what a connector says of itself and what it is told at the beginning.
#pragma once

#include "hub/sdk/codec_values.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lienthong::sdk {

namespace codec {

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
    out.text(setting.needed_when);
}

inline Setting read_setting(Reader& in)
{
    Setting setting;
    setting.name = in.text();
    setting.type = read_enum(in, SettingType::document);
    setting.required = in.flag();
    setting.fallback = in.text();
    setting.choices = read_texts(in);
    setting.least = in.signed_number();
    setting.most = in.signed_number();
    setting.help = in.text();
    setting.needed_when = in.text();
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
    route.form = read_enum(in, AnswerForm::json_texts);
    route.body_limit = in.number();
    route.deadline_millis = read_u32(in);
    route.fallback = read_response(in);
    return route;
}

}  // namespace codec

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
    out.flag(description.lists);
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
    description.lists = in.flag();
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
