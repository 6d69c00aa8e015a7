// Reads cells; a row that is not written by RFC 4180 ends where its line does.
#include "adapters/formats/sdmx/csv_rows.hpp"

#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {

bool CsvRows::next()
{
    cells_.clear();
    undone_.clear();
    undone_.reserve(64);  // cells point into them
    fault_.reset();
    while (at_ < document_.size() && (document_[at_] == '\n' || document_.substr(at_).starts_with("\r\n"))) {
        at_ += document_[at_] == '\n' ? 1 : 2;
        ++next_line_;
    }
    if (at_ >= document_.size())
        return false;
    start_ = at_;
    line_ = next_line_;
    for (;;) {
        read_cell();
        if (fault_ && !open_)
            at_ = std::min(document_.find('\n', at_), document_.size());
        if (open_ || at_ >= document_.size() || document_[at_] != separator_)
            break;
        ++at_;
    }
    end_ = at_;
    if (end_ > start_ && fault_ && document_[end_ - 1] == '\r')
        --end_;
    next_line_ += static_cast<std::size_t>(std::count(document_.begin() + static_cast<std::ptrdiff_t>(start_),
                                                      document_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
    if (at_ < document_.size()) {
        at_ += document_[at_] == '\r' ? 2 : 1;
        ++next_line_;
    }
    return true;
}

void CsvRows::refuse(std::string detail, std::size_t offset)
{
    LineColumn place{.line = line_};
    place.pass(document_.substr(start_, offset - start_));
    fault_ = Problem{.code = "format.sdmx.row", .detail = std::move(detail), .place = place.text(), .expected = "cells by RFC 4180"};
}

void CsvRows::read_cell()
{
    if (at_ < document_.size() && document_[at_] == '"')
        return read_quoted();
    const std::size_t from = at_;
    while (at_ < document_.size() && document_[at_] != separator_ && document_[at_] != '\n') {
        if (document_[at_] == '"')
            return refuse("a quote inside a cell that does not begin with one", at_);
        if (document_[at_] == '\r' && at_ + 1 < document_.size() && document_[at_ + 1] == '\n')
            break;
        ++at_;
    }
    cells_.push_back(document_.substr(from, at_ - from));
}

void CsvRows::read_quoted()
{
    const std::size_t from = at_ + 1;
    bool doubled = false;
    std::size_t close = document_.find('"', from);
    while (close != std::string_view::npos && close + 1 < document_.size() && document_[close + 1] == '"') {
        doubled = true;
        close = document_.find('"', close + 2);
    }
    if (close == std::string_view::npos) {
        refuse("a quote that never closes", at_);
        open_ = true;
        at_ = document_.size();
        return;
    }
    at_ = close + 1;
    const std::string_view rest = document_.substr(at_);
    if (!rest.empty() && rest.front() != separator_ && rest.front() != '\n' && !rest.starts_with("\r\n"))
        return refuse("something behind the closing quote of a cell", at_);
    if (!doubled) {
        cells_.push_back(document_.substr(from, close - from));
        return;
    }
    std::string text;
    for (std::size_t i = from; i < close; ++i) {
        text += document_[i];
        i += document_[i] == '"' ? 1 : 0;
    }
    if (undone_.size() == undone_.capacity())
        return refuse("more cells with quotes in them than a row may have", at_);
    cells_.push_back(undone_.emplace_back(std::move(text)));
}

}  // namespace lienthong::adapters
