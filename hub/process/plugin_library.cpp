// Loads a connector's shared object and calls it through the C border.
#include "hub/process/plugin_library.hpp"

#include "hub/process/tree_border.hpp"
#include "hub/sdk/codec.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace lienthong::process {
namespace {

/// Receives what a call answers with.
struct Answered
{
    std::string bytes;
    static void emit(void* context, const char* data, std::size_t size)
    {
        static_cast<Answered*>(context)->bytes.assign(data, size);
    }
};

Problem load_problem(const LockedPlugin& locked, std::string detail, std::string found)
{
    return {"process.plugin_load", std::move(detail), locked.file, std::move(found),
            "a shared object that needs nothing but the C++ library"};
}

/// The bytes in memory no one can change any more. -1 with errno.
int sealed_copy(std::string_view bytes)
{
    const int file = ::memfd_create("lienthong-plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0)
        return -1;
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t written = ::write(file, bytes.data() + at, bytes.size() - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            ::close(file);
            return -1;
        }
        at += static_cast<std::size_t>(written);
    }
    // F_SEAL_WRITE would fail with EBUSY whenever the kernel itself looks at a page for longer than 150 ms. As nobody has
    // mapped this file yet, no write to come is no write at all.
    if (::fcntl(file, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        ::close(file);
        return -1;
    }
    return file;
}

/// The plugin's table, or why there is none.
Result<const lienthong_connector_api*> load_table(std::string_view bytes, const LockedPlugin& locked)
{
    const int file = sealed_copy(bytes);
    if (file < 0)
        return load_problem(locked, "the plugin cannot be copied into memory", std::strerror(errno));
    void* library = ::dlopen(("/proc/self/fd/" + std::to_string(file)).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* fault = ::dlerror();
        ::close(file);
        return load_problem(locked, "the plugin cannot be loaded", shortened(fault == nullptr ? "no reason given" : fault));
    }
    // The descriptor stays: the loader knows libraries by path, and its number in another's path would give this one again.
    const auto* table = static_cast<const lienthong_connector_api*>(::dlsym(library, "lienthong_connector"));
    if (table == nullptr)
        return load_problem(locked, "the plugin exports no 'lienthong_connector'", "no such symbol");
    if (table->abi != LIENTHONG_ABI || table->size != sizeof(lienthong_connector_api))
        return load_problem(locked, "the plugin's table contradicts its note",
                            "ABI " + std::to_string(table->abi) + ", " + std::to_string(table->size) + " bytes");
    if (table->describe == nullptr || table->open == nullptr || table->handle == nullptr || table->close == nullptr)
        return load_problem(locked, "the plugin's table has an empty place", "a null function");
    return table;
}

}  // namespace

Result<PluginLibrary> PluginLibrary::load(std::string_view bytes, const LockedPlugin& locked, const Sha256Hex& sha256)
{
    const auto judged = judge_plugin(bytes, locked, sha256);
    if (!judged)
        return judged.problem();
    const auto table = load_table(bytes, locked);
    if (!table)
        return table.problem();
    Answered answered;
    if ((*table)->describe(&Answered::emit, &answered) != 0)
        return Problem{"process.connector_failed", "the connector cannot describe itself: " + shortened(answered.bytes),
                       locked.file};
    auto description = sdk::decode_description(answered.bytes);
    if (!description)
        return Problem{"process.connector_failed", "the connector's description cannot be read", locked.file};
    if (description->name != locked.name)
        return Problem{"process.plugin_name", "the connector has another name than the one it is trusted under", locked.file,
                       shortened(description->name), locked.name};
    return PluginLibrary(**table, std::move(answered.bytes), std::move(*description));
}

Result<std::unique_ptr<PluginMachine>> PluginLibrary::open(std::string_view encoded_settings) const
{
    Answered answered;
    void* machine = api_->open(encoded_settings.data(), encoded_settings.size(), &Answered::emit, &answered);
    if (machine == nullptr)
        return Problem{
            "process.connector_refused",
            "the connector refuses its settings: " + (answered.bytes.empty() ? "no reason given" : shortened(answered.bytes)),
            "settings"};
    return std::make_unique<PluginMachine>(*api_, machine);
}

Result<std::string> PluginMachine::handle(std::string_view event, const Tree& document) const
{
    Answered answered;
    const auto failed = api_->handle(machine_, event.data(), event.size(), &tree_api(), document.empty() ? nullptr : &document,
                                     &Answered::emit, &answered);
    if (failed == LIENTHONG_OUT_OF_MEMORY)
        throw std::bad_alloc();
    if (failed != 0)
        return Problem{"process.connector_failed",
                       "the connector broke down over this event: " +
                           (answered.bytes.empty() ? "no reason given" : shortened(answered.bytes)),
                       {},
                       shortened(answered.bytes),
                       "a step"};
    return std::move(answered.bytes);
}

}  // namespace lienthong::process
