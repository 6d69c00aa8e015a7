/// Receives Boost.JSON's parsing events and builds the Tree; says why it stops when it does.
#pragma once

#include "hub/ports/format.hpp"

#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// Boost tells the handler no positions, so it follows the document itself: `at_` stands behind the last token,
/// and the next event's token begins behind white space, commas and colons.
class JsonHandler
{
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Error = boost::json::error_code;
    using Text = boost::json::string_view;

    JsonHandler(Tree& tree, const FormatLimits& limits);

    /// The text to come goes below `parent`. `document` must live as long as the tree; `base` is where it begins in the
    /// document the tree is of. With `inside`, the outermost list or object is `parent` itself.
    void begin(std::string_view document, NodeId parent, std::uint32_t base, bool inside);

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_array_begin(Error& error) { return open(NodeKind::array, error); }
    bool on_array_end(std::size_t, Error&) { return close(); }
    bool on_object_begin(Error& error) { return open(NodeKind::object, error); }
    bool on_object_end(std::size_t count, Error& error) { return close() && keys_differ(count, error); }
    bool on_string_part(Text part, std::size_t, Error&) { return gather(part); }
    bool on_string(Text part, std::size_t total, Error& error)
    {
        if (!is_whole(part, total))
            return gathered_string(part, error);
        const auto start = static_cast<std::size_t>(part.data() - document_.data()) - 1;
        return leaf(NodeKind::text, start, total + 2, {part.data(), total}, error);
    }
    bool on_key_part(Text part, std::size_t, Error&) { return gather(part); }
    bool on_key(Text part, std::size_t total, Error&)
    {
        if (!is_whole(part, total)) {
            key_ = gathered_text(part);
            return true;
        }
        key_ = {part.data(), total};
        at_ = static_cast<std::size_t>(part.data() - document_.data()) + total + 1;
        return true;
    }
    bool on_number_part(Text, Error&) { return true; }
    bool on_int64(std::int64_t, Text, Error& error) { return number(error); }
    bool on_uint64(std::uint64_t, Text, Error& error) { return number(error); }
    bool on_double(double value, Text, Error& error);
    bool on_bool(bool value, Error& error) { return scalar(NodeKind::boolean, value ? 4 : 5, error); }
    bool on_null(Error& error) { return scalar(NodeKind::null, 4, error); }
    bool on_comment_part(Text, Error&) { return false; }
    bool on_comment(Text, Error&) { return false; }

    /// Why the handler itself stopped the parser; the code is empty when it did not.
    [[nodiscard]] const Problem& problem() const { return problem_; }
    [[nodiscard]] std::size_t problem_offset() const { return problem_offset_; }

private:
    bool open(NodeKind kind, Error& error);
    bool close();
    bool scalar(NodeKind kind, std::size_t length, Error& error);
    bool number(Error& error);
    bool gather(Text part);
    bool append(NodeKind kind, std::size_t start, Error& error)
    {
        if (tree_.size() >= limits_.nodes)
            return refuse_node(start, error);
        last_ = tree_.append(current_, kind, key_, base_ + static_cast<std::uint32_t>(start));
        key_ = {};
        return true;
    }
    /// Appends a scalar whose token is `length` bytes long.
    bool leaf(NodeKind kind, std::size_t start, std::size_t length, std::string_view text, Error& error)
    {
        if (tree_.size() >= limits_.nodes)
            return refuse_node(start, error);
        at_ = start + length;
        last_ = tree_.append({.kind = kind,
                              .parent = current_,
                              .offset = base_ + static_cast<std::uint32_t>(start),
                              .end = base_ + static_cast<std::uint32_t>(at_),
                              .name = key_,
                              .text = text});
        key_ = {};
        return true;
    }
    bool refuse_node(std::size_t start, Error& error);
    bool keys_differ(std::size_t count, Error& error);
    /// Whether the object just closed has the names of the last one that was looked through, in its order.
    [[nodiscard]] bool names_of_last_object(std::size_t count) const;
    bool refuse(Error& error, const char* code, std::size_t offset, std::string detail, std::string found);
    /// Whether a string's value stands in the document as it is, without escapes.
    [[nodiscard]] bool is_whole(Text part, std::size_t total) const
    {
        const std::less_equal<const char*> not_after;
        return part.size() == total && not_after(document_.data(), part.data()) &&
               not_after(part.data() + total, document_.data() + document_.size());
    }
    /// Ends a string token behind `at_` that holds escapes: its value.
    std::string_view gathered_text(Text part);
    bool gathered_string(Text part, Error& error);
    void skip_to_token()
    {
        while (at_ < document_.size() && separates(document_[at_]))
            ++at_;
    }
    static bool separates(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':'; }

    Tree& tree_;
    std::string_view document_;
    const FormatLimits& limits_;
    std::uint32_t base_ = 0;
    bool inside_ = false;
    std::size_t level_ = 0;
    std::size_t at_ = 0;
    NodeId current_ = no_node;
    NodeId last_ = no_node;  ///< The node appended last.
    std::string_view key_;
    std::string gathered_;
    std::vector<NodeId> members_;
    std::vector<std::string_view> different_;  ///< Names that are known to differ from each other.
    Problem problem_;
    std::size_t problem_offset_ = 0;
};

}  // namespace lienthong::adapters
