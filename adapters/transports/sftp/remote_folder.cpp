// Lists, reads and moves in the words of SFTP version 3.
#include "adapters/transports/sftp/remote_folder.hpp"

#include "adapters/transports/folder/folder_answer.hpp"

#include <fcntl.h>

#include <algorithm>
#include <memory>

namespace lienthong::adapters {
namespace {

constexpr std::size_t step_bytes = 32 * 1024;  // What every server takes at a time.
constexpr mode_t subfolder_mode = 0770;
constexpr mode_t text_mode = 0660;

struct FreeAttributes
{
    void operator()(sftp_attributes attributes) const { sftp_attributes_free(attributes); }
};
struct CloseFile
{
    void operator()(sftp_file file) const { sftp_close(file); }
};
struct CloseFolderHandle
{
    void operator()(sftp_dir folder) const { sftp_closedir(folder); }
};
using Attributes = std::unique_ptr<std::remove_pointer_t<sftp_attributes>, FreeAttributes>;
using RemoteFile = std::unique_ptr<std::remove_pointer_t<sftp_file>, CloseFile>;
using FolderHandle = std::unique_ptr<std::remove_pointer_t<sftp_dir>, CloseFolderHandle>;

std::int64_t millis_of(const Attributes& attributes)
{
    return std::int64_t{attributes->mtime} * 1000;
}

bool is_taken(sftp_session session, const std::string& path)
{
    return Attributes(sftp_lstat(session, path.c_str())) != nullptr;
}

}  // namespace

Result<HttpAnswer> RemoteFolder::refused(const std::string& doing) const
{
    const int code = sftp_get_error(login_.session());
    if (!login_.is_connected() || code == SSH_FX_NO_CONNECTION || code == SSH_FX_CONNECTION_LOST)
        return Problem{"transport.unknown", doing + ": the connection was lost"};
    if (code == SSH_FX_NO_SUCH_FILE || code == SSH_FX_NO_SUCH_PATH)
        return refusal(404, doing + ": there is no such file or folder on the server");
    if (code == SSH_FX_PERMISSION_DENIED || code == SSH_FX_WRITE_PROTECT)
        return refusal(403, doing + ": the account may not; let it read and write this folder and its files");
    return refusal(500, doing + ": the server says that it failed, code " + std::to_string(code));
}

std::optional<Result<HttpAnswer>> RemoteFolder::refused_as_no_real_path() const
{
    if (path_.empty())
        return std::nullopt;
    char* const real = sftp_canonicalize_path(login_.session(), path_.c_str());
    if (real == nullptr)
        return refused("the folder '" + path_ + "' cannot be found");
    const std::string found = real;
    ssh_string_free_char(real);
    if (found == path_)
        return std::nullopt;
    return Result<HttpAnswer>(
        refusal(422, "the folder '" + path_ + "' is reached through a link: give its real path, '" + shortened(found) + "'"));
}

Result<HttpAnswer> RemoteFolder::list() const
{
    const std::string doing = "the folder '" + path_ + "' cannot be listed";
    const FolderHandle folder(sftp_opendir(login_.session(), path_.empty() ? "/" : path_.c_str()));
    if (!folder)
        return refused(doing);
    FolderListing listing;
    while (!listing.is_full()) {
        const Attributes entry(sftp_readdir(login_.session(), folder.get()));
        if (!entry && sftp_dir_eof(folder.get()) == 0)
            return refused(doing);
        if (!entry)
            break;
        const std::string name = entry->name == nullptr ? "" : entry->name;
        if (name.empty() || name.front() == '.' || entry->type == SSH_FILEXFER_TYPE_DIRECTORY)
            continue;
        if (entry->type == SSH_FILEXFER_TYPE_REGULAR)
            listing.add({name, entry->size, millis_of(entry)});
        else
            listing.leave_out(name, entry->type == SSH_FILEXFER_TYPE_SYMLINK ? "it is a symbolic link" : "it is no plain file");
    }
    return std::move(listing).answer();
}

Result<HttpAnswer> RemoteFolder::read(const std::string& name, std::size_t limit) const
{
    const std::string doing = "the file '" + name + "' cannot be read";
    const Attributes before(sftp_lstat(login_.session(), place(name).c_str()));
    if (!before)
        return refused(doing);
    if (before->type != SSH_FILEXFER_TYPE_REGULAR)
        return refusal(422, doing + ": it is no plain file");
    if (before->size > limit)
        return too_large_answer(before->size, limit);
    std::string bytes;
    {
        const RemoteFile file(sftp_open(login_.session(), place(name).c_str(), O_RDONLY, 0));
        if (!file)
            return refused(doing);
        for (;;) {
            const std::size_t held = bytes.size();
            bytes.resize(held + step_bytes);
            const ssize_t count = sftp_read(file.get(), bytes.data() + held, step_bytes);
            bytes.resize(held + (count > 0 ? static_cast<std::size_t>(count) : 0));
            if (count < 0)
                return refused(doing);
            if (count == 0)
                break;
            if (bytes.size() > limit)
                return too_large_answer(bytes.size(), limit);
        }
    }
    const Attributes after(sftp_lstat(login_.session(), place(name).c_str()));
    if (!after && !login_.is_connected())
        return refused(doing);
    if (!after || after->size != before->size || after->mtime != before->mtime || bytes.size() != after->size)
        return refusal(409, "the file '" + name + "' changed while it was read");
    return file_answer(std::move(bytes));
}

/// Status 201, or why not; 409 when the name is taken.
Result<HttpAnswer> RemoteFolder::write_beside(const std::string& name, const std::string& text) const
{
    const std::string doing = "the note '" + name + "' cannot be written";
    RemoteFile file(sftp_open(login_.session(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL, text_mode));
    if (!file)
        return is_taken(login_.session(), name) ? refusal(409, doing) : refused(doing);
    for (std::size_t at = 0; at < text.size(); at += step_bytes) {
        const std::size_t size = std::min(step_bytes, text.size() - at);
        if (sftp_write(file.get(), text.data() + at, size) != static_cast<ssize_t>(size)) {
            auto why = refused(doing);
            file.reset();
            sftp_unlink(login_.session(), name.c_str());
            return why;
        }
    }
    if (sftp_extension_supported(login_.session(), "fsync@openssh.com", "1") != 0 && sftp_fsync(file.get()) != 0)
        return refused(doing);
    return HttpAnswer{201, {}, {}};
}

Result<HttpAnswer> RemoteFolder::move(const FolderCall& call) const
{
    const sftp_session session = login_.session();
    const std::string doing = "the file '" + call.name + "' cannot be moved to '" + call.destination + "'";
    if (!is_taken(session, place(call.name)))
        return refused(doing);
    // Fails when it is there already; what it is then is looked at.
    sftp_mkdir(session, place(call.destination).c_str(), subfolder_mode);
    const Attributes into(sftp_lstat(session, place(call.destination).c_str()));
    if (!into)
        return refused(doing);
    if (into->type != SSH_FILEXFER_TYPE_DIRECTORY)
        return refusal(422, doing + ": that is no folder; take it out of the way");
    for (int n = 1; n <= most_numbers; ++n) {
        const std::string name = numbered_name(call.name, n);
        const std::string target = place(call.destination) + '/' + name;
        if (is_taken(session, target))
            continue;
        if (!call.beside.empty()) {
            auto written = write_beside(target + call.beside, call.text);
            if (!written || (written->status != 201 && written->status != 409))
                return written;
            if (written->status == 409)
                continue;
        }
        if (sftp_rename(session, place(call.name).c_str(), target.c_str()) == 0)
            return moved_answer(call.destination, name);
        auto why = refused(doing);
        if (!call.beside.empty())
            sftp_unlink(session, (target + call.beside).c_str());
        if (!is_taken(session, target) || !is_taken(session, place(call.name)))
            return why;
    }
    return refusal(507, doing + ": that name is taken " + std::to_string(most_numbers) + " times; clear the subfolder");
}

}  // namespace lienthong::adapters
