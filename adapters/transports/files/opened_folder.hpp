/// Opened folder: what is done in one folder of this machine, always from its descriptor.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/folder/folder_call.hpp"

#include <string>
#include <utility>

namespace lienthong::adapters {

/// A descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

/// One thread at a time.
class OpenedFolder
{
public:
    explicit OpenedFolder(std::string path);

    [[nodiscard]] bool is_open() const { return folder_.is_open(); }
    [[nodiscard]] HttpAnswer refused_at_opening() const;
    [[nodiscard]] HttpAnswer list(Deadline deadline) const;
    [[nodiscard]] HttpAnswer read(const std::string& name, std::size_t limit, Deadline deadline) const;
    [[nodiscard]] HttpAnswer move(const FolderCall& call) const;

private:
    std::string path_;
    Descriptor folder_;
    int error_ = 0;
};

}  // namespace lienthong::adapters
