// Reads expressions by recursive descent: or, and, not, comparison, then values.
#include "hub/mapping/path_reader.hpp"
#include "hub/mapping/syntax.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

using Kind = Syntax::Kind;

class Parser
{
public:
    Parser(std::string_view text, SyntaxFault& fault) : text_(text), lexer_(text), fault_(fault) {}

    std::optional<Syntax> whole_expression()
    {
        Syntax out;
        if (text_.size() > most_expression_bytes)
            return refuse("the expression is too long", std::to_string(text_.size()) + " bytes",
                          "at most " + std::to_string(most_expression_bytes) + "; name its parts with let"),
                   std::nullopt;
        if (!either(out) || !at_end())
            return std::nullopt;
        return out;
    }

    std::optional<Path> whole_path()
    {
        Path out;
        if (!path(out) || !at_end())
            return std::nullopt;
        return out;
    }

private:
    [[nodiscard]] const Token& now() const { return lexer_.current(); }

    bool refuse(std::string detail, std::string found, std::string expected)
    {
        fault_ = {
            .offset = now().offset, .detail = std::move(detail), .found = std::move(found), .expected = std::move(expected)};
        return false;
    }

    bool unexpected(std::string expected)
    {
        fault_ = unexpected_token(now(), std::move(expected));
        return false;
    }

    bool at_end()
    {
        if (now().kind == TokenKind::end)
            return true;
        if (now().is(")"))
            return unexpected("nothing: no parenthesis is open");
        return unexpected("an operator (==, !=, and, or) or the end" + in_quotes());
    }

    /// What someone who wrote a text without quotes should have written; empty where it does not look so.
    [[nodiscard]] std::string in_quotes() const
    {
        const bool words_alone = text_.size() <= 60 && text_.find_first_of("\"`$()=!/@\n") == std::string_view::npos;
        return words_alone ? "; a text stands in quotes: \"" + std::string(text_) + "\"" : "";
    }

    bool either(Syntax& out) { return chain(out, "or", Kind::either, &Parser::both); }
    bool both(Syntax& out) { return chain(out, "and", Kind::both, &Parser::negation); }

    bool chain(Syntax& out, std::string_view word, Kind kind, bool (Parser::*part)(Syntax&))
    {
        if (!(this->*part)(out))
            return false;
        while (now().is_word(word)) {
            Syntax joined{.kind = kind, .offset = now().offset};
            lexer_.advance();
            Syntax right;
            if (!(this->*part)(right))
                return false;
            joined.arguments.push_back(std::move(out));
            joined.arguments.push_back(std::move(right));
            out = std::move(joined);
        }
        return true;
    }

    bool negation(Syntax& out)
    {
        if (!now().is_word("not"))
            return comparison(out);
        out = {.kind = Kind::negation, .offset = now().offset};
        lexer_.advance();
        if (++level_ > most_expression_levels)
            return too_deep();
        Syntax inner;
        if (!negation(inner))
            return false;
        --level_;
        out.arguments.push_back(std::move(inner));
        return true;
    }

    bool comparison(Syntax& out)
    {
        if (!value(out))
            return false;
        if (!now().is("==") && !now().is("!="))
            return true;
        Syntax compared{.kind = now().is("==") ? Kind::equal : Kind::unequal, .offset = now().offset};
        lexer_.advance();
        Syntax right;
        if (!value(right))
            return false;
        compared.arguments.push_back(std::move(out));
        compared.arguments.push_back(std::move(right));
        out = std::move(compared);
        if (now().is("==") || now().is("!="))
            return unexpected("and or or between two comparisons");
        return true;
    }

    bool too_deep()
    {
        return refuse("the expression nests too deeply", std::to_string(most_expression_levels) + " levels",
                      "named parts in let");
    }

    bool value(Syntax& out)
    {
        const Token token = now();
        out = {.kind = Kind::missing, .offset = token.offset, .text = token.text};
        if (token.kind == TokenKind::text || token.kind == TokenKind::number) {
            out.kind = token.kind == TokenKind::text ? Kind::text : Kind::number;
            lexer_.advance();
            return true;
        }
        if (token.is_word("true") || token.is_word("false") || token.is_word("missing")) {
            out.kind = token.text == "missing" ? Kind::missing : Kind::boolean;
            lexer_.advance();
            return true;
        }
        if (token.is_word("and") || token.is_word("or"))
            return unexpected("a value before it; a member called so is written `" + token.text + "`");
        if (token.is("("))
            return parenthesis(out);
        if (token.is("$"))
            return let(out);
        if (token.kind == TokenKind::word && followed_by('('))
            return call(out);
        if (token.kind == TokenKind::word || token.kind == TokenKind::quoted || token.is("/") || token.is(".") ||
            token.is("..") || token.is("@")) {
            out.kind = Kind::path;
            return path(out.path);
        }
        return unexpected("a path, a function, a text in \"…\" or a number");
    }

    bool parenthesis(Syntax& out)
    {
        if (++level_ > most_expression_levels)
            return too_deep();
        lexer_.advance();
        if (!either(out))
            return false;
        if (!now().is(")"))
            return unexpected("')'");
        lexer_.advance();
        --level_;
        return true;
    }

    bool let(Syntax& out)
    {
        lexer_.advance();
        if (now().kind != TokenKind::word || lexer_.after_blank())
            return unexpected("the name of a let directly behind $");
        out.kind = Kind::let;
        out.text = now().text;
        lexer_.advance();
        return true;
    }

    bool call(Syntax& out)
    {
        if (++level_ > most_expression_levels)
            return too_deep();
        out.kind = Kind::call;
        lexer_.advance();
        lexer_.advance();
        while (!now().is(")")) {
            Syntax argument;
            std::string label;
            if (now().is_word("locale") && followed_by(':')) {
                label = now().text;
                lexer_.advance();
                lexer_.advance();
            }
            if (!either(argument))
                return false;
            argument.label = std::move(label);
            out.arguments.push_back(std::move(argument));
            if (now().is(",")) {
                lexer_.advance();
                if (now().is(")"))
                    return unexpected("one more argument, or no comma");
            } else if (!now().is(")")) {
                return unexpected("',' or ')'");
            }
        }
        lexer_.advance();
        --level_;
        return true;
    }

    /// Whether `c` stands behind the current word, blanks aside.
    [[nodiscard]] bool followed_by(char c) const
    {
        std::size_t at = now().offset + now().text.size();
        while (at < text_.size() && text_[at] == ' ')
            ++at;
        return at < text_.size() && text_[at] == c;
    }

    bool path(Path& out) { return PathReader(text_, lexer_, fault_).read(out); }

    std::string_view text_;
    Lexer lexer_;
    SyntaxFault& fault_;
    std::size_t level_ = 0;
};

}  // namespace

std::optional<Syntax> parse_expression(std::string_view text, SyntaxFault& fault)
{
    return Parser(text, fault).whole_expression();
}

std::optional<Path> parse_path(std::string_view text, SyntaxFault& fault)
{
    return Parser(text, fault).whole_path();
}

bool alike(const Syntax& a, const Syntax& b)
{
    return a.kind == b.kind && a.text == b.text && a.path.text == b.path.text && a.arguments.size() == b.arguments.size() &&
           std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), alike);
}

}  // namespace lienthong::mapping
