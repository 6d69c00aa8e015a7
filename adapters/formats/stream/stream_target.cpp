#include "adapters/formats/stream/stream_target.hpp"

#include <memory>

namespace lienthong::adapters {

StreamTarget target_of(RecordSink& sink)
{
    const auto done = std::make_shared<bool>(false);
    return {.begin =
                [&sink](Tree& tree) {
                    sink.begin(tree);
                    return std::nullopt;
                },
            .record =
                [&sink, done](Tree&, NodeId record) {
                    *done = !sink.record(record);
                    return std::nullopt;
                },
            .is_done = [done] { return *done; }};
}

}  // namespace lienthong::adapters
