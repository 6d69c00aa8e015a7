#include "hub/model/expected_text.hpp"

#include <array>
#include <optional>
#include <vector>

namespace lienthong {
namespace {

constexpr std::string_view hole = "{}";

constexpr std::array texts = {
#define EXPECTED(en, vi) ExpectedText{en, vi},
#include "hub/model/problems/expected.def"
#undef EXPECTED
};

/// Takes what stands before the next hole, and the hole.
std::string_view cut(std::string_view& phrase)
{
    const std::size_t end = phrase.find(hole);
    const std::string_view piece = phrase.substr(0, end);
    phrase.remove_prefix(end == std::string_view::npos ? phrase.size() : end + hole.size());
    return piece;
}

/// What fills the holes of a phrase so that it becomes the text; nothing where it cannot become it.
std::optional<std::vector<std::string_view>> holes_of(std::string_view phrase, std::string_view text)
{
    std::vector<std::string_view> out;
    const bool ends_with_hole = phrase.ends_with(hole);
    const std::string_view first = cut(phrase);
    if (!text.starts_with(first))
        return std::nullopt;
    text.remove_prefix(first.size());
    while (!phrase.empty()) {
        const std::string_view next = cut(phrase);
        // The last piece stands at the very end, whatever comes before.
        const std::size_t at = phrase.empty() && text.ends_with(next) ? text.size() - next.size() : text.find(next, 1);
        if (at == std::string_view::npos || at == 0)
            return std::nullopt;
        out.push_back(text.substr(0, at));
        text.remove_prefix(at + next.size());
    }
    if (text.empty() == ends_with_hole)
        return std::nullopt;
    if (ends_with_hole)
        out.push_back(text);
    return out;
}

std::string filled(std::string_view phrase, const std::vector<std::string_view>& with)
{
    std::string out;
    for (const std::string_view one : with)
        out.append(cut(phrase)).append(one);
    return out.append(phrase);
}

}  // namespace

std::string expected_in_vietnamese(std::string_view expected)
{
    const ExpectedText* best = nullptr;
    std::vector<std::string_view> best_holes;
    std::size_t most = 0;
    for (const ExpectedText& text : texts) {
        auto holes = holes_of(text.en, expected);
        if (!holes)
            continue;
        const std::size_t own = text.en.size() - holes->size() * hole.size();
        if (best == nullptr || own > most) {
            best = &text;
            best_holes = *std::move(holes);
            most = own;
        }
    }
    return best == nullptr ? std::string() : filled(best->vi, best_holes);
}

std::span<const ExpectedText> all_expected_texts()
{
    return texts;
}

}  // namespace lienthong
