/// Remote folder: what is done in one folder of another machine, over an open session.
#pragma once

#include "adapters/transports/folder/folder_call.hpp"
#include "adapters/transports/sftp/sftp_login.hpp"

#include <string>

namespace lienthong::adapters {

/// One thread at a time. Fails with: transport.unknown when the connection is lost.
class RemoteFolder
{
public:
    RemoteFolder(const SftpLogin& login, std::string path) : login_(login), path_(std::move(path)) {}

    /// What there is to say when the folder is not there, or its path leads through a link.
    [[nodiscard]] std::optional<Result<HttpAnswer>> refused_as_no_real_path() const;
    [[nodiscard]] Result<HttpAnswer> list() const;
    [[nodiscard]] Result<HttpAnswer> read(const std::string& name, std::size_t limit) const;
    [[nodiscard]] Result<HttpAnswer> move(const FolderCall& call) const;

private:
    [[nodiscard]] std::string place(const std::string& name) const { return path_ + '/' + name; }
    [[nodiscard]] Result<HttpAnswer> refused(const std::string& doing) const;
    [[nodiscard]] Result<HttpAnswer> write_beside(const std::string& name, const std::string& text) const;

    const SftpLogin& login_;
    std::string path_;
};

}  // namespace lienthong::adapters
