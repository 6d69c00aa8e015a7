// Format "json" record by record: the text around the records first, then batches of them in their places.
#include "adapters/formats/json/json_cutter.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/json/json_reader.hpp"
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

class Streaming
{
public:
    Streaming(const RecordPath& records, const FormatLimits& limits, RecordSink& sink)
        : records_(records), limits_(limits), sink_(sink), reader_(tree_, limits, records.steps.size() - 1)
    {
    }

    std::optional<Problem> read_around(ByteSource& source)
    {
        JsonCutter cutter(records_, limits_, {});
        std::size_t bytes = 0;
        for (std::string_view piece = source.next(); !piece.empty() && !cutter.is_broken(); piece = source.next()) {
            if (bytes == 0 && piece.starts_with(byte_order_mark))
                return placed({.code = "format.bom", .detail = "the document begins with a byte order mark"}, piece, 0);
            bytes += piece.size();
            if (bytes > limits_.bytes)
                return too_large_by(limits_);
            if (auto problem = cutter.feed(piece))
                return problem;
        }
        cutter.finish();
        const std::string_view text = tree_.keep(cutter.context().text());
        if (auto fault = JsonReader(tree_, limits_, 0).append(text, no_node, 0))
            return cutter.context().of_document(placed(std::move(fault->problem), text, fault->offset));
        find_lists(cutter.lists());
        return std::nullopt;
    }

    std::optional<Problem> read_records(ByteSource& source)
    {
        sink_.begin(tree_);
        JsonCutter cutter(records_, limits_, [this](const JsonBatch& batch) { return read_batch(batch); });
        for (std::string_view piece = source.next(); !piece.empty() && !done_; piece = source.next())
            if (auto problem = cutter.feed(piece))
                return problem;
        return std::nullopt;
    }

private:
    static Problem too_large_by(const FormatLimits& limits)
    {
        Problem problem;
        problem.code = "format.too_large";
        problem.detail = "the document has more than " + std::to_string(limits.bytes) + " bytes";
        return problem;
    }

    /// The nodes of the lists, emptied of what stands in for their records.
    void find_lists(const std::vector<std::size_t>& numbers)
    {
        std::size_t opened = 0;
        for (NodeId id = 0; id < tree_.size() && lists_.size() < numbers.size(); ++id) {
            const NodeKind kind = tree_.node(id).kind;
            if (kind != NodeKind::array && kind != NodeKind::object)
                continue;
            if (opened++ == numbers[lists_.size()])
                lists_.push_back(id);
        }
        for (const NodeId list : lists_)
            tree_.clear_children(list);
        nodes_ = tree_.size() - lists_.size();
    }

    std::optional<Problem> read_batch(const JsonBatch& batch)
    {
        if (done_)
            return std::nullopt;
        const NodeId list = lists_.at(batch.list);
        const Tree::Standing before = tree_.standing(list);
        tree_.show_document(batch.bytes);
        if (auto fault = reader_.append_inside(batch.bytes, list, 0))
            return moved(placed(std::move(fault->problem), batch.bytes, fault->offset), batch.at, 1);
        nodes_ += tree_.size() - before.nodes;
        if (nodes_ > limits_.nodes)
            return placed_at({.code = "format.too_many_nodes",
                              .detail = "the document has more than " + std::to_string(limits_.nodes) + " values"},
                             batch.at);
        if (batch.first == 0)
            place_ = tree_.place(list) + "/";
        std::size_t position = batch.first;
        for (NodeId id = tree_.node(list).first_child; id != no_node && !done_; id = tree_.node(id).next) {
            tree_.set_mark(id, tree_.keep(place_ + std::to_string(position++)));
            done_ = !sink_.record(id);
        }
        tree_.return_to(before);
        return std::nullopt;
    }

    static Problem placed_at(Problem problem, const LineColumn& at)
    {
        problem.place = at.text();
        return problem;
    }

    const RecordPath& records_;
    const FormatLimits& limits_;
    RecordSink& sink_;
    Tree tree_;
    JsonReader reader_;
    std::vector<NodeId> lists_;
    std::string place_;
    std::size_t nodes_ = 0;
    bool done_ = false;
};

}  // namespace

Result<void> JsonFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    Streaming streaming(records, limits, sink);
    if (auto problem = streaming.read_around(source))
        return *std::move(problem);
    source.rewind();
    if (auto problem = streaming.read_records(source))
        return *std::move(problem);
    return {};
}

}  // namespace lienthong::adapters
