// From [Content_Types].xml to the list of sheets, and the tables all sheets share.
#include "adapters/formats/xlsx/workbook.hpp"

#include "adapters/formats/xlsx/xml_events.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t longest_name = 255;
constexpr std::uint8_t most_indent = 63;
/// Far more than any workbook has; a table of them must not outgrow the memory the parts were read in.
constexpr std::size_t most_parts_named = 10'000, most_shared_texts = 1'000'000;

Problem too_many(std::string_view what, std::size_t most)
{
    return {"format.too_many_nodes", "the workbook has too many " + std::string(what), {}, {}, "at most " + std::to_string(most), {}};
}

struct Relation
{
    std::string type, target;
};
using Relations = std::map<std::string, Relation, std::less<>>;

/// The last step of a type's address: "…/relationships/worksheet".
std::string_view last_step(std::string_view address)
{
    return address.substr(address.rfind('/') + 1);
}

class ContentTypes final : public XmlReader
{
public:
    std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) override
    {
        if (all_.size() >= most_parts_named)
            return too_many("parts", most_parts_named);
        if (name == "Override" || name == "Default")
            all_.emplace_back(attributes.of(name == "Default" ? "Extension" : "PartName"), attributes.of("ContentType"));
        return std::nullopt;
    }
    std::optional<Problem> closed(std::string_view) override { return std::nullopt; }
    void characters(std::string_view) override {}

    [[nodiscard]] std::string_view of(const std::string& part) const
    {
        for (const auto& [name, type] : all_)
            if (name == "/" + part)
                return type;
        return {};
    }
    [[nodiscard]] bool any(std::string_view word) const
    {
        return std::any_of(all_.begin(), all_.end(), [&](const auto& one) { return one.second.find(word) != std::string::npos; });
    }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// Targets outside the package (links to other files) are passed over.
class RelationReader final : public XmlReader
{
public:
    std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) override
    {
        if (all.size() >= most_parts_named)
            return too_many("relations", most_parts_named);
        if (name == "Relationship" && attributes.of("TargetMode") != "External")
            all.emplace(attributes.of("Id"), Relation{std::string(attributes.of("Type")), std::string(attributes.of("Target"))});
        return std::nullopt;
    }
    std::optional<Problem> closed(std::string_view) override { return std::nullopt; }
    void characters(std::string_view) override {}

    Relations all;
};

class WorkbookReader final : public XmlReader
{
public:
    struct One
    {
        std::string name, relation;
    };

    std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "workbookPr")
            dates = is_set(attributes.of("date1904")) ? DateSystem::from_1904 : DateSystem::from_1900;
        if (name != "sheet")
            return std::nullopt;
        if (++count_ > most_sheets)
            return too_many("sheets", most_sheets);
        if (attributes.of("name").empty() || attributes.of("name").size() > longest_name)
            return damaged_workbook({}, "a sheet has no name, or too long a one", attributes.of("name"));
        const std::string_view state = attributes.of("state");
        if (state.empty() || state == "visible")
            seen.push_back({std::string(attributes.of("name")), std::string(attributes.foreign("id"))});
        return std::nullopt;
    }
    std::optional<Problem> closed(std::string_view) override { return std::nullopt; }
    void characters(std::string_view) override {}

    std::vector<One> seen;
    DateSystem dates = DateSystem::from_1900;

private:
    std::size_t count_ = 0;
};

