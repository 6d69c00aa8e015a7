/// ItemReader: one item of a list the partner gave, in the hub's words; or why it cannot be said in them.
#pragma once

#include "plugins/nrs/packet_values.hpp"

#include <map>
#include <string>

namespace nrs {

class ItemReader
{
public:
    ItemReader(const Profile& profile, const Kind& kind, TreeView item)
    {
        for (const Field& field : kind.fields) {
            if (!field.in_row)
                continue;
            const std::string theirs = text_at(item, field.path);
            if (theirs.empty()) {
                if (field.required && damage_.empty())
                    damage_ = "'" + field.name + "' (" + shown(field.path) + ") is missing";
                continue;
            }
            auto ours = to_ours(profile, field.type, theirs);
            if (ours) {
                json_ += (json_.empty() ? "" : ",") + quoted(field.name) + ':' + quoted(*ours);
                values_[field.name] = std::move(*ours);
            } else if (damage_.empty()) {
                damage_ = "'" + field.name + "' (" + shown(field.path) + ") is no " + field.type + " of the profile: '" +
                          lienthong::sdk::excerpt(theirs, 80) + "'";
            }
        }
    }

    [[nodiscard]] std::string json() const { return '{' + json_ + '}'; }
    [[nodiscard]] const std::string& damage() const { return damage_; }
    /// Empty when absent.
    [[nodiscard]] std::string value(std::string_view name) const
    {
        const auto it = values_.find(name);
        return it == values_.end() ? std::string() : it->second;
    }

private:
    std::map<std::string, std::string, std::less<>> values_;
    std::string json_, damage_;
};

}  // namespace nrs
