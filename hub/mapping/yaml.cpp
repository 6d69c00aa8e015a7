// The only file that knows yaml-cpp: turns its events into nodes and its exceptions into problems.
#include "hub/mapping/yaml.hpp"

#include "hub/text/unicode.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace lienthong::mapping::yaml {
namespace {

constexpr std::size_t most_levels = 64;

/// Thrown through yaml-cpp's parser to stop it; never leaves read().
struct Stop
{
    Problem problem;
};

class Builder final : public YAML::EventHandler
{
public:
    Builder(const Source& source, std::uint32_t number, std::vector<Problem>& problems)
        : source_(source), text_(source.text(number)), begin_(source.begin(number)), problems_(problems)
    {
    }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (documents_++ > 0)
            stop(mark, "a second document begins", "---", "one document in a file");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(mark, Kind::null, anchor, ""); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        stop(mark, "aliases are not used here", "*", "the value itself");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
    {
        Node& node = add(mark, Kind::scalar, anchor, tag);
        node.text = value;
        const std::size_t at = offset_of(mark) - begin_;
        const char first = at < text_.size() ? text_[at] : ' ';
        if (tag == "!")
            node.style = first == '|' || first == '>' ? Style::block : Style::quoted;
        if ((first == '"' || first == '\'') && node.style == Style::quoted && !is_closed(at))
            throw Stop{{.code = "yaml.syntax",
                        .detail = "the quotation that begins here has no end",
                        .place = source_.place(offset_of(mark)),
                        .found = std::string(1, first),
                        .expected = std::string(1, first) + " behind the text"}};
        if (is_key_)
            check_key(node);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, Kind::sequence, anchor, tag);
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, Kind::map, anchor, tag);
    }
    void OnMapEnd() override { open_.pop_back(); }

    [[nodiscard]] Node take() { return std::move(root_); }
    [[nodiscard]] bool empty() const { return documents_ == 0; }

    [[nodiscard]] std::size_t offset_of(const YAML::Mark& mark) const
    {
        return begin_ + (mark.pos < 0 ? 0 : std::min(static_cast<std::size_t>(mark.pos), text_.size()));
    }

private:
    [[noreturn]] void stop(const YAML::Mark& mark, std::string detail, std::string found, std::string expected)
    {
        throw Stop{{.code = "yaml.unsupported",
                    .detail = std::move(detail),
                    .place = source_.place(offset_of(mark)),
                    .found = std::move(found),
                    .expected = std::move(expected)}};
    }

    /// Whether a quotation has its other end; yaml-cpp takes the end of the file for one.
    [[nodiscard]] bool is_closed(std::size_t at) const
    {
        const char quote = text_[at];
        for (std::size_t i = at + 1; i < text_.size(); ++i) {
            if (quote == '"' && text_[i] == '\\')
                ++i;
            else if (text_[i] == quote && quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote)
                ++i;
            else if (text_[i] == quote)
                return true;
        }
        return false;
    }

    /// The place for the next node: root, item, key, or the value of the last key.
    Node& add(const YAML::Mark& mark, Kind kind, YAML::anchor_t anchor, const std::string& tag)
    {
        if (anchor != 0)
            stop(mark, "anchors are not used here", "&", "the value itself");
        if (!tag.empty() && tag != "?" && tag != "!")
            stop(mark, "tags are not used here", tag, "a plain value");
        Node* node = &root_;
        is_key_ = false;
        if (!open_.empty()) {
            Node& parent = *open_.back();
            is_key_ = parent.kind == Kind::map && parent.keys.size() == parent.values.size();
            node = is_key_ ? &parent.keys.emplace_back() : &parent.values.emplace_back();
            if (is_key_ && kind != Kind::scalar)
                stop(mark, "this key is no text", std::string(Node{.kind = kind}.kind_name()), "a word followed by ':'");
        }
        node->kind = kind;
        node->offset = offset_of(mark);
        return *node;
    }

    void open(const YAML::Mark& mark, Kind kind, YAML::anchor_t anchor, const std::string& tag)
    {
        Node& node = add(mark, kind, anchor, tag);
        if (open_.size() == most_levels)
            stop(mark, "the file nests too deeply", std::to_string(most_levels) + " levels", "a flatter file");
        open_.push_back(&node);
    }

    void check_key(const Node& key)
    {
        const Node& map = *open_.back();
        for (std::size_t i = 0; i + 1 < map.keys.size(); ++i)
            if (map.keys[i].text == key.text)
                problems_.push_back(
                    {.code = "yaml.duplicate_key",
                     .detail = "the key '" + key.text + "' stands twice in one map",
                     .place = source_.place(key),
                     .found = key.text,
                     .expected = "one of them only; the first is in line " + std::to_string(source_.line(map.keys[i].offset))});
    }

    const Source& source_;
    const std::string_view text_;
    const std::size_t begin_;
    std::vector<Problem>& problems_;
    Node root_;
    std::vector<Node*> open_;  ///< Stays valid: a parent grows only after its last child is closed.
    int documents_ = 0;
    bool is_key_ = false;
};

/// Up to the next blank; a name in backquotes whole.
std::string first_word(std::string_view line, std::size_t from)
{
    const std::size_t closed = line[from] == '`' ? line.find('`', from + 1) : std::string_view::npos;
    const std::size_t end = closed == std::string_view::npos ? line.find(' ', from) : closed + 1;
    return std::string(line.substr(from, end - from));
}

