// The state file: canonical JSON with a checksum, replaced whole.
#include "hub/seal/signer_state.hpp"

#include "hub/seal/digest.hpp"
#include "hub/seal/json_value.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace lienthong::seal {
namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool ok() const { return fd_ >= 0; }

private:
    int fd_;
};

Problem failed(const std::string& file, const char* doing)
{
    return {
        "seal.state_failed", std::string(doing) + ": " + std::strerror(errno), file, {}, "a writable place that keeps its files"};
}

bool write_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

std::string checksum(std::string_view note, std::string_view cms)
{
    return sha256_hex(sha256_hex(note) + sha256_hex(cms));
}

}  // namespace

Result<std::unique_ptr<SignerState>> SignerState::open(std::string file)
{
    const std::string beside = file + ".lock";
    const int lock = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return failed(beside, "the lock cannot be made");
    std::unique_ptr<SignerState> state{new SignerState(std::move(file), lock)};
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return Problem{"seal.state_locked", "another signer works with this state", state->file_, {}, "one signer for a log"};
    return state;
}

SignerState::~SignerState()
{
    ::close(lock_);
}

Result<std::optional<SealedCheckpoint>> SignerState::load() const
{
    const Descriptor file(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok() && errno == ENOENT)
        return std::optional<SealedCheckpoint>{};
    if (!file.ok())
        return failed(file_, "the state cannot be opened");
    std::string text;
    std::array<char, 4096> part{};
    while (true) {
        const ssize_t got = ::read(file.get(), part.data(), part.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(file_, "the state cannot be read");
        if (got == 0)
            break;
        text.append(part.data(), static_cast<std::size_t>(got));
    }
    // An unreadable state must stop the signer: starting from nothing could sign a second history.
    Problem broken{"seal.state_broken", "the state is damaged", file_, {}, "the file as the signer wrote it"};
    auto value = from_canonical(text);
    if (!value)
        return broken;
    JsonMembers members(std::move(*value));
    SealedCheckpoint out;
    const auto cms = from_base64(members.text("cms_der_base64"));
    out.note = members.text("note");
    out.cms_der = cms.value_or("");
    const bool intact = members.text("sha256") == checksum(out.note, out.cms_der) && members.integer("v") == 1;
    if (!members.finish() || !cms || !intact)
        return broken;
    return std::optional<SealedCheckpoint>{std::move(out)};
}

Result<void> SignerState::save(const SealedCheckpoint& checkpoint)
{
    const std::string text = to_canonical(JsonValue::Object{{"cms_der_base64", to_base64(checkpoint.cms_der)},
                                                            {"note", checkpoint.note},
                                                            {"sha256", checksum(checkpoint.note, checkpoint.cms_der)},
                                                            {"v", std::int64_t{1}}});
    const std::string aside = file_ + ".new";
    {
        const Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.ok() || !write_all(file.get(), text) || ::fsync(file.get()) != 0)
            return failed(aside, "the state cannot be written");
    }
    if (::rename(aside.c_str(), file_.c_str()) != 0)
        return failed(file_, "the state cannot be put in place");
    const std::filesystem::path parent = std::filesystem::path(file_).parent_path();
    const Descriptor directory(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.ok() || ::fsync(directory.get()) != 0)
        return failed(parent.string(), "the state's directory cannot be synced");
    return {};
}

}  // namespace lienthong::seal
