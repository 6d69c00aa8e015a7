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
        last_ = no_node;
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
        last_ = record;
        return std::nullopt;
    }

    /// What the last line became; no_node of a blank one.
    [[nodiscard]] NodeId last() const { return last_; }
    [[nodiscard]] std::size_t number() const { return number_; }

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
    NodeId last_ = no_node;
};

/// Line after line, each gone before the next.
class Streaming
{
public:
    Streaming(const FormatLimits& limits, RecordSink& sink)
        : limits_(limits), sink_(sink), list_(tree_.append(no_node, NodeKind::array, {}, 0)), lines_(tree_, list_, limits)
    {
        tree_.show_document({});
        sink_.begin(tree_);
    }

    std::optional<Problem> feed(std::string_view piece)
    {
        bytes_ += piece.size();
        if (bytes_ > limits_.bytes)
            return too_large("the document", limits_.bytes);
        for (std::size_t end = piece.find('\n'); end != std::string_view::npos && !done_; end = piece.find('\n')) {
            const std::string_view rest = piece.substr(0, end);
            auto problem = begun_.empty() ? take(rest) : take(begun_ += rest);
            if (problem)
                return problem;
            begun_.clear();
            piece.remove_prefix(end + 1);
        }
        begun_ += piece;
        return begun_.size() > limits_.held_bytes ? std::optional(too_large("a line", limits_.held_bytes)) : std::nullopt;
    }

    std::optional<Problem> finish() { return done_ ? std::nullopt : take(begun_); }
    [[nodiscard]] bool is_done() const { return done_; }

private:
    [[nodiscard]] Problem too_large(const char* what, std::size_t most) const
    {
        Problem problem;
        problem.code = "format.too_large";
        problem.detail = std::string(what) + " has more than " + std::to_string(most) + " bytes";
        problem.place = LineColumn{.line = lines_.number() + 1}.text();
        return problem;
    }

    std::optional<Problem> take(std::string_view line)
    {
        const Tree::Standing before = tree_.standing(list_);
        tree_.show_document(line);
        if (auto problem = lines_.append(line, 0))
            return problem;
        nodes_ += tree_.size() - before.nodes;
        if (nodes_ >= limits_.nodes)
            return too_many_values(limits_, {.line = lines_.number()});
        if (lines_.last() == no_node)
            return std::nullopt;
        done_ = !sink_.record(lines_.last());
        tree_.return_to(before);
        return std::nullopt;
    }

    const FormatLimits& limits_;
    RecordSink& sink_;
    Tree tree_;
    NodeId list_;
    Lines lines_;
    std::string begun_;
    std::size_t bytes_ = 0, nodes_ = 0;
    bool done_ = false;
};

}  // namespace

Result<void> NdjsonFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                  RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    Streaming streaming(limits, sink);
    for (std::string_view piece = source.next(); !piece.empty() && !streaming.is_done(); piece = source.next())
        if (auto problem = streaming.feed(piece))
            return *std::move(problem);
    if (auto problem = streaming.finish())
        return *std::move(problem);
    return {};
}

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
