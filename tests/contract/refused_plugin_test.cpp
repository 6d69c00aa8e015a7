// A plugin's file that is not what was trusted, or is no plugin, never gets to run: whatever was done to it, and whenever.
#include "hub/process/plugin_library.hpp"
#include "hub/seal/digest.hpp"
#include "tests/contract/misbehaving_host.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

class RefusedPlugin : public testing::Test
{
protected:
    void SetUp() override
    {
        char folder[] = "/tmp/lienthong-plugins-XXXXXX";
        ASSERT_NE(::mkdtemp(folder), nullptr);
        folder_ = folder;
        bytes_ = read_file(misbehaving().path);
    }
    void TearDown() override { fs::remove_all(folder_); }

    static std::string read_file(const std::string& path)
    {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    std::string written(const std::string& name, const std::string& bytes) const
    {
        const std::string path = (folder_ / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    /// The built file, with what stands at `mark` exchanged.
    std::string altered(const std::string& mark, std::size_t after, const std::string& by) const
    {
        std::string bytes = bytes_;
        const std::size_t at = bytes.find(mark);
        EXPECT_NE(at, std::string::npos);
        return bytes.replace(at + after, by.size(), by);
    }
    /// As an operator would trust it: name and digest of this very file.
    static process::ConnectorPlugin trusted(const std::string& path)
    {
        auto plugin = worker_plugin({"misbehaving", path});
        EXPECT_TRUE(plugin.ok()) << plugin.problem().sentence();
        return plugin.ok() ? *plugin : process::ConnectorPlugin{};
    }
    void expect_refused(const char* what, const process::ConnectorPlugin& plugin, const std::string& code)
    {
        const auto description = process::ConnectorHost::describe(plugin);
        EXPECT_FALSE(description.ok()) << what;
        if (!description.ok()) {
            EXPECT_EQ(description.problem().code, code) << what << ": " << description.problem().sentence();
        }
        refused_ += !description.ok() && description.problem().code == code ? 1 : 0;
        ++tried_;
    }

    fs::path folder_;
    std::string bytes_;
    int refused_ = 0;
    int tried_ = 0;
};

const std::string note_begin("\x0a\0\0\0\x08\0\0\0\x01\0\0\0Lienthong\0\0\0", 24);

TEST_F(RefusedPlugin, ATrustedOneCannotBecomeAnotherInMemory)
{
    const auto plugin = worker_plugin(built_plugin("nrs"));
    ASSERT_TRUE(plugin.ok()) << plugin.problem().sentence();
    const auto library = process::PluginLibrary::load(read_file(plugin->path), plugin->locked, seal::sha256_hex);
    ASSERT_TRUE(library.ok()) << library.problem().sentence();
    int copies = 0;
    for (const auto& descriptor : fs::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        if (!fs::read_symlink(descriptor, gone).string().starts_with("/memfd:lienthong-plugin"))
            continue;
        const int copy = ::open(descriptor.path().c_str(), O_RDWR | O_CLOEXEC);
        ASSERT_GE(copy, 0) << std::strerror(errno);
        EXPECT_EQ(::pwrite(copy, "x", 1, 0), -1);
        EXPECT_EQ(errno, EPERM);
        EXPECT_EQ(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, copy, 0), MAP_FAILED);
        EXPECT_EQ(errno, EPERM);
        EXPECT_EQ(::ftruncate(copy, 0), -1);
        EXPECT_EQ(errno, EPERM);
        EXPECT_EQ(::fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE), -1);
        EXPECT_EQ(errno, EPERM);
        ::close(copy);
        ++copies;
    }
    EXPECT_EQ(copies, 1);
}

TEST_F(RefusedPlugin, WhateverWasDoneToItsFile)
{
    auto changed = trusted(misbehaving().path);
    changed.path = written("changed.so", altered("AT-DESCRIBE:", 12, "Fine"));
    expect_refused("a byte changed", changed, "process.plugin_digest");

    auto linked = trusted(misbehaving().path);
    linked.path = (folder_ / "linked.so").string();
    fs::create_symlink(misbehaving().path, linked.path);
    expect_refused("a symbolic link", linked, "process.plugin_unreadable");

    auto other = trusted(misbehaving().path);
    other.path = built_plugin("nrs").path;
    expect_refused("another plugin's file", other, "process.plugin_digest");

    auto renamed = trusted(misbehaving().path);
    renamed.locked.name = "nrs";
    expect_refused("another plugin's name", renamed, "process.plugin_name");

    expect_refused("an older border", trusted(written("abi.so", altered(note_begin, 24, std::string("\x63\0\0\0", 4)))),
                   "process.plugin_abi");
    expect_refused("a table of another size", trusted(written("size.so", altered(note_begin, 28, std::string("\x63\0\0\0", 4)))),
                   "process.plugin_size");
    expect_refused("no note", trusted(written("note.so", altered(note_begin, 12, "Somebody"))), "process.plugin_no_note");
    expect_refused("cut short", trusted(written("cut.so", bytes_.substr(0, 50))), "process.plugin_not_elf");
    expect_refused("a script", trusted(written("script.so", "#!/bin/sh\n")), "process.plugin_not_elf");

    auto pipe = trusted(misbehaving().path);
    pipe.path = (folder_ / "pipe.so").string();
    ASSERT_EQ(::mkfifo(pipe.path.c_str(), 0600), 0);
    expect_refused("a pipe", pipe, "process.plugin_unreadable");
    std::printf("plugin files: %d of %d refused\n", refused_, tried_);
}

/// The file is judged and loaded from the same bytes, so that there is no moment between.
TEST_F(RefusedPlugin, AnExchangeBetweenTheCheckAndTheLoadNeverRunsTheOtherFile)
{
    const std::string path = written("raced.so", bytes_);
    const std::string good = written("good.so", bytes_);
    const std::string evil = written("evil.so", altered("AT-DESCRIBE:", 12, "evil"));
    const auto plugin = trusted(path);
    std::atomic<bool> stop{false};
    std::thread exchanging([&] {
        for (std::size_t turn = 0; !stop; ++turn) {
            // Turn about by renaming, as an installer does, and by writing into the file that is there.
            const std::string& from = turn % 2 == 0 ? evil : good;
            if (turn % 4 < 2) {
                fs::copy_file(from, path + ".new", fs::copy_options::overwrite_existing);
                fs::rename(path + ".new", path);
            } else {
                std::error_code ignored;
                fs::copy_file(from, path, fs::copy_options::overwrite_existing, ignored);
            }
        }
    });
    int ran = 0, refused = 0;
    for (int round = 0; round < 40; ++round) {
        const auto description = process::ConnectorHost::describe(plugin);
        if (description.ok())
            EXPECT_EQ(description->version, "fine");
        else
            EXPECT_TRUE(description.problem().code == "process.plugin_digest" ||
                        description.problem().code == "process.plugin_unreadable")
                << description.problem().sentence();
        ++(description.ok() ? ran : refused);
    }
    stop = true;
    exchanging.join();
    std::printf("exchanged while it was opened: ran the trusted file %d times, refused %d times, ran the other never\n", ran,
                refused);
}

TEST_F(RefusedPlugin, ADescriptionThatDoesHarmKeepsItFromOpening)
{
    for (const char* command : {"segfault", "abort", "exit", "stack"}) {
        const std::string padded = std::string(command) + std::string(12 - std::string(command).size(), ' ');
        const auto plugin = trusted(written(std::string(command) + ".so", altered("AT-DESCRIBE:", 12, padded)));
        const auto description = process::ConnectorHost::describe(plugin);
        ASSERT_FALSE(description.ok()) << command;
        EXPECT_EQ(description.problem().code, "process.worker_start") << command;
    }
    const auto throwing = trusted(written("throw.so", altered("AT-DESCRIBE:", 12, "throw")));
    EXPECT_EQ(process::ConnectorHost::describe(throwing).problem().code, "process.connector_failed");
}

}  // namespace
}  // namespace lienthong::golden
