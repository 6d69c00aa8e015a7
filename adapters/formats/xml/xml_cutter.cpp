// The cutting: comments, sections, tags and quotes are followed, everything else is somebody else's affair.
#include "adapters/formats/xml/xml_cutter.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t npos = std::string_view::npos;
/// Records are read this many bytes at a time: a reader for each would cost more than the reading.
constexpr std::size_t batch_bytes = 64 * 1024;

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == npos;
}

std::size_t behind(std::string_view bytes, std::string_view ending, std::size_t from)
{
    const std::size_t at = bytes.find(ending, from);
    return at == npos ? npos : at + ending.size();
}

/// The end of a start tag, whose attribute values may hold '>'.
std::size_t behind_tag(std::string_view bytes)
{
    for (std::size_t at = 1; at < bytes.size(); ++at) {
        if (bytes[at] == '>')
            return at + 1;
        if (bytes[at] != '"' && bytes[at] != '\'')
            continue;
        at = bytes.find(bytes[at], at + 1);
        if (at == npos)
            return npos;
    }
    return npos;
}

std::string_view name_of(std::string_view tag, std::size_t from)
{
    const std::size_t end = tag.find_first_of(" \t\r\n/>", from);
    return tag.substr(from, end == npos ? npos : end - from);
}

std::string_view local(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == npos ? name : name.substr(colon + 1);
}

}  // namespace

XmlCutter::XmlCutter(const XmlRecordPath& records, const FormatLimits& limits, Take take)
    : records_(records), limits_(limits), take_(std::move(take)), context_(limits.held_bytes)
{
}

std::optional<std::size_t> XmlCutter::token() const
{
    const std::string_view rest = std::string_view(pending_).substr(used_);
    constexpr std::string_view section = "<![CDATA[";
    std::size_t end = npos;
    if (rest.empty())
        return std::nullopt;
    if (rest.front() != '<')
        end = std::min(rest.find('<'), rest.size());
    else if (rest.starts_with("<!--"))
        end = behind(rest, "-->", 4);
    else if (rest.starts_with(section))
        end = behind(rest, "]]>", section.size());
    else if (rest.size() < section.size() && (section.starts_with(rest) || std::string_view("<!--").starts_with(rest)))
        return std::nullopt;
    else if (rest.starts_with("<?"))
        end = behind(rest, "?>", 2);
    else if (rest.starts_with("</"))
        end = behind(rest, ">", 2);
    else if (rest.starts_with("<!"))
        end = 2;
    else
        end = behind_tag(rest);
    return end == npos ? std::nullopt : std::optional(end);
}

std::optional<Problem> XmlCutter::feed(std::string_view piece)
{
    pending_.erase(0, used_);
    used_ = 0;
    pending_ += piece;
    if (!started_ && pending_.size() < byte_order_mark.size())
        return std::nullopt;
    if (!started_)
        used_ = pending_.size() - without_mark(pending_).size();
    started_ = true;
    for (auto size = token(); size && !broken_; size = token()) {
        const std::string_view one = std::string_view(pending_).substr(used_, *size);
        used_ += *size;
        if (auto problem = take_token(one))
            return problem;
    }
    if (context_.is_too_large())
        return too_much_held("what stands around the records", limits_.held_bytes, at_);
    if (batch_size_ + gap_.size() > limits_.held_bytes + enough_ || pending_.size() - used_ > limits_.held_bytes)
        return too_much_held("a record", limits_.held_bytes, batch_at_);
    return std::nullopt;
}

std::optional<Problem> XmlCutter::finish()
{
    if (!started_)
        used_ = 0;
    const std::string rest = pending_.substr(used_);
    used_ = pending_.size();
    if (auto problem = route_around(rest))
        return problem;
    if (in_record_)  // the document ends too early: there, and not where its records begin
        context_.append({}, at_);
    return std::nullopt;
}

