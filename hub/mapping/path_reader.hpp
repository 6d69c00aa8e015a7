/// Path reader: the part of the grammar that reads paths.
#pragma once

#include "hub/mapping/lexer.hpp"
#include "hub/mapping/syntax.hpp"

#include <string>
#include <string_view>

namespace lienthong::mapping {

/// What to say of a token that cannot stand where it stands.
[[nodiscard]] SyntaxFault unexpected_token(const Token& token, std::string expected);

/// Reads one path from where the lexer stands. False after setting the fault.
class PathReader
{
public:
    PathReader(std::string_view text, Lexer& lexer, SyntaxFault& fault) : text_(text), lexer_(lexer), fault_(fault) {}
    bool read(Path& out);

private:
    [[nodiscard]] const Token& now() const { return lexer_.current(); }
    bool unexpected(std::string expected)
    {
        fault_ = unexpected_token(now(), std::move(expected));
        return false;
    }
    bool slash();  ///< Takes a '/' that carries the path on.
    [[nodiscard]] bool begins_step() const;
    bool step(Path& out);

    std::string_view text_;
    Lexer& lexer_;
    SyntaxFault& fault_;
};

}  // namespace lienthong::mapping
