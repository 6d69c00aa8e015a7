#include "adapters/formats/xlsx/xml_events.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xml/xml_scan.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <string>

namespace lienthong::adapters {
namespace {

constexpr std::size_t piece = 64 * 1024;
/// From this size on libxml2's own ceiling on one text stands in the way; the scan has bounded the rest.
constexpr std::size_t libxml_text_ceiling = 10'000'000;

/// A part is bounded by the archive's limits; its elements are bounded by its bytes.
FormatLimits part_limits(std::size_t bytes)
{
    FormatLimits limits;
    limits.bytes = bytes;
    limits.nodes = bytes;
    return limits;
}

std::string_view view(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

class Events
{
public:
    explicit Events(XmlReader& reader) : reader_(reader) {}

    void use(xmlParserCtxt* context) { context_ = context; }
    [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }
    void rethrow() const
    {
        if (thrown_)
            std::rethrow_exception(thrown_);
    }

    /// Exceptions must not pass through C: they are kept and thrown again once libxml2 has returned.
    template <class Work>
    void guarded(Work work) noexcept
    {
        if (thrown_ || problem_)
            return;
        try {
            problem_ = work();
        } catch (...) {
            thrown_ = std::current_exception();
        }
        if (thrown_ || problem_)
            xmlStopParser(context_);
    }

    std::optional<Problem> start(const xmlChar* name, int count, const xmlChar** attributes)
    {
        attributes_.all.clear();
        for (int i = 0; i < count; ++i) {
            const xmlChar** a = attributes + i * 5;
            const auto* value = reinterpret_cast<const char*>(a[3]);
            attributes_.all.push_back({view(a[0]), {value, static_cast<std::size_t>(a[4] - a[3])}, a[2] != nullptr});
        }
        return reader_.opened(view(name), attributes_);
    }

    std::optional<Problem> end(const xmlChar* name) { return reader_.closed(view(name)); }
    void characters(const xmlChar* text, int length)
    {
        reader_.characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    }

private:
    XmlReader& reader_;
    xmlParserCtxt* context_ = nullptr;
    XmlAttributes attributes_;
    std::optional<Problem> problem_;
    std::exception_ptr thrown_;
};

Events& events(void* user)
{
    return *static_cast<Events*>(user);
}

void on_start(void* user, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int,
              const xmlChar** attributes)
{
    events(user).guarded([&] { return events(user).start(name, count, attributes); });
}

void on_end(void* user, const xmlChar* name, const xmlChar*, const xmlChar*)
{
    events(user).guarded([&] { return events(user).end(name); });
}

void on_characters(void* user, const xmlChar* text, int length)
{
    events(user).guarded([&]() -> std::optional<Problem> {
        events(user).characters(text, length);
        return std::nullopt;
    });
}

xmlEntity* on_entity(void*, const xmlChar* name)
{
    return xmlGetPredefinedEntity(name);
}

void on_error(void* user, xmlError* error)
{
    if (error->level == XML_ERR_WARNING)
        return;
    events(user).guarded([&]() -> std::optional<Problem> {
        std::string text = error->message == nullptr ? "" : error->message;
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return Problem{"format.xml.syntax", "not well-formed: " + shortened(text), std::to_string(error->line) + ":" + std::to_string(error->int2),
                       {}, {}, {}};
    });
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
    sax.getEntity = on_entity;
    sax.serror = on_error;
    return sax;
}

Problem in_part(Problem problem, std::string_view part)
{
    problem.place = std::string(part) + (problem.place.empty() || problem.place.starts_with('\'') ? "" : ":" + problem.place);
    return problem;
}

}  // namespace

std::string_view XmlAttributes::of(std::string_view name) const
{
    for (const One& one : all)
        if (!one.is_foreign && one.name == name)
            return one.value;
    return {};
}

std::string_view XmlAttributes::foreign(std::string_view name) const
{
    for (const One& one : all)
        if (one.is_foreign && one.name == name)
            return one.value;
    return {};
}

Result<void> read_xml(std::string_view part, std::string_view bytes, XmlReader& reader)
{
    static std::once_flag initialized;
    std::call_once(initialized, xmlInitParser);
    bytes = without_mark(bytes);
    if (bytes.empty() || bytes.starts_with(byte_order_mark))
        return Problem{"format.xml.syntax", "the part is empty or begins with two byte order marks", std::string(part), {}, {}, {}};
    if (const auto scanned = scan_xml(bytes, part_limits(bytes.size()), {}); !scanned)
        return in_part(scanned.problem(), part);
    Events read(reader);
    xmlSAXHandler sax = handler();
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context(xmlCreatePushParserCtxt(&sax, &read, nullptr, 0, nullptr),
                                                                           xmlFreeParserCtxt);
    if (!context)
        throw std::bad_alloc();
    read.use(context.get());
    // No entity but the five passes the scan; without NOENT libxml2 leaves '&' in attributes as "&#38;".
    xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_NOENT | (bytes.size() >= libxml_text_ceiling ? XML_PARSE_HUGE : 0));
    for (std::size_t at = 0; at < bytes.size() && !read.problem(); at += piece) {
        const std::string_view next = bytes.substr(at, piece);
        xmlParseChunk(context.get(), next.data(), static_cast<int>(next.size()), 0);
        read.rethrow();
    }
    if (!read.problem())
        xmlParseChunk(context.get(), nullptr, 0, 1);
    read.rethrow();
    if (read.problem())
        return read.problem()->code.starts_with("format.xml") ? in_part(*read.problem(), part) : *read.problem();
    if (context->wellFormed == 0)
        return Problem{"format.xml.syntax", "not well-formed", std::string(part), {}, {}, {}};
    return {};
}

std::optional<std::uint32_t> whole_number(std::string_view text)
{
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::uint32_t out = 0;
    for (const char c : text)
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    return out;
}

bool is_set(std::string_view text)
{
    return text == "1" || text == "true" || text == "on";
}

}  // namespace lienthong::adapters
