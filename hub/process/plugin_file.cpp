// Judges a shared object by its bytes.
#include "hub/process/plugin_file.hpp"

#include "hub/sdk/abi.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace lienthong::process {
namespace {

constexpr std::size_t most_bytes = 64 * 1024 * 1024;
constexpr std::string_view note_name{"Lienthong\0", 10};
constexpr std::uint32_t note_type = 1;

#if defined(__x86_64__)
constexpr Elf64_Half own_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half own_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr Elf64_Half own_machine = EM_RISCV;
#else
#error "name this machine's ELF number here"
#endif

/// A value at an offset, when it lies within the bytes. Files may be laid out without alignment.
template <class T>
std::optional<T> at(std::string_view bytes, std::uint64_t offset)
{
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

std::string_view slice(std::string_view bytes, std::uint64_t offset, std::uint64_t size)
{
    return offset <= bytes.size() && size <= bytes.size() - offset ? bytes.substr(offset, size) : std::string_view();
}

std::uint64_t padded(std::uint64_t size)
{
    return (size + 3) / 4 * 4;
}

std::optional<PluginNote> find_note(std::string_view notes)
{
    while (const auto header = at<Elf64_Nhdr>(notes, 0)) {
        const std::string_view name = slice(notes, sizeof(Elf64_Nhdr), header->n_namesz);
        const std::uint64_t body_at = sizeof(Elf64_Nhdr) + padded(header->n_namesz);
        const std::string_view body = slice(notes, body_at, header->n_descsz);
        if (name == note_name && header->n_type == note_type && body.size() == 2 * sizeof(std::uint32_t))
            return PluginNote{*at<std::uint32_t>(body, 0), *at<std::uint32_t>(body, sizeof(std::uint32_t))};
        const std::uint64_t next = body_at + padded(header->n_descsz);
        if (next >= notes.size())
            break;
        notes.remove_prefix(next);
    }
    return std::nullopt;
}

Problem not_elf(std::string detail, std::string found)
{
    return {"process.plugin_not_elf", std::move(detail), {}, std::move(found), "a 64-bit ELF shared object for this machine"};
}

}  // namespace

Result<std::string> read_plugin(const std::string& path)
{
    const auto unreadable = [&](std::string found) {
        return Problem{"process.plugin_unreadable", "the plugin's file cannot be read", path, std::move(found),
                       "a regular file of at most 64 MiB, no link"};
    };
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return unreadable(errno == ELOOP ? "a symbolic link" : std::strerror(errno));
    struct stat about
    {
    };
    std::string bytes;
    std::string fault;
    if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        fault = "no regular file";
    std::array<char, 65536> block{};
    while (fault.empty()) {
        const ssize_t got = ::read(file, block.data(), block.size());
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            fault = std::strerror(errno);
        else if (got > 0)
            bytes.append(block.data(), static_cast<std::size_t>(got));
        if (bytes.size() > most_bytes)
            fault = "more than 64 MiB";
    }
    ::close(file);
    if (!fault.empty())
        return unreadable(fault);
    return bytes;
}

Result<PluginNote> read_note(std::string_view elf)
{
    const auto header = at<Elf64_Ehdr>(elf, 0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
        return not_elf("the plugin's file is no ELF file", std::to_string(elf.size()) + " bytes of something else");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB || header->e_type != ET_DYN)
        return not_elf("the plugin's file is no 64-bit little-endian shared object",
                       "ELF type " + std::to_string(header->e_type));
    if (header->e_machine != own_machine)
        return not_elf("the plugin is built for another machine", "ELF machine " + std::to_string(header->e_machine));
    if (header->e_phentsize != sizeof(Elf64_Phdr))
        return not_elf("the plugin's program headers have an unknown form", std::to_string(header->e_phentsize));
    for (std::uint64_t i = 0; i < header->e_phnum; ++i) {
        const auto segment =
            at<Elf64_Phdr>(slice(elf, header->e_phoff, header->e_phnum * sizeof(Elf64_Phdr)), i * sizeof(Elf64_Phdr));
        if (!segment)
            return not_elf("the plugin's program headers lie outside its file", std::to_string(header->e_phoff));
        if (segment->p_type != PT_NOTE)
            continue;
        if (const auto note = find_note(slice(elf, segment->p_offset, segment->p_filesz)))
            return *note;
    }
    return Problem{"process.plugin_no_note",
                   "the file does not say that it is a connector of this hub",
                   {},
                   "no ELF note 'Lienthong'",
                   "a file that ends with LIENTHONG_CONNECTOR(Class);"};
}

Result<void> judge_plugin(std::string_view bytes, const LockedPlugin& locked, const Sha256Hex& sha256)
{
    const std::string digest = sha256(bytes);
    if (digest != locked.sha256)
        return Problem{"process.plugin_digest",
                       "the plugin's file is not the one that was trusted",
                       locked.file,
                       digest,
                       locked.sha256,
                       "plugins.lock: " + locked.name};
    const auto note = read_note(bytes);
    if (!note)
        return note.problem();
    if (note->abi != LIENTHONG_ABI)
        return Problem{"process.plugin_abi", "the plugin was built for another version of the hub's border", locked.file,
                       "ABI " + std::to_string(note->abi), "ABI " + std::to_string(LIENTHONG_ABI)};
    if (note->size != sizeof(lienthong_connector_api))
        return Problem{"process.plugin_size", "the plugin's table has another size than the hub's", locked.file,
                       std::to_string(note->size) + " bytes", std::to_string(sizeof(lienthong_connector_api)) + " bytes"};
    return {};
}

Result<LockedPlugin> find_locked(const std::vector<LockedPlugin>& lock, const std::string& name)
{
    std::string known;
    for (const LockedPlugin& plugin : lock) {
        if (plugin.name == name)
            return plugin;
        known += (known.empty() ? "" : ", ") + plugin.name;
    }
    return Problem{"process.plugin_unlisted", "the connector '" + shortened(name) + "' is not in the list of trusted plugins",
                   "plugins.lock", shortened(name), known.empty() ? "the list is empty" : known};
}

}  // namespace lienthong::process
