/// Fuzz target: any bytes where the core reads what a worker, a plugin or a plugin's file says.
///
/// Input: one byte picks the reader, the rest is read.
#include "hub/process/frame.hpp"
#include "hub/process/plugin_file.hpp"
#include "hub/process/protocol.hpp"
#include "hub/sdk/codec.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>

namespace {

using namespace lienthong;
using fuzz::require;

/// What was read says the same once it is written and read again.
template <class Read>
void check_round_trip(std::string_view bytes, Read read)
{
    if (const auto first = read(bytes)) {
        const std::string written = encode(*first);
        const auto second = read(written);
        require(second.has_value() && encode(*second) == written, "what is read can be written and read again");
    }
}

std::size_t depth_of(const sdk::Part& part)
{
    std::size_t deepest = 0;
    for (const sdk::Part& argument : part.arguments)
        deepest = std::max(deepest, depth_of(argument));
    return deepest + 1;
}

void check_step(std::string_view bytes)
{
    check_round_trip(bytes, sdk::decode_step);
    if (const auto step = sdk::decode_step(bytes))
        for (const sdk::Request& request : step->requests)
            require(depth_of(request.target) <= sdk::CodecLimits::part_depth, "parts are nested no deeper than allowed");
}

/// Frames come out the same whatever pieces the bytes arrive in.
void check_frames(std::string_view bytes)
{
    constexpr std::size_t limit = 4096;
    const auto read_all = [&](std::size_t piece) {
        process::FrameReader reader(limit);
        std::string told;
        for (std::string_view rest = bytes; !rest.empty();) {
            const auto space = reader.space();
            const std::size_t size = std::min({piece, rest.size(), space.size()});
            std::copy_n(rest.data(), size, space.data());
            reader.filled(size);
            rest.remove_prefix(size);
            while (const auto frame = reader.next()) {
                require(frame->body.size() <= limit, "a frame is no larger than allowed");
                told += process::encode_frame(frame->kind, frame->id, frame->body);
            }
        }
        return told + (reader.bad() ? "bad" : "good");
    };
    require(read_all(1) == read_all(4096), "pieces make no difference");
}

void check_lock(std::string_view text)
{
    const auto lock = process::read_lock(text);
    if (!lock) {
        require(lock.problem().place.find(':') != std::string::npos, "a malformed lock file has a place");
        return;
    }
    for (const process::LockedPlugin& plugin : *lock)
        require(process::read_lock(process::with_plugin(text, plugin)).ok(), "trusting a plugin keeps the file readable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 9U) {
        case 0:
            check_step(bytes);
            break;
        case 1:
            check_round_trip(bytes, sdk::decode_description);
            break;
        case 2:
            check_round_trip(bytes, sdk::decode_settings);
            break;
        case 3:
            check_round_trip(bytes, [](std::string_view b) { return sdk::decode_event(b); });
            break;
        case 4:
            check_frames(bytes);
            break;
        case 5:
            (void)process::read_note(bytes);
            break;
        case 6:
            check_lock(bytes);
            break;
        case 7:
            check_round_trip(bytes, process::decode_hello);
            break;
        default:
            (void)process::decode_problem(bytes);
            (void)process::decode_connector_job(bytes);
            break;
    }
    return 0;
}
