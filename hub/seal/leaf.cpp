// The four kinds of leaf, to canonical text and back.
#include "hub/seal/leaf.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/json_value.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace lienthong::seal {
namespace {

// In the order of LeafContent.
constexpr std::array<std::string_view, 4> kinds = {"submission", "settlement", "key", "configuration"};
constexpr std::array<std::string_view, 4> key_events = {"announced", "active", "retired", "compromised"};

JsonValue number(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

JsonValue::Object members_of(const SubmissionLeaf& leaf)
{
    JsonValue::Object out = {{"accepted", number(leaf.accepted)},
            {"accepted_root", to_hex(leaf.accepted_root)},
            {"applied_at", to_text(leaf.applied_at)},
            {"catalogue", leaf.catalogue},
            {"connector", leaf.connector},
            {"flow", leaf.flow},
            {"mapping", leaf.mapping},
            {"message", leaf.message},
            {"payload_sha256", leaf.payload_sha256},
            {"received_at", to_text(leaf.received_at)},
            {"records", number(leaf.records)},
            {"sender", leaf.sender},
            {"verdicts_root", to_hex(leaf.verdicts_root)}};
    if (!leaf.report.empty())
        out.push_back({"report", leaf.report});
    return out;
}

JsonValue::Object members_of(const SettlementLeaf& leaf)
{
    return {{"agency", leaf.agency}, {"at", to_text(leaf.at)},
            {"by", leaf.by},         {"figure", leaf.figure},
            {"over", JsonValue::Array(leaf.over.begin(), leaf.over.end())},
            {"reason", leaf.reason}};
}

JsonValue::Object members_of(const KeyLeaf& leaf)
{
    return {{"at", to_text(leaf.at)}, {"event", std::string(to_text(leaf.event))},
            {"key", leaf.key},        {"reason", leaf.reason},
            {"use", leaf.use}};
}

JsonValue::Object members_of(const ConfigurationLeaf& leaf)
{
    return {{"at", to_text(leaf.at)}, {"by", leaf.by}, {"digest", leaf.digest}, {"what", leaf.what}};
}

Time read_time(JsonMembers& members, std::string_view name)
{
    const std::string text = members.text(name);
    const auto time = time_from(text);
    if (!time || to_text(*time) != text)
        members.complain(name, "a moment as \"2025-04-10T09:12:03.482+07:00\"");
    return time.value_or(Time{});
}

Hash read_hash(JsonMembers& members, std::string_view name)
{
    const auto hash = from_hex(members.text(name));
    if (!hash || hash->size() != hash_bytes)
        members.complain(name, "64 lower-case hex digits");
    return hash.value_or(Hash{});
}

SubmissionLeaf read_submission(JsonMembers& members)
{
    SubmissionLeaf leaf;
    leaf.accepted = members.count("accepted");
    leaf.accepted_root = read_hash(members, "accepted_root");
    leaf.applied_at = read_time(members, "applied_at");
    leaf.catalogue = members.text("catalogue");
    leaf.connector = members.text("connector");
    leaf.flow = members.text("flow");
    leaf.mapping = members.text("mapping");
    leaf.message = members.integer("message");
    leaf.payload_sha256 = to_hex(read_hash(members, "payload_sha256"));
    leaf.received_at = read_time(members, "received_at");
    leaf.records = members.count("records");
    if (members.has("report")) {
        leaf.report = members.text("report");
        if (leaf.report.empty())
            members.complain("report", "a report, or no such member");
    }
    leaf.sender = members.text("sender");
    leaf.verdicts_root = read_hash(members, "verdicts_root");
    return leaf;
}

SettlementLeaf read_settlement(JsonMembers& members)
{
    SettlementLeaf leaf;
    leaf.agency = members.text("agency");
    leaf.at = read_time(members, "at");
    leaf.by = members.text("by");
    leaf.figure = members.text("figure");
    const JsonValue over = members.value("over");
    if (const auto* revisions = std::get_if<JsonValue::Array>(&over.held))
        for (const JsonValue& revision : *revisions)
            if (const auto* id = std::get_if<std::int64_t>(&revision.held))
                leaf.over.push_back(*id);
            else
                members.complain("over", "a list of revision numbers");
    else
        members.complain("over", "a list of revision numbers");
    if (std::adjacent_find(leaf.over.begin(), leaf.over.end(), std::greater_equal<>()) != leaf.over.end())
        members.complain("over", "ascending revision numbers");
    leaf.reason = members.text("reason");
    return leaf;
}

KeyLeaf read_key(JsonMembers& members)
{
    KeyLeaf leaf;
    leaf.at = read_time(members, "at");
    const std::string event = members.text("event");
    std::size_t position = 0;
    while (position < key_events.size() && key_events[position] != event)
        ++position;
    if (position == key_events.size())
        members.complain("event", "announced, active, retired or compromised");
    else
        leaf.event = static_cast<KeyEvent>(position);
    leaf.key = members.text("key");
    leaf.reason = members.text("reason");
    leaf.use = members.text("use");
    return leaf;
}

ConfigurationLeaf read_configuration(JsonMembers& members)
{
    ConfigurationLeaf leaf;
    leaf.at = read_time(members, "at");
    leaf.by = members.text("by");
    leaf.digest = members.text("digest");
    leaf.what = members.text("what");
    return leaf;
}

}  // namespace

std::string_view to_text(KeyEvent event)
{
    return key_events.at(static_cast<std::size_t>(event));
}

std::string_view kind_of(const LeafContent& leaf)
{
    return kinds.at(leaf.index());
}

Time time_of(const LeafContent& leaf)
{
    if (const auto* submission = std::get_if<SubmissionLeaf>(&leaf))
        return submission->applied_at;
    if (const auto* settlement = std::get_if<SettlementLeaf>(&leaf))
        return settlement->at;
    if (const auto* key = std::get_if<KeyLeaf>(&leaf))
        return key->at;
    return std::get<ConfigurationLeaf>(leaf).at;
}

std::string canonical(const LeafContent& leaf)
{
    JsonValue::Object members = std::visit([](const auto& content) { return members_of(content); }, leaf);
    members.push_back({"kind", std::string(kind_of(leaf))});
    members.push_back({"v", std::int64_t{1}});
    return to_canonical(std::move(members));
}

Result<LeafContent> leaf_from_canonical(std::string_view text)
{
    Result<JsonValue> value = from_canonical(text);
    if (!value)
        return value.problem();
    JsonMembers members(std::move(*value));
    if (members.integer("v") != 1)
        members.complain("v", "1");
    const std::string kind = members.text("kind");
    LeafContent leaf;
    if (kind == "submission")
        leaf = read_submission(members);
    else if (kind == "settlement")
        leaf = read_settlement(members);
    else if (kind == "key")
        leaf = read_key(members);
    else if (kind == "configuration")
        leaf = read_configuration(members);
    else
        members.complain("kind", "submission, settlement, key or configuration");
    if (Result<void> all = members.finish(); !all)
        return all.problem();
    return leaf;
}

}  // namespace lienthong::seal
