// Frames and what they hold; sizes are judged before memory is asked for.
#include "hub/seal/signer_wire.hpp"

#include "hub/sdk/wire.hpp"
#include "hub/seal/checkpoint.hpp"
#include "hub/seal/note.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

namespace lienthong::seal {
namespace {

constexpr std::uint64_t version = 1;
constexpr std::string_view verb = "seal";
constexpr std::size_t prefix_bytes = 4;

Problem no_reply(std::string detail)
{
    return {"seal.signer_unreachable", std::move(detail), {}, {}, "a reply of lienthong-signer"};
}

// Reads exactly `size` bytes into `out`.
bool receive(int fd, char* out, std::size_t size, Deadline deadline, std::span<const int> stops)
{
    while (size > 0) {
        const ssize_t got = ::recv(fd, out, size, 0);
        if (got > 0) {
            out += got;
            size -= static_cast<std::size_t>(got);
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR) || !wait_for(fd, POLLIN, deadline, stops)) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string encode_request(const SealRequest& request)
{
    sdk::Writer out;
    out.number(version);
    out.text(verb);
    out.number(request.old_size);
    out.number(request.new_size);
    out.text(request.new_root);
    out.list(request.consistency, [](sdk::Writer& writer, const Hash& hash) { writer.text(hash); });
    return out.take();
}

std::optional<SealRequest> decode_request(std::string_view bytes)
{
    sdk::Reader in(bytes);
    if (in.number() != version || in.view() != verb)
        return std::nullopt;
    SealRequest request;
    request.old_size = in.number();
    request.new_size = in.number();
    request.new_root = in.text();
    request.consistency = in.list<Hash>([](sdk::Reader& reader) { return reader.text(); });
    if (!in.done())
        return std::nullopt;
    return request;
}

std::string encode_reply(const Result<SealedCheckpoint>& reply)
{
    sdk::Writer out;
    out.number(version);
    out.flag(reply.ok());
    if (reply) {
        out.text(reply.value().note);
        out.text(reply.value().cms_der);
    } else {
        const Problem& problem = reply.problem();
        for (const std::string* text : {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected})
            out.text(*text);
    }
    return out.take();
}

Result<SealedCheckpoint> decode_reply(std::string_view bytes)
{
    sdk::Reader in(bytes);
    if (in.number() != version)
        return no_reply("the signer speaks another version of the protocol");
    if (!in.flag()) {
        Problem problem{in.text(), in.text(), in.text(), in.text(), in.text()};
        return in.done() ? problem : no_reply("the signer's reply cannot be read");
    }
    SealedCheckpoint sealed;
    sealed.note = in.text();
    sealed.cms_der = in.text();
    const auto body = note_body(sealed.note);
    const auto checkpoint = body ? checkpoint_from_body(*body) : Result<Checkpoint>(body.problem());
    if (!in.done() || !checkpoint)
        return no_reply("the signer's reply is no checkpoint");
    sealed.size = checkpoint->size;
    sealed.root = checkpoint->root;
    sealed.time = to_text(checkpoint->time);
    return sealed;
}

bool wait_for(int fd, short events, Deadline deadline, std::span<const int> stops)
{
    std::vector<pollfd> waited{{fd, events, 0}};
    for (const int stop : stops)
        waited.push_back({stop, POLLIN, 0});
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return false;
        const int ready = ::poll(waited.data(), waited.size(), static_cast<int>(std::min<long>(left, 60'000)));
        if (ready < 0 && errno != EINTR)
            return false;
        if (std::any_of(waited.begin() + 1, waited.end(), [](const pollfd& each) { return each.revents != 0; }))
            return false;
        if (ready > 0 && waited.front().revents != 0)
            return true;
    }
}

std::optional<std::string> read_frame(int fd, Deadline deadline, std::span<const int> stops)
{
    char prefix[prefix_bytes];
    if (!receive(fd, prefix, prefix_bytes, deadline, stops))
        return std::nullopt;
    std::size_t size = 0;
    for (const char byte : prefix)
        size = size << 8U | static_cast<unsigned char>(byte);
    if (size > largest_frame)
        return std::nullopt;
    std::string bytes(size, '\0');
    if (!receive(fd, bytes.data(), size, deadline, stops))
        return std::nullopt;
    return bytes;
}

bool write_frame(int fd, std::string_view bytes, Deadline deadline, std::span<const int> stops)
{
    if (bytes.size() > largest_frame)
        return false;
    std::string frame;
    for (std::size_t i = 0; i < prefix_bytes; ++i)
        frame += static_cast<char>(bytes.size() >> (24U - 8U * i) & 0xFFU);
    frame += bytes;
    std::string_view left = frame;
    while (!left.empty()) {
        const ssize_t put = ::send(fd, left.data(), left.size(), MSG_NOSIGNAL);
        if (put > 0)
            left.remove_prefix(static_cast<std::size_t>(put));
        else if ((errno != EAGAIN && errno != EINTR) || !wait_for(fd, POLLOUT, deadline, stops))
            return false;
    }
    return true;
}

}  // namespace lienthong::seal
