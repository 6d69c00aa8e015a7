// Splits an expression into tokens; what it cannot read becomes a token that says what would be right.
#include "hub/mapping/lexer.hpp"

#include <algorithm>
#include <array>

namespace lienthong::mapping {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}

bool in_word(char c)
{
    return starts_word(c) || is_digit(c) || c == '-' || c == '.';
}

/// The whole UTF-8 character at `at`.
std::string_view character(std::string_view text, std::size_t at)
{
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U)
        ++size;
    return text.substr(at, size);
}

struct Mistake
{
    std::string_view written, right;
};
/// What other languages write, and what this one does.
constexpr std::array mistakes = {Mistake{"&&", "and"},
                                 Mistake{"||", "or"},
                                 Mistake{"=", "=="},
                                 Mistake{"!", "not"},
                                 Mistake{"?", "when(condition, value, otherwise)"},
                                 Mistake{"+", "concat(…)"},
                                 Mistake{"'", "\"…\" for a text"},
                                 Mistake{"“", "\"…\" for a text"},
                                 Mistake{"[", "a/0 for an item of a list"}};

}  // namespace

std::string Token::shown() const
{
    switch (kind) {
        case TokenKind::end:
            return "the end";
        case TokenKind::text:
            return "\"" + text + "\"";
        case TokenKind::quoted:
            return "`" + text + "`";
        default:
            return text;
    }
}

Token Lexer::read()
{
    const std::size_t before = at_;
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
        ++at_;
    after_blank_ = at_ > before || at_ == 0;
    Token token{.kind = TokenKind::symbol, .offset = at_};
    if (at_ == text_.size()) {
        token.kind = TokenKind::end;
        return token;
    }
    const char c = text_[at_];
    const bool digit_next = at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    if (c == '"' || c == '`')
        return read_text(c);
    if (is_digit(c) || (c == '-' && digit_next))
        return read_number();
    if (starts_word(c) && !text_.substr(at_).starts_with("“"))
        return read_word();
    for (std::string_view symbol : {"==", "!=", "..", "(", ")", ",", "/", "*", "@", "$", ".", ":"})
        if (text_.substr(at_).starts_with(symbol)) {
            token.text = symbol;
            at_ += symbol.size();
            return token;
        }
    token.kind = TokenKind::faulty;
    token.text = character(text_, at_);
    token.expected = "a path, a function, a text in \"…\" or a number";
    for (const Mistake& mistake : mistakes)
        if (text_.substr(at_).starts_with(mistake.written)) {
            token.text = mistake.written;
            token.expected = mistake.right;
            break;
        }
    at_ = text_.size();
    return token;
}

Token Lexer::read_text(char quote)
{
    Token token{.kind = quote == '"' ? TokenKind::text : TokenKind::quoted, .offset = at_};
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
        if (text_[at_] == '\\' && quote == '"') {
            ++at_;
            if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\\')) {
                token = {.kind = TokenKind::faulty,
                         .offset = at_ - 1,
                         .text = "\\",
                         .expected = "\\\" or \\\\; other characters stand for themselves"};
                at_ = text_.size();
                return token;
            }
        }
        token.text += text_[at_];
    }
    if (at_ == text_.size())
        return {.kind = TokenKind::faulty,
                .offset = token.offset,
                .text = std::string(1, quote) + shortened(token.text, 40),
                .expected = std::string("a closing ") + quote};
    ++at_;
    return token;
}

Token Lexer::read_number()
{
    Token token{.kind = TokenKind::number, .offset = at_};
    const std::size_t start = at_++;
    while (at_ < text_.size() && is_digit(text_[at_]))
        ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1]))
        for (++at_; at_ < text_.size() && is_digit(text_[at_]);)
            ++at_;
    if (at_ < text_.size() && in_word(text_[at_])) {
        while (at_ < text_.size() && in_word(text_[at_]))
            ++at_;
        return {.kind = TokenKind::faulty,
                .offset = start,
                .text = std::string(text_.substr(start, at_ - start)),
                .expected = "a number such as 12 or -1.5, or a name in `…`"};
    }
    token.text = text_.substr(start, at_ - start);
    return token;
}

Token Lexer::read_word()
{
    Token token{.kind = TokenKind::word, .offset = at_};
    const std::size_t start = at_;
    while (at_ < text_.size() && in_word(text_[at_]))
        ++at_;
    token.text = text_.substr(start, at_ - start);
    return token;
}

}  // namespace lienthong::mapping
