// The signer as the hub runs it: a process of its own behind one socket.
#include "hub/seal/checkpoint.hpp"
#include "hub/seal/merkle.hpp"
#include "hub/seal/signer_socket.hpp"
#include "hub/seal/signer_wire.hpp"
#include "tests/unit/seal/workplace.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <random>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

/// One run of lienthong-signer; killed if the test ends before it does.
class Process
{
public:
    Process(const Workplace& place, std::vector<std::string> more = {})
    {
        const DevPki& pki = DevPki::made();
        std::vector<std::string> words{LIENTHONG_BINARY_DIR "/bin/lienthong-signer",
                                       "--socket",
                                       place / "socket",
                                       "--state",
                                       place / "state",
                                       "--origin",
                                       pki.verifier.name,
                                       "--note-key",
                                       pki.place / "log.key",
                                       "--cms-key",
                                       pki.place / "seal.key",
                                       "--cms-certificate",
                                       pki.place / "seal.pem"};
        int output[2];
        int life[2];
        if (::pipe2(output, O_CLOEXEC) != 0 || ::pipe2(life, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        if (more.empty())
            more = {"--lifeline", std::to_string(life[0])};
        words.insert(words.end(), more.begin(), more.end());
        pid_ = ::fork();
        if (pid_ == 0) {
            ::fcntl(life[0], F_SETFD, 0);
            ::dup2(output[1], STDOUT_FILENO);
            ::dup2(output[1], STDERR_FILENO);
            std::vector<char*> arguments;
            for (std::string& word : words)
                arguments.push_back(word.data());
            arguments.push_back(nullptr);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(output[1]);
        ::close(life[0]);
        output_ = output[0];
        life_ = life[1];
        read_line();
    }
    ~Process()
    {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            static_cast<void>(wait());
        }
        ::close(output_);
        cut_lifeline();
    }
    void signal(int number) const { ::kill(pid_, number); }
    void cut_lifeline()
    {
        if (life_ >= 0)
            ::close(std::exchange(life_, -1));
    }
    /// Exit code, or the negative number of the signal that ended it.
    int wait()
    {
        int status = 0;
        ::waitpid(std::exchange(pid_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    [[nodiscard]] pid_t id() const { return pid_; }
    std::string said;  ///< Its first line, or all it said before it ended.

private:
    void read_line()
    {
        char c = 0;
        while (::read(output_, &c, 1) == 1 && c != '\n')
            said += c;
    }
    pid_t pid_ = -1;
    int output_ = -1;
    int life_ = -1;
};

int raw_connection(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
}

struct SignerProcess : testing::Test
{
    SignerProcess()
    {
        for (std::size_t i = 0; i < 300; ++i)
            tree.append(leaf_hash(std::to_string(i)));
    }
    SealRequest growth(std::uint64_t from, std::uint64_t to) const
    {
        return {from, to, tree.root(to), tree.consistency(from, to)};
    }
    Workplace place;
    MerkleTree tree;
};

}  // namespace

TEST_F(SignerProcess, SaysWhenItIsReadySealsAndEndsWhenAsked)
{
    Process process(place);
    EXPECT_EQ(process.said, "lienthong-signer ready: log " + DevPki::made().verifier.name + " at size 0, verifier " +
                                to_text(DevPki::made().verifier) + ", socket " + place / "socket");
    SignerClient client(place / "socket");
    std::uint64_t size = 0;
    for (const std::uint64_t next : {1U, 2U, 63U, 300U}) {
        const auto sealed = client.seal(growth(size, next));
        ASSERT_TRUE(sealed) << sealed.problem().sentence();
        EXPECT_EQ(sealed->size, next);
        EXPECT_EQ(sealed->root, tree.root(next));
        EXPECT_TRUE(open_note(sealed->note, DevPki::made().verifier));
        size = next;
    }
    EXPECT_EQ(client.seal(growth(0, 200)).problem().code, "seal.refused");
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(place / "socket"));
}

TEST_F(SignerProcess, KeepsItsMemoryWhenKilled)
{
    {
        Process process(place);
        ASSERT_TRUE(SignerClient(place / "socket").seal(growth(0, 40)));
        process.signal(SIGKILL);
        EXPECT_EQ(process.wait(), -SIGKILL);
    }
    EXPECT_EQ(SignerClient(place / "socket").seal(growth(40, 41)).problem().code, "seal.signer_unreachable");
    Process process(place);
    EXPECT_NE(process.said.find(" at size 40,"), std::string::npos) << process.said;
    EXPECT_EQ(SignerClient(place / "socket").seal(growth(20, 30)).problem().code, "seal.refused");
    EXPECT_TRUE(SignerClient(place / "socket").seal(growth(40, 41)));
}

TEST_F(SignerProcess, EndsWithItsParent)
{
    Process process(place);
    process.cut_lifeline();
    EXPECT_EQ(process.wait(), 0);
}

TEST_F(SignerProcess, LeavesItsFilesToItsOwnAccountAndDumpsNoCore)
{
    Process process(place);
    ASSERT_TRUE(SignerClient(place / "socket").seal(growth(0, 4)));
    for (const char* name : {"socket", "state", "state.lock"}) {
        struct stat status
        {
        };
        ASSERT_EQ(::stat((place / name).c_str(), &status), 0) << name;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
    }
    const std::string status = file_bytes("/proc/" + std::to_string(process.id()) + "/status");
    EXPECT_NE(status.find("NoNewPrivs:\t1"), std::string::npos);
    EXPECT_NE(
        file_bytes("/proc/" + std::to_string(process.id()) + "/limits").find("Max core file size        0                    0"),
        std::string::npos);
}

TEST_F(SignerProcess, AnswersOthersWhateverOneConnectionSends)
{
    Process process(place);
    SignerClient client(place / "socket");
    std::mt19937 random(3);
    const std::string good = encode_request(growth(0, 5));
    for (int i = 0; i < 200; ++i) {
        std::string bytes = good;
        for (unsigned k = 0; k <= random() % 3; ++k)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        std::string frame{0, 0, 0, static_cast<char>(bytes.size())};
        if (i % 5 == 0)
            frame[0] = '\x7f';
        const int fd = raw_connection(place / "socket");
        static_cast<void>(::send(fd, frame.data(), frame.size(), MSG_NOSIGNAL));
        static_cast<void>(::send(fd, bytes.data(), random() % (bytes.size() + 1), MSG_NOSIGNAL));
        ::close(fd);
    }
    const auto sealed = client.seal(growth(0, 300));
    EXPECT_TRUE(sealed || sealed.problem().code == "seal.refused") << sealed.problem().sentence();
}

TEST_F(SignerProcess, RefusesASecondSignerForTheSameLog)
{
    Process first(place);
    Process second(place, {"--chain", ""});
    EXPECT_NE(second.said.find("[seal.state_locked]"), std::string::npos) << second.said;
    EXPECT_EQ(second.wait(), 1);
}

TEST_F(SignerProcess, RefusesAKeyThatOthersCanRead)
{
    const std::string key = place.write("open.key", file_bytes(DevPki::made().place / "log.key"));
    ASSERT_EQ(::chmod(key.c_str(), 0640), 0);
    EXPECT_EQ(adapters::note_key_from_pem(key).problem().code, "seal.key_permissions");
    Process process(place, {"--former-verifier", "nonsense"});
    EXPECT_NE(process.said.find("[seal.key_malformed]"), std::string::npos) << process.said;
}

TEST(SignerClient, SaysWhenNobodyAnswersAndWhenTheAnswerTakesTooLong)
{
    const Workplace place;
    SignerClient client(place / "socket", std::chrono::milliseconds{50});
    EXPECT_EQ(client.seal({}).problem().code, "seal.signer_unreachable");
    struct Deaf final : Signer
    {
        Result<SealedCheckpoint> seal(const SealRequest&) override
        {
            until.get_future().wait();
            return Problem{"seal.refused", ""};
        }
        std::promise<void> until;
    } deaf;
    const auto server = SignerServer::listen(place / "socket").value();
    int stop[2];
    ASSERT_EQ(::pipe2(stop, O_CLOEXEC), 0);
    const std::vector<int> stops{stop[0]};
    auto serving = std::async(std::launch::async, [&] { server->serve(deaf, stops); });
    EXPECT_EQ(client.seal({0, 1, Hash(32, 'x'), {}}).problem().code, "seal.signer_unreachable");
    EXPECT_EQ(SignerServer::listen(place / "socket").problem().code, "seal.socket") << "somebody listens there";
    deaf.until.set_value();
    ::close(stop[1]);
    serving.get();
    ::close(stop[0]);
}

TEST(SignerWire, ReadsBackWhatItWritesAndNothingShorterOrLonger)
{
    const SealRequest request{3, 9, Hash(32, 'r'), {Hash(32, 'a'), Hash(32, 'b')}};
    const std::string bytes = encode_request(request);
    const auto read = decode_request(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->old_size, 3U);
    EXPECT_EQ(read->new_size, 9U);
    EXPECT_EQ(read->consistency, request.consistency);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decode_request(bytes.substr(0, size)));
    EXPECT_FALSE(decode_request(bytes + "x"));
    const Problem refused{"seal.refused", "detail", "place", "found", "expected"};
    EXPECT_EQ(decode_reply(encode_reply(refused)).problem(), refused);
    EXPECT_EQ(decode_reply("").problem().code, "seal.signer_unreachable");
}
