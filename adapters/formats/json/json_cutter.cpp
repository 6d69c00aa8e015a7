// The cutting: strings and brackets are followed, everything else is somebody else's affair.
#include "adapters/formats/json/json_cutter.hpp"

#include "adapters/formats/json/json_reader.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

/// Records are read this many bytes at a time: a reader for each would cost more than the reading.
constexpr std::size_t batch_bytes = 64 * 1024;

bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool ends_scalar(char c)
{
    return is_space(c) || c == ',' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"' || c == ':';
}

/// A key as written between its quotes, undone.
std::string undone(const std::string& key)
{
    if (key.find('\\') == std::string::npos)
        return key;
    Tree tree;
    const std::string_view text = tree.keep('"' + key + '"');
    return JsonReader(tree, FormatLimits{}, 0).append(text, no_node, 0) ? std::string{} : std::string(tree.node(root_node).text);
}

}  // namespace

JsonCutter::JsonCutter(const JsonRecordPath& records, const FormatLimits& limits, Take take)
    : records_(records), limits_(limits), take_(std::move(take)), context_(limits.held_bytes)
{
}

void JsonCutter::route_around(std::string_view bytes)
{
    context_.append(bytes, at_);
    at_.pass(bytes);
}

void JsonCutter::route_record(std::string_view bytes)
{
    if (take_)
        batch_ += bytes;
    batch_size_ += bytes.size();
    at_.pass(bytes);
}

bool JsonCutter::fits() const
{
    const std::size_t depth = levels_.size();
    if (depth == 0)
        return true;
    const Level& above = levels_.back();
    if (!above.on_path || depth > records_.levels.size())
        return false;
    const std::vector<std::string>& names = records_.levels[depth - 1];
    return names.empty() || std::find(names.begin(), names.end(), above.object ? undone(key_) : std::to_string(above.index)) != names.end();
}

bool JsonCutter::is_list_of_records() const
{
    return levels_.back().on_path && levels_.size() == records_.levels.size() + 1 && (levels_.back().object || !records_.members);
}

void JsonCutter::open(char c)
{
    const bool on_path = fits();
    levels_.push_back({.object = c == '{', .on_path = on_path});
    ++opened_;
    key_.clear();
    if (!is_list_of_records())
        return;
    mode_ = Mode::before_record;
    count_ = first_ = 0;
    comma_ = false;
}

void JsonCutter::begin_record(std::string_view gap, char c)
{
    if (count_ == 0) {
        lists_.push_back(opened_ - 1);
        route_around(gap);
        context_.stand_in(records_.members ? "\"\":0 " : "0 ");
    } else if (batch_size_ == 0) {
        at_.pass(gap);
    } else {
        route_record(gap);
    }
    if (batch_size_ == 0) {
        batch_ = records_.members ? "{" : "[";
        batch_at_ = at_;
        first_ = count_;
    }
    gap_.clear();
    escaped_ = false;
    nesting_ = 0;
    if (records_.members)
        mode_ = Mode::name_record;
    else
        begin_value(c);
}

void JsonCutter::begin_value(char c)
{
    nesting_ = 0;
    mode_ = c == '{' || c == '[' ? Mode::nested_record : c == '"' ? Mode::text_record : Mode::scalar_record;
}

std::optional<Problem> JsonCutter::end_record()
{
    ++count_;
    comma_ = false;
    mode_ = Mode::after_record;
    return batch_size_ >= batch_bytes ? flush() : std::nullopt;
}

std::optional<Problem> JsonCutter::flush()
{
    std::optional<Problem> problem;
    if (take_ && batch_size_ > 0) {
        batch_ += records_.members ? '}' : ']';
        problem = take_({batch_, batch_at_, lists_.size() - 1, first_});
    }
    batch_.clear();
    batch_size_ = 0;
    return problem;
}

