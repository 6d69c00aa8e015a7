// What a run of a case should leave in its folder.
#include "tests/golden/expectation.hpp"

#include "hub/model/json_text.hpp"
#include "hub/seal/digest.hpp"

#include <array>
#include <fstream>
#include <regex>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> arrivals = {"fresh", "duplicate", "conflict"};
constexpr std::array<const char*, 5> classes = {"transient", "auth", "permanent", "throttled", "unknown"};
constexpr std::array<const char*, 4> deliveries = {"delivered", "refused", "not_delivered", "unknown"};

template <class Enum, std::size_t Size>
std::string_view name_of(const std::array<const char*, Size>& names, Enum value)
{
    return names.at(static_cast<std::size_t>(value));
}

/// One member or item a line, so that a difference is a line.
std::string indented(std::string_view compact)
{
    std::string out;
    std::size_t level = 0;
    bool in_text = false;
    const auto new_line = [&] { out += "\n" + std::string(2 * level, ' '); };
    for (std::size_t i = 0; i < compact.size(); ++i) {
        const char c = compact[i];
        if (in_text) {
            out += c;
            if (c == '\\')
                out += compact[++i];
            else if (c == '"')
                in_text = false;
            continue;
        }
        if (c == '}' || c == ']') {
            --level;
            new_line();
        }
        out += c;
        in_text = c == '"';
        if (c == ':')
            out += ' ';
        if (c == ',')
            new_line();
        if (c == '{' || c == '[') {
            if (compact[i + 1] == '}' || compact[i + 1] == ']') {
                out += compact[++i];
                continue;
            }
            ++level;
            new_line();
        }
    }
    return out + "\n";
}

std::string extension_of(const sdk::Payload& payload)
{
    if (payload.content_type.find("json") != std::string::npos)
        return "json";
    return payload.content_type.find("xml") != std::string::npos ? "xml" : "bin";
}

std::string payload_file(const sdk::Payload& payload, std::size_t number)
{
    return std::to_string(number) + ".payload." + extension_of(payload);
}

void write_payloads(JsonWriter& out, const Record& record)
{
    out.key("payloads").begin_array();
    for (std::size_t i = 0; i < record.payloads.size(); ++i) {
        const sdk::Payload& payload = record.payloads[i];
        out.begin_object().member("file", payload_file(payload, i + 1)).member("source_id", payload.source_id);
        out.member("content_type", payload.content_type).member("sender", payload.sender);
        out.member("attributes", payload.attributes).member("keep_reply", payload.keep_reply).end_object();
    }
    out.end_array().key("set_aside").begin_array();
    for (const sdk::SetAside& item : record.set_aside) {
        out.begin_object().member("source_id", item.source_id).member("why", item.why);
        out.member("bytes", static_cast<std::int64_t>(item.bytes.size()))
            .member("sha256", seal::sha256_hex(item.bytes))
            .end_object();
    }
    out.end_array();
}

void write_journaled(JsonWriter& out, const Record& record)
{
    out.key("cursors").begin_array();
    for (const std::string& cursor : record.cursors)
        out.text(cursor);
    out.end_array().key("journaled").begin_array();
    for (const Record::Acknowledged& one : record.acknowledged) {
        out.begin_object().member("what", one.what).member("arrived", name_of(arrivals, one.arrived));
        out.member("acknowledging_requests", static_cast<std::int64_t>(one.requests)).end_object();
    }
    out.end_array();
}

void write_failures(JsonWriter& out, const Record& record)
{
    out.key("credentials").begin_array();
    for (const std::string& name : record.credentials)
        out.text(name);
    out.end_array().key("failures").begin_array();
    for (const Record::Failed& failed : record.failures) {
        out.begin_object().member("after_request", static_cast<std::int64_t>(failed.after));
        out.member("class", name_of(classes, failed.failure.kind)).member("code", failed.failure.code);
        out.member("detail", failed.failure.detail).member("credential", failed.failure.credential);
        out.member("retry_after_millis", static_cast<std::int64_t>(failed.failure.retry_after_millis)).end_object();
    }
    out.end_array();
}

bool is_generated(const std::string& name)
{
    static const std::regex pattern(R"([0-9]+\.(request\.txt|payload\.(json|xml|bin))|expected\.json)");
    return std::regex_match(name, pattern);
}

}  // namespace

std::string summary(const Record& record)
{
    JsonWriter out;
    out.begin_object().member("requests", static_cast<std::int64_t>(record.asked.size()));
    write_payloads(out, record);
    write_journaled(out, record);
    write_failures(out, record);
    if (!record.names.empty()) {
        out.key("names").begin_array();
        for (const sdk::GivenName& given : record.names)
            out.begin_object().member("key", given.key).member("name", given.name).end_object();
        out.end_array();
    }
    if (record.delivery) {
        out.key("delivery").begin_object().member("outcome", name_of(deliveries, record.delivery->outcome));
        out.member("receipt", record.delivery->receipt).member("detail", record.delivery->detail).end_object();
    }
    if (record.inventory) {
        out.key("inventory").begin_object().key("listed").begin_array();
        for (const sdk::ListedItem& item : record.inventory->listed)
            out.begin_object().member("id", item.id).member("fact", item.fact).member("digest", item.digest).member("standing", item.standing).end_object();
        out.end_array().key("counted").begin_array();
        for (const sdk::CountedItem& item : record.inventory->counted) {
            out.begin_object().member("prefix", item.prefix).member("fact", item.fact).member("count", static_cast<std::int64_t>(item.count));
            if (!item.field.empty())
                out.member("field", item.field).member("sum", item.sum);
            out.end_object();
        }
        out.end_array().key("covers").begin_array();
        for (const std::string& prefix : record.inventory->covers)
            out.text(prefix);
        out.end_array().end_object();
    }
    if (record.response) {
        out.key("response").begin_object().member("status", static_cast<std::int64_t>(record.response->status));
        out.member("content_type", record.response->content_type).member("body", record.response->body).end_object();
    }
    return indented(out.end_object().take());
}

Files files_of(const Record& record)
{
    Files files;
    for (std::size_t i = 0; i < record.asked.size(); ++i)
        files[std::to_string(i + 1) + ".request.txt"] = record.asked[i];
    for (std::size_t i = 0; i < record.payloads.size(); ++i)
        files[payload_file(record.payloads[i], i + 1)] = record.payloads[i].bytes;
    files["expected.json"] = summary(record);
    return files;
}

Files generated_files_in(const fs::path& directory)
{
    Files files;
    for (const auto& entry : fs::directory_iterator(directory))
        if (is_generated(entry.path().filename().string()))
            files[entry.path().filename().string()] = read_file(entry.path());
    return files;
}

std::string differences(const Files& expected, const Files& actual)
{
    std::string out;
    for (const auto& [name, bytes] : actual) {
        const auto it = expected.find(name);
        if (it == expected.end())
            out += name + " is missing from the folder; the connector made:\n" + bytes + "\n";
        else if (it->second != bytes)
            out += name + " differs. Expected:\n" + it->second + "\nFound:\n" + bytes + "\n";
    }
    for (const auto& [name, bytes] : expected)
        if (actual.count(name) == 0)
            out += name + " stands in the folder, but the connector made no such thing\n";
    return out;
}

void rewrite(const fs::path& directory, const Files& files)
{
    for (const auto& [name, bytes] : generated_files_in(directory))
        if (files.count(name) == 0)
            fs::remove(directory / name);
    for (const auto& [name, bytes] : files)
        std::ofstream(directory / name, std::ios::binary) << bytes;
}

}  // namespace lienthong::golden
