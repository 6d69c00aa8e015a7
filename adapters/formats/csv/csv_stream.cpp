// Format "csv" record by record: whole rows are cut off, read, handed over and let go.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/csv/csv_reader.hpp"
#include "adapters/formats/grid/tables.hpp"
#include "adapters/formats/place/place.hpp"
#include "adapters/formats/stream/context_text.hpp"
#include "adapters/formats/stream/row_cutter.hpp"
#include "hub/model/utf8.hpp"
#include "hub/text/detect.hpp"

#include <utility>

namespace lienthong::adapters {
namespace {

class Streaming
{
public:
    Streaming(const Layout& layout, const CsvRules& rules, const FormatLimits& limits, RecordSink& sink)
        : limits_(limits), sink_(sink), cutter_(layout.separator, limits.held_bytes), reader_(rules, tree_), table_(layout, limits, tree_)
    {
    }

    std::optional<Problem> feed(std::string_view piece)
    {
        bytes_ += piece.size();
        if (bytes_ > limits_.bytes)
            return too_many_bytes(limits_);
        if (auto problem = cutter_.feed(piece))
            return problem;
        return take(cutter_.rows());
    }

    std::optional<Problem> finish()
    {
        cutter_.finish();
        if (auto problem = take(cutter_.rows()))
            return problem;
        if (auto problem = reader_.finish())
            return problem;
        if (records_ == no_node)
            sink_.begin(tree_);
        return std::nullopt;
    }

    [[nodiscard]] bool is_done() const { return done_; }

private:
    std::optional<Problem> take(std::string_view text)
    {
        if (text.empty())
            return std::nullopt;
        if (std::exchange(at_start_, false))
            text = without_mark(text);
        if (const std::size_t bad = first_not_utf8(text); bad < text.size())
            return moved(placed({"format.not_utf8", "the document is not UTF-8", {}, {}, {}, {}}, text, bad), {.line = cutter_.line()}, 0);
        Tree::Standing before;
        if (records_ != no_node)
            before = tree_.standing(records_);
        std::optional<Problem> too_much;  // said only where the rows behind are in order
        const auto put = [&](Row& row) {
            if (records_ == no_node) {
                records_ = table_.begin(std::move(row));
                sink_.begin(tree_);
                before = tree_.standing(records_);
            } else if (!too_much) {
                too_much = table_.put(row);
            }
        };
        if (auto problem = reader_.read(text, put))
            return problem;
        if (too_much)
            return too_much;
        return records_ == no_node ? std::nullopt : hand_over(before);
    }

    std::optional<Problem> hand_over(const Tree::Standing& before)
    {
        nodes_ += tree_.size() - before.nodes;
        if (nodes_ > limits_.nodes)
            return too_many_values(limits_, {.line = cutter_.line()});
        for (NodeId id = tree_.node(records_).first_child; id != no_node && !done_; id = tree_.node(id).next)
            done_ = !sink_.record(id);
        tree_.return_to(before);
        return std::nullopt;
    }

    const FormatLimits& limits_;
    RecordSink& sink_;
    Tree tree_;
    RowCutter cutter_;
    CsvReader reader_;
    ListedRows table_;
    NodeId records_ = no_node;
    std::size_t bytes_ = 0, nodes_ = 0;
    bool at_start_ = true, done_ = false;
};

}  // namespace

bool CsvFormat::streams(const RecordPath& records, const Layout& layout) const
{
    const std::vector<RecordPath::Step> rows = {{.name = "tables"}, {.all = true}, {.name = "records"}, {.all = true}};
    return records.steps == rows && layout.header.empty() && layout.title.empty() && layout.stub == 0 &&
           text::encoding_from(layout.encoding) == text::Encoding::utf8;
}

Result<void> CsvFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                               RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    Streaming streaming(layout, csv_rules(layout, limits), limits, sink);
    for (std::string_view piece = source.next(); !piece.empty() && !streaming.is_done(); piece = source.next())
        if (auto problem = streaming.feed(piece))
            return *std::move(problem);
    if (!streaming.is_done())
        if (auto problem = streaming.finish())
            return *std::move(problem);
    return {};
}

}  // namespace lienthong::adapters
