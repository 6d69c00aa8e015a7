/// Plugin file: judges a connector's shared object by its bytes, before any of its code can run.
///
/// Order of judgement: listed in the lock file, digest, ELF for this machine, our note, ABI, size of the table.
/// Each refusal is one sentence with both sides in it. Nothing here loads anything.
#pragma once

#include "hub/model/result.hpp"
#include "hub/process/lock_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace lienthong::process {

/// SHA-256 as 64 lower-case hex digits, given from outside: this room knows no cryptography.
using Sha256Hex = std::function<std::string(std::string_view)>;

struct PluginNote
{
    std::uint32_t abi = 0;
    std::uint32_t size = 0;
};

/// The whole file. Refuses symbolic links, whatever is no regular file, and more than 64 MiB.
/// Fails with: process.plugin_unreadable.
[[nodiscard]] Result<std::string> read_plugin(const std::string& path);

/// The note a shared object carries (hub/sdk/plugin.hpp writes it). Every offset is checked.
/// Fails with: process.plugin_not_elf, process.plugin_no_note.
[[nodiscard]] Result<PluginNote> read_note(std::string_view elf);

/// Fails with: process.plugin_digest, and as read_note; process.plugin_abi, process.plugin_size.
[[nodiscard]] Result<void> judge_plugin(std::string_view bytes, const LockedPlugin& locked, const Sha256Hex& sha256);

/// The entry of that name. Fails with: process.plugin_unlisted.
[[nodiscard]] Result<LockedPlugin> find_locked(const std::vector<LockedPlugin>& lock, const std::string& name);

}  // namespace lienthong::process
