// lienthong serve: runs the hub until it is asked to stop. SIGUSR1 releases workers that are held back.
#include "hub/cli/commands.hpp"
#include "hub/cli/hub.hpp"
#include "hub/cli/opened.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include <sys/prctl.h>

namespace lienthong::cli {

int serve(const Common& common)
{
    auto settings = settings_or_print(common);
    if (!settings)
        return not_done;
    // A core dump would hold secrets.
    prctl(PR_SET_DUMPABLE, 0);

    // Signals are taken by one thread in the open, not by handlers.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const std::string scheme = settings->certificate.empty() ? "http" : "https";
    const std::string address = settings->address;
    Hub hub(std::move(*settings), [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    });
    std::vector<Problem> problems;
    if (!hub.start(problems)) {
        print_problems(problems, common.json);
        return not_done;
    }
    std::printf("ready %s://%s:%u/\n", scheme.c_str(), address.c_str(), static_cast<unsigned>(hub.port()));
    std::fflush(stdout);

    std::jthread stopper([&hub, &signals] {
        int signal = 0;
        while (sigwait(&signals, &signal) == 0 && signal == SIGUSR1)
            hub.release_workers();
        hub.stop();
    });
    try {
        hub.run();
    } catch (const std::exception& fault) {
        // Nothing of this process can be relied upon any more, not even that it could be taken apart; what counts is on disk.
        std::fprintf(stderr, "the hub ends by a fault of its own: %s\n", fault.what());
        std::abort();
    }
    // The context also runs dry when everything ended by itself; the thread still waits for its signal then.
    pthread_kill(stopper.native_handle(), SIGTERM);
    std::printf("stopped\n");
    return done;
}

}  // namespace lienthong::cli
