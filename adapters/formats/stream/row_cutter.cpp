#include "adapters/formats/stream/row_cutter.hpp"

#include "adapters/formats/stream/context_text.hpp"

#include <algorithm>

namespace lienthong::adapters {

void RowCutter::let_go()
{
    line_ += static_cast<std::size_t>(std::count(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(whole_), '\n'));
    held_.erase(0, whole_);
    whole_ = 0;
}

std::optional<Problem> RowCutter::feed(std::string_view piece)
{
    let_go();
    std::size_t i = held_.size();
    held_ += piece;
    for (; i < held_.size(); ++i) {
        const char c = held_[i];
        if (seen_ < byte_order_mark.size() && c == byte_order_mark[seen_]) {
            ++seen_;
            continue;
        }
        seen_ = byte_order_mark.size();
        if (c == '\n' && mode_ != Mode::quoted) {
            whole_ = i + 1;
            mode_ = Mode::begin;
            continue;
        }
        switch (mode_) {
            case Mode::begin:
                mode_ = c == '"' ? Mode::quoted : c == separator_ ? Mode::begin : Mode::plain;
                break;
            case Mode::plain:
                mode_ = c == '"' ? Mode::lost : c == separator_ ? Mode::begin : Mode::plain;
                break;
            case Mode::quoted:
                mode_ = c == '"' ? Mode::closing : Mode::quoted;
                break;
            case Mode::closing:
                mode_ = c == '"' ? Mode::quoted : c == separator_ ? Mode::begin : Mode::lost;
                break;
            case Mode::lost:
                break;
        }
    }
    if (held_.size() - whole_ <= most_)
        return std::nullopt;
    LineColumn at{.line = line_};
    at.line += static_cast<std::size_t>(std::count(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(whole_), '\n'));
    return too_much_held("a row", most_, at);
}

void RowCutter::finish()
{
    let_go();
    whole_ = held_.size();
}

}  // namespace lienthong::adapters
