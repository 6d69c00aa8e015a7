#include "adapters/formats/grid/tidy_text.hpp"

#include "hub/model/problem.hpp"
#include "hub/text/unicode.hpp"

namespace lienthong::adapters {
namespace {

constexpr std::size_t longest_label = 1'000;

}  // namespace

std::string_view TidyText::tidied(std::string_view text)
{
    const auto [known, fresh] = known_.try_emplace(text.data());
    if (fresh) {
        const std::string tidy = text::tidied(shortened(text, longest_label));
        known->second = tidy == text ? text : keep(tidy);
    }
    return known->second;
}

std::string TidyText::folded(std::string_view text) const
{
    return text::folded(shortened(text, longest_label));
}

std::string_view TidyText::keep(std::string_view text)
{
    kept_ += text.size();
    return exhausted() ? std::string_view{} : tree_.keep(text);
}

}  // namespace lienthong::adapters
