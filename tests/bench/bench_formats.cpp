// The formats against the libraries they stand on, in one run; and documents of a gigabyte, record by record, in bounded memory.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "adapters/formats/xml/xml_scan.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <benchmark/benchmark.h>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <libxml/xmlreader.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace lienthong;

namespace {

constexpr std::int64_t records_of_message = 1000;
const workshop::Scope anything{{"*"}, "GSO:33"};

/// Figures of a series each, up to a thousand: three indicators, 36 months, ten agencies.
struct Figure
{
    explicit Figure(std::int64_t i)
        : indicator(static_cast<int>(1 + i % 3)), year(static_cast<int>(2024 + i / 3 % 36 / 12)), month(static_cast<int>(1 + i / 3 % 12)),
          agency(static_cast<int>(1 + i / 108 % 10)), value(static_cast<int>(10'000 + i % 90'000))
    {
    }
    int indicator, year, month, agency, value;
};

std::string json_record(std::int64_t i)
{
    const Figure f(i);
    char out[320];
    std::snprintf(out, sizeof out,
                  R"({"indicator":"A_VIII_1_%d","measure":"VALUE","period":"%d-%02d","area":"GSO:33","agency":"H31.%02d","value":%d.5,"unit":"tỷ đồng","vintage":"estimated","breakdown":"_T"})",
                  f.indicator, f.year, f.month, f.agency, f.value);
    return out;
}

std::string xml_record(std::int64_t i)
{
    const Figure f(i);
    char out[480];
    std::snprintf(out, sizeof out,
                  "<record indicator=\"A_VIII_1_%d\" measure=\"VALUE\" period=\"%d-%02d\" area=\"GSO:33\" agency=\"H31.%02d\" unit=\"tỷ đồng\" "
                  "vintage=\"estimated\" breakdown=\"_T\">%d.5</record>\n",
                  f.indicator, f.year, f.month, f.agency, f.value);
    return out;
}

std::string csv_record(std::int64_t i)
{
    const Figure f(i);
    char out[240];
    std::snprintf(out, sizeof out, "A_VIII_1_%d,VALUE,%d-%02d,GSO:33,H31.%02d,%d.5,tỷ đồng,estimated,_T\n", f.indicator, f.year, f.month, f.agency,
                  f.value);
    return out;
}

std::string json_document(std::int64_t records)
{
    std::string out = R"({"records":[)";
    for (std::int64_t i = 0; i < records; ++i)
        out += (i == 0 ? "" : ",") + json_record(i);
    return out + "]}";
}

std::string xml_document(std::int64_t records)
{
    std::string out = "<records>\n";
    for (std::int64_t i = 0; i < records; ++i)
        out += xml_record(i);
    return out + "</records>\n";
}

std::string csv_document(std::int64_t records)
{
    std::string out = "indicator,measure,period,area,agency,value,unit,vintage,breakdown\n";
    for (std::int64_t i = 0; i < records; ++i)
        out += csv_record(i);
    return out;
}

const std::string& root()
{
    static const std::string path = LIENTHONG_SOURCE_DIR;
    return path;
}

const catalogue::Catalogue& the_catalogue()
{
    static const auto loaded = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(root() + "/mappings/catalogue", [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems);
    }();
    return *loaded;
}

/// The mapping of the default push, for documents of another format or shape.
std::shared_ptr<const mapping::Mapping> push_mapping(const std::string& head, bool attributes)
{
    std::string text = "mapping: bench/push\nversion: 1\n" + head + "observe:\n";
    const std::string at = attributes ? "./@" : "";
    for (const auto& [field, expression] : {std::pair("indicator", "indicator"), std::pair("measure", "measure"), std::pair("breakdown", "breakdown"),
                                            std::pair("unit", "unit"), std::pair("vintage", "vintage"), std::pair("availability", "availability"),
                                            std::pair("source", "source")})
        text += std::string("  ") + field + ": " + at + expression + "\n";
    const std::string in = attributes ? "@" : "";
    text += "  period: period(" + in + "period)\n  area: area(" + in + "area)\n  agency: agency(" + in + "agency)\n  value: number(" +
            (attributes ? "." : "value") + ", locale:plain)\n  window: window(" + in + "window)\n";
    std::vector<Problem> problems, findings;
    auto mapping = mapping::Mapping::compile(
        "bench.yaml", text, [](std::string_view) { return std::nullopt; }, the_catalogue(), [](std::string_view bytes) { return seal::sha256_hex(bytes); },
        problems, findings);
    for (const Problem& problem : problems)
        std::cerr << problem.sentence() << "\n";
    return mapping;
}

void boost_json_document(benchmark::State& state)
{
    const std::string bytes = json_document(records_of_message);
    for (auto _ : state) {
        boost::json::monotonic_resource memory;
        benchmark::DoNotOptimize(boost::json::parse(bytes, &memory).is_object());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void boost_json_default(benchmark::State& state)
{
    const std::string bytes = json_document(records_of_message);
    for (auto _ : state)
        benchmark::DoNotOptimize(boost::json::parse(bytes).is_object());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void json_tree(benchmark::State& state)
{
    const std::string bytes = json_document(records_of_message);
    for (auto _ : state)
        benchmark::DoNotOptimize(adapters::JsonFormat().read(bytes, FormatLimits{}).ok());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void to_observations(benchmark::State& state, const Format& format, const mapping::Mapping& mapping, const std::string& bytes)
{
    for (auto _ : state) {
        const auto out = workshop::examine(mapping, format, bytes, the_catalogue(), anything);
        if (out.verdicts.size() != records_of_message || !out.verdicts.back().accepted())
            state.SkipWithError("a verdict is missing or a refusal");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
    state.SetItemsProcessed(records_of_message * state.iterations());
}

void json_observations(benchmark::State& state)
{
    to_observations(state, adapters::JsonFormat(), *push_mapping("format: json\nrecords: /records/*\n", false), json_document(records_of_message));
}

void libxml_reader(benchmark::State& state)
{
    const std::string bytes = xml_document(records_of_message);
    for (auto _ : state) {
        xmlTextReader* reader = xmlReaderForMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET);
        int more = 1;
        while (more == 1)
            more = xmlTextReaderRead(reader);
        if (more != 0)
            state.SkipWithError("not read");
        xmlFreeTextReader(reader);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void xml_scan(benchmark::State& state)
{
    const std::string bytes = xml_document(records_of_message);
    for (auto _ : state)
        benchmark::DoNotOptimize(adapters::scan_xml(bytes, FormatLimits{}, {}).ok());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void xml_tree(benchmark::State& state)
{
    const std::string bytes = xml_document(records_of_message);
    for (auto _ : state)
        benchmark::DoNotOptimize(adapters::XmlFormat().read(bytes, FormatLimits{}).ok());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void xml_observations(benchmark::State& state)
{
    to_observations(state, adapters::XmlFormat(), *push_mapping("format: xml\nrecords: /records/record\n", true), xml_document(records_of_message));
}

/// The least that any reader of CSV does: to find separators, quotes and line ends, and to count the cells.
std::size_t count_cells(std::string_view bytes)
{
    std::size_t cells = 0;
    bool quoted = false;
    for (const char c : bytes)
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ',' || c == '\n'))
            ++cells;
    return cells;
}

void csv_scan(benchmark::State& state)
{
    const std::string bytes = csv_document(records_of_message);
    for (auto _ : state) {
        std::string_view seen = bytes;
        benchmark::DoNotOptimize(seen);
        benchmark::DoNotOptimize(count_cells(seen));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

Layout list_of_rows()
{
    Layout out;
    out.stub = 0;
    return out;
}

void csv_tree(benchmark::State& state)
{
    const std::string bytes = csv_document(records_of_message);
    const Layout layout = list_of_rows();
    for (auto _ : state)
        benchmark::DoNotOptimize(adapters::CsvFormat().read(bytes, layout, FormatLimits{}).ok());
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void csv_observations(benchmark::State& state)
{
    to_observations(state, adapters::CsvFormat(), *push_mapping("format: csv\nlayout:\n  stub: 0\nrecords: /tables/*/records/*\n", false),
                    csv_document(records_of_message));
}

/// What a way to observations is held against, in the same run.
struct Goal
{
    std::string_view format, ours, reference, name;
    double least;
};

const std::array goals = {
    Goal{"json", "json_observations", "boost_json_default", "Boost.JSON", 0.4},
    Goal{"json", "json_observations", "boost_json_document", "Boost.JSON that gives no memory back", 0.4},
    Goal{"xml", "xml_observations", "libxml_reader", "libxml2's reader", 0.5},
    Goal{"csv", "csv_observations", "csv_scan", "a bare scan of the bytes", 0.3},
};

/// Says what the console says, and keeps the least time of each benchmark, of its repetitions if there were any; the median
/// where nothing else is reported.
class Ratios final : public benchmark::ConsoleReporter
{
public:
    Ratios() : ConsoleReporter(OO_Tabular) {}

    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs)
            if (!run.error_occurred && (run.run_type == Run::RT_Iteration || run.aggregate_name == "median"))
                if (const auto [it, fresh] = least_.try_emplace(run.run_name.function_name, run.GetAdjustedCPUTime()); !fresh)
                    it->second = std::min(it->second, run.GetAdjustedCPUTime());
    }

    /// The ratios that could be measured, by processor time.
    void print() const
    {
        for (const Goal& goal : goals) {
            const auto ours = least_.find(goal.ours), reference = least_.find(goal.reference);
            if (ours != least_.end() && reference != least_.end())
                std::printf("%-4s %.2f of %s (goal %.2f)\n", std::string(goal.format).c_str(), reference->second / ours->second,
                            std::string(goal.name).c_str(), goal.least);
        }
    }

private:
    std::map<std::string, double, std::less<>> least_;
};

/// A document of so many bytes that is never there as a whole.
class Generated final : public ByteSource
{
public:
    Generated(std::string before, std::string (*record)(std::int64_t), std::string between, std::string behind, std::size_t bytes)
        : before_(std::move(before)), record_(record), between_(std::move(between)), behind_(std::move(behind)), bytes_(bytes)
    {
    }

    std::string_view next() override
    {
        piece_.clear();
        if (made_ == 0)
            piece_ = before_;
        while (piece_.size() < MemorySource::piece_bytes && made_ + piece_.size() < bytes_)
            piece_ += record_(count_++) + between_;
        if (piece_.empty() && !ended_)
            piece_ = behind_;
        ended_ = made_ + piece_.size() > bytes_ && (piece_ == behind_ || ended_);
        made_ += piece_.size();
        return piece_;
    }
    void rewind() override
    {
        made_ = 0;
        count_ = 0;
        ended_ = false;
    }
    [[nodiscard]] std::size_t made() const { return made_; }

private:
    std::string before_;
    std::string (*record_)(std::int64_t);
    std::string between_, behind_, piece_;
    std::size_t bytes_, made_ = 0;
    std::int64_t count_ = 0;
    bool ended_ = false;
};

/// Of now, not the most there ever was.
long resident_kilobytes()
{
    std::ifstream in("/proc/self/statm");
    long size = 0, resident = 0;
    in >> size >> resident;
    return resident * 4;
}

long max_resident_kilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

double cpu_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
}

/// Streams a document and says what it took. False when that was more than `most_megabytes` above what the process had before.
bool stream_one(const char* name, const Format& format, const mapping::Mapping& mapping, Generated source, long most_megabytes)
{
    FormatLimits limits;
    limits.bytes = limits.nodes = ~std::size_t{0};
    const long before = resident_kilobytes();
    const double start = cpu_seconds();
    std::size_t accepted = 0, refused = 0;
    const auto read = workshop::examine(mapping, format, source, the_catalogue(), anything, limits, [&](Verdict&& verdict) {
        ++(verdict.accepted() ? accepted : refused);
        return true;
    });
    if (!read)
        std::printf("%s: %s\n", name, read.problem().sentence().c_str());
    const long more = (max_resident_kilobytes() - before) / 1024;
    const double megabytes = static_cast<double>(source.made()) * 1e-6, took = cpu_seconds() - start;
    std::printf("%-8s %.0f MB, %zu records accepted, %zu refused: %ld MB resident above the %ld MB of the idle process, %.1f s of processor (%.0f MB/s)\n",
                name, megabytes, accepted, refused, more, before / 1024, took, megabytes / took);
    return read && refused == 0 && more <= most_megabytes;
}

int stream(std::size_t bytes)
{
    const auto lines = push_mapping("format: ndjson\nrecords: /*\n", false);
    const auto items = push_mapping("format: json\nrecords: /records/*\n", false);
    const auto elements = push_mapping("format: xml\nrecords: /records/record\n", true);
    constexpr long most = 64;
    bool good = stream_one("ndjson", adapters::NdjsonFormat(), *lines, {"", json_record, "\n", "", bytes}, most);
    good = stream_one("xml", adapters::XmlFormat(), *elements, {"<records>\n", xml_record, "", "</records>\n", bytes}, most) && good;
    good = stream_one("json", adapters::JsonFormat(), *items, {R"({"records":[)", json_record, ",\n", json_record(0) + "]}", bytes}, most) && good;
    return good ? 0 : 1;
}

}  // namespace

BENCHMARK(boost_json_document);
BENCHMARK(boost_json_default);
BENCHMARK(json_tree);
BENCHMARK(json_observations);
BENCHMARK(libxml_reader);
BENCHMARK(xml_scan);
BENCHMARK(xml_tree);
BENCHMARK(xml_observations);
BENCHMARK(csv_scan);
BENCHMARK(csv_tree);
BENCHMARK(csv_observations);

int main(int count, char** arguments)
{
    // bench_formats --stream [MEGABYTES]: documents of that size each, 1000 unless told.
    if (count > 1 && std::string_view(arguments[1]) == "--stream")
        return stream(count > 2 ? std::stoul(arguments[2]) * 1'000'000 : 1'000'000'000);
    benchmark::Initialize(&count, arguments);
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    ratios.print();
    return 0;
}
