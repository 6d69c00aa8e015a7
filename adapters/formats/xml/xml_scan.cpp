// The pre-scan: one pass, no allocation but one counter per open element.
#include "adapters/formats/xml/xml_scan.hpp"

#include "adapters/formats/place/place.hpp"
#include "hub/model/utf8.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::adapters {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_known_reference(std::string_view body)
{
    for (const std::string_view name : {"amp", "lt", "gt", "quot", "apos"})
        if (body == name)
            return true;
    if (body.size() < 2 || body[0] != '#')
        return false;
    const bool hex = body[1] == 'x';
    body.remove_prefix(hex ? 2 : 1);
    return !body.empty() && body.find_first_not_of(hex ? "0123456789abcdefABCDEF" : "0123456789") == npos;
}

/// The declared encoding of `<?xml …?>`, empty when none is declared.
std::string_view declared_encoding(std::string_view declaration)
{
    const std::size_t at = declaration.find("encoding");
    const std::size_t open = at == npos ? npos : declaration.find_first_of("\"'", at);
    const std::size_t close = open == npos ? npos : declaration.find(declaration[open], open + 1);
    return close == npos ? std::string_view{} : declaration.substr(open + 1, close - open - 1);
}

bool is_utf8_name(std::string_view name)
{
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    constexpr std::string_view wanted = "utf-8";
    return name.size() == wanted.size() && std::equal(name.begin(), name.end(), wanted.begin(), same);
}

class Scan
{
public:
    Scan(std::string_view document, const FormatLimits& limits, const XmlBudget& used)
        : document_(document), limits_(limits), depth_(used.depth), nodes_(used.nodes)
    {
    }

    Result<std::size_t> run()
    {
        if (const std::size_t bad = first_not_utf8(document_); bad < document_.size())
            refuse("format.not_utf8", bad, "the document is not UTF-8");
        else if (const std::size_t nul = document_.find('\0'); nul != npos)
            refuse("format.not_utf8", nul, "the document holds a NUL byte; another encoding than UTF-8?");
        else
            declaration();
        while (!failed_ && at_ < document_.size()) {
            if (document_[at_] == '<')
                markup();
            else
                text();
        }
        if (failed_)
            return std::move(problem_);
        return nodes_;
    }

private:
    void refuse(const char* code, std::size_t offset, std::string detail)
    {
        failed_ = true;
        problem_.code = code;
        problem_.detail = std::move(detail);
        problem_ = placed(std::move(problem_), document_, offset);
    }

    void declaration()
    {
        if (!document_.starts_with("<?xml") || document_.size() < 6 || !is_space(document_[5]))
            return;
        const std::string_view whole = document_.substr(0, document_.find("?>"));
        const std::string_view name = declared_encoding(whole);
        if (!name.empty() && !is_utf8_name(name))
            refuse("format.not_utf8", 0, "the document declares the encoding '" + shortened(name, 40) + "'");
    }

    void pass(std::string_view ending, std::size_t from, const char* what)
    {
        const std::size_t end = document_.find(ending, from);
        if (end == npos)
            refuse("format.xml.syntax", at_, std::string(what) + " does not end");
        else
            at_ = end + ending.size();
    }

    void markup()
    {
        const std::string_view rest = document_.substr(at_);
        if (rest.starts_with("<?"))
            pass("?>", at_ + 2, "a processing instruction");
        else if (rest.starts_with("<!--"))
            pass("-->", at_ + 4, "a comment");
        else if (rest.starts_with("<![CDATA["))
            pass("]]>", at_ + 9, "a CDATA section");
        else if (rest.starts_with("<!"))
            refuse("format.xml.doctype", at_, "the document declares a type or an entity");
        else if (rest.starts_with("</"))
            close_tag();
        else
            open_tag();
    }

    void close_tag()
    {
        const std::size_t start = at_;
        pass(">", at_, "an end tag");
        if (declared_.empty())
            return failed_ ? void() : refuse("format.xml.syntax", start, "an end tag closes nothing");
        leave();
    }

    void enter(std::size_t declared)
    {
        declared_.push_back(declared);
        in_scope_ += declared;
        ++depth_;
    }

    void leave()
    {
        in_scope_ -= declared_.back();
        declared_.pop_back();
        --depth_;
    }

    void open_tag()
    {
        const std::size_t start = at_;
        std::size_t attributes = 0;
        std::size_t declared = 0;
        std::size_t word = start;  // where the name before the next '=' begins
        bool named = false;        // that '=' has been seen
        ++at_;
        while (at_ < document_.size() && document_[at_] != '>') {
            const char c = document_[at_];
            if (c == '"' || c == '\'') {
                attributes += 1;
                declared += document_.substr(word).starts_with("xmlns") ? 1U : 0U;
                quoted(c);
                if (failed_)
                    return;
                word = at_;
                named = false;
                continue;
            }
            if (c == '<')
                return refuse("format.xml.syntax", at_, "a '<' inside a tag");
            named = named || c == '=';
            if (is_space(c) && !named && at_ + 1 < document_.size() && !is_space(document_[at_ + 1]) && document_[at_ + 1] != '=')
                word = at_ + 1;
            ++at_;
        }
        if (at_ >= document_.size())
            return refuse("format.xml.syntax", start, "a tag does not end");
        if (attributes > limits_.attributes)
            return refuse("format.xml.attributes", start,
                          "an element with " + std::to_string(attributes) + " attributes, the limit is " +
                              std::to_string(limits_.attributes));
        const bool empty = document_[at_ - 1] == '/';
        ++at_;
        enter(declared);
        nodes_ += 1 + attributes;
        if (depth_ > limits_.depth)
            refuse("format.too_deep", start, "more than " + std::to_string(limits_.depth) + " levels");
        else if (nodes_ > limits_.nodes)
            refuse("format.too_many_nodes", start, "more than " + std::to_string(limits_.nodes) + " elements and attributes");
        else if (in_scope_ > namespaces_in_scope)
            refuse("format.xml.namespaces", start,
                   "more than " + std::to_string(namespaces_in_scope) + " namespace declarations in scope");
        if (empty)
            leave();
    }

    void quoted(char quote)
    {
        const std::size_t end = document_.find(quote, at_ + 1);
        if (end == npos)
            return refuse("format.xml.syntax", at_, "an attribute value does not end");
        references(at_ + 1, end);
        at_ = end + 1;
    }

    void text()
    {
        const std::size_t end = std::min(document_.find('<', at_), document_.size());
        references(at_, end);
        at_ = end;
    }

    void references(std::size_t from, std::size_t to)
    {
        const std::string_view part = document_.substr(from, to - from);
        for (std::size_t at = part.find('&'); at != npos && !failed_; at = part.find('&', at + 1)) {
            const std::size_t end = part.substr(0, at + 12).find(';', at);
            if (end == npos || !is_known_reference(part.substr(at + 1, end - at - 1)))
                refuse("format.xml.entity", from + at, "an entity that is not one of XML's five, or a '&' that is no reference");
        }
    }

    std::string_view document_;
    const FormatLimits& limits_;
    std::size_t at_ = 0;
    std::size_t depth_;
    std::size_t nodes_;
    std::size_t in_scope_ = 0;
    std::vector<std::size_t> declared_;  // namespace declarations of each open element
    bool failed_ = false;
    Problem problem_;
};

}  // namespace

Result<std::size_t> scan_xml(std::string_view document, const FormatLimits& limits, const XmlBudget& used)
{
    return Scan(document, limits, used).run();
}

}  // namespace lienthong::adapters
