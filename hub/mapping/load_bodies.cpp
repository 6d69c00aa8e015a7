// The bodies of a mapping file: what an observation, a fact and a packet are made of.
#include "hub/mapping/keys.hpp"
#include "hub/mapping/load.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

std::vector<std::string> field_names()
{
    std::vector<std::string> names;
    for (const FieldKey& field : field_keys)
        names.emplace_back(field.name);
    return names;
}

std::vector<std::string> entry_keys()
{
    std::vector<std::string> keys = field_names();
    keys.emplace_back("when");
    return keys;
}

}  // namespace

std::string_view to_text(Field field)
{
    return field_keys.at(static_cast<std::size_t>(field)).name;
}

void Loader::read_observe(const yaml::Node& root)
{
    const yaml::Node* observe = root.find("observe");
    const yaml::Node* common = root.find("common");
    if (common != nullptr && (observe == nullptr || observe->kind != yaml::Kind::sequence))
        checker_.report("mapping.key_unknown", root.find_key("common")->offset,
                        "common is shared by the entries of a list, observe is none", "common", "its fields in observe");
    if (observe == nullptr)
        return;
    std::vector<ExpressionId> shared(field_count, no_expression);
    if (common != nullptr && is_map(*common, "common")) {
        known_keys(*common, field_names(), "common");
        for (std::size_t i = 0; i < field_count; ++i)
            if (const yaml::Node* value = common->find(field_keys[i].name))
                shared[i] = checker_.expression(*value, {.subject = std::string(field_keys[i].name), .type = field_keys[i].type});
    }
    if (observe->kind == yaml::Kind::sequence && !observe->values.empty())
        for (const yaml::Node& entry : observe->values)
            program_->entries.push_back(read_entry(entry, entry.offset, common, shared));
    else
        program_->entries.push_back(read_entry(*observe, root.find_key("observe")->offset, nullptr, shared));
}

Entry Loader::read_entry(const yaml::Node& node, std::size_t offset, const yaml::Node* common, std::vector<ExpressionId>& shared)
{
    Entry out;
    out.fields.fill(no_expression);
    out.file = static_cast<std::uint16_t>(source_.number_of(node.offset));
    out.line = source_.line(node.offset);
    if (!is_map(node, "observe"))
        return out;
    known_keys(node, entry_keys(), "an observation");
    for (std::size_t i = 0; i < field_count; ++i) {
        if (const yaml::Node* value = node.find(field_keys[i].name))
            out.fields[i] = checker_.expression(*value, {.subject = std::string(field_keys[i].name), .type = field_keys[i].type});
        else if (common != nullptr && common->find(field_keys[i].name) != nullptr)
            out.fields[i] = shared[i];
        else if (!field_keys[i].example.empty())
            missing_key(offset, field_keys[i].name, "the observation", field_keys[i].example);
    }
    if (const yaml::Node* when = node.find("when"))
        out.when = checker_.expression(*when, {.subject = "when", .type = Type::condition});
    return out;
}

void Loader::read_fact(const yaml::Node& root)
{
    const yaml::Node* fact = root.find("fact");
    if (fact == nullptr) {
        for (const char* key : {"key", "set"})
            if (const yaml::Node* node = root.find_key(key))
                checker_.report("mapping.key_unknown", node->offset,
                                "'" + std::string(key) + "' belongs to a fact, and there is none", key,
                                "fact: with the kind of the event");
        return;
    }
    FactFields out;
    if (const yaml::Node* kind = needed(root, fact->offset, "fact", "the mapping", "dossier")) {
        out.kind = kind->text;
        for (char c : out.kind)
            if (!((c >= 'a' && c <= 'z') || c == '_')) {
                checker_.report("mapping.name", kind->offset, "this is no kind of a fact", out.kind, "small letters and '_'");
                break;
            }
    }
    if (const yaml::Node* key = needed(root, root.find_key("fact")->offset, "key", "a fact", "MaHoSo"))
        out.key = checker_.expression(*key, {.subject = "key", .type = Type::text});
    if (const yaml::Node* set = root.find("set"); set != nullptr && is_map(*set, "set"))
        for (std::size_t i = 0; i < set->keys.size(); ++i)
            out.fields.emplace_back(set->keys[i].text, checker_.expression(set->values[i], {.subject = "set." + set->keys[i].text,
                                                                                            .fit = Want::Fit::printable}));
    program_->fact = std::move(out);
}

void Loader::read_needs(const yaml::Node& root)
{
    const yaml::Node* needs = root.find("needs");
    if (needs == nullptr)
        return;
    const bool has_members = program_->packet && program_->packet->kind == Template::Kind::object;
    if (!has_members) {
        checker_.report("mapping.key_unknown", root.find_key("needs")->offset, "'needs' names members of a packet, and there are none", "needs",
                        "render: with the members of the packet");
        return;
    }
    program_->packet_needs = read_texts(*needs, "needs");
    const std::vector<std::string>& members = program_->packet->names;
    for (const std::string& name : program_->packet_needs)
        if (std::find(members.begin(), members.end(), name) == members.end())
            checker_.report("mapping.key_unknown", needs->offset, "the packet has no member '" + name + "'", name,
                            Checker::suggestion(name, members));
}

Template Loader::read_template(const yaml::Node& node, const std::string& subject)
{
    Template out;
    if (node.kind == yaml::Kind::map && node.find("each") != nullptr)
        return read_each(node, subject);
    if (node.kind == yaml::Kind::map || node.kind == yaml::Kind::sequence) {
        out.kind = node.kind == yaml::Kind::map ? Template::Kind::object : Template::Kind::list;
        for (std::size_t i = 0; i < node.values.size(); ++i) {
            const std::string name = node.kind == yaml::Kind::map ? node.keys[i].text : std::to_string(i);
            if (node.kind == yaml::Kind::map)
                out.names.push_back(name);
            out.children.push_back(read_template(node.values[i], subject + "." + name));
        }
        return out;
    }
    out.value = checker_.expression(node, {.subject = subject, .fit = Want::Fit::printable});
    return out;
}

Template Loader::read_each(const yaml::Node& node, const std::string& subject)
{
    Template out{.kind = Template::Kind::each};
    known_keys(node, {"each", "where", "item"}, "each");
    out.path = checker_.path(*node.find("each"));
    if (const yaml::Node* where = node.find("where"))
        out.where = checker_.expression(*where, {.subject = subject + ".where", .type = Type::condition});
    if (const yaml::Node* item = node.find("item"))
        out.children.push_back(read_template(*item, subject + ".item"));
    else
        missing_key(node.offset, "item", "each", "the template of one item");
    return out;
}

}  // namespace lienthong::mapping
