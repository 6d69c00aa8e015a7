// A shared object is judged by its bytes; each refusal names both sides.
#include "hub/process/plugin_file.hpp"
#include "hub/sdk/abi.h"

#include <elf.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

namespace lienthong::process {
namespace {

/// Stands in for SHA-256: the judge only compares what it is given.
std::string digest_of(std::string_view bytes)
{
    std::string out = std::to_string(std::hash<std::string_view>()(bytes));
    return std::string(64 - out.size(), '0') + out;
}

struct ElfNote
{
    std::string name = std::string("Lienthong\0\0\0", 12);
    std::uint32_t name_size = 10;
    std::uint32_t type = 1;
    std::uint32_t abi = LIENTHONG_ABI;
    std::uint32_t size = sizeof(lienthong_connector_api);
};

template <class T>
void append(std::string& out, const T& value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The smallest file with a foreign note before ours.
std::string elf_with(const ElfNote& ours)
{
    std::string notes;
    append(notes, Elf64_Nhdr{4, 3, 3});
    notes += std::string("GNU\0xyz\0", 8);
    append(notes, Elf64_Nhdr{ours.name_size, 8, ours.type});
    notes += ours.name;
    append(notes, ours.abi);
    append(notes, ours.size);
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_DYN;
    header.e_machine = EM_X86_64;
    header.e_phoff = sizeof(Elf64_Ehdr);
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = 2;
    Elf64_Phdr load{}, note{};
    load.p_type = PT_LOAD;
    note.p_type = PT_NOTE;
    note.p_offset = sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr);
    note.p_filesz = notes.size();
    std::string out;
    append(out, header);
    append(out, load);
    append(out, note);
    return out + notes;
}

std::string judged(const std::string& bytes)
{
    const LockedPlugin locked{"demo", digest_of(bytes), "demo.so"};
    const auto result = judge_plugin(bytes, locked, digest_of);
    return result ? "taken" : result.problem().code;
}

TEST(PluginFile, IsTakenWhenEverythingAgrees)
{
    EXPECT_EQ(judged(elf_with({})), "taken");
}

TEST(PluginFile, IsRefusedWhenItsDigestDiffersAndBothAreSaid)
{
    const std::string bytes = elf_with({});
    const LockedPlugin locked{"demo", std::string(64, 'f'), "demo.so"};
    const auto result = judge_plugin(bytes, locked, digest_of);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problem().code, "process.plugin_digest");
    EXPECT_EQ(result.problem().found, digest_of(bytes));
    EXPECT_EQ(result.problem().expected, locked.sha256);
}

TEST(PluginFile, IsRefusedWhenItsNoteIsAnother)
{
    ElfNote note;
    note.abi = LIENTHONG_ABI + 1;
    EXPECT_EQ(judged(elf_with(note)), "process.plugin_abi");
    note = {};
    note.size += 8;
    EXPECT_EQ(judged(elf_with(note)), "process.plugin_size");
    note = {};
    note.type = 2;
    EXPECT_EQ(judged(elf_with(note)), "process.plugin_no_note");
    note = {};
    note.name[0] = 'l';
    EXPECT_EQ(judged(elf_with(note)), "process.plugin_no_note");
    note = {};
    note.name_size = 0xFFFFFFF0U;
    EXPECT_EQ(judged(elf_with(note)), "process.plugin_no_note");
}

TEST(PluginFile, IsRefusedWhenItIsNoSharedObjectForThisMachine)
{
    EXPECT_EQ(judged(""), "process.plugin_not_elf");
    EXPECT_EQ(judged("#!/bin/sh\necho hello\n" + std::string(100, ' ')), "process.plugin_not_elf");
    const auto with_byte = [](std::size_t at, char value) {
        std::string bytes = elf_with({});
        bytes[at] = value;
        return judged(bytes);
    };
    EXPECT_EQ(with_byte(EI_CLASS, ELFCLASS32), "process.plugin_not_elf");
    EXPECT_EQ(with_byte(EI_DATA, ELFDATA2MSB), "process.plugin_not_elf");
    EXPECT_EQ(with_byte(offsetof(Elf64_Ehdr, e_type), ET_EXEC), "process.plugin_not_elf");
    EXPECT_EQ(with_byte(offsetof(Elf64_Ehdr, e_machine), static_cast<char>(EM_RISCV)), "process.plugin_not_elf");
    EXPECT_EQ(with_byte(offsetof(Elf64_Ehdr, e_phentsize), 1), "process.plugin_not_elf");
    EXPECT_EQ(with_byte(offsetof(Elf64_Ehdr, e_phoff) + 7, 0x7F), "process.plugin_not_elf");
}

TEST(PluginFile, SurvivesEveryCutAndEveryDamage)
{
    const std::string whole = elf_with({});
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        EXPECT_NE(judged(whole.substr(0, cut)), "taken") << cut;
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = whole;
        for (int n = 0; n < 3; ++n)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)read_note(bytes);
    }
}

