/// TidyText: names and labels in one form, each cell's text worked on once.
#pragma once

#include "hub/model/tree.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace lienthong::adapters {

/// Keeps what it makes in the tree, within a budget; a label is cut where no reader would go on. Not thread-safe.
class TidyText
{
public:
    explicit TidyText(Tree& tree) : tree_(tree) {}

    /// One blank between words, NFC. `text` lives as long as the tree: its address stands for it.
    [[nodiscard]] std::string_view tidied(std::string_view text);
    /// The same for comparing: case and tone placement folded too.
    [[nodiscard]] std::string folded(std::string_view text) const;
    /// Keeps a text that was put together here.
    [[nodiscard]] std::string_view keep(std::string_view text);
    /// Whether more text was made than any document of rows is worth.
    [[nodiscard]] bool exhausted() const noexcept { return kept_ > budget; }

private:
    static constexpr std::size_t budget = 128 * 1024 * 1024;
    Tree& tree_;
    std::unordered_map<const char*, std::string_view> known_;
    std::size_t kept_ = 0;
};

}  // namespace lienthong::adapters
