/// A document without its records: the text that is left when they are cut out, and where it stood.
#pragma once

#include "adapters/formats/place/place.hpp"
#include "hub/model/problem.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

class ContextText
{
public:
    explicit ContextText(std::size_t most) : most_(most) {}

    /// Bytes of the document that begin at that place of it.
    void append(std::string_view bytes, const LineColumn& in_document);
    /// Bytes that stand for records which were cut out, so that their neighbours do not grow together.
    void stand_in(std::string_view bytes);
    [[nodiscard]] bool is_too_large() const { return text_.size() > most_; }
    [[nodiscard]] const std::string& text() const { return text_; }

    /// A problem of this text, as one of the document: its place "line:column" is the document's.
    [[nodiscard]] Problem of_document(Problem problem) const;

private:
    struct Piece
    {
        LineColumn here, in_document;
    };

    std::size_t most_;
    std::string text_;
    LineColumn here_, expected_;
    std::vector<Piece> pieces_;
};

/// Line and column of a place "line:column" that lies so far behind `from`; `skipped` characters stand before it on its first line.
[[nodiscard]] Problem moved(Problem problem, const LineColumn& from, std::size_t skipped);

/// format.too_large, said of what one record, or all that stands around records, may hold.
[[nodiscard]] Problem too_much_held(const char* what, std::size_t most, const LineColumn& place);

}  // namespace lienthong::adapters
