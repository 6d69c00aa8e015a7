/// PacketWriter: says one of the hub's packets in the partner's words. A packet the profile does not allow is not written at all.
#pragma once

#include "plugins/nrs/packet_values.hpp"

#include <string>
#include <utility>
#include <vector>

namespace nrs {

/// An object being written: members in the order they were first put.
class Members
{
public:
    void put(const Path& path, std::string json, std::size_t step = 0)
    {
        Members& member = child(path[step]);
        if (step + 1 == path.size())
            member.json_ = std::move(json);
        else
            member.put(path, std::move(json), step + 1);
    }
    [[nodiscard]] std::string text() const
    {
        if (children_.empty())
            return json_.empty() ? "{}" : json_;
        std::string out = "{";
        for (const auto& [name, member] : children_)
            out += (out.size() > 1 ? "," : "") + quoted(name) + ':' + member.text();
        return out + '}';
    }

private:
    Members& child(const std::string& name)
    {
        for (auto& [known, member] : children_)
            if (known == name)
                return member;
        return children_.emplace_back(name, Members{}).second;
    }
    std::vector<std::pair<std::string, Members>> children_;
    std::string json_;
};

/// Stands in PacketWriter::again() where the earlier packet's identity goes; no JSON text can hold it.
inline constexpr char earlier_goes_here = '\x01';

class PacketWriter
{
public:
    PacketWriter(const Profile& profile, const Kind& kind, TreeView packet) : profile_(profile), kind_(kind)
    {
        first_ = written(packet, false);
        const bool linked = kind.field("replaces", false) != nullptr;
        if (linked && why_not_.empty())
            again_ = written(packet, true);
    }

    [[nodiscard]] const std::string& first() const { return first_; }
    /// The same as one that takes the place of an earlier packet; empty when the profile does not know how to say so.
    [[nodiscard]] const std::string& again() const { return again_; }
    /// Why the packet cannot be written; empty when it was.
    [[nodiscard]] const std::string& why_not() const { return why_not_; }

private:
    std::string written(TreeView packet, bool again)
    {
        Members out;
        if (!profile_.notice.first.empty())
            out.put({profile_.notice.first}, quoted(profile_.notice.second));
        fill(out, packet, false, again, "the packet");
        std::string rows = "[";
        std::size_t number = 0;
        for (TreeView row = packet.child("rows").first(); row; row = row.next()) {
            const std::string place = "row " + std::to_string(++number);
            Members members;
            check_belongs(row, packet, place);
            fill(members, row, true, again, place);
            rows += (rows.size() > 1 ? "," : "") + members.text();
        }
        if (number == 0 && why_not_.empty())
            why_not_ = "the packet has no row";
        out.put(kind_.rows, rows + ']');
        return out.text();
    }

    /// What the packet says once for all its rows must be so of each: a row of another month would be told as this one's.
    void check_belongs(TreeView row, TreeView packet, const std::string& place)
    {
        for (const char* name : {"regime", "form", "period", "agency"}) {
            const std::string_view own = row.child(name).text(), shared = packet.child(name).text();
            if (why_not_.empty() && !own.empty() && own != shared && kind_.field(name, false) != nullptr &&
                kind_.field(name, true) == nullptr)
                why_not_ = place + " is of " + name + " '" + std::string(own) + "', the packet of '" + std::string(shared) +
                           "': a packet of this kind is of one only";
        }
    }

    void fill(Members& out, TreeView node, bool in_row, bool again, const std::string& place)
    {
        for (const Field& field : kind_.fields)
            if (field.in_row == in_row && why_not_.empty())
                if (std::string json = json_of(field, node, again, place); !json.empty())
                    out.put(field.path, std::move(json));
    }

    /// Empty where there is nothing to write.
    std::string json_of(const Field& field, TreeView node, bool again, const std::string& place)
    {
        if (!field.in_row && field.name == "kind")
            return quoted(kind_.word);
        if (!field.in_row && field.name == "submission")
            return word_or_nothing(again ? "submission.again" : "submission.first");
        if (!field.in_row && field.name == "replaces")
            return again ? std::string(1, '"') + earlier_goes_here + '"' : "";
        const TreeView value = node.child(field.name);
        const std::string told = place + " needs '" + field.name + "' (" + shown(field.path) + ")";
        if (!value || value.kind() == LIENTHONG_NODE_NULL || (value.text().empty() && field.required)) {
            if (field.required)
                why_not_ = told + ", which the render mapping did not give";
            return {};
        }
        if (field.type == "text" && value.kind() != LIENTHONG_NODE_TEXT)
            return std::string(value.source());
        const auto theirs = to_theirs(profile_, field.type, value.text());
        if (!theirs) {
            why_not_ = told + " as a " + field.type + ", and the profile has no word for '" + std::string(value.text()) + "'";
            return {};
        }
        return quoted(*theirs);
    }

    [[nodiscard]] std::string word_or_nothing(std::string_view key) const
    {
        return profile_.word(key).empty() ? std::string() : quoted(profile_.word(key));
    }

    const Profile& profile_;
    const Kind& kind_;
    std::string first_, again_, why_not_;
};

}  // namespace nrs
