// Locks folders and replaces files so that after any failure the old ones are there.
#include "hub/catalogue/import_folder.hpp"

#include "hub/catalogue/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace lienthong::catalogue {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> bytes_of(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

Problem not_written(const std::string& file, const std::string& directory, const std::string& why)
{
    return {.code = "catalogue.not_written",
            .detail = "the file cannot be written: " + why,
            .place = file,
            .found = directory,
            .expected = "a folder that may be written to"};
}

/// Whole and on the disk, with the rights of the file it is to replace.
bool write_synced(const std::string& path, std::string_view text, const std::string& replaced)
{
    struct stat old
    {
    };
    const bool known = ::stat(replaced.c_str(), &old) == 0;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return false;
    bool fine = !known || ::fchmod(file, old.st_mode & 07777U) == 0;
    while (fine && !text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        fine = written > 0;
        text.remove_prefix(fine ? static_cast<std::size_t>(written) : 0);
    }
    fine = fine && ::fsync(file) == 0;
    const int error = errno;
    fine = ::close(file) == 0 && fine;
    if (!fine && error != 0)
        errno = error;
    return fine;
}

void sync_folder(const std::string& directory)
{
    const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    (void)::fsync(folder);
    ::close(folder);
}

/// Where the file lies, also when its place in the folder is a link.
std::string real_place(const std::string& directory, const std::string& name)
{
    std::error_code error;
    const fs::path place = fs::weakly_canonical(fs::path(directory) / name, error);
    return error ? directory + "/" + name : place.string();
}

}  // namespace

TemporaryFolder::TemporaryFolder() : path_((fs::temp_directory_path() / "lienthong-import-XXXXXX").string())
{
    if (::mkdtemp(path_.data()) == nullptr)
        throw std::runtime_error("no temporary folder: " + path_);
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code error;
    fs::remove_all(path_, error);
}

FolderLock::~FolderLock()
{
    if (file_ >= 0)
        ::close(file_);
}

Result<FolderLock> FolderLock::take(const std::string& directory)
{
    FolderLock lock;
    lock.file_ = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock.file_ < 0)
        return not_written(directory, directory, std::strerror(errno));
    if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0)
        return Problem{.code = "import.busy", .detail = "another import works on the folder", .place = directory};
    return lock;
}

bool is_new_catalogue(const std::string& directory)
{
    const auto& forms = file_forms();
    return std::none_of(forms.begin(), forms.end(),
                        [&](const FileForm& form) { return fs::exists(directory + "/" + form.name); });
}

std::map<std::string, std::string> catalogue_files(const std::string& directory)
{
    std::map<std::string, std::string> out;
    for (const FileForm& form : file_forms())
        if (auto bytes = bytes_of(directory + "/" + form.name))
            out[form.name] = std::move(*bytes);
    return out;
}

Result<void> replace_files(const std::string& directory, const std::vector<ExportedFile>& files,
                           const std::map<std::string, std::string>& before)
{
    std::vector<std::string> places;
    const auto draft = [&](std::size_t index) { return places[index] + ".new"; };
    const auto drop_drafts = [&] {
        for (std::size_t i = 0; i < places.size(); ++i)
            ::unlink(draft(i).c_str());
    };
    for (const ExportedFile& file : files) {
        places.push_back(real_place(directory, file.name));
        if (!write_synced(draft(places.size() - 1), file.text, places.back())) {
            const std::string why = std::strerror(errno);
            drop_drafts();
            return not_written(file.name, directory, why);
        }
    }
    const auto had = [&](const std::string& name) {
        return before.contains(name) ? std::optional(before.at(name)) : std::nullopt;
    };
    for (std::size_t i = 0; i < files.size(); ++i)
        if (bytes_of(places[i]) != had(files[i].name)) {
            drop_drafts();
            return Problem{.code = "import.changed_meanwhile",
                           .detail = "the file is not as it was when it was read",
                           .place = files[i].name};
        }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (::rename(draft(i).c_str(), places[i].c_str()) == 0)
            continue;
        const std::string why = std::strerror(errno);
        for (std::size_t back = 0; back < i; ++back)
            if (const auto old = had(files[back].name); !old)
                ::unlink(places[back].c_str());
            else if (write_synced(draft(back), *old, places[back]))
                (void)::rename(draft(back).c_str(), places[back].c_str());
        drop_drafts();
        return not_written(files[i].name, directory, why);
    }
    sync_folder(directory);
    return {};
}

}  // namespace lienthong::catalogue