class PluginPath : public testing::Test
{
protected:
    PluginPath() : folder_(std::filesystem::temp_directory_path() / ("lienthong-plugin-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "demo.so") << "bytes";
    }
    ~PluginPath() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_;
};

TEST_F(PluginPath, IsReadOnlyWhenItIsARegularFile)
{
    EXPECT_EQ(read_plugin(folder_ / "demo.so").value(), "bytes");
    std::filesystem::create_symlink(folder_ / "demo.so", folder_ / "link.so");
    EXPECT_EQ(read_plugin(folder_ / "link.so").problem().found, "a symbolic link");
    EXPECT_EQ(read_plugin(folder_).problem().code, "process.plugin_unreadable");
    EXPECT_EQ(read_plugin("/dev/zero").problem().found, "no regular file");
    EXPECT_EQ(read_plugin(folder_ / "absent.so").problem().code, "process.plugin_unreadable");
}

const std::string digest(64, 'a');

TEST(LockFile, IsReadLineByLine)
{
    const auto lock = read_lock("# trusted\n\nnrs " + digest + " nrs.so  # by hand\n\tlgsp\t" + digest + "\tlgsp.so\r\n");
    ASSERT_TRUE(lock.ok());
    ASSERT_EQ(lock->size(), 2U);
    EXPECT_EQ((*lock)[1], (LockedPlugin{"lgsp", digest, "lgsp.so"}));
    EXPECT_EQ(find_locked(*lock, "nrs")->file, "nrs.so");
    EXPECT_EQ(find_locked(*lock, "dvc").problem().code, "process.plugin_unlisted");
    EXPECT_EQ(find_locked(*lock, "dvc").problem().expected, "nrs, lgsp");
}

TEST(LockFile, SaysWhereItIsMalformed)
{
    EXPECT_EQ(read_lock("nrs " + digest).problem().place, "1:1");
    EXPECT_EQ(read_lock("\nNRS " + digest + " nrs.so").problem().place, "2:1");
    EXPECT_EQ(read_lock("nrs abc nrs.so").problem().place, "1:5");
    EXPECT_EQ(read_lock("nrs " + digest + " a.so\nnrs " + digest + " b.so").problem().detail, "this connector is listed twice");
}

TEST(LockFile, KeepsEverythingElseWhenAPluginIsTrusted)
{
    const std::string text = "# head\nnrs " + digest + " nrs.so\nlgsp " + digest + " lgsp.so\n";
    const std::string other(64, 'b');
    EXPECT_EQ(with_plugin(text, {"nrs", other, "new.so"}), "# head\nnrs " + other + " new.so\nlgsp " + digest + " lgsp.so\n");
    EXPECT_EQ(with_plugin("# head", {"dvc", other, "dvc.so"}), "# head\ndvc " + other + " dvc.so\n");
}

TEST(LockFile, KnowsAConnectorsName)
{
    for (const char* name : {"nrs", "a1", "two_words", "x_1_y"})
        EXPECT_TRUE(is_connector_name(name)) << name;
    for (const char* name : {"", "_a", "a_", "a__b", "A", "a-b", "../x", "a b"})
        EXPECT_FALSE(is_connector_name(name)) << name;
}

}  // namespace
}  // namespace lienthong::process