class StyleReader final : public XmlReader
{
public:
    std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "numFmt") {
            if (const auto id = whole_number(attributes.of("numFmtId")); id && formats_.size() < most_styles)
                formats_[*id] = read_number_format(attributes.of("formatCode"));
        } else if (name == "cellXfs") {
            inside_ = true;
        } else if (inside_ && name == "xf") {
            if (styles.size() >= most_styles)
                return too_many("styles", most_styles);
            styles.emplace_back();
            ids_.push_back(whole_number(attributes.of("numFmtId")).value_or(0));
        } else if (inside_ && name == "alignment" && !styles.empty()) {
            styles.back().indent = static_cast<std::uint8_t>(std::min<std::uint32_t>(whole_number(attributes.of("indent")).value_or(0), most_indent));
            styles.back().across = attributes.of("horizontal") == "centerContinuous";
        }
        return std::nullopt;
    }
    std::optional<Problem> closed(std::string_view name) override
    {
        inside_ = inside_ && name != "cellXfs";
        return std::nullopt;
    }
    void characters(std::string_view) override {}

    /// A file may name its formats behind the styles that use them.
    std::vector<CellStyle> take()
    {
        for (std::size_t i = 0; i < styles.size(); ++i) {
            const auto own = formats_.find(ids_[i]);
            styles[i].number = own != formats_.end() ? own->second : built_in_number_format(ids_[i]);
        }
        return std::move(styles);
    }

    std::vector<CellStyle> styles;

private:
    std::map<std::uint32_t, NumberFormat> formats_;
    std::vector<std::uint32_t> ids_;
    bool inside_ = false;
};

class SharedTextReader final : public XmlReader
{
public:
    explicit SharedTextReader(Tree& texts) : texts_(texts) {}

    std::optional<Problem> opened(std::string_view name, const XmlAttributes&) override
    {
        if (name == "si")
            text_.clear();
        phonetic_ = phonetic_ || name == "rPh";
        inside_ = name == "t" && !phonetic_;
        return std::nullopt;
    }
    std::optional<Problem> closed(std::string_view name) override
    {
        inside_ = false;
        phonetic_ = phonetic_ && name != "rPh";
        if (name != "si")
            return std::nullopt;
        if (text_.size() > longest_cell)
            return damaged_workbook("xl/sharedStrings.xml", "a text is longer than a cell may hold", std::to_string(text_.size()) + " bytes");
        if (all.size() >= most_shared_texts)
            return too_many("texts", most_shared_texts);
        const std::string_view kept = texts_.keep(without_escapes(text_));
        all.push_back({kept, is_blank_text(kept), is_number_like(kept)});
        return std::nullopt;
    }
    void characters(std::string_view text) override
    {
        if (inside_ && text_.size() <= longest_cell)
            text_ += text;
    }

    std::vector<SharedText> all;

private:
    Tree& texts_;
    std::string text_;
    bool inside_ = false, phonetic_ = false;
};

Result<void> read_part(const ZipReader& package, const std::string& part, XmlReader& reader)
{
    const auto bytes = package.read(part);
    if (!bytes)
        return bytes.problem();
    return read_xml(part, *bytes, reader);
}

/// "xl/workbook.xml" → "xl/_rels/workbook.xml.rels".
std::string relations_of(const std::string& part)
{
    const std::size_t slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    return folder + "_rels/" + part.substr(slash == std::string::npos ? 0 : slash + 1) + ".rels";
}

/// A target is told from the folder of the part that names it, or from the root.
std::string resolved(const std::string& from, std::string_view target)
{
    if (target.starts_with('/'))
        return std::string(target.substr(1));
    std::string folder = from.find('/') == std::string::npos ? "" : from.substr(0, from.rfind('/') + 1);
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        if (!folder.empty())
            folder.pop_back();
        folder = folder.find('/') == std::string::npos ? "" : folder.substr(0, folder.rfind('/') + 1);
    }
    if (target.starts_with("./"))
        target.remove_prefix(2);
    return folder + std::string(target);
}

Problem not_a_workbook(std::string detail, std::string_view found = {})
{
    return {"format.xlsx.not_workbook", std::move(detail), {}, shortened(found, 80), "a workbook saved as .xlsx", "ECMA-376 part 1"};
}

Problem macros(std::string_view part, std::string_view found)
{
    return {"format.xlsx.macros", "the workbook carries programs", std::string(part), shortened(found, 80), "a workbook saved as .xlsx, without macros",
            {}};
}

std::string target_of(const Relations& relations, const std::string& from, std::string_view type)
{
    for (const auto& [id, relation] : relations)
        if (last_step(relation.type) == type)
            return resolved(from, relation.target);
    return {};
}

