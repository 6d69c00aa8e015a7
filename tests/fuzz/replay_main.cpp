/// Runs a fuzz target without a fuzzer: every file of the given folders once, then, when asked, mutations of them
/// for a while. The mutations depend on the seed alone, so a finding is found again; the input that broke something
/// is left in broken_input.bin (under sanitizers with abort_on_error=1).
///
///     fuzz_json FOLDER… [--seconds N] [--seed N]
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t longest_input = 64 * 1024;

std::string running;

/// Only calls that are safe in a signal handler.
void leave_input(int signal)
{
    const int file = ::open("broken_input.bin", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 && ::write(file, running.data(), running.size()) >= 0)
        ::close(file);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(std::string input)
{
    running = std::move(input);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(running.data()), running.size());
}

std::string read(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string mutated(std::string input, const std::vector<std::string>& seeds, std::mt19937_64& random)
{
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit); };
    for (std::size_t times = 1 + below(4); times > 0; --times) {
        const std::size_t at = below(input.size() + 1);
        switch (random() % 6) {
            case 0:
                input.insert(at, 1, static_cast<char>(random()));
                break;
            case 1:
                input.erase(at, 1 + below(8));
                break;
            case 2:
                if (at < input.size())
                    input[at] = static_cast<char>(input[at] ^ (1 << random() % 8));
                break;
            case 3: {
                const std::string& other = seeds[below(seeds.size())];
                const std::size_t from = below(other.size());
                input.insert(at, other.substr(from, 1 + below(64)));
                break;
            }
            case 4:
                input.insert(at, input.substr(below(input.size()), 1 + below(32)));
                break;
            default:
                input.resize(at);
        }
    }
    input.resize(std::min(input.size(), longest_input));
    return input;
}

}  // namespace

int main(int count, char** arguments)
{
    std::vector<std::filesystem::path> files;
    std::chrono::seconds time{0};
    std::uint64_t seed = 1;
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        if (argument == "--seconds" && i + 1 < count)
            time = std::chrono::seconds(std::stol(arguments[++i]));
        else if (argument == "--seed" && i + 1 < count)
            seed = std::stoull(arguments[++i]);
        else if (std::filesystem::is_directory(argument))
            std::copy(std::filesystem::directory_iterator(argument), {}, std::back_inserter(files));
        else
            files.emplace_back(argument);
    }
    if (files.empty()) {
        std::cerr << "no corpus\n";
        return EXIT_FAILURE;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE})
        std::signal(signal, leave_input);
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds;
    for (const auto& file : files) {
        std::cerr << file.filename().string() << '\n';  // the last one named is the one that broke
        run(seeds.emplace_back(read(file)));
    }
    std::mt19937_64 random(seed);
    std::uint64_t runs = 0;
    for (const auto end = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < end; ++runs) {
        run(mutated(seeds[random() % seeds.size()], seeds, random));
    }
    std::cout << files.size() << " inputs replayed, " << runs << " mutations\n";
    return EXIT_SUCCESS;
}
