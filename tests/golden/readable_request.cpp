// A connector's request as people read it.
#include "tests/golden/readable_request.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace lienthong::golden {
namespace {

using sdk::Part;
using sdk::PartKind;

constexpr std::array<std::string_view, 12> names = {"literal", "secret",  "credential", "earlier",     "concat", "base64",
                                                    "hex",     "vxp_hex", "form_url",   "json_string", "sha256", "hmac_sha256"};

/// UTF-8 as it stands; anything else byte by byte.
std::string shown(std::string_view bytes)
{
    if (text::is_utf8(bytes))
        return std::string(bytes);
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20U && byte < 0x7FU)
            out += c;
        else
            out += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

std::string text_of(const Part& part, bool inside_a_function)
{
    const std::string name(names.at(static_cast<std::size_t>(part.kind)));
    switch (part.kind) {
        case PartKind::literal:
            return shown(part.text);
        case PartKind::secret:
        case PartKind::credential:
        case PartKind::earlier:
            return "{" + name + ":" + part.text + "}";
        default:
            break;
    }
    const bool joins = part.kind == PartKind::concat;
    std::string arguments;
    for (const Part& argument : part.arguments)
        arguments += (arguments.empty() || joins ? "" : ", ") + text_of(argument, !joins || inside_a_function);
    if (joins)
        return arguments;
    return inside_a_function ? name + "(" + arguments + ")" : "{" + name + "(" + arguments + ")}";
}

std::string differences(const sdk::Request& request)
{
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
    if (request.answer == sdk::AnswerForm::none)
        add("answer not read");
    if (request.answer == sdk::AnswerForm::xml)
        add("answer xml");
    if (request.answer == sdk::AnswerForm::either)
        add("answer json or xml");
    if (request.answer == sdk::AnswerForm::json_texts)
        add("answer json with json in texts");
    if (!request.repeatable)
        add("not repeatable");
    if (request.timeout_millis != sdk::Request{}.timeout_millis)
        add("timeout " + std::to_string(request.timeout_millis) + " ms");
    if (request.answer_mib != sdk::Request{}.answer_mib)
        add("answer up to " + std::to_string(request.answer_mib) + " MiB");
    if (request.hears_too_large)
        add("a larger answer is told");
    return out.empty() ? "" : "(" + out + ")\n";
}

void gather(const Part& part, std::vector<std::string>& out)
{
    if (part.kind == PartKind::credential && std::find(out.begin(), out.end(), part.text) == out.end())
        out.push_back(part.text);
    for (const Part& argument : part.arguments)
        gather(argument, out);
}

}  // namespace

std::string readable(const Part& part)
{
    return text_of(part, false);
}

std::string readable(const sdk::Request& request)
{
    std::string out = request.method + " " + request.endpoint + " " + readable(request.target) + "\n" + differences(request);
    for (const sdk::NamedPart& part : request.parts)
        out += "part " + part.name + " = " + readable(part.part) + "\n";
    for (const sdk::NamedPart& header : request.headers)
        out += header.name + ": " + readable(header.part) + "\n";
    const std::string body = readable(request.body);
    return body.empty() ? out : out + "\n" + body + "\n";
}

std::vector<std::string> credentials_of(const sdk::Request& request)
{
    std::vector<std::string> out;
    for (const auto* list : {&request.parts, &request.headers})
        for (const sdk::NamedPart& named : *list)
            gather(named.part, out);
    gather(request.target, out);
    gather(request.body, out);
    return out;
}

}  // namespace lienthong::golden
