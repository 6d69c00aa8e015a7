// Marks what the paths of a mapping select in each record, and gathers the rest by its own path.
#include "hub/workshop/unread.hpp"

#include "hub/mapping/document_text.hpp"
#include "hub/mapping/program.hpp"
#include "hub/mapping/walk.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

namespace lienthong::workshop {
namespace {

constexpr std::size_t most_value_bytes = 60;

/// A step as the language writes it: in backquotes where the name is more than letters and digits.
std::string step_of(const Tree::Node& node)
{
    if (node.name.empty())
        return "*";
    const bool plain = std::all_of(node.name.begin(), node.name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
               static_cast<unsigned char>(c) >= 0x80U;
    });
    const std::string name = plain ? std::string(node.name) : "`" + std::string(node.name) + "`";
    return (node.kind == NodeKind::attribute ? "@" : "") + name;
}

/// Members and attributes by which a workbook's cell says again what its value is.
bool says_again(const mapping::Mapping& mapping, std::string_view name)
{
    return mapping.layout().cells && (name == "raw" || name == "kind");
}

class Gathering
{
public:
    Gathering(const mapping::Mapping& mapping, const Tree& tree) : mapping_(mapping), tree_(tree), read_(tree.size()) {}

    void mark(const std::vector<NodeId>& records)
    {
        const mapping::Mapping::Program& program = mapping_.program();
        for (std::size_t i = 0; i < program.paths.size(); ++i)
            if (i != program.records)
                for (const NodeId record : records) {
                    std::uint64_t steps = mapping::steps_of_record;
                    for (const NodeId node : mapping::Walk(tree_, steps).all(program.paths[i], record))
                        read_[node] = true;
                    if (program.paths[i].from_root)
                        break;  // The same for every record.
                }
    }

    void gather(NodeId record) { below(record, ""); }

    std::vector<UnreadField> take()
    {
        std::vector<UnreadField> out;
        for (Field& field : fields_)
            out.push_back({.path = std::move(field.path), .different = field.seen.size(), .values = std::move(field.values)});
        for (UnreadField& field : out)
            if (field.different > most_breakdown_values)
                field.values.clear();
        std::stable_partition(out.begin(), out.end(), [](const UnreadField& field) { return field.may_be_breakdown(); });
        return out;
    }

private:
    struct Field
    {
        std::string path;
        std::set<std::string_view> seen{};
        std::vector<std::string> values{};
    };

    void below(NodeId id, const std::string& path)
    {
        const Tree::Node& node = tree_.node(id);
        if (node.kind == NodeKind::object || node.kind == NodeKind::array || node.kind == NodeKind::element)
            for (NodeId child = node.first_child; child != no_node; child = tree_.node(child).next)
                if (!says_again(mapping_, tree_.node(child).name))
                    below(child, path.empty() ? step_of(tree_.node(child)) : path + "/" + step_of(tree_.node(child)));
        const std::string_view text = node.kind == NodeKind::null ? std::string_view{} : mapping::without_blanks(node.text);
        const bool holds_others = node.kind == NodeKind::object || node.kind == NodeKind::array ||
                                  (node.kind == NodeKind::element && text.empty() && node.first_child != no_node);
        if (!holds_others && !read_[id])
            add(path.empty() ? "." : path, text);
    }

    void add(const std::string& path, std::string_view text)
    {
        const auto [at, fresh] = by_path_.try_emplace(path, fields_.size());
        if (fresh)
            fields_.push_back({.path = path});
        Field& field = fields_[at->second];
        if (!text.empty() && field.seen.insert(text).second && field.values.size() < most_breakdown_values)
            field.values.push_back(shortened(text, most_value_bytes));
    }

    const mapping::Mapping& mapping_;
    const Tree& tree_;
    std::vector<bool> read_;
    std::vector<Field> fields_;
    std::unordered_map<std::string, std::size_t> by_path_;
};

}  // namespace

std::vector<UnreadField> unread_fields(const mapping::Mapping& mapping, const Tree& tree, const std::vector<NodeId>& records)
{
    Gathering gathering(mapping, tree);
    gathering.mark(records);
    for (const NodeId record : records)
        if (tree.fault(record) == nullptr)
            gathering.gather(record);
    return gathering.take();
}

}  // namespace lienthong::workshop
