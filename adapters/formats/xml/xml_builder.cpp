// libxml2's SAX2 events into a Tree.
#include "adapters/formats/xml/xml_builder.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xml/xml_scan.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lienthong::adapters {
namespace {

/// From this size on libxml2's own ceiling on one text stands in the way; the scan has bounded the rest.
constexpr std::size_t libxml_text_ceiling = 10'000'000;

std::string_view view(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

/// Left of what libxml2 says, as one line.
std::string sentence(const xmlError* error)
{
    std::string text = error == nullptr || error->message == nullptr ? "not well-formed" : error->message;
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return "not well-formed: " + shortened(text);
}

class Builder
{
public:
    Builder(std::string_view document, const XmlTarget& target) : document_(document), target_(target), at_(target.parent) {}

    void use(xmlParserCtxt* context) { context_ = context; }
    [[nodiscard]] bool failed() const { return !problem_.code.empty(); }
    [[nodiscard]] const Problem& problem() const { return problem_; }
    void rethrow() const
    {
        if (thrown_)
            std::rethrow_exception(thrown_);
    }

    /// Exceptions must not pass through C: they are kept and thrown again once libxml2 has returned.
    template <class Work>
    void guarded(Work work) noexcept
    {
        if (thrown_ || failed())
            return;
        try {
            work();
        } catch (...) {
            thrown_ = std::current_exception();
            xmlStopParser(context_);
        }
    }

    void start(const xmlChar* name, const xmlChar* space, int count, const xmlChar** attributes)
    {
        if (depth_++ < target_.outer)
            return;
        Tree& tree = target_.tree;
        const std::uint32_t offset = tag_offset();
        const NodeId element = tree.append(at_, NodeKind::element, interned(name), offset);
        tree.set_space(element, interned(space));
        for (int i = 0; i < count; ++i) {
            const xmlChar** a = attributes + i * 5;
            const NodeId attribute = tree.append(element, NodeKind::attribute, interned(a[0]), offset);
            tree.set_space(attribute, interned(a[2]));
            const auto* value = reinterpret_cast<const char*>(a[3]);
            tree.set_text(attribute, tree.keep({value, static_cast<std::size_t>(a[4] - a[3])}));
        }
        at_ = element;
        if (++level_ > texts_.size())
            texts_.emplace_back();
        texts_[level_ - 1].clear();
        if (target_.opened)
            stop_for(target_.opened(element));
    }

    void end()
    {
        if (--depth_ < target_.outer)
            return;
        Tree& tree = target_.tree;
        const std::string& text = texts_[--level_];
        const NodeId element = at_;
        const NodeId last = tree.node(element).last_child;
        const bool has_elements = last != no_node && tree.node(last).kind == NodeKind::element;
        if (!has_elements || text.find_first_not_of(" \t\r\n") != std::string::npos)
            tree.set_text(element, tree.keep(text));
        at_ = tree.node(element).parent;
        if (target_.closed)
            stop_for(target_.closed(element));
    }

    void characters(const xmlChar* text, int length)
    {
        if (level_ > 0)
            texts_[level_ - 1].append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
    }

    void refuse(const char* code, std::string detail)
    {
        Problem problem;
        problem.code = code;
        problem.detail = std::move(detail);
        stop_for(std::move(problem));
    }

private:
    void stop_for(std::optional<Problem> problem)
    {
        if (!problem)
            return;
        problem_ = std::move(*problem);
        if (problem_.place.empty())
            problem_ = placed(std::move(problem_), document_, consumed());
        xmlStopParser(context_);
    }

    [[nodiscard]] std::size_t consumed() const
    {
        const long at = xmlByteConsumed(context_);
        return at < 0 ? 0 : std::min(static_cast<std::size_t>(at), document_.size());
    }

    /// libxml2 has read the whole tag by now, and no tag holds a second '<'.
    [[nodiscard]] std::uint32_t tag_offset() const
    {
        if (target_.fixed_offset)
            return *target_.fixed_offset;
        const std::size_t at = document_.rfind('<', consumed());
        return at == std::string_view::npos ? 0 : static_cast<std::uint32_t>(at);
    }

    /// libxml2 keeps each name once, so its address stands for it.
    std::string_view interned(const xmlChar* name)
    {
        if (name == nullptr)
            return {};
        const auto [it, fresh] = names_.try_emplace(name);
        if (fresh)
            it->second = target_.tree.keep(view(name));
        return it->second;
    }

    std::string_view document_;
    const XmlTarget& target_;
    xmlParserCtxt* context_ = nullptr;
    NodeId at_;
    std::size_t depth_ = 0;
    std::size_t level_ = 0;
    std::vector<std::string> texts_;  // of the open elements; the strings are used again
    std::unordered_map<const xmlChar*, std::string_view> names_;
    Problem problem_;
    std::exception_ptr thrown_;
};

Builder& builder(void* context)
{
    return *static_cast<Builder*>(static_cast<xmlParserCtxt*>(context)->_private);
}

void on_start(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space, int, const xmlChar**, int count, int,
              const xmlChar** attributes)
{
    builder(context).guarded([&] { builder(context).start(name, space, count, attributes); });
}

void on_end(void* context, const xmlChar*, const xmlChar*, const xmlChar*)
{
    builder(context).guarded([&] { builder(context).end(); });
}

void on_characters(void* context, const xmlChar* text, int length)
{
    builder(context).guarded([&] { builder(context).characters(text, length); });
}

void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*)
{
    builder(context).guarded([&] { builder(context).refuse("format.xml.doctype", "the document declares a type"); });
}

void on_reference(void* context, const xmlChar*)
{
    builder(context).guarded([&] { builder(context).refuse("format.xml.entity", "an entity that is not one of XML's five"); });
}

xmlEntity* on_entity(void*, const xmlChar* name)
{
    return xmlGetPredefinedEntity(name);
}

void on_error(void* context, xmlError* error)
{
    if (error->level != XML_ERR_WARNING)
        builder(context).guarded([&] { builder(context).refuse("format.xml.syntax", sentence(error)); });
}

xmlSAXHandler handler()
{
    xmlSAXHandler sax{};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters;
    sax.cdataBlock = on_characters;
    sax.internalSubset = on_doctype;
    sax.externalSubset = on_doctype;
    sax.reference = on_reference;
    sax.getEntity = on_entity;
    sax.serror = on_error;
    return sax;
}

}  // namespace

