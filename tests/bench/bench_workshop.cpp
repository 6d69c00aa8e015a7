// Parse + map + validate against a bare parse of the same bytes.
#include "adapters/formats/json/json_format.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

using namespace lienthong;

namespace {

std::string payload(std::int64_t records)
{
    std::string out = R"({"records":[)";
    for (std::int64_t i = 0; i < records; ++i) {
        const std::string month = std::to_string(1 + i % 12);
        out += (i == 0 ? "" : ",");
        out += R"({"indicator":"A_VIII_1","measure":"VALUE","period":")" + std::to_string(2024 + i % 3) + "-" + (month.size() == 1 ? "0" : "") + month +
               R"(","area":"GSO:33","agency":"H31.01","value":)" + std::to_string(10'000 + i) + R"(.5,"unit":"tỷ đồng","vintage":"estimated","breakdown":"_T"})";
    }
    return out + "]}";
}

/// Every record its own series would need thousands of lines; equal keys are refused as told twice, which costs the same work.
const workshop::Workshop& shop()
{
    static const workshop::Workshop instance = [] {
        std::vector<Problem> problems;
        std::vector<Problem> findings;
        const std::string root = LIENTHONG_SOURCE_DIR;
        const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
        const auto catalogue = catalogue::Catalogue::load(root + "/mappings/catalogue", digest, problems);
        const auto mapping = mapping::Mapping::load(root + "/mappings/push/records.yaml", *catalogue, digest, problems, findings);
        for (const Problem& problem : problems)
            std::cerr << problem.sentence() << "\n";
        return workshop::Workshop(catalogue, {mapping}, {std::make_shared<adapters::JsonFormat>()});
    }();
    return instance;
}

void bare_parse(benchmark::State& state)
{
    const std::string bytes = payload(state.range(0));
    const adapters::JsonFormat format;
    for (auto _ : state)
        benchmark::DoNotOptimize(format.read(bytes, FormatLimits{}).ok());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

void parse_map_validate(benchmark::State& state)
{
    const workshop::Job job{"push/records", "application/json", payload(state.range(0)), {{"*"}, "GSO:33"}};
    for (auto _ : state)
        benchmark::DoNotOptimize(shop().work(job).verdicts.size());
    state.SetBytesProcessed(static_cast<std::int64_t>(job.payload.size()) * state.iterations());
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

}  // namespace

BENCHMARK(bare_parse)->Arg(1)->Arg(36)->Arg(1000);
BENCHMARK(parse_map_validate)->Arg(1)->Arg(36)->Arg(1000);
BENCHMARK_MAIN();
