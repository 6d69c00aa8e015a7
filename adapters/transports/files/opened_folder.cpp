// Lists, reads and moves by descriptors, so that no name can lead out of the folder.
#include "adapters/transports/files/opened_folder.hpp"

#include "adapters/transports/folder/folder_answer.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace lienthong::adapters {
namespace {

constexpr std::size_t read_step = 256 * 1024;
constexpr mode_t subfolder_mode = 0770;
constexpr mode_t text_mode = 0660;

struct CloseFolder
{
    void operator()(DIR* folder) const { ::closedir(folder); }
};

HttpAnswer refused(int error, const std::string& doing)
{
    const std::string why = doing + ": " + std::generic_category().message(error);
    switch (error) {
        case ENOENT:
            return refusal(404, why);
        case EACCES:
        case EPERM:
        case EROFS:
            return refusal(403, why + "; let the hub's user read and write this folder and its files");
        case ENOSPC:
        case EDQUOT:
            return refusal(507, why + "; make room on the disk");
        case ELOOP:
        case EISDIR:
        case ENXIO:
        case EIO:
            return refusal(422, why);
        default:
            return refusal(500, why);
    }
}

std::int64_t millis_of(const timespec& time)
{
    return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

bool is_the_same(const struct stat& a, const struct stat& b)
{
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

int open_without_links(const std::string& path)
{
    open_how how = {};
    how.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS;
    return static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how));
}

bool is_taken(int folder, const std::string& name)
{
    struct stat found = {};
    return ::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0;
}

/// A new file with this text, on the disk when it returns 0; else the error, and no file.
int write_new(int folder, const std::string& name, std::string_view text)
{
    const Descriptor file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, text_mode));
    if (!file.is_open())
        return errno;
    int error = 0;
    while (!text.empty() && error == 0) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written >= 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            error = errno;
    }
    if (error == 0 && ::fsync(file.number()) != 0)
        error = errno;
    if (error != 0)
        ::unlinkat(folder, name.c_str(), 0);
    return error;
}

/// Renames where nothing has the new name. Not every file system knows that call: there a second name is made first.
int rename_to_free(int from, const std::string& name, int into, const std::string& target)
{
    if (::renameat2(from, name.c_str(), into, target.c_str(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (::linkat(from, name.c_str(), into, target.c_str(), 0) != 0 || ::unlinkat(from, name.c_str(), 0) != 0)
        return errno;
    return 0;
}

}  // namespace

Descriptor::~Descriptor()
{
    if (number_ >= 0)
        ::close(number_);
}

OpenedFolder::OpenedFolder(std::string path)
    : path_(path.empty() ? "/" : std::move(path)), folder_(open_without_links(path_)), error_(folder_.is_open() ? 0 : errno)
{
}

HttpAnswer OpenedFolder::refused_at_opening() const
{
    if (error_ == ELOOP)
        return refusal(422, "the folder '" + path_ + "' is reached through a symbolic link: give its real path");
    return refused(error_ == ENOTDIR ? ENOENT : error_, "the folder '" + path_ + "' cannot be opened");
}

HttpAnswer OpenedFolder::list(Deadline deadline) const
{
    Descriptor again(::openat(folder_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, CloseFolder> entries(again.is_open() ? ::fdopendir(::dup(again.number())) : nullptr);
    if (!entries)
        return refused(errno, "the folder '" + path_ + "' cannot be listed");
    FolderListing listing;
    while (!listing.is_full()) {
        errno = 0;
        const dirent* entry = ::readdir(entries.get());
        if (entry == nullptr && errno != 0)
            return refused(errno, "the folder '" + path_ + "' cannot be listed to its end");
        if (entry == nullptr)
            break;
        if (std::chrono::steady_clock::now() > deadline)
            return refusal(504, "listing the folder '" + path_ + "' takes longer than the request allows");
        const std::string name = entry->d_name;
        struct stat found = {};
        if (name.front() == '.' || ::fstatat(folder_.number(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0 ||
            S_ISDIR(found.st_mode))
            continue;
        if (S_ISREG(found.st_mode))
            listing.add({name, static_cast<std::uint64_t>(found.st_size), millis_of(found.st_mtim)});
        else
            listing.leave_out(name, S_ISLNK(found.st_mode) ? "it is a symbolic link" : "it is no plain file");
    }
    return std::move(listing).answer();
}

HttpAnswer OpenedFolder::read(const std::string& name, std::size_t limit, Deadline deadline) const
{
    const std::string doing = "the file '" + name + "' cannot be read";
    const Descriptor file(::openat(folder_.number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat before = {};
    if (!file.is_open() || ::fstat(file.number(), &before) != 0)
        return refused(errno, doing);
    if (!S_ISREG(before.st_mode))
        return refusal(422, doing + ": it is no plain file");
    if (static_cast<std::uint64_t>(before.st_size) > limit)
        return too_large_answer(static_cast<std::uint64_t>(before.st_size), limit);
    std::string bytes;
    for (;;) {
        const std::size_t held = bytes.size();
        bytes.resize(held + read_step);
        const ssize_t count = ::read(file.number(), bytes.data() + held, read_step);
        const int error = errno;
        bytes.resize(held + (count > 0 ? static_cast<std::size_t>(count) : 0));
        if (count == 0)
            break;
        if (count < 0 && error != EINTR)
            return refused(error, doing);
        if (bytes.size() > limit || std::chrono::steady_clock::now() > deadline)
            return bytes.size() > limit ? too_large_answer(bytes.size(), limit)
                                        : refusal(504, doing + " within the time the request allows");
    }
    struct stat after = {};
    if (::fstat(file.number(), &after) != 0 || !is_the_same(before, after) ||
        bytes.size() != static_cast<std::size_t>(after.st_size))
        return refusal(409, "the file '" + name + "' changed while it was read");
    return file_answer(std::move(bytes));
}

HttpAnswer OpenedFolder::move(const FolderCall& call) const
{
    const std::string doing = "the file '" + call.name + "' cannot be moved to '" + call.destination + "'";
    if (!is_taken(folder_.number(), call.name))
        return refused(ENOENT, doing);
    if (::mkdirat(folder_.number(), call.destination.c_str(), subfolder_mode) != 0 && errno != EEXIST)
        return refused(errno, doing);
    const Descriptor into(::openat(folder_.number(), call.destination.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!into.is_open() && (errno == ENOTDIR || errno == ELOOP))
        return refusal(422, doing + ": that is no folder; take it out of the way");
    if (!into.is_open())
        return refused(errno, doing);
    for (int n = 1; n <= most_numbers; ++n) {
        const std::string target = numbered_name(call.name, n);
        const std::string beside = call.beside.empty() ? std::string() : target + call.beside;
        if (is_taken(into.number(), target))
            continue;
        int error = beside.empty() ? 0 : write_new(into.number(), beside, call.text);
        if (error == EEXIST)
            continue;
        if (error != 0)
            return refused(error, doing);
        error = rename_to_free(folder_.number(), call.name, into.number(), target);
        if (error != 0 && !beside.empty())
            ::unlinkat(into.number(), beside.c_str(), 0);
        if (error == EEXIST)
            continue;
        if (error == 0 && (::fsync(into.number()) != 0 || ::fsync(folder_.number()) != 0))
            error = errno;
        return error == 0 ? moved_answer(call.destination, target) : refused(error, doing);
    }
    return refusal(507, doing + ": that name is taken " + std::to_string(most_numbers) + " times; clear the subfolder");
}

}  // namespace lienthong::adapters
