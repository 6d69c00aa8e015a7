// Runs Boost.JSON's parser over a text and turns its refusals into problems.
#include "adapters/formats/json/json_reader.hpp"

#include "adapters/formats/json/json_handler.hpp"
#include "adapters/formats/place/place.hpp"
#include "hub/model/utf8.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstring>

namespace lienthong::adapters {
namespace {

namespace json = boost::json;

/// How many of the eight bytes of a word are `c`: each that is leaves a one in its own top bit, and no carry leaves its byte.
std::uint64_t count_in(std::uint64_t word, char c)
{
    constexpr std::uint64_t ones = 0x0101010101010101U, low_bits = 0x7F7F7F7F7F7F7F7FU;
    const std::uint64_t difference = word ^ (ones * static_cast<unsigned char>(c));
    const std::uint64_t differs = ((difference & low_bits) + low_bits) | difference;
    return (((~differs & ~low_bits) >> 7U) * ones) >> 56U;
}

/// Where the name of the member whose value begins at `value` begins. Read backwards: a quote inside the name
/// always follows a backslash, the opening one never does.
std::size_t name_offset(std::string_view document, std::size_t value)
{
    std::size_t at = document.rfind(':', value);
    at = at == std::string_view::npos ? at : document.rfind('"', at);
    while (at != std::string_view::npos && at > 0) {
        at = document.rfind('"', at - 1);
        if (at == std::string_view::npos || at == 0 || document[at - 1] != '\\')
            break;
    }
    return at == std::string_view::npos ? value : at;
}

JsonFault fault_of(std::string_view document, const JsonHandler& handler, const json::error_code& error, std::size_t consumed,
                   const FormatLimits& limits)
{
    if (!handler.problem().code.empty())
        return {handler.problem(), handler.problem_offset()};
    Problem problem;
    std::size_t offset = std::min(consumed, document.size());
    if (const std::size_t bad = first_not_utf8(document); bad <= offset + 3 && bad < document.size()) {
        offset = bad;
        problem.code = "format.not_utf8";
        problem.detail = "the document is not UTF-8";
    } else if (error == json::error::too_deep) {
        problem.code = "format.too_deep";
        problem.detail = "more than " + std::to_string(limits.depth) + " levels";
    } else if (error == json::error::exponent_overflow) {
        problem.code = "format.number_not_finite";
        problem.detail = "a number beyond every range";
    } else if (error == json::error::incomplete) {
        offset = document.size();
        problem.code = "format.json.syntax";
        problem.detail = "the document ends too early";
    } else if (error == json::error::extra_data) {
        problem.code = "format.json.syntax";
        problem.detail = "something stands behind the document";
    } else {
        problem.code = "format.json.syntax";
        problem.detail = "not JSON: " + error.message();
    }
    if (problem.code != "format.not_utf8")
        problem.found = shortened(document.substr(offset), 20);
    return {std::move(problem), offset};
}

}  // namespace

struct JsonReader::Parser : json::basic_parser<JsonHandler>
{
    using json::basic_parser<JsonHandler>::basic_parser;
};

JsonReader::JsonReader(Tree& tree, const FormatLimits& limits, std::size_t depth) : limits_(limits)
{
    json::parse_options options;
    options.max_depth = limits.depth - std::min(depth, limits.depth);
    parser_ = std::make_unique<Parser>(options, tree, limits_);
}

JsonReader::~JsonReader() = default;

std::optional<JsonFault> JsonReader::append(std::string_view bytes, NodeId parent, std::uint32_t base)
{
    parser_->handler().begin(bytes, parent, base, false);
    return run(bytes);
}

std::optional<JsonFault> JsonReader::append_inside(std::string_view bytes, NodeId container, std::uint32_t base)
{
    parser_->handler().begin(bytes, container, base, true);
    return run(bytes);
}

std::optional<JsonFault> JsonReader::run(std::string_view bytes)
{
    parser_->reset();
    json::error_code error;
    const std::size_t consumed = parser_->write_some(false, bytes.data(), bytes.size(), error);
    if (!error && consumed < bytes.size())
        error = json::error::extra_data;
    if (!error)
        return std::nullopt;
    return fault_of(bytes, parser_->handler(), error, consumed, limits_);
}

JsonFault duplicate_key(std::string_view text, std::size_t value, std::string_view name)
{
    Problem problem;
    problem.code = "format.json.duplicate_key";
    problem.detail = "a key stands twice in one object";
    problem.found = shortened(name);
    return {std::move(problem), name_offset(text, value)};
}

/// Counted in the beginning and carried on from there; eight bytes at a time. Over the whole text it was 4 of 100 of the way
/// from bytes to observations.
std::size_t most_json_nodes(std::string_view document, const FormatLimits& limits)
{
    constexpr std::size_t sample_bytes = 8 * 1024;
    const std::string_view sample = document.substr(0, sample_bytes);
    std::size_t count = 2;
    for (std::size_t at = 0; at < sample.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, sample.data() + at, std::min(sizeof word, sample.size() - at));
        for (const char c : {',', '[', '{'})
            count += count_in(word, c);
    }
    if (document.size() > sample.size())
        count += count * (document.size() / sample_bytes);
    return std::min(count, limits.nodes);
}

}  // namespace lienthong::adapters
