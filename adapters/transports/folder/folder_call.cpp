// Reads what a request for a folder asks, and refuses every name that could lead elsewhere.
#include "adapters/transports/folder/folder_call.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "hub/model/utf8.hpp"
#include "hub/sdk/percent.hpp"

#include <algorithm>

namespace lienthong::adapters {
namespace {

Problem bad(std::string detail, std::string_view found, std::string expected)
{
    return {"transport.bad_request", std::move(detail), {}, shortened(found), std::move(expected)};
}

/// "%2F" and its like made bytes.
Result<std::string> unescaped(std::string_view text)
{
    auto plain = sdk::percent_decoded(text);
    if (!plain)
        return bad("a '%' is not followed by two hexadecimal digits", text, "percent-encoding by RFC 3986, section 2.1");
    return *std::move(plain);
}

/// A segment that hides a slash, or leads upward, would be another folder than the one that is written.
Result<std::string> folder_of(std::string_view path)
{
    std::string folder;
    while (!path.empty()) {
        if (path.front() != '/')
            return bad("the folder is not absolute", path, "a path that begins with '/'");
        path.remove_prefix(1);
        const std::string_view written = path.substr(0, path.find('/'));
        path.remove_prefix(written.size());
        const auto segment = unescaped(written);
        if (!segment)
            return segment.problem();
        if (*segment == "." || *segment == ".." || segment->find('/') != std::string::npos ||
            segment->find('\0') != std::string::npos)
            return bad("a segment of the folder's path is '.' or '..', or hides a slash or a NUL", written, "names of folders");
        if (!segment->empty())
            folder += '/' + *segment;
    }
    return folder;
}

}  // namespace

std::string_view fault_of_name(std::string_view name)
{
    if (name.empty())
        return "the name is empty";
    if (name.size() > longest_file_name)
        return "the name is longer than 200 bytes";
    if (first_not_utf8(name) != name.size())
        return "the name is not UTF-8";
    if (name.front() == '.')
        return "the name begins with a dot";
    const auto unfit = [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7F' || c == '/' || c == '\\'; };
    if (std::any_of(name.begin(), name.end(), unfit))
        return "the name holds a slash, a backslash or a control character";
    return {};
}

Result<FolderCall> read_folder_call(const HttpRequest& request, std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return bad("the address has no path", path, "/FOLDER/ or /FOLDER/NAME");
    auto folder = folder_of(path.substr(0, slash));
    if (!folder)
        return folder.problem();
    auto name = unescaped(path.substr(slash + 1));
    if (!name)
        return name.problem();
    FolderCall call;
    call.folder = std::move(*folder);
    call.name = std::move(*name);
    if (const auto fault = fault_of_name(call.name); !call.name.empty() && !fault.empty())
        return bad(std::string(fault), call.name, "the name of a file");
    if (request.method == "GET") {
        call.verb = call.name.empty() ? FolderCall::Verb::list : FolderCall::Verb::read;
        return call;
    }
    if (request.method != "MOVE" || call.name.empty())
        return bad("a folder takes GET / , GET /NAME and MOVE /NAME", request.method, "GET or MOVE");
    call.verb = FolderCall::Verb::move;
    call.destination = header_of(request, "Destination");
    call.beside = header_of(request, "Beside");
    call.text = request.body;
    if (const auto fault = fault_of_name(call.destination); !fault.empty())
        return bad("Destination: " + std::string(fault), call.destination, "the name of a subfolder");
    if (!call.beside.empty() &&
        (call.beside.front() != '.' || call.beside.size() > 40 || !fault_of_name("x" + call.beside).empty()))
        return bad("Beside: this is no ending of a file's name", call.beside, "an ending such as .txt, of at most 40 bytes");
    return call;
}

std::string numbered_name(std::string_view name, int n)
{
    if (n <= 1)
        return std::string(name);
    const std::size_t dot = name.rfind('.');
    const std::size_t cut = dot == std::string_view::npos || dot == 0 ? name.size() : dot;
    return std::string(name.substr(0, cut)) + '.' + std::to_string(n) + std::string(name.substr(cut));
}

}  // namespace lienthong::adapters
