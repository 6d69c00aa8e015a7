// Character by character, one function a rule of the page.
#include "tests/unit/mapping/reference/written.hpp"

#include "hub/text/unicode.hpp"

#include <stdexcept>

namespace lienthong::reference {
namespace {

class Reader
{
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Written whole()
    {
        Written out = either();
        blanks();
        if (at_ != text_.size())
            fault("the end");
        return out;
    }

    WrittenPath path()
    {
        WrittenPath out;
        blanks();
        if (peek() == '/') {
            ++at_;
            out.from_root = true;
            if (!is_step(peek()))
                return out;
        } else if (text_.substr(at_, 2) == "..") {
            while (text_.substr(at_, 2) == "..") {
                at_ += 2;
                ++out.up;
                if (!take_slash())
                    return out;
            }
        } else if (peek() == '.') {
            ++at_;
            if (!take_slash())
                return out;
        }
        for (;;) {
            out.steps.push_back(step());
            if (!take_slash())
                return out;
        }
    }

private:
    [[noreturn]] void fault(const std::string& wanted) const
    {
        throw std::logic_error("the reference wants " + wanted + " at byte " + std::to_string(at_) + " of " + std::string(text_));
    }

    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks()
    {
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')
            ++at_;
    }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z' ? true : c == '_' || (c & 0x80) != 0; }
    static bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; }
    static bool is_step(char c) { return is_letter(c) || is_digit(c) || c == '`' || c == '*' || c == '@'; }

    /// Blanks may stand around it.
    bool take_slash()
    {
        const std::size_t before = at_;
        blanks();
        if (peek() != '/') {
            at_ = before;
            return false;
        }
        ++at_;
        blanks();
        return true;
    }

    std::string word()
    {
        const std::size_t from = at_;
        while (is_word(peek()))
            ++at_;
        return std::string(text_.substr(from, at_ - from));
    }

    /// Whether this word stands here as a whole; then it is passed.
    bool take_word(std::string_view wanted)
    {
        blanks();
        if (text_.substr(at_, wanted.size()) != wanted ||
            (at_ + wanted.size() < text_.size() && is_word(text_[at_ + wanted.size()])))
            return false;
        at_ += wanted.size();
        return true;
    }

    WrittenStep step()
    {
        WrittenStep out;
        if (peek() == '*') {
            ++at_;
            out.all = true;
            return out;
        }
        if (peek() == '@') {
            ++at_;
            blanks();
            out.attribute = true;
        }
        out.name = name();
        if (peek() == ':') {
            ++at_;
            out.prefix = out.name;
            out.name = name();
        }
        return out;
    }

    std::string name()
    {
        if (peek() != '`')
            return composed(word());
        const std::size_t end = text_.find('`', at_ + 1);
        const std::string out(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return composed(out);
    }

    static std::string composed(const std::string& text) { return text::to_nfc(text).value(); }

    Written either()
    {
        Written out = both();
        while (take_word("or"))
            out = {.kind = "or", .parts = {out, both()}};
        return out;
    }
    Written both()
    {
        Written out = negation();
        while (take_word("and"))
            out = {.kind = "and", .parts = {out, negation()}};
        return out;
    }
    Written negation()
    {
        if (take_word("not"))
            return {.kind = "not", .parts = {negation()}};
        Written left = value();
        blanks();
        const std::string sign(text_.substr(at_, 2));
        if (sign != "==" && sign != "!=")
            return left;
        at_ += 2;
        return {.kind = sign, .parts = {left, value()}};
    }

    Written value()
    {
        blanks();
        const char c = peek();
        if (c == '"')
            return quoted();
        if (c == '(') {
            ++at_;
            Written out = either();
            blanks();
            if (peek() != ')')
                fault("')'");
            ++at_;
            return out;
        }
        if (c == '$') {
            ++at_;
            return {.kind = "let", .text = word()};
        }
        if (is_digit(c) || c == '-') {
            const std::size_t from = at_++;
            while (is_digit(peek()) || peek() == '.')
                ++at_;
            return {.kind = "number", .text = std::string(text_.substr(from, at_ - from))};
        }
        for (const char* literal : {"true", "false", "missing"})
            if (take_word(literal))
                return {.kind = literal};
        if (is_letter(c)) {
            const std::size_t from = at_;
            const std::string called = word();
            while (peek() == ' ')
                ++at_;
            if (peek() == '(')
                return call(called);
            at_ = from;
        }
        return {.kind = "path", .path = path()};
    }

    Written quoted()
    {
        Written out{.kind = "text"};
        for (++at_; peek() != '"'; ++at_) {
            if (at_ >= text_.size())
                fault("a closing \"");
            if (peek() == '\\')
                ++at_;
            out.text += peek();
        }
        ++at_;
        out.text = composed(out.text);
        return out;
    }

    Written call(const std::string& called)
    {
        Written out{.kind = "call", .text = called};
        for (++at_;; ++at_) {
            const std::size_t before = at_;
            if (take_word("locale")) {
                blanks();
                at_ = peek() == ':' ? at_ + 1 : before;
            }
            out.parts.push_back(either());
            blanks();
            if (peek() == ')')
                break;
            if (peek() != ',')
                fault("',' or ')'");
        }
        ++at_;
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Written read_written(std::string_view text)
{
    return Reader(text).whole();
}

WrittenPath read_written_path(std::string_view text)
{
    return Reader(text).path();
}

}  // namespace lienthong::reference
