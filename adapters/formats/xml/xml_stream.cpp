// The text around the records first, then batches of them in their places.
#include "adapters/formats/xml/xml_stream.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xml/xml_builder.hpp"
#include "adapters/formats/xml/xml_cutter.hpp"

#include <map>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

class Streaming
{
public:
    Streaming(const XmlRecordPath& records, const FormatLimits& limits, const StreamTarget& target)
        : records_(records), limits_(limits), target_(target)
    {
    }

    std::optional<Problem> read_around(ByteSource& source)
    {
        XmlCutter cutter(records_, limits_, {});
        std::size_t bytes = 0;
        for (std::string_view piece = source.next(); !piece.empty() && !cutter.is_broken(); piece = source.next()) {
            bytes += piece.size();
            if (bytes > limits_.bytes)
                return too_many_bytes(limits_);
            if (auto problem = cutter.feed(piece))
                return problem;
        }
        if (auto problem = cutter.finish())
            return problem;
        const ContextText& context = cutter.context();
        if (context.text().size() > limits_.held_bytes)
            return too_much_held("what stands around the records", limits_.held_bytes, {});
        if (const auto built = build_xml(context.text(), limits_, {.tree = tree_}); !built)
            return context.of_document(built.problem());
        for (NodeId id = 0; id < tree_.size(); ++id)
            if (tree_.node(id).kind == NodeKind::element)
                elements_.push_back(id);
        return std::nullopt;
    }

    std::optional<Problem> read_records(ByteSource& source)
    {
        if (auto problem = target_.begin(tree_))
            return problem;
        XmlCutter cutter(records_, limits_, [this](const XmlBatch& batch) { return read_batch(batch); });
        for (std::string_view piece = source.next(); !piece.empty() && !target_.is_done(); piece = source.next())
            if (auto problem = cutter.feed(piece))
                return problem;
        return cutter.finish();
    }

private:
    std::optional<Problem> read_batch(const XmlBatch& batch)
    {
        const NodeId element = elements_.at(batch.element);
        if (element != element_) {
            element_ = element;
            positions_.clear();
            place_ = tree_.place(element) + "/";
        }
        const Tree::Standing before = tree_.standing(element);
        batch.bytes += batch.end_tags;
        if (const auto built = build_xml(batch.bytes, limits_, {.tree = tree_, .parent = element, .outer = batch.outer}); !built)
            return moved(built.problem(), batch.at, batch.outer_columns);
        nodes_ += tree_.size() - before.nodes;
        if (nodes_ > limits_.nodes) {
            Problem problem;
            problem.code = "format.too_many_nodes";
            problem.detail = "more than " + std::to_string(limits_.nodes) + " elements and attributes";
            problem.place = batch.at.text();
            return problem;
        }
        for (auto id = static_cast<NodeId>(before.nodes); id != no_node && !target_.is_done(); id = tree_.node(id).next) {
            const std::size_t position = ++positions_[std::string(tree_.node(id).name)];
            tree_.set_mark(id, tree_.keep(place_ + std::string(tree_.node(id).name) + "[" + std::to_string(position) + "]"));
            if (auto problem = target_.record(tree_, id))
                return problem;
        }
        tree_.return_to(before);
        return std::nullopt;
    }

    const XmlRecordPath& records_;
    const FormatLimits& limits_;
    const StreamTarget& target_;
    Tree tree_;
    std::vector<NodeId> elements_;
    NodeId element_ = no_node;
    std::map<std::string, std::size_t> positions_;
    std::string place_;
    std::size_t nodes_ = 0;
};

}  // namespace

Result<void> stream_xml(ByteSource& source, const XmlRecordPath& records, const FormatLimits& limits, const StreamTarget& target)
{
    Streaming streaming(records, limits, target);
    if (auto problem = streaming.read_around(source))
        return *std::move(problem);
    source.rewind();
    if (auto problem = streaming.read_records(source))
        return *std::move(problem);
    return {};
}

}  // namespace lienthong::adapters