Result<void> build_xml(std::string_view bytes, const FormatLimits& limits, const XmlTarget& target)
{
    static std::once_flag initialized;
    std::call_once(initialized, xmlInitParser);
    bytes = without_mark(bytes);
    if (bytes.empty() || bytes.starts_with(byte_order_mark)) {  // libxml2 would pass over a second mark
        Problem problem;
        problem.code = "format.xml.syntax";
        problem.detail = bytes.empty() ? "the document is empty" : "the document begins with two byte order marks";
        return placed(std::move(problem), bytes, 0);
    }
    const auto nodes = scan_xml(bytes, limits, {target.depth, target.tree.size()});
    if (!nodes)
        return nodes.problem();
    if (target.tree.empty())  // a graft's growth is the vector's affair
        target.tree.reserve(*nodes);

    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context(
        xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), xmlFreeParserCtxt);
    if (!context)
        throw std::bad_alloc();
    Builder build(bytes, target);
    build.use(context.get());
    // No entity but the five passes the scan; without NOENT libxml2 leaves '&' in attributes as "&#38;".
    xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_NOENT | (bytes.size() >= libxml_text_ceiling ? XML_PARSE_HUGE : 0));
    xmlSAXHandler sax = handler();
    *context->sax = sax;
    context->_private = &build;
    xmlParseDocument(context.get());
    build.rethrow();
    if (build.failed())
        return build.problem();
    if (context->wellFormed == 0) {
        Problem problem;
        problem.code = "format.xml.syntax";
        problem.detail = "not well-formed";
        return placed(std::move(problem), bytes, bytes.size());
    }
    return {};
}

}  // namespace lienthong::adapters
