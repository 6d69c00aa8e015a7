// Runs Boost.JSON's parser over a document and turns its refusals into problems with a place.
#include "adapters/formats/json/json_format.hpp"

#include "adapters/formats/json/json_handler.hpp"
#include "adapters/formats/place/place.hpp"
#include "hub/model/utf8.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstdint>
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

/// No more nodes than this can come out of the document, so that the arena is asked for once. Eight bytes at a time: byte
/// by byte it was a quarter of the whole parse.
std::size_t most_nodes(std::string_view document, const FormatLimits& limits)
{
    std::size_t count = 2;
    for (std::size_t at = 0; at < document.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, document.data() + at, std::min(sizeof word, document.size() - at));
        for (const char c : {',', '[', '{'})
            count += count_in(word, c);
    }
    return std::min(count, limits.nodes);
}

Problem begins_with_mark(std::string_view document)
{
    Problem problem;
    problem.code = "format.bom";
    problem.detail = "the document begins with a byte order mark";
    return placed(std::move(problem), document, 0);
}

Problem refusal(std::string_view document, const JsonHandler& handler, const json::error_code& error, std::size_t consumed,
                const FormatLimits& limits)
{
    if (!handler.problem().code.empty())
        return placed(handler.problem(), document, handler.problem_offset());
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
    return placed(std::move(problem), document, offset);
}

}  // namespace

Result<Tree> JsonFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    if (bytes.starts_with(byte_order_mark))
        return begins_with_mark(bytes);
    Tree tree;
    const std::string_view document = tree.keep_document(bytes);
    tree.reserve(most_nodes(document, limits));
    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<JsonHandler> parser(options, tree, document, limits);
    json::error_code error;
    const std::size_t consumed = parser.write_some(false, document.data(), document.size(), error);
    if (!error && consumed < document.size())
        error = json::error::extra_data;
    if (error)
        return refusal(document, parser.handler(), error, consumed, limits);
    return tree;
}

}  // namespace lienthong::adapters
