// Parse + map + validate against a bare parse of the same bytes.
#include "adapters/formats/json/json_format.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <iostream>

using namespace lienthong;

namespace {

/// Figures of a series each, up to a thousand: three indicators, 36 months, ten agencies.
std::string payload(std::int64_t records)
{
    std::string out = R"({"records":[)";
    for (std::int64_t i = 0; i < records; ++i) {
        const std::int64_t month = i / 3 % 36;
        char record[256];
        std::snprintf(record, sizeof record,
                      R"(%s{"indicator":"A_VIII_1_%d","measure":"VALUE","period":"%d-%02d","area":"GSO:33","agency":"H31.%02d","value":%d.5,"unit":"tỷ đồng","vintage":"estimated","breakdown":"_T"})",
                      i == 0 ? "" : ",", static_cast<int>(1 + i % 3), static_cast<int>(2024 + month / 12), static_cast<int>(1 + month % 12),
                      static_cast<int>(1 + i / 108), static_cast<int>(10'000 + i));
        out += record;
    }
    return out + "]}";
}

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
        if (shop().work(job).verdicts.size() != static_cast<std::size_t>(state.range(0)))
            state.SkipWithError("a verdict is missing");
    state.SetBytesProcessed(static_cast<std::int64_t>(job.payload.size()) * state.iterations());
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

}  // namespace

BENCHMARK(bare_parse)->Arg(1)->Arg(36)->Arg(1000);
BENCHMARK(parse_map_validate)->Arg(1)->Arg(36)->Arg(1000);
BENCHMARK_MAIN();
