// The key `layout`: where the tables of a document of rows begin, and what a record of them is.
#include "hub/mapping/load.hpp"

#include "hub/text/legacy.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

const std::vector<std::string> layout_keys = {"encoding", "separator", "title", "header", "stub", "records"};
const std::vector<std::string> formats_of_rows = {"csv", "edxml", "xlsx"};  // edXML for the workbooks in its attachments
constexpr std::size_t most_texts = 32;
constexpr unsigned most_stub = 8;

/// "comma", "semicolon", "tab", "bar", or the character itself.
char separator_of(std::string_view text)
{
    if (text == "comma" || text == ",")
        return ',';
    if (text == "semicolon" || text == ";")
        return ';';
    if (text == "tab" || text == "\t")
        return '\t';
    return text == "bar" || text == "|" ? '|' : '\0';
}

}  // namespace

std::vector<std::string> Loader::read_texts(const yaml::Node& node, std::string_view key)
{
    std::vector<std::string> out;
    const auto take = [&](const yaml::Node& one) {
        if (one.kind == yaml::Kind::scalar && !one.text.empty())
            out.push_back(one.text);
        else
            checker_.report("mapping.shape", one.offset, std::string(key) + " wants texts", std::string(one.kind_name()),
                            "a text that stands in the document, or a list of such");
    };
    if (node.kind == yaml::Kind::sequence)
        std::for_each(node.values.begin(), node.values.end(), take);
    else
        take(node);
    if (out.size() > most_texts)
        checker_.report("mapping.shape", node.offset, std::string(key) + " has too many texts", std::to_string(out.size()), "at most 32");
    return out;
}

void Loader::read_layout(const yaml::Node& root)
{
    const yaml::Node* map = root.find("layout");
    if (map == nullptr || !is_map(*map, "layout"))
        return;
    known_keys(*map, layout_keys, "a layout");
    if (std::find(formats_of_rows.begin(), formats_of_rows.end(), program_->format) == formats_of_rows.end())
        checker_.report("mapping.key_unknown", root.find_key("layout")->offset, "only documents of rows have a layout",
                        program_->format, "format: csv, edxml or xlsx");
    Layout& layout = program_->layout;
    const auto word = [&](const char* key) {
        const yaml::Node* node = map->find(key);
        if (node != nullptr && node->kind != yaml::Kind::scalar) {
            checker_.report("mapping.shape", node->offset, std::string(key) + " wants one value", std::string(node->kind_name()), "one word");
            node = nullptr;
        }
        return node;
    };
    for (const char* key : {"encoding", "separator"})
        if (const yaml::Node* at = map->find_key(key); at != nullptr && (program_->format == "xlsx" || program_->format == "edxml"))
            checker_.report("mapping.key_unknown", at->offset, "a workbook says this of itself", key, "this key only with format: csv");
    if (const yaml::Node* encoding = word("encoding")) {
        layout.encoding = encoding->text;
        std::vector<std::string> known = text::encoding_words();
        known.emplace_back("detect");
        if (std::find(known.begin(), known.end(), encoding->text) == known.end())
            checker_.report("mapping.word_unknown", encoding->offset, "this is no encoding", encoding->text,
                            Checker::suggestion(encoding->text, known));
    }
    if (const yaml::Node* separator = word("separator"); separator != nullptr) {
        layout.separator = separator_of(separator->text);
        if (layout.separator == '\0')
            checker_.report("mapping.word_unknown", separator->offset, "this parts no cells", separator->text,
                            "comma, semicolon, tab or bar");
    }
    if (const yaml::Node* title = map->find("title"))
        layout.title = read_texts(*title, "title");
    if (const yaml::Node* header = map->find("header"))
        layout.header = read_texts(*header, "header");
    if (const yaml::Node* stub = word("stub"); stub != nullptr) {
        const bool digit = stub->text.size() == 1 && stub->text.front() >= '0' && stub->text.front() <= '0' + static_cast<char>(most_stub);
        if (digit)
            layout.stub = static_cast<unsigned>(stub->text.front() - '0');
        else
            checker_.report("mapping.word_unknown", stub->offset, "this is no number of columns that name a row", stub->text, "0 to 8");
    }
    if (const yaml::Node* records = word("records"); records != nullptr) {
        layout.cells = records->text == "cells";
        if (records->text != "cells" && records->text != "rows")
            checker_.report("mapping.word_unknown", records->offset, "a record is neither", records->text, "rows or cells");
    }
}

}  // namespace lienthong::mapping
