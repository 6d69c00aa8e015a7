// The head of a mapping file: name, version, tables, lets, records.
#include "hub/mapping/load.hpp"

#include "hub/mapping/beside.hpp"

#include "hub/mapping/keys.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_table_bytes = 16UL * 1024 * 1024;

bool small_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_name_part(std::string_view text)
{
    return !text.empty() && small_letter_or_digit(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return small_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_mapping_name(std::string_view text)
{
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && is_name_part(text.substr(0, slash)) && is_name_part(text.substr(slash + 1));
}

bool is_let_name(std::string_view text)
{
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
    };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

bool Loader::is_map(const yaml::Node& node, std::string_view what)
{
    if (node.kind == yaml::Kind::map)
        return true;
    checker_.report("mapping.shape", node.offset, std::string(what) + " wants a map", std::string(node.kind_name()),
                    "lines of 'key: value'");
    return false;
}

void Loader::known_keys(const yaml::Node& map, const std::vector<std::string>& known, std::string_view what)
{
    for (const yaml::Node& key : map.keys)
        if (std::find(known.begin(), known.end(), key.text) == known.end())
            checker_.report("mapping.key_unknown", key.offset, std::string(what) + " has no key '" + key.text + "'", key.text,
                            Checker::suggestion(key.text, known));
}

void Loader::missing_key(std::size_t offset, std::string_view key, std::string_view what, std::string_view example)
{
    checker_.report("mapping.key_missing", offset, std::string(what) + " lacks the key '" + std::string(key) + "'", "",
                    std::string(key) + ": " + std::string(example));
}

const yaml::Node* Loader::needed(const yaml::Node& map, std::size_t offset, std::string_view key, std::string_view what,
                                 std::string_view example)
{
    const yaml::Node* node = map.find(key);
    if (node == nullptr) {
        missing_key(offset, key, what, example);
        return nullptr;
    }
    if (node->kind == yaml::Kind::scalar)
        return node;
    checker_.report("mapping.shape", node->offset, std::string(key) + " wants one value", std::string(node->kind_name()),
                    std::string(example));
    return nullptr;
}

std::unique_ptr<Mapping::Program> Loader::read(const yaml::Node& root)
{
    if (!is_map(root, "a mapping file"))
        return nullptr;
    for (std::uint32_t i = 0; i < source_.count(); ++i)
        program_->files.push_back(source_.file(i));
    std::vector<std::string> known;
    for (const TopKey& key : top_keys)
        known.emplace_back(key.name);
    known_keys(root, known, "a mapping");
    read_head(root);
    read_layout(root);
    read_namespaces(root);
    read_tables(root);
    read_lets(root);
    const yaml::Node* packet = root.find("render");
    if (packet == nullptr)
        read_records(root);
    if (const yaml::Node* skip = root.find("skip"))
        program_->skip = checker_.expression(*skip, {.subject = "skip", .type = Type::condition});
    read_observe(root);
    read_fact(root);
    if (packet != nullptr) {
        program_->packet = read_template(*packet, "render");
        for (const char* key : {"records", "empty", "skip", "observe", "common", "fact"})
            if (root.find(key) != nullptr)
                checker_.report("mapping.key_unknown", root.find_key(key)->offset,
                                "a render mapping has no key '" + std::string(key) + "'", key,
                                "a mapping of its own for the way in");
    } else if (root.find("observe") == nullptr && root.find("fact") == nullptr) {
        missing_key(root.offset, "observe", "the mapping", "…, or fact: …, or render: …");
    }
    read_needs(root);
    checker_.finish(root.find("tables"), root.find("let"), root.find("namespaces"));
    return std::move(program_);
}

void Loader::read_head(const yaml::Node& root)
{
    if (const yaml::Node* name = needed(root, root.offset, "mapping", "the mapping", "connector/name")) {
        program_->name = name->text;
        if (!is_mapping_name(name->text))
            checker_.report("mapping.name", name->offset, "this is no name of a mapping", name->text,
                            "connector/name in small letters, digits, '-' and '_'");
    }
    if (const yaml::Node* format = needed(root, root.offset, "format", "the mapping", "json")) {
        program_->format = format->text;
        if (!is_name_part(format->text))
            checker_.report("mapping.format", format->offset, "this is no name of a format", format->text,
                            "small letters: json, ndjson, xml, edxml, edxml-header, csv, xlsx, sdmx-csv, sdmx-json or sdmx-ml");
        else if (root.find("render") != nullptr && format->text != "json")
            checker_.report("mapping.format", format->offset, "packets are rendered as json only", format->text, "json");
    }
    read_version(root);
}

void Loader::read_version(const yaml::Node& root)
{
    const yaml::Node* version = needed(root, root.offset, "version", "the mapping", "1");
    if (version == nullptr)
        return;
    const char* end = version->text.data() + version->text.size();
    const auto [stop, error] = std::from_chars(version->text.data(), end, program_->version);
    if (error != std::errc{} || stop != end || program_->version == 0)
        checker_.report("mapping.version", version->offset, "this is no version", version->text, "a whole number from 1");
}

void Loader::read_namespaces(const yaml::Node& root)
{
    const yaml::Node* map = root.find("namespaces");
    if (map == nullptr || !is_map(*map, "namespaces"))
        return;
    for (std::size_t i = 0; i < map->keys.size(); ++i) {
        if (map->values[i].kind != yaml::Kind::scalar)
            checker_.report("mapping.shape", map->values[i].offset, "a namespace is one text",
                            std::string(map->values[i].kind_name()), "its URI in quotes");
        checker_.add_namespace(map->keys[i], map->values[i].text);
    }
}

void Loader::read_tables(const yaml::Node& root)
{
    const yaml::Node* map = root.find("tables");
    if (map == nullptr || !is_map(*map, "tables"))
        return;
    for (std::size_t i = 0; i < map->keys.size(); ++i)
        read_table(map->keys[i], map->values[i]);
}

void Loader::read_table(const yaml::Node& key, const yaml::Node& value)
{
    const std::string file = value.kind == yaml::Kind::null ? key.text + ".csv" : value.text;
    const yaml::Node& spot = value.kind == yaml::Kind::null ? key : value;
    checker_.add_broken_table(key.text);
    if (!is_let_name(key.text)) {
        checker_.report("mapping.name", key.offset, "this is no name of a table", key.text, "letters, digits, '-' and '_'");
        return;
    }
    if (value.kind == yaml::Kind::map || value.kind == yaml::Kind::sequence || !is_file_beside(file)) {
        checker_.report("mapping.table_file", spot.offset, "a table is a file beside the mapping",
                        value.kind == yaml::Kind::scalar ? file : std::string(value.kind_name()), key.text + ".csv");
        return;
    }
    const std::optional<std::string> bytes = read_beside_(file);
    if (!bytes || bytes->size() > most_table_bytes) {
        checker_.report("mapping.table_file", spot.offset,
                        bytes ? "the table is larger than 16 MiB" : "there is no file " + file + " beside the mapping", file,
                        bytes ? "a smaller table" : "a CSV file of that name");
        return;
    }
    const std::size_t before = problems_.size();
    Table table(key.text, beside(source_.file(), file), *bytes, problems_);
    if (problems_.size() == before) {
        checker_.add_whole_table(key.text);
        program_->tables.push_back(std::move(table));
        program_->table_files.push_back(static_cast<std::uint16_t>(source_.number_of(key.offset)));
    }
    table_bytes_.emplace_back(file, *bytes);
}

void Loader::read_lets(const yaml::Node& root)
{
    const yaml::Node* map = root.find("let");
    if (map == nullptr || !is_map(*map, "let"))
        return;
    for (std::size_t i = 0; i < map->keys.size(); ++i) {
        if (!is_let_name(map->keys[i].text))
            checker_.report("mapping.name", map->keys[i].offset, "this is no name of a let", map->keys[i].text,
                            "letters, digits, '-' and '_', used as $name");
        checker_.add_let(map->keys[i], map->values[i]);
    }
}

void Loader::read_records(const yaml::Node& root)
{
    if (const yaml::Node* records = needed(root, root.offset, "records", "the mapping", "/data/*")) {
        program_->records = checker_.path(*records);
        if (!program_->paths.empty() && !program_->paths[program_->records].from_root)
            checker_.report("mapping.path", records->offset, "records are selected from the root", records->text,
                            "/" + records->text);
    }
    if (const yaml::Node* empty = root.find("empty")) {
        program_->empty_allowed = empty->text == "allowed";
        if (empty->text != "allowed" && empty->text != "refused")
            checker_.report("mapping.word_unknown", empty->offset, "'" + empty->text + "' says nothing about an empty list",
                            empty->text, "allowed or refused");
    }
}

}  // namespace lienthong::mapping
