/// Lexer: an expression's tokens, one at a time.
#pragma once

#include "hub/mapping/syntax.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lienthong::mapping {

enum class TokenKind : std::uint8_t {
    end,
    word,    ///< Letters, digits, _ - . and anything beyond ASCII.
    quoted,  ///< `…`: a word of any characters.
    text,    ///< "…"
    number,  ///< 12, -1.5
    symbol,  ///< One of ( ) , / * @ $ . .. : == !=
    faulty,  ///< Nothing the language knows; `text` says what is wrong.
};

struct Token
{
    TokenKind kind = TokenKind::end;
    std::size_t offset = 0;
    std::string text{};      ///< Decoded.
    std::string expected{};  ///< Of a faulty one.

    [[nodiscard]] bool is(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
    [[nodiscard]] bool is_word(std::string_view word) const { return kind == TokenKind::word && text == word; }
    /// As messages show it.
    [[nodiscard]] std::string shown() const;
};

class Lexer
{
public:
    explicit Lexer(std::string_view text) : text_(text) { current_ = read(); }

    [[nodiscard]] const Token& current() const { return current_; }
    /// Whether a blank or nothing stands before the current token's first byte.
    [[nodiscard]] bool after_blank() const { return after_blank_; }
    void advance() { current_ = read(); }

private:
    Token read();
    Token read_text(char quote);
    Token read_number();
    Token read_word();

    std::string_view text_;
    std::size_t at_ = 0;
    bool after_blank_ = true;
    Token current_;
};

}  // namespace lienthong::mapping
