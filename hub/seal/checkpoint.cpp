// The checkpoint's body, line by line; reading accepts only what writing the same content would give.
#include "hub/seal/checkpoint.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/note.hpp"

#include <charconv>

namespace lienthong::seal {
namespace {

// The rest of the line after `opening`; sets `ok` to false when the next line does not begin so.
std::string_view line(std::string_view& rest, std::string_view opening, bool& ok)
{
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || !rest.substr(0, end).starts_with(opening)) {
        ok = false;
        return {};
    }
    const std::string_view content = rest.substr(opening.size(), end - opening.size());
    rest.remove_prefix(end + 1);
    return content;
}

}  // namespace

std::string to_body(const Checkpoint& checkpoint)
{
    std::string body = checkpoint.origin;
    body += '\n';
    body += std::to_string(checkpoint.size);
    body += '\n';
    body += to_base64(checkpoint.root);
    body += "\ntime ";
    body += to_text(checkpoint.time);
    body += '\n';
    if (!checkpoint.prev.empty()) {
        body += "prev ";
        body += checkpoint.prev;
        body += '\n';
    }
    return body;
}

Result<Checkpoint> checkpoint_from_body(std::string_view body)
{
    bool ok = true;
    std::string_view rest = body;
    Checkpoint out;
    out.origin = line(rest, "", ok);
    const std::string_view size = line(rest, "", ok);
    ok = ok && std::from_chars(size.data(), size.data() + size.size(), out.size).ec == std::errc{};
    out.root = from_base64(line(rest, "", ok)).value_or("");
    const auto time = time_from(line(rest, "time ", ok));
    out.time = time.value_or(Time{});
    if (!rest.empty()) {
        out.prev = line(rest, "prev ", ok);
        ok = ok && from_hex(out.prev).value_or("").size() == hash_bytes;
    }
    if (ok && time && is_note_name(out.origin) && out.root.size() == hash_bytes && to_body(out) == body)
        return out;
    return Problem{"seal.checkpoint_malformed",
                   "this is not the body of a checkpoint",
                   {},
                   shortened(body),
                   "origin, size, root, time and prev, one a line"};
}

}  // namespace lienthong::seal