/// What the writer most likely meant, where yaml-cpp's own words do not help.
Problem syntax_problem(const Source& source, std::uint32_t number, std::size_t place, const std::string& message)
{
    const std::string_view text = source.text(number);
    const std::size_t offset = place - source.begin(number);
    Problem problem{.code = "yaml.syntax", .detail = "not YAML: " + message, .place = source.place(place)};
    const std::size_t start = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    const std::string_view line = text.substr(start, text.find('\n', offset) - start);
    const char at = offset < text.size() ? text[offset] : '\n';
    if (message == "illegal map value" && line.find("locale: ") != std::string_view::npos)
        problem.expected = "locale:vi without a blank, because ': ' begins a value in YAML";
    else if (message == "illegal map value" && line.find(": ") == line.rfind(": "))
        problem.expected = "as many blanks before the key as before the one above it";
    else if (message == "illegal map value")
        problem.expected = "one ': ' in a line; write a value that holds another as a block behind '|'";
    else if (at == '@' || at == '`')
        problem.expected = "./" + first_word(line, offset - start) + ", because no value of YAML begins with " + at;
    else if (at == '%')
        problem.expected = "\"" + first_word(line, offset - start) + "\": a text stands in quotes";
    else if (at == '\t')
        problem.expected = "blanks for indentation";
    else if (line.find('"') != std::string_view::npos && message == "end of map not found")
        problem.expected = "nothing behind a quoted text; a comparison begins with its other side";
    problem.found = shortened(line, 120);
    return problem;
}

}  // namespace

const Node* Node::find(std::string_view key) const
{
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i].text == key)
            return &values[i];
    return nullptr;
}

const Node* Node::find_key(std::string_view key) const
{
    for (const Node& one : keys)
        if (one.text == key)
            return &one;
    return nullptr;
}

std::string_view Node::kind_name() const
{
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return "a text";
        case Kind::sequence:
            return "a list";
        case Kind::map:
            break;
    }
    return "a map";
}

Source::Source(std::string file, std::string text)
{
    add(std::move(file), std::move(text));
}

std::uint32_t Source::add(std::string file, std::string text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    if (!parts_.empty())
        text_ += '\n';
    parts_.push_back({std::move(file), text_.size(), static_cast<std::uint32_t>(line_starts_.size())});
    line_starts_.push_back(text_.size());
    for (const char c : text) {
        text_ += c;
        if (c == '\n')
            line_starts_.push_back(text_.size());
    }
    return static_cast<std::uint32_t>(parts_.size() - 1);
}

std::string_view Source::text(std::uint32_t number) const
{
    const std::size_t begin = parts_[number].begin;
    const std::size_t end = number + 1 < parts_.size() ? parts_[number + 1].begin - 1 : text_.size();
    return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t Source::number_of(std::size_t offset) const
{
    const auto behind =
        std::upper_bound(parts_.begin(), parts_.end(), offset, [](std::size_t at, const Part& part) { return at < part.begin; });
    return static_cast<std::uint32_t>(behind - parts_.begin() - 1);
}

std::uint32_t Source::line(std::size_t offset) const
{
    const auto behind = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    return static_cast<std::uint32_t>(behind - line_starts_.begin()) - parts_[number_of(offset)].first_line;
}

std::uint32_t Source::column(std::size_t offset) const
{
    std::uint32_t column = 1;
    const auto behind = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    for (std::size_t i = *(behind - 1); i < offset && i < text_.size(); ++i)
        column += (static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U ? 1 : 0;
    return column;
}

std::string Source::place(std::size_t offset) const
{
    return file(number_of(offset)) + ":" + std::to_string(line(offset)) + ":" + std::to_string(column(offset));
}

std::size_t Source::offset_in(const Node& node, std::size_t at) const
{
    const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    std::size_t here = node.offset;
    if (node.style == Style::block)
        here = std::min(text_.find('\n', here), text_.size());
    if (node.style == Style::quoted)
        return here;
    // Folding turns a line end and the blanks around it into one blank, so runs of blanks are matched as wholes.
    for (std::size_t i = 0; i < at && here < text_.size();) {
        while (here < text_.size() && blank(text_[here]) && !blank(node.text[i]))
            ++here;
        if (!blank(node.text[i])) {
            ++i, ++here;
            continue;
        }
        while (i < at && blank(node.text[i]))
            ++i;
        while (here < text_.size() && blank(text_[here]))
            ++here;
    }
    while (at < node.text.size() && here < text_.size() && blank(text_[here]) && !blank(node.text[at]))
        ++here;
    return std::min(here, text_.size());
}

std::optional<Node> read(const Source& source, std::vector<Problem>& problems, std::uint32_t number)
{
    if (!text::is_utf8(source.text(number))) {
        problems.push_back({.code = "yaml.syntax",
                            .detail = "the file is not UTF-8",
                            .place = source.place(source.begin(number)),
                            .expected = "UTF-8 text"});
        return std::nullopt;
    }
    Builder builder(source, number, problems);
    std::istringstream in{std::string(source.text(number))};
    try {
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Stop& stopped) {
        problems.push_back(stopped.problem);
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        problems.push_back(syntax_problem(source, number, builder.offset_of(error.mark), error.msg));
        return std::nullopt;
    }
    return builder.take();
}

}  // namespace lienthong::mapping::yaml
