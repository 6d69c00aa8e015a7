// The text around the records first, then batches of them in their places.
#include "adapters/formats/json/json_stream.hpp"

#include "adapters/formats/json/json_cutter.hpp"
#include "adapters/formats/json/json_reader.hpp"
#include "adapters/formats/json/key_set.hpp"
#include "adapters/formats/place/place.hpp"

#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

class Streaming
{
public:
    Streaming(const JsonRecordPath& records, const FormatLimits& limits, const StreamTarget& target)
        : records_(records), limits_(limits), target_(target), reader_(tree_, limits, records.levels.size())
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
                return too_many_bytes(limits_);
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
        if (auto problem = target_.begin(tree_))
            return problem;
        JsonCutter cutter(records_, limits_, [this](const JsonBatch& batch) { return read_batch(batch); });
        for (std::string_view piece = source.next(); !piece.empty() && !target_.is_done(); piece = source.next())
            if (auto problem = cutter.feed(piece))
                return problem;
        return std::nullopt;
    }

private:
    /// The nodes of the lists or objects, emptied of what stands in for their records.
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
        if (target_.is_done())
            return std::nullopt;
        const NodeId list = lists_.at(batch.list);
        const Tree::Standing before = tree_.standing(list);
        tree_.show_document(batch.bytes);
        if (auto fault = reader_.append_inside(batch.bytes, list, 0))
            return moved(placed(std::move(fault->problem), batch.bytes, fault->offset), batch.at, 1);
        nodes_ += tree_.size() - before.nodes;
        if (nodes_ > limits_.nodes)
            return too_many_values(limits_, batch.at);
        if (auto problem = records_.members ? tell_twice(batch, list) : std::nullopt)
            return problem;
        if (batch.first == 0)
            place_ = tree_.place(list) + "/";
        std::size_t position = batch.first;
        for (NodeId id = tree_.node(list).first_child; id != no_node && !target_.is_done(); id = tree_.node(id).next) {
            if (!records_.members)  // a member has its name to be placed by
                tree_.set_mark(id, tree_.keep(place_ + std::to_string(position++)));
            if (auto problem = target_.record(tree_, id))
                return problem;
        }
        tree_.return_to(before);
        return std::nullopt;
    }

    /// A name that a batch before had; two in one batch are the reader's to see.
    std::optional<Problem> tell_twice(const JsonBatch& batch, NodeId object)
    {
        if (batch.first == 0)
            names_.clear();
        for (NodeId id = tree_.node(object).first_child; id != no_node; id = tree_.node(id).next)
            if (!names_.add(tree_.node(id).name)) {
                JsonFault fault = duplicate_key(batch.bytes, tree_.node(id).offset, tree_.node(id).name);
                return moved(placed(std::move(fault.problem), batch.bytes, fault.offset), batch.at, 1);
            }
        return std::nullopt;
    }

    const JsonRecordPath& records_;
    const FormatLimits& limits_;
    const StreamTarget& target_;
    Tree tree_;
    JsonReader reader_;
    std::vector<NodeId> lists_;
    std::string place_;
    KeySet names_;
    std::size_t nodes_ = 0;
};

}  // namespace

Result<void> stream_json(ByteSource& source, const JsonRecordPath& records, const FormatLimits& limits, const StreamTarget& target)
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