Result<std::string> workbook_part(const ZipReader& package)
{
    ContentTypes types;
    if (const auto read = read_part(package, "[Content_Types].xml", types); !read)
        return package.has("[Content_Types].xml") ? read.problem() : not_a_workbook("the archive does not say what its parts are");
    for (const std::string_view part : {package.name_ending("vbaproject.bin"), package.name_ending("vbaproject.bin.rels")})
        if (!part.empty())
            return macros(part, part);
    for (const std::string_view word : {"macroEnabled", "macrosheet", "vbaProject", "intlmacrosheet"})
        if (types.any(word))
            return macros("[Content_Types].xml", word);
    RelationReader roots;
    if (const auto read = read_part(package, "_rels/.rels", roots); !read)
        return package.has("_rels/.rels") ? read.problem() : not_a_workbook("the archive does not say where its workbook is");
    const std::string part = target_of(roots.all, "", "officeDocument");
    if (types.of(part).find("spreadsheetml.sheet.main+xml") == std::string_view::npos &&
        types.of(part).find("spreadsheetml.template.main+xml") == std::string_view::npos)
        return not_a_workbook("the archive holds another kind of document", types.of(part));
    return part;
}

}  // namespace

Problem damaged_workbook(std::string place, std::string detail, std::string_view found)
{
    return {"format.xlsx.damaged", std::move(detail), std::move(place), shortened(found, 80), {}, "ECMA-376 part 1"};
}

std::string without_escapes(std::string text)
{
    constexpr std::size_t escape = 7;  // _xHHHH_
    std::size_t at = text.find("_x");
    if (at == std::string::npos)
        return text;
    std::string out;
    std::size_t from = 0;
    for (; at != std::string::npos; at = text.find("_x", at)) {
        const std::string digits = text.substr(std::min(at + 2, text.size()), 4);
        const bool whole = at + escape <= text.size() && text[at + 6] == '_' &&
                           digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        const unsigned long code = whole ? std::strtoul(digits.c_str(), nullptr, 16) : 0;
        if (!whole || code == 0 || code >= 0x80) {  // others need no escape; NUL would end texts elsewhere
            at += 2;
            continue;
        }
        out.append(text, from, at - from);
        out += static_cast<char>(code);
        at += escape;
        from = at;
    }
    out.append(text, from);
    return out;
}

Result<Workbook> read_workbook(const ZipReader& package)
{
    const auto part = workbook_part(package);
    if (!part)
        return part.problem();
    WorkbookReader reader;
    if (const auto read = read_part(package, *part, reader); !read)
        return read.problem();
    RelationReader relations;
    if (const auto read = read_part(package, relations_of(*part), relations); !read)
        return read.problem();
    Workbook out;
    out.dates = reader.dates;
    out.shared_texts = target_of(relations.all, *part, "sharedStrings");
    out.styles = target_of(relations.all, *part, "styles");
    for (WorkbookReader::One& sheet : reader.seen) {
        const auto relation = relations.all.find(sheet.relation);
        if (relation == relations.all.end())
            return damaged_workbook(*part, "a sheet leads nowhere", sheet.name);
        if (last_step(relation->second.type) == "worksheet")  // the others are charts and dialogs
            out.sheets.push_back({std::move(sheet.name), resolved(*part, relation->second.target)});
    }
    return out;
}

Result<std::vector<CellStyle>> read_styles(const ZipReader& package, const std::string& part)
{
    if (part.empty())
        return std::vector<CellStyle>{};
    StyleReader reader;
    if (const auto read = read_part(package, part, reader); !read)
        return read.problem();
    return reader.take();
}

Result<std::vector<SharedText>> read_shared_texts(const ZipReader& package, const std::string& part, Tree& texts)
{
    if (part.empty())
        return std::vector<SharedText>{};
    SharedTextReader reader(texts);
    if (const auto read = read_part(package, part, reader); !read)
        return read.problem();
    return std::move(reader.all);
}

}  // namespace lienthong::adapters
