// A client that pushes as fast as the hub answers: bench_push PORT CA.pem TOKEN CONNECTIONS SECONDS RECORDS
// Prints submissions a second. Connections are kept, as a sender's would be; every answer is read and checked.
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// The hub ends a connection after a thousand requests; a sender that knows begins a new one in time.
constexpr int requests_a_connection = 900;

/// Communes of Hưng Yên since July 2025.
constexpr const char* areas[] = {"11953", "11977", "11980", "11983", "11992", "11995", "12004", "12019", "12025", "12031",
                                 "12049", "12064", "12070", "12073", "12091", "12103", "12127", "12133", "12142", "12148",
                                 "12166", "12184", "12196", "12205", "12223", "12238", "12247", "12271"};

/// Up to a thousand figures, each of a series of its own and told by one agency, so that every one is a new revision: three
/// indicators, the 12 months from July 2025, 28 areas.
std::string body_of(int thread, int count, int records)
{
    std::string out = R"({"records":[)";
    for (int i = 0; i < records; ++i) {
        char record[256];
        const int month = 6 + i / 3 % 12;
        std::snprintf(record, sizeof record,
                      R"(%s{"indicator":"A_VIII_1_%d","measure":"VALUE","period":"%d-%02d","area":"GSO:%s","breakdown":"_T","agency":"H31.01","value":"%d.%d","unit":"tỷ đồng"})",
                      i == 0 ? "" : ",", 1 + i % 3, 2025 + month / 12, 1 + month % 12, areas[i / 36], thread * 100'000 + count, i);
        out += record;
    }
    return out + "]}";
}

bool write_all(SSL* ssl, const std::string& bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const int sent = SSL_write(ssl, bytes.data() + at, static_cast<int>(bytes.size() - at));
        if (sent <= 0)
            return false;
        at += static_cast<std::size_t>(sent);
    }
    return true;
}

/// The status of one answer, its body read to the end; 0 when the connection broke.
int read_answer(SSL* ssl, std::string& buffer)
{
    char chunk[65536];
    std::size_t head;
    while ((head = buffer.find("\r\n\r\n")) == std::string::npos) {
        const int got = SSL_read(ssl, chunk, sizeof chunk);
        if (got <= 0)
            return 0;
        buffer.append(chunk, static_cast<std::size_t>(got));
    }
    const std::size_t length_at = buffer.find("Content-Length: ");
    const std::size_t length = std::strtoul(buffer.c_str() + length_at + 16, nullptr, 10);
    while (buffer.size() < head + 4 + length) {
        const int got = SSL_read(ssl, chunk, sizeof chunk);
        if (got <= 0)
            return 0;
        buffer.append(chunk, static_cast<std::size_t>(got));
    }
    const int status = std::atoi(buffer.c_str() + 9);
    buffer.erase(0, head + 4 + length);
    return status;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 7) {
        std::fprintf(stderr, "bench_push PORT CA.pem TOKEN CONNECTIONS SECONDS RECORDS\n");
        return 2;
    }
    const int connections = std::atoi(argv[4]);
    const auto seconds = std::chrono::seconds(std::atoi(argv[5]));
    const int records = std::atoi(argv[6]);
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_load_verify_locations(context, argv[2], nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    std::atomic<long> done{0};
    std::atomic<long> failed{0};
    const auto begun = Clock::now();
    const auto connected = [&]() -> SSL* {
        const int fd = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[1])));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        SSL* ssl = SSL_new(context);
        if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && SSL_set_fd(ssl, fd) == 1 && SSL_connect(ssl) == 1)
            return ssl;
        SSL_free(ssl);
        close(fd);
        return nullptr;
    };
    const auto hang_up = [](SSL* ssl) {
        const int fd = SSL_get_fd(ssl);
        SSL_free(ssl);
        close(fd);
    };
    const auto run = [&](int thread) {
        SSL* ssl = connected();
        std::string buffer;
        for (int count = 1; ssl != nullptr && Clock::now() - begun < seconds; ++count) {
            if (count % requests_a_connection == 0) {
                hang_up(ssl);
                ssl = connected();
                if (ssl == nullptr)
                    break;
            }
            const std::string body = body_of(thread, count, records);
            const std::string request = "POST /v1/submissions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + std::string(argv[3]) +
                                        "\r\nContent-Type: application/json\r\nIdempotency-Key: bench-" + std::to_string(begun.time_since_epoch().count()) + "-" +
                                        std::to_string(thread) + "-" + std::to_string(count) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
            const int status = write_all(ssl, request) ? read_answer(ssl, buffer) : 0;
            ++(status == 200 ? done : failed);  // Every record stored.
            if (status == 0)
                break;
        }
        if (ssl == nullptr)
            ++failed;
        else
            hang_up(ssl);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i)
        threads.emplace_back(run, i);
    for (std::thread& thread : threads)
        thread.join();
    const double took = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%.0f submissions a second (%d records each, %d connections, %ld failed)\n", static_cast<double>(done) / took, records, connections, failed.load());
    SSL_CTX_free(context);
    return failed == 0 ? 0 : 1;
}
