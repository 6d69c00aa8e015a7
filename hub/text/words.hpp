/// Words: the words, numbers and single marks of a folded text, read from the front. Shared by the readers of this room.
#pragma once

#include <cstddef>
#include <string_view>

namespace lienthong::text {

/// A word ends at a blank, at a mark, and where letters meet digits. The text and the marks outlive it; marks are ASCII.
class Words
{
public:
    Words(std::string_view folded, std::string_view marks) : rest_(folded), marks_(marks) { advance(); }

    [[nodiscard]] bool at_end() const { return now_.empty(); }

    /// Everything that has not been taken yet.
    [[nodiscard]] std::string_view ahead() const { return {now_.data(), now_.size() + rest_.size()}; }

    [[nodiscard]] bool at(std::string_view word) const { return now_ == word; }
    [[nodiscard]] bool at_number() const { return !now_.empty() && is_digit(now_[0]); }

    bool take(std::string_view word)
    {
        if (now_ != word)
            return false;
        advance();
        return true;
    }

    /// Any one of the marks.
    bool take_mark()
    {
        if (now_.empty() || !is_mark(now_[0]))
            return false;
        advance();
        return true;
    }

    /// Whatever comes next.
    void pass() { advance(); }

    /// A number of at most `most` digits, or 0.
    [[nodiscard]] unsigned number(std::size_t most = 4)
    {
        if (!at_number() || now_.size() > most)
            return 0;
        unsigned out = 0;
        for (const char c : now_)
            out = out * 10 + static_cast<unsigned>(c - '0');
        advance();
        return out;
    }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    [[nodiscard]] bool is_mark(char c) const { return marks_.find(c) != std::string_view::npos; }

    void advance()
    {
        while (rest_.starts_with(' '))
            rest_.remove_prefix(1);
        std::size_t size = 0;
        if (!rest_.empty() && is_mark(rest_[0]))
            size = 1;
        else
            while (size < rest_.size() && rest_[size] != ' ' && !is_mark(rest_[size]) &&
                   is_digit(rest_[size]) == is_digit(rest_[0]))
                ++size;
        now_ = rest_.substr(0, size);
        rest_.remove_prefix(size);
    }

    std::string_view rest_;
    std::string_view now_;
    std::string_view marks_;
};

}  // namespace lienthong::text
