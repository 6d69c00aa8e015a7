// lienthong-signer: the process that holds the log's keys and does nothing but sign checkpoints that extend the last.
#include "adapters/keys/pem/pem_keys.hpp"
#include "hub/ports/clock.hpp"
#include "hub/seal/signer_service.hpp"
#include "hub/seal/signer_socket.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace lienthong;

constexpr int exit_refused = 1;

struct Options
{
    std::string socket, state, origin, note_key, cms_key, cms_certificate, chain;
    std::vector<std::string> former;
    int lifeline = -1;
};

// Keys must not leave by a core dump, a debugger of the same account, or a program started with more rights.
bool give_up_what_is_not_needed()
{
    const rlimit none{0, 0};
    ::umask(0077);
    return ::setrlimit(RLIMIT_CORE, &none) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

int fail(const Problem& problem)
{
    std::cerr << "lienthong-signer: " << problem.sentence() << '\n';
    return exit_refused;
}

int termination_signals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return ::signalfd(-1, &set, SFD_CLOEXEC);
}

int run(const Options& options)
{
    seal::SignerSettings settings{options.origin, options.state, {}};
    for (const std::string& text : options.former) {
        auto verifier = seal::note_verifier_from(text);
        if (!verifier)
            return fail(verifier.problem());
        settings.former.push_back(std::move(*verifier));
    }
    auto note = adapters::note_key_from_pem(options.note_key);
    if (!note)
        return fail(note.problem());
    auto province = adapters::sealing_key_from_pem(options.cms_key, options.cms_certificate, options.chain);
    if (!province)
        return fail(province.problem());
    const SystemClock clock;
    const auto service = seal::SignerService::open(std::move(settings), std::move(*note), std::move(*province), clock);
    if (!service)
        return fail(service.problem());
    const auto server = seal::SignerServer::listen(options.socket);
    if (!server)
        return fail(server.problem());
    const auto last = (*service)->last();
    std::cout << "lienthong-signer ready: log " << options.origin << " at size " << (last ? last->size : 0) << ", verifier "
              << seal::to_text((*service)->verifier()) << ", socket " << options.socket << std::endl;
    std::vector<int> stops{termination_signals()};
    if (options.lifeline >= 0)
        stops.push_back(options.lifeline);
    (*server)->serve(**service, stops);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App app{"Signs the checkpoints of one log: only those that extend the last one."};
    Options options;
    app.add_option("--socket", options.socket, "Unix domain socket to answer on (made with mode 0600)")->required();
    app.add_option("--state", options.state, "file that keeps the last checkpoint")->required();
    app.add_option("--origin", options.origin, "name of the log, the first line of every checkpoint")->required();
    app.add_option("--note-key", options.note_key, "the log's Ed25519 private key, PEM")->required();
    app.add_option("--cms-key", options.cms_key, "the province's RSA or P-256 private key, PEM")->required();
    app.add_option("--cms-certificate", options.cms_certificate, "the province's certificate, PEM")->required();
    app.add_option("--chain", options.chain, "issuers between the certificate and the root, PEM");
    app.add_option("--former-verifier", options.former, "verifier text of a key that signed for this log before");
    app.add_option("--lifeline", options.lifeline, "descriptor whose closing by the parent ends this process");
    CLI11_PARSE(app, argc, argv);
    if (!give_up_what_is_not_needed())
        return fail({"seal.confinement", "the process could not give up what it does not need"});
    return run(options);
}
