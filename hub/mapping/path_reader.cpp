// Reads paths token by token.
#include "hub/mapping/path_reader.hpp"

#include <algorithm>

namespace lienthong::mapping {

SyntaxFault unexpected_token(const Token& token, std::string expected)
{
    if (token.kind == TokenKind::faulty)
        return {token.offset, "this is not part of the language", token.text, token.expected};
    return {token.offset, token.kind == TokenKind::end ? "the expression ends too early" : "this does not belong here",
            token.shown(), std::move(expected)};
}

bool PathReader::read(Path& out)
{
    const std::size_t start = now().offset;
    bool more = true;
    if (now().is("/")) {
        out.from_root = true;
        lexer_.advance();
        more = begins_step();
    } else if (now().is(".")) {
        lexer_.advance();
        more = slash();
    } else {
        while (more && now().is("..")) {
            ++out.up;
            lexer_.advance();
            more = slash();
        }
    }
    while (more) {
        if (!step(out))
            return false;
        more = slash();
    }
    const std::size_t end = now().offset;
    const std::string_view written = text_.substr(start, end - start);
    out.text = written.substr(0, written.find_last_not_of(" \n\t\r") + 1);
    if (now().kind == TokenKind::faulty)
        return unexpected("");
    return true;
}

bool PathReader::slash()
{
    if (!now().is("/"))
        return false;
    lexer_.advance();
    return true;
}

bool PathReader::begins_step() const
{
    if (lexer_.after_blank())
        return false;
    return now().kind == TokenKind::word || now().kind == TokenKind::quoted || now().kind == TokenKind::number || now().is("*") ||
           now().is("@");
}

bool PathReader::step(Path& out)
{
    Step next;
    if (now().is("*")) {
        lexer_.advance();
        next.kind = Step::Kind::all;
        out.steps.push_back(std::move(next));
        return true;
    }
    if (now().is("@")) {
        next.kind = Step::Kind::attribute;
        lexer_.advance();
    }
    const bool digits = now().kind == TokenKind::number &&
                        std::all_of(now().text.begin(), now().text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (now().kind != TokenKind::word && now().kind != TokenKind::quoted && !digits)
        return unexpected(now().is("..") ? "'..' only at the beginning of a path" : "a name, an item's number, '*' or '@name'");
    next.name = now().text;
    lexer_.advance();
    if (now().is(":") && !lexer_.after_blank()) {
        lexer_.advance();
        if (now().kind != TokenKind::word || lexer_.after_blank())
            return unexpected("a name behind the namespace prefix; a text stands in quotes");
        next.prefix = std::move(next.name);
        next.name = now().text;
        lexer_.advance();
    }
    out.steps.push_back(std::move(next));
    if (out.steps.back().kind == Step::Kind::attribute && now().is("/"))
        return unexpected("nothing behind an attribute");
    return true;
}

}  // namespace lienthong::mapping
