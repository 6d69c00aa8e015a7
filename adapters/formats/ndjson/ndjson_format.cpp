// Format "ndjson": the reader of "json", line by line.
#include "adapters/formats/ndjson/ndjson_format.hpp"

#include "adapters/formats/json/json_reader.hpp"
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

bool is_blank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// Reads one line after the other into the list of them.
class Lines
{
public:
    Lines(Tree& tree, NodeId list, const FormatLimits& limits) : tree_(tree), list_(list), reader_(tree, limits, 0) {}

    /// The next line of the document. A problem is one of the whole document.
    std::optional<Problem> append(std::string_view line, std::uint32_t base)
    {
        ++number_;
        if (is_blank(line))
            return std::nullopt;
        const Tree::Standing before = tree_.standing(list_);
        const auto record = static_cast<NodeId>(tree_.size());
        auto fault = line.starts_with(byte_order_mark) ? begins_with_mark() : reader_.append(line, list_, base);
        if (fault) {
            Problem problem = placed(std::move(*fault), line);
            if (problem.code == "format.too_many_nodes")
                return problem;
            tree_.return_to(before);
            tree_.append(list_, NodeKind::null, {}, base);
            tree_.set_end(record, base + static_cast<std::uint32_t>(line.size()));
            tree_.set_fault(record, std::move(problem));
        }
        tree_.set_mark(record, tree_.keep(LineColumn{.line = number_}.text()));
        return std::nullopt;
    }

private:
    static std::optional<JsonFault> begins_with_mark()
    {
        Problem problem;
        problem.code = "format.bom";
        problem.detail = "the line begins with a byte order mark";
        return JsonFault{std::move(problem), 0};
    }

    /// A text holds no line feed that is no fault, so the fault stands in this very line.
    [[nodiscard]] Problem placed(JsonFault fault, std::string_view line) const
    {
        LineColumn at{.line = number_};
        at.pass(line.substr(0, std::min(fault.offset, line.size())));
        fault.problem.place = at.text();
        return std::move(fault.problem);
    }

    Tree& tree_;
    NodeId list_;
    JsonReader reader_;
    std::size_t number_ = 0;
};

}  // namespace

Result<Tree> NdjsonFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    Tree tree;
    const std::string_view document = tree.keep_document(bytes);
    tree.reserve(most_json_nodes(document, limits));
    Lines lines(tree, tree.append(no_node, NodeKind::array, {}, 0), limits);
    for (std::size_t at = 0; at < document.size();) {
        const std::size_t end = std::min(document.find('\n', at), document.size());
        if (auto problem = lines.append(document.substr(at, end - at), static_cast<std::uint32_t>(at)))
            return *std::move(problem);
        at = end + 1;
    }
    tree.set_end(root_node, static_cast<std::uint32_t>(document.size()));
    return tree;
}

}  // namespace lienthong::adapters
