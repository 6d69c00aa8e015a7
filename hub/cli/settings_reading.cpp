// Looks keys up, and complains of what is not what the table says.
#include "hub/cli/settings_reading.hpp"

#include "hub/cli/setting_keys.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace lienthong::cli {
namespace {

/// The first word of `section` below `above`: "mail" of "compliance.mail" below "compliance"; empty where it is not below.
std::string_view section_below(std::string_view section, std::string_view above)
{
    if (!above.empty()) {
        if (!section.starts_with(above) || section.size() <= above.size() || section[above.size()] != '.')
            return {};
        section.remove_prefix(above.size() + 1);
    }
    return section.substr(0, section.find('.'));
}

}  // namespace

const yaml::Node* Reading::value(const yaml::Node* map, std::string_view section, std::string_view name)
{
    const SettingKey& key = setting_key(section, name);
    const yaml::Node* node = map == nullptr ? nullptr : map->find(name);
    if (node == nullptr || node->kind == yaml::Kind::null) {
        if (key.needed)
            add("settings.missing", map == nullptr ? source_.file() : source_.place(*map), "",
                std::string(section) + (section.empty() ? "" : ".") + std::string(name), std::string(key.meaning));
        return nullptr;
    }
    const bool list = key.type == "list";
    const bool wanted_map = key.type == "map";
    const yaml::Kind kind = list ? yaml::Kind::sequence : wanted_map ? yaml::Kind::map : yaml::Kind::scalar;
    if (node->kind != kind) {
        add("settings.type", source_.place(*node), std::string(node->kind_name()), std::string(key.type),
            std::string(name) + " is something else");
        return nullptr;
    }
    return node;
}

std::string Reading::text(const yaml::Node* map, std::string_view section, std::string_view name)
{
    const yaml::Node* node = value(map, section, name);
    return node == nullptr ? std::string(setting_key(section, name).fallback) : node->text;
}

std::string Reading::path(const yaml::Node* map, std::string_view section, std::string_view name)
{
    const std::string given = text(map, section, name);
    if (given.empty())
        return given;
    return (std::filesystem::path(source_.file()).parent_path() / given).lexically_normal().string();
}

std::string Reading::installed_path(const yaml::Node* map, std::string_view section, std::string_view name, Came what)
{
    std::string given = path(map, section, name);
    if (given.empty() && (given = came_with_the_program(what)).empty())
        add("settings.missing", source_.file(), "", std::string(name), std::string(setting_key(section, name).meaning));
    return given;
}

std::int64_t Reading::number(const yaml::Node* map, std::string_view section, std::string_view name, std::int64_t most)
{
    const yaml::Node* node = value(map, section, name);
    const std::string given = node == nullptr ? std::string(setting_key(section, name).fallback) : node->text;
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), out);
    if (error != std::errc{} || end != given.data() + given.size() || out < 0 || out > most)
        add("settings.type", node == nullptr ? source_.file() : source_.place(*node), given, "a whole number from 0 to " + std::to_string(most),
            std::string(name) + " is not such a number");
    return out;
}

bool Reading::toggle(const yaml::Node* map, std::string_view section, std::string_view name)
{
    const yaml::Node* node = value(map, section, name);
    const std::string given = node == nullptr ? std::string(setting_key(section, name).fallback) : node->text;
    if (given != "true" && given != "false")
        add("settings.type", node == nullptr ? source_.file() : source_.place(*node), given, "true or false", std::string(name) + " is neither");
    return given == "true";
}

std::vector<std::string> Reading::list(const yaml::Node* map, std::string_view section, std::string_view name)
{
    std::vector<std::string> out;
    if (const yaml::Node* node = value(map, section, name))
        for (const yaml::Node& item : node->values)
            out.push_back(item.text);
    return out;
}

std::map<std::string, std::string> Reading::entries(const yaml::Node* map, std::string_view section, std::string_view name)
{
    std::map<std::string, std::string> out;
    if (const yaml::Node* node = value(map, section, name))
        for (std::size_t i = 0; i < node->keys.size(); ++i)
            out[node->keys[i].text] = node->values[i].text;
    return out;
}

process::GivenSettings Reading::connector_settings(const yaml::Node& flow)
{
    process::GivenSettings out;
    const yaml::Node* key = flow.find_key("settings");
    out.place = source_.place(key == nullptr ? flow : *key);
    if (const yaml::Node* node = value(&flow, "flows", "settings"))
        for (std::size_t i = 0; i < node->keys.size(); ++i) {
            const yaml::Node& given = node->values[i];
            const bool text = given.kind == yaml::Kind::scalar;
            const std::string key_place = source_.place(node->keys[i]);
            out.values[node->keys[i].text] = {given.text, text ? "" : std::string(given.kind_name()), key_place,
                                              given.kind == yaml::Kind::null ? key_place : source_.place(given)};
        }
    return out;
}

void Reading::check_keys(const yaml::Node& map, std::string_view section)
{
    std::vector<std::string> known;
    for (const SettingKey& key : setting_keys()) {
        if (key.section == section)
            known.emplace_back(key.name);
        else if (const auto below = section_below(key.section, section); !below.empty() && std::find(known.begin(), known.end(), below) == known.end())
            known.emplace_back(below);
    }
    for (const yaml::Node& key : map.keys) {
        if (std::find(known.begin(), known.end(), key.text) != known.end())
            continue;
        std::string expected;
        for (const std::string& near : text::nearest(key.text, known))
            expected += (expected.empty() ? "" : ", ") + near;
        add("settings.unknown_key", source_.place(key), key.text, expected.empty() ? "a key of lienthong config reference" : expected,
            "there is no such key here");
    }
}

void Reading::add(std::string code, std::string place, std::string found, std::string expected, std::string detail)
{
    problems_.push_back({std::move(code), std::move(detail), std::move(place), std::move(found), std::move(expected), {}});
}

std::string Reading::place(const yaml::Node* map, std::string_view name) const
{
    const yaml::Node* node = map == nullptr ? nullptr : map->find(name);
    return node == nullptr ? source_.file() : source_.place(*node);
}

}  // namespace lienthong::cli