std::optional<Problem> XmlCutter::take_token(std::string_view token)
{
    if (in_record_) {
        const bool tag = token.starts_with('<') && !token.starts_with("<!") && !token.starts_with("<?");
        route_record(token);
        if (tag && token.starts_with("</"))
            --nesting_;
        else if (tag && !token.ends_with("/>"))
            ++nesting_;
        in_record_ = nesting_ > 0;
        return in_record_ || batch_size_ < enough_ ? std::nullopt : flush();
    }
    if (token == "<!") {
        broken_ = true;
        const std::string rest = pending_.substr(used_ - token.size());
        used_ = pending_.size();
        return route_around(rest);
    }
    if (token.starts_with("</"))
        return end_tag(token);
    if (token.starts_with('<') && !token.starts_with("<!") && !token.starts_with("<?"))
        return start_tag(token);
    const bool between = stands_in_ && (token.starts_with("<!--") || token.starts_with("<?") || (!token.starts_with('<') && is_blank(token)));
    if (!between)
        return route_around(token);
    gap_ += token;
    return std::nullopt;
}

bool XmlCutter::fits(std::string_view name) const
{
    const std::size_t depth = levels_.size();
    if (depth >= records_.size() || (depth > 0 && !levels_.back().on_path))
        return false;
    const auto& names = records_[depth];
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Problem> XmlCutter::start_tag(std::string_view tag)
{
    const std::string_view name = name_of(tag, 1);
    const bool on_path = fits(local(name));
    if (on_path && levels_.size() + 1 == records_.size()) {
        begin_record(local(name));
        route_record(tag);
        nesting_ = tag.ends_with("/>") ? 0 : 1;
        in_record_ = nesting_ > 0;
        return in_record_ || batch_size_ < enough_ ? std::nullopt : flush();
    }
    if (auto problem = route_around(tag))
        return problem;
    ++elements_;
    if (tag.ends_with("/>"))
        return std::nullopt;
    Level& level = levels_.emplace_back(Level{.on_path = on_path, .number = elements_ - 1});
    if (on_path) {
        level.tag = tag;
        level.name = name;
        std::replace(level.tag.begin(), level.tag.end(), '\n', ' ');
    }
    broken_ = levels_.size() > limits_.depth + 1;
    return std::nullopt;
}

std::optional<Problem> XmlCutter::end_tag(std::string_view tag)
{
    if (auto problem = route_around(tag))
        return problem;
    if (levels_.empty())
        broken_ = true;
    else
        levels_.pop_back();
    return std::nullopt;
}

/// Anything but records ends the batch: what follows stands behind it.
std::optional<Problem> XmlCutter::route_around(std::string_view bytes)
{
    if (auto problem = flush())
        return problem;
    stands_in_ = false;
    for (const std::string_view part : {std::string_view(gap_), bytes}) {
        context_.append(part, at_);
        at_.pass(part);
    }
    gap_.clear();
    return std::nullopt;
}

void XmlCutter::begin_record(std::string_view name)
{
    if (!stands_in_) {
        context_.stand_in("<" + std::string(name) + "/>");
        ++elements_;
        stands_in_ = true;
    }
    if (batch_size_ == 0) {
        batch_at_ = at_;
        enough_ = batch_bytes;
        for (const Level& level : levels_) {
            batch_ += take_ ? level.tag : std::string{};
            enough_ += 4 * level.tag.size();
        }
    }
    route_record(gap_);
    gap_.clear();
}

void XmlCutter::route_record(std::string_view bytes)
{
    if (take_)
        batch_ += bytes;
    batch_size_ += bytes.size();
    at_.pass(bytes);
}

std::optional<Problem> XmlCutter::flush()
{
    std::optional<Problem> problem;
    if (take_ && batch_size_ > 0) {
        LineColumn columns;
        std::string end_tags;
        for (const Level& level : levels_) {
            columns.pass(level.tag);
            end_tags.insert(0, "</" + level.name + ">");
        }
        problem = take_({batch_, levels_.size(), columns.column - 1, std::move(end_tags), batch_at_, levels_.back().number});
    }
    batch_.clear();
    batch_size_ = 0;
    return problem;
}

}  // namespace lienthong::adapters
