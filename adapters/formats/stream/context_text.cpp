// Keeps the text, and a table of where each piece of it came from.
#include "adapters/formats/stream/context_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace lienthong::adapters {
namespace {

std::optional<LineColumn> position(const std::string& place)
{
    LineColumn out;
    const char* end = place.data() + place.size();
    const auto line = std::from_chars(place.data(), end, out.line);
    if (line.ec != std::errc{} || line.ptr == end || *line.ptr != ':')
        return std::nullopt;
    const auto column = std::from_chars(line.ptr + 1, end, out.column);
    return column.ec == std::errc{} && column.ptr == end ? std::optional(out) : std::nullopt;
}

bool is_before(const LineColumn& a, const LineColumn& b)
{
    return a.line != b.line ? a.line < b.line : a.column < b.column;
}

}  // namespace

void ContextText::append(std::string_view bytes, const LineColumn& in_document)
{
    if (pieces_.empty() || in_document.line != expected_.line || in_document.column != expected_.column)
        pieces_.push_back({here_, in_document});
    text_ += bytes;
    here_.pass(bytes);
    expected_ = in_document;
    expected_.pass(bytes);
}

void ContextText::stand_in(std::string_view bytes)
{
    text_ += bytes;
    here_.pass(bytes);
    expected_ = {.line = 0, .column = 0};
}

Problem ContextText::of_document(Problem problem) const
{
    const auto at = position(problem.place);
    if (!at || pieces_.empty())
        return problem;
    auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), *at,
                                  [](const LineColumn& place, const Piece& one) { return is_before(place, one.here); });
    piece -= piece == pieces_.begin() ? 0 : 1;
    LineColumn out = piece->in_document;
    if (at->line == piece->here.line) {
        out.column += at->column - piece->here.column;
    } else {
        out.line += at->line - piece->here.line;
        out.column = at->column;
    }
    problem.place = out.text();
    return problem;
}

Problem moved(Problem problem, const LineColumn& from, std::size_t skipped)
{
    const auto at = position(problem.place);
    if (!at)
        return problem;
    LineColumn out{.line = from.line + at->line - 1, .column = at->column};
    if (at->line == 1)
        out.column = from.column + (at->column > skipped ? at->column - skipped - 1 : 0);
    problem.place = out.text();
    return problem;
}

Problem too_much_held(const char* what, std::size_t most, const LineColumn& place)
{
    Problem problem;
    problem.code = "format.too_large";
    problem.detail = std::string(what) + " has more than " + std::to_string(most) + " bytes";
    problem.place = place.text();
    return problem;
}

}  // namespace lienthong::adapters