std::optional<Problem> JsonCutter::step(std::string_view piece, std::size_t& i)
{
    const char c = piece[i];
    switch (mode_) {
        case Mode::around:
            if (c == '"') {
                mode_ = Mode::around_string;
                keys_matter_ = !levels_.empty() && levels_.back().object && levels_.back().on_path;
                key_.clear();
            } else if (c == '{' || c == '[') {
                open(c);
                if (mode_ == Mode::before_record) {
                    route_around(piece.substr(from_, i + 1 - from_));
                    from_ = i + 1;
                }
            } else if (c == '}' || c == ']') {
                if (levels_.empty())
                    mode_ = Mode::broken;
                else
                    levels_.pop_back();
            } else if (c == ',' && !levels_.empty()) {
                ++levels_.back().index;
            }
            if (levels_.size() > limits_.depth + 1)
                mode_ = Mode::broken;
            return std::nullopt;
        case Mode::around_string:
            if (keys_matter_ && (c != '"' || escaped_))
                key_ += c;
            if (c == '"' && !escaped_)
                mode_ = Mode::around;
            escaped_ = c == '\\' && !escaped_;
            return std::nullopt;
        case Mode::before_record:
        case Mode::after_record: {
            if (is_space(c))
                return std::nullopt;
            const bool before = mode_ == Mode::before_record, object = levels_.back().object;
            if (c == (object ? '}' : ']') && !comma_) {
                if (auto problem = flush())
                    return problem;
                gap_ += piece.substr(from_, i - from_);
                route_around(gap_);
                gap_.clear();
                from_ = i;
                levels_.pop_back();
                mode_ = Mode::around;
            } else if (!before && c == ',') {
                mode_ = Mode::before_record;
                comma_ = true;
            } else if (object && !records_.members && c == '"') {
                Problem problem;
                problem.code = "format.not_streamed";
                problem.detail = "records that are members of an object cannot be read one by one";
                problem.place = at_.text();
                return problem;
            } else if (before && (object ? c == '"' : c != ',' && c != '}' && c != ']' && c != ':')) {
                gap_ += piece.substr(from_, i - from_);
                begin_record(std::string(std::move(gap_)), c);
                from_ = i;
                --i;  // the record's own first character
            } else {
                mode_ = Mode::broken;
            }
            return std::nullopt;
        }
        case Mode::name_record:
            // nesting_ counts the quotes, of which the first opens the name.
            if (c == '"' && !escaped_ && ++nesting_ == 2)
                mode_ = Mode::colon_record;
            escaped_ = c == '\\' && !escaped_;
            return std::nullopt;
        case Mode::colon_record:
            if (!is_space(c) && c != ':') {
                begin_value(c);
                --i;  // the value's own first character, or of what stands where one is missing
            }
            return std::nullopt;
        case Mode::nested_record:
            if (c == '"')
                mode_ = Mode::nested_string;
            else if (c == '{' || c == '[')
                ++nesting_;
            else if ((c == '}' || c == ']') && --nesting_ == 0)
                break;
            return std::nullopt;
        case Mode::nested_string:
            if (c == '"' && !escaped_)
                mode_ = Mode::nested_record;
            escaped_ = c == '\\' && !escaped_;
            return std::nullopt;
        case Mode::text_record:
            // As for a name.
            if (c == '"' && !escaped_ && ++nesting_ == 2)
                break;
            escaped_ = c == '\\' && !escaped_;
            return std::nullopt;
        case Mode::scalar_record:
            if (!ends_scalar(c))
                return std::nullopt;
            route_record(piece.substr(from_, i - from_));
            from_ = i;
            --i;
            return end_record();
        case Mode::broken:
            return std::nullopt;
    }
    route_record(piece.substr(from_, i + 1 - from_));
    from_ = i + 1;
    return end_record();
}

/// Most bytes of most documents: inside a record, and neither a quote nor a bracket.
std::size_t JsonCutter::behind_plain(std::string_view piece, std::size_t i) const
{
    if (mode_ == Mode::nested_string && !escaped_)
        while (i < piece.size() && piece[i] != '"' && piece[i] != '\\')
            ++i;
    else if (mode_ == Mode::nested_record)
        while (i < piece.size() && piece[i] != '"' && (static_cast<unsigned char>(piece[i]) & 0xD9U) != 0x59U)
            ++i;
    return i;
}

std::optional<Problem> JsonCutter::feed(std::string_view piece)
{
    from_ = 0;
    for (std::size_t i = 0; i < piece.size() && mode_ != Mode::broken; ++i) {
        i = behind_plain(piece, i);
        if (i == piece.size())
            break;
        if (auto problem = step(piece, i))
            return problem;
    }
    const std::string_view rest = piece.substr(from_);
    switch (mode_) {
        case Mode::broken:
            route_around(gap_);
            gap_.clear();
            [[fallthrough]];
        case Mode::around:
        case Mode::around_string:
            route_around(rest);
            break;
        case Mode::before_record:
        case Mode::after_record:
            gap_ += rest;
            break;
        default:
            route_record(rest);
    }
    if (context_.is_too_large())
        return too_much_held("what stands around the records", limits_.held_bytes, at_);
    if (batch_size_ + gap_.size() > limits_.held_bytes + batch_bytes)
        return too_much_held("a record", limits_.held_bytes, batch_at_);
    return std::nullopt;
}

void JsonCutter::finish()
{
    route_around(gap_);
    gap_.clear();
    context_.append({}, at_);
}

}  // namespace lienthong::adapters
