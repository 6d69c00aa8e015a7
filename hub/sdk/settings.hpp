/// Settings: what a connector can be told, declared once. Parsing, lint, help and reference come from the spec.
#pragma once

#include <charconv>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

enum class SettingType : std::uint8_t {
    text,
    url,     ///< Absolute, of a scheme in `choices` (http and https when that is empty); an endpoint for requests.
    secret,  ///< A reference ("file:…", "env:…"); the value never reaches the plugin.
    integer,
    boolean,
    choice,  ///< One of `choices`.
    document,  ///< A file beside the configuration, UTF-8, at most 1 MiB; the plugin gets its text.
};

struct Setting
{
    std::string name;  ///< snake_case noun, units in the name: "page_size", "timeout_secs".
    SettingType type = SettingType::text;
    bool required = false;  ///< For a flow that asks or delivers; one that is only called may leave it out.
    std::string fallback;  ///< Used when absent; empty for none.
    std::vector<std::string> choices;  ///< Of a choice its values, of a url the schemes it may have.
    std::int64_t least = INT64_MIN;
    std::int64_t most = INT64_MAX;
    std::string help;           ///< One sentence, English.
    std::string needed_when{};  ///< "sign_in=login,fixed": must be given when that choice has one of these values.

    friend bool operator==(const Setting&, const Setting&) = default;
};

/// Values as the plugin sees them: checked against the spec, fallbacks filled in, secrets left out.
class Settings
{
public:
    void set(std::string name, std::string value) { values_[std::move(name)] = std::move(value); }
    /// Empty when absent.
    [[nodiscard]] std::string_view text(std::string_view name) const
    {
        const auto it = values_.find(name);
        return it == values_.end() ? std::string_view{} : std::string_view(it->second);
    }
    /// 0 when absent: give the setting a fallback. The host has checked the range declared in the spec.
    [[nodiscard]] std::int64_t integer(std::string_view name) const
    {
        std::int64_t value = 0;
        const std::string_view digits = text(name);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? value : 0;
    }
    [[nodiscard]] bool boolean(std::string_view name) const { return text(name) == "true"; }
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return values_; }

    friend bool operator==(const Settings&, const Settings&) = default;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace lienthong::sdk
