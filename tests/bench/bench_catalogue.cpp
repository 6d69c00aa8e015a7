// The catalogue: loading it whole, and one look-up as of a day, against std::unordered_map look-ups of the same keys. Also
// with 100,000 more areas and agencies than there are.
#include "hub/catalogue/catalogue.hpp"
#include "hub/seal/digest.hpp"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

using namespace lienthong;
using namespace std::chrono_literals;

namespace {

constexpr catalogue::Day asked_day = 2026y / std::chrono::March / 31;
const std::string shipped = std::string(LIENTHONG_SOURCE_DIR) + "/mappings/catalogue";

/// A copy of the shipped catalogue with invented communes and agencies added; removed at the end of the program.
class LargeFolder
{
public:
    LargeFolder() : path_(std::filesystem::temp_directory_path() / ("lienthong-catalogue-" + std::to_string(getpid())))
    {
        std::filesystem::copy(shipped, path_);
        std::ofstream areas(path_ / "areas.csv", std::ios::app), agencies(path_ / "agencies.csv", std::ios::app);
        for (int i = 0; i < 50'000; ++i) {
            areas << "BENCH:" << i << ",Xã thử " << i << ",,commune,GSO:33,2025-07-01,9999-12-31,demonstration\n";
            agencies << "H31.99." << i << ",Đơn vị thử " << i << ",,,yes,2024-01-01,9999-12-31,demonstration\n";
        }
    }
    ~LargeFolder() { std::filesystem::remove_all(path_); }
    LargeFolder(const LargeFolder&) = delete;
    LargeFolder& operator=(const LargeFolder&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

std::string folder(bool large)
{
    static const LargeFolder more;
    return large ? more.path() : shipped;
}

std::shared_ptr<const catalogue::Catalogue> loaded(const std::string& path)
{
    std::vector<Problem> problems;
    auto out = catalogue::Catalogue::load(path, [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems);
    for (const Problem& problem : problems)
        std::cerr << problem.sentence() << "\n";
    return out;
}

const catalogue::Catalogue& kept(bool large)
{
    static const auto small = loaded(folder(false));
    if (!large)
        return *small;
    static const auto with_more = loaded(folder(true));
    return *with_more;
}

/// The bare codes of all areas that hold on the day asked, in a fixed random order.
std::vector<std::string> keys(bool large)
{
    std::vector<std::string> out;
    for (const catalogue::Area& area : kept(large).areas())
        if (area.code.starts_with("GSO:") && area.validity.holds(asked_day))
            out.push_back(area.code.substr(4));
    std::shuffle(out.begin(), out.end(), std::mt19937(1));
    return out;
}

void loads(benchmark::State& state)
{
    const std::string path = folder(state.range(0) != 0);
    for (auto _ : state)
        benchmark::DoNotOptimize(loaded(path));
    state.counters["areas"] = static_cast<double>(kept(state.range(0) != 0).areas().size());
    state.counters["agencies"] = static_cast<double>(kept(state.range(0) != 0).agencies().size());
}

void looks_up_as_of_a_day(benchmark::State& state)
{
    const bool large = state.range(0) != 0;
    const auto wanted = keys(large);
    std::size_t at = 0;
    for (auto _ : state) {
        if (!kept(large).area("GSO", wanted[at], asked_day).ok())
            state.SkipWithError("a code is gone");
        at = at + 1 == wanted.size() ? 0 : at + 1;
    }
}

void unordered_map_looks_up(benchmark::State& state)
{
    const bool large = state.range(0) != 0;
    const auto wanted = keys(large);
    std::unordered_map<std::string, const catalogue::Area*> map;
    for (const catalogue::Area& area : kept(large).areas())
        map[area.code.substr(area.code.find(':') + 1)] = &area;
    std::size_t at = 0;
    for (auto _ : state) {
        if (map.find(wanted[at]) == map.end())
            state.SkipWithError("a code is gone");
        at = at + 1 == wanted.size() ? 0 : at + 1;
    }
}

}  // namespace

BENCHMARK(loads)->Arg(0)->Arg(1)->ArgName("more")->Unit(benchmark::kMillisecond);
BENCHMARK(unordered_map_looks_up)->Arg(0)->Arg(1)->ArgName("more");
BENCHMARK(looks_up_as_of_a_day)->Arg(0)->Arg(1)->ArgName("more");
BENCHMARK_MAIN();
