/// Plugin: the last line of a connector's file, `LIENTHONG_CONNECTOR(Class);`, makes the class loadable.
///
/// Class derives from Connector, has `static Description description()` and a constructor from `const Settings&`,
/// which may throw std::invalid_argument to refuse settings that are only wrong together. Exceptions end at the
/// border as one sentence; the event that caused one is reported, the machine lives on.
#pragma once

#include "hub/sdk/abi.h"
#include "hub/sdk/codec.hpp"

#include <exception>
#include <memory>
#include <new>
#include <type_traits>

namespace lienthong::sdk::border {

/// What the file says of itself before any of its code runs: an ELF note.
struct Note
{
    std::uint32_t name_size = 10;
    std::uint32_t description_size = 8;
    std::uint32_t type = 1;
    char name[12] = "Lienthong";
    std::uint32_t abi = LIENTHONG_ABI;
    std::uint32_t size = sizeof(lienthong_connector_api);
};

inline void say(std::string_view text, lienthong_emit emit, void* context)
{
    emit(context, text.data(), text.size());
}

/// Runs `work`, which answers with bytes; whatever it throws becomes a sentence. Returns what handle() returns.
template <class Work>
std::int32_t guarded(lienthong_emit emit, void* context, Work work) noexcept
{
    try {
        const std::string answer = work();
        say(answer, emit, context);
        return 0;
    } catch (const std::bad_alloc&) {
        return LIENTHONG_OUT_OF_MEMORY;
    } catch (const std::exception& e) {
        say(e.what(), emit, context);
    } catch (...) {
        say("the connector threw something that is no exception", emit, context);
    }
    return 1;
}

template <class Class>
struct Border
{
    static_assert(std::is_base_of_v<Connector, Class>, "a connector derives from lienthong::sdk::Connector");
    static_assert(std::is_constructible_v<Class, const Settings&>, "a connector is made from const Settings&");

    static std::int32_t describe(lienthong_emit emit, void* context) noexcept
    {
        return guarded(emit, context, [] { return encode(Class::description()); });
    }
    static void* open(const char* settings, std::size_t size, lienthong_emit emit, void* context) noexcept
    {
        std::unique_ptr<Class> machine;
        (void)guarded(emit, context, [&]() -> std::string {
            const auto read = decode_settings({settings, size});
            if (!read)
                return "the settings cannot be read: host and plugin disagree on their form";
            machine = std::make_unique<Class>(*read);
            return {};
        });
        return machine.release();
    }
    static std::int32_t handle(void* machine, const char* event, std::size_t size, const lienthong_tree_api* api,
                               const void* tree, lienthong_emit emit, void* context) noexcept
    {
        bool readable = true;
        const std::int32_t status = guarded(emit, context, [&]() -> std::string {
            const TreeView document = tree == nullptr ? TreeView{} : TreeView(api, tree, 0);
            const auto read = decode_event({event, size}, document);
            readable = read.has_value();
            if (!readable)
                return "the event cannot be read: host and plugin disagree on its form";
            return encode(sdk::handle(*static_cast<const Class*>(machine), *read));
        });
        return status == 0 && !readable ? 1 : status;
    }
    static void close(void* machine) noexcept { delete static_cast<Class*>(machine); }
};

template <class Class>
inline constexpr lienthong_connector_api api_of = {
    LIENTHONG_ABI,        sizeof(lienthong_connector_api), &Border<Class>::describe,
    &Border<Class>::open, &Border<Class>::handle,          &Border<Class>::close};

}  // namespace lienthong::sdk::border

/// Stands at the end of a connector's file, outside every namespace.
#define LIENTHONG_CONNECTOR(Class)                                                                   \
    extern "C" {                                                                                     \
    extern __attribute__((visibility("default"))) const lienthong_connector_api lienthong_connector; \
    const lienthong_connector_api lienthong_connector = ::lienthong::sdk::border::api_of<Class>;     \
    }                                                                                                \
    __attribute__((section(".note.lienthong"), used, aligned(4))) static const ::lienthong::sdk::border::Note lienthong_note {}
