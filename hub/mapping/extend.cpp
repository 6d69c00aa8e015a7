// Reads the files a mapping extends, one after another, and lays each over the one below it.
#include "hub/mapping/extend.hpp"

#include "hub/mapping/beside.hpp"

#include <algorithm>
#include <array>

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_bytes = 1024UL * 1024;
/// What a mapping says of itself, and does not hand on.
constexpr std::array<std::string_view, 3> own_keys = {"mapping", "version", "extends"};
/// Maps whose keys are laid over each other one by one; of every other key the value is replaced whole.
constexpr std::array<std::string_view, 7> laid_by_key = {"namespaces", "tables", "let", "layout", "common", "observe", "set"};

std::ptrdiff_t position(const yaml::Node& map, std::string_view key)
{
    const auto at = std::find_if(map.keys.begin(), map.keys.end(), [&](const yaml::Node& one) { return one.text == key; });
    return at == map.keys.end() ? -1 : at - map.keys.begin();
}

void take_away(yaml::Node& map, std::ptrdiff_t at)
{
    map.keys.erase(map.keys.begin() + at);
    map.values.erase(map.values.begin() + at);
}

/// Lays `over` on `base`. A key of both stays where it is below, with the new keys that stand above it before it, because
/// a `let` sees what stands above. With nothing behind it a key is taken away, except where that has a meaning of its own.
void lay_over(yaml::Node& base, yaml::Node over, bool nothing_takes_away, bool top)
{
    yaml::Node fresh;
    const auto put_in = [&](std::ptrdiff_t at) {
        base.keys.insert(base.keys.begin() + at, fresh.keys.begin(), fresh.keys.end());
        base.values.insert(base.values.begin() + at, fresh.values.begin(), fresh.values.end());
        fresh = {};
    };
    for (std::size_t i = 0; i < over.keys.size(); ++i) {
        yaml::Node& key = over.keys[i];
        yaml::Node& value = over.values[i];
        std::ptrdiff_t at = position(base, key.text);
        if (at < 0) {
            fresh.keys.push_back(std::move(key));
            fresh.values.push_back(std::move(value));
            continue;
        }
        if (nothing_takes_away && value.kind == yaml::Kind::null) {
            take_away(base, at);
            continue;
        }
        at += static_cast<std::ptrdiff_t>(fresh.keys.size());
        put_in(at - static_cast<std::ptrdiff_t>(fresh.keys.size()));
        yaml::Node& below = base.values[static_cast<std::size_t>(at)];
        const bool by_key = top && std::find(laid_by_key.begin(), laid_by_key.end(), key.text) != laid_by_key.end() &&
                            below.kind == yaml::Kind::map && value.kind == yaml::Kind::map;
        base.keys[static_cast<std::size_t>(at)] = key;
        if (by_key)
            lay_over(below, std::move(value), key.text != "tables", false);
        else
            below = std::move(value);
    }
    put_in(static_cast<std::ptrdiff_t>(base.keys.size()));
    base.offset = over.offset;
}

class Files
{
public:
    Files(yaml::Source& source, const ReadBeside& read_beside, std::vector<Problem>& problems)
        : source_(source), read_beside_(read_beside), problems_(problems)
    {
    }

    std::optional<yaml::Node> whole(yaml::Node root)
    {
        const yaml::Node* names = root.kind == yaml::Kind::map ? root.find("extends") : nullptr;
        if (names == nullptr)
            return root;
        auto base = read(*names);
        if (!base || !(base = whole(std::move(*base))))
            return std::nullopt;
        for (const std::string_view key : own_keys)
            if (const std::ptrdiff_t at = position(*base, key); at >= 0)
                take_away(*base, at);
        lay_over(*base, std::move(root), true, true);
        return base;
    }

    std::vector<std::pair<std::string, std::string>> bytes{};

private:
    std::nullopt_t refuse(const yaml::Node& at, std::string detail, std::string found, std::string expected)
    {
        problems_.push_back({.code = "mapping.extends",
                             .detail = std::move(detail),
                             .place = source_.place(at),
                             .found = std::move(found),
                             .expected = std::move(expected)});
        return std::nullopt;
    }

    std::optional<yaml::Node> read(const yaml::Node& name)
    {
        const char* file = "a file of this folder, such as base.yaml";
        if (name.kind != yaml::Kind::scalar || !is_file_beside(name.text) || !name.text.ends_with(".yaml"))
            return refuse(name, "a mapping extends a mapping beside it",
                          name.kind == yaml::Kind::scalar ? name.text : std::string(name.kind_name()), file);
        const auto is_this = [&](const auto& one) { return one.first == name.text; };
        if (file_beside(source_.file()) == name.text || std::any_of(bytes.begin(), bytes.end(), is_this))
            return refuse(name, "the mapping would extend itself", name.text, "a mapping that does not extend this one");
        if (bytes.size() + 1 == most_extended)
            return refuse(name, "the mapping is made of too many files", std::to_string(most_extended + 1), "at most 8");
        auto text = read_beside_(name.text);
        if (!text || text->size() > most_bytes)
            return refuse(name, text ? "the mapping it extends is larger than 1 MiB" : "there is no file " + name.text + " beside the mapping",
                          name.text, text ? "a smaller one" : file);
        bytes.emplace_back(name.text, *text);
        const std::uint32_t number = source_.add(beside(source_.file(), name.text), std::move(*text));
        auto root = yaml::read(source_, problems_, number);
        if (root && root->kind != yaml::Kind::map)
            return refuse(*root, "a mapping file wants a map", std::string(root->kind_name()), "lines of 'key: value'");
        return root;
    }

    yaml::Source& source_;
    const ReadBeside& read_beside_;
    std::vector<Problem>& problems_;
};

}  // namespace

std::optional<Extended> extended(yaml::Source& source, yaml::Node root, const ReadBeside& read_beside, std::vector<Problem>& problems)
{
    Files files(source, read_beside, problems);
    auto whole = files.whole(std::move(root));
    if (!whole)
        return std::nullopt;
    return Extended{std::move(*whole), std::move(files.bytes)};
}

}  // namespace lienthong::mapping
