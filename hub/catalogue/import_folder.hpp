/// Folders an import works in: what is there, what it would become, and how the one becomes the other.
#pragma once

#include "hub/catalogue/export.hpp"
#include "hub/model/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// A folder of this process alone, removed when it goes.
class TemporaryFolder
{
public:
    /// Throws std::runtime_error where the system gives none.
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Held while a folder is worked on; not waited for.
class FolderLock
{
public:
    FolderLock() = default;
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    FolderLock& operator=(FolderLock&&) = delete;

    /// Fails with: import.busy, catalogue.not_written.
    [[nodiscard]] static Result<FolderLock> take(const std::string& directory);

private:
    int file_ = -1;
};

/// Whether it has no file of a catalogue, or is not there.
[[nodiscard]] bool is_new_catalogue(const std::string& directory);

/// Bytes of every file of a catalogue it has, by name.
[[nodiscard]] std::map<std::string, std::string> catalogue_files(const std::string& directory);

/// Puts each file in place whole: all are written beside their places and synced, then renamed; where one cannot be, those
/// renamed before get back what they had. `before` is what was read: a file that has changed since refuses all.
/// Fails with: catalogue.not_written, import.changed_meanwhile.
[[nodiscard]] Result<void> replace_files(const std::string& directory, const std::vector<ExportedFile>& files,
                                         const std::map<std::string, std::string>& before);

}  // namespace lienthong::catalogue
