// Builds the Tree from parsing events and checks what the grammar leaves open.
#include "adapters/formats/json/json_handler.hpp"

#include "adapters/formats/json/json_reader.hpp"
#include "hub/text/same_text.hpp"

#include <algorithm>
#include <cmath>

namespace lienthong::adapters {
namespace {

/// Up to this many members are compared each with each, which is faster than sorting.
constexpr std::size_t few_members = 12;

bool in_number(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

}  // namespace

JsonHandler::JsonHandler(Tree& tree, const FormatLimits& limits) : tree_(tree), limits_(limits) {}

void JsonHandler::begin(std::string_view document, NodeId parent, std::uint32_t base, bool inside)
{
    document_ = document;
    base_ = base;
    inside_ = inside;
    level_ = 0;
    at_ = 0;
    current_ = last_ = parent;
    key_ = {};
    gathered_.clear();
    different_.clear();
    problem_ = {};
    problem_offset_ = 0;
}

bool JsonHandler::refuse(Error& error, const char* code, std::size_t offset, std::string detail, std::string found)
{
    problem_.code = code;
    problem_.detail = std::move(detail);
    problem_.found = std::move(found);
    problem_offset_ = offset;
    error = boost::json::error::exception;
    return false;
}

bool JsonHandler::refuse_node(std::size_t start, Error& error)
{
    return refuse(error, "format.too_many_nodes", start, "the document has more than " + std::to_string(limits_.nodes) + " values", {});
}

bool JsonHandler::open(NodeKind kind, Error& error)
{
    skip_to_token();
    if (!(inside_ && level_ == 0) && !append(kind, at_, error))
        return false;
    ++level_;
    ++at_;
    current_ = last_;
    return true;
}

bool JsonHandler::close()
{
    skip_to_token();
    ++at_;
    --level_;
    last_ = current_;
    if (inside_ && level_ == 0)
        return true;
    tree_.set_end(current_, base_ + static_cast<std::uint32_t>(at_));
    current_ = tree_.node(current_).parent;
    return true;
}

bool JsonHandler::scalar(NodeKind kind, std::size_t length, Error& error)
{
    skip_to_token();
    return leaf(kind, at_, length, document_.substr(at_, length), error);
}

bool JsonHandler::number(Error& error)
{
    skip_to_token();
    std::size_t end = at_;
    while (end < document_.size() && in_number(document_[end]))
        ++end;
    const std::size_t length = end - at_;
    if (length > limits_.number_digits)
        return refuse(error, "format.number_too_long", at_, "a number of " + std::to_string(length) + " characters",
                      shortened(document_.substr(at_, length)));
    return scalar(NodeKind::number, length, error);
}

bool JsonHandler::on_double(double value, Text, Error& error)
{
    if (std::isfinite(value))
        return number(error);
    skip_to_token();
    std::size_t end = at_;
    while (end < document_.size() && in_number(document_[end]))
        ++end;
    const bool too_long = end - at_ > limits_.number_digits;
    return refuse(error, too_long ? "format.number_too_long" : "format.number_not_finite", at_, "a number beyond every range",
                  shortened(document_.substr(at_, end - at_)));
}

bool JsonHandler::gather(Text part)
{
    gathered_.append(part.data(), part.size());
    return true;
}

std::string_view JsonHandler::gathered_text(Text part)
{
    skip_to_token();
    ++at_;
    while (document_[at_] != '"')
        at_ += document_[at_] == '\\' ? 2 : 1;
    ++at_;
    gather(part);
    const std::string_view kept = tree_.keep(gathered_);
    gathered_.clear();
    return kept;
}

bool JsonHandler::gathered_string(Text part, Error& error)
{
    skip_to_token();
    const std::size_t start = at_;
    const std::string_view text = gathered_text(part);
    if (!append(NodeKind::text, start, error))
        return false;
    tree_.set_end(last_, base_ + static_cast<std::uint32_t>(at_));
    tree_.set_text(last_, text);
    return true;
}

bool JsonHandler::names_of_last_object(std::size_t count) const
{
    if (count != different_.size())
        return false;
    NodeId id = tree_.node(last_).first_child;
    for (std::size_t i = 0; i < count; ++i, id = tree_.node(id).next)
        if (id == no_node || !text::is_same(tree_.node(id).name, different_[i]))
            return false;
    return true;
}

bool JsonHandler::keys_differ(std::size_t count, Error& error)
{
    if (count < 2 || names_of_last_object(count))
        return true;
    members_.clear();
    for (NodeId id = tree_.node(last_).first_child; id != no_node; id = tree_.node(id).next)
        members_.push_back(id);
    const auto name = [&](NodeId id) { return tree_.node(id).name; };
    NodeId twice = no_node;
    if (count <= few_members) {
        for (std::size_t i = 1; i < members_.size() && twice == no_node; ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (name(members_[j]) == name(members_[i]))
                    twice = members_[i];
    } else {
        std::sort(members_.begin(), members_.end(), [&](NodeId a, NodeId b) {
            const int order = name(a).compare(name(b));
            return order != 0 ? order < 0 : a < b;
        });
        for (std::size_t i = 1; i < members_.size(); ++i)
            if (name(members_[i - 1]) == name(members_[i]))
                twice = std::min(twice, members_[i]);
    }
    if (twice == no_node) {
        different_.clear();
        for (NodeId id = tree_.node(last_).first_child; id != no_node && count <= few_members; id = tree_.node(id).next)
            different_.push_back(tree_.node(id).name);
        return true;
    }
    JsonFault fault = duplicate_key(document_, tree_.node(twice).offset - base_, name(twice));
    problem_ = std::move(fault.problem);
    problem_offset_ = fault.offset;
    error = boost::json::error::exception;
    return false;
}

}  // namespace lienthong::adapters
