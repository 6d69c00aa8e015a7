// A workshop behind a pipe and a sandbox says exactly what the workshop itself says.
#include "hub/cli/formats.hpp"
#include "hub/process/worker_pool.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"
#include "tests/golden/golden_case.hpp"

#include <gtest/gtest.h>

#include <future>

namespace lienthong {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const std::string mappings_folder = LIENTHONG_SOURCE_DIR "/mappings";

/// A mapping file and the samples beside it.
struct Shipped
{
    std::string file;
    std::vector<std::string> samples;
};

std::vector<Shipped> shipped_mappings()
{
    std::vector<Shipped> all;
    for (const auto& entry : fs::recursive_directory_iterator(mappings_folder)) {
        if (entry.path().extension() != ".yaml" || entry.path().parent_path().filename() == "computed")
            continue;
        Shipped shipped{entry.path().string(), {}};
        const std::string stem = entry.path().stem().string() + ".";
        for (const auto& beside : fs::directory_iterator(entry.path().parent_path())) {
            const std::string name = beside.path().filename().string();
            if (name.compare(0, stem.size(), stem) == 0 && name.find(".sample.") != std::string::npos)
                shipped.samples.push_back(golden::read_file(beside.path()));
        }
        all.push_back(std::move(shipped));
    }
    return all;
}

class WorkshopWorker : public testing::Test
{
protected:
    void SetUp() override
    {
        std::vector<Problem> problems, findings;
        const auto catalogue = catalogue::Catalogue::load(mappings_folder + "/catalogue", seal::sha256_hex, problems);
        ASSERT_NE(catalogue, nullptr);
        process::PoolOptions options;
        options.program.path = std::string(LIENTHONG_BINARY_DIR) + "/bin/lienthong-worker";
        options.program.arguments = {"--role", "workshop", "--catalogue", mappings_folder + "/catalogue"};
        std::vector<std::shared_ptr<const mapping::Mapping>> mappings;
        for (const Shipped& one : shipped_mappings()) {
            auto mapping = mapping::Mapping::load(one.file, *catalogue, seal::sha256_hex, problems, findings);
            ASSERT_NE(mapping, nullptr) << problems.front().sentence();
            for (const std::string& sample : one.samples)
                jobs_.push_back({mapping->name(), "", sample, {{"*"}, ""}});
            mappings.push_back(std::move(mapping));
            options.program.arguments.insert(options.program.arguments.end(), {"--mapping", one.file});
        }
        workshop_ = std::make_unique<workshop::Workshop>(catalogue, std::move(mappings), cli::all_formats());
        pool_ = std::make_unique<process::WorkerPool>(options);
        const auto hello = pool_->wait_ready(60s);
        ASSERT_TRUE(hello.ok()) << hello.problem().sentence();
        EXPECT_EQ(hello->about, catalogue->digest());
    }

    Result<std::string> ask(const std::string& job)
    {
        std::promise<Result<std::string>> promise;
        pool_->submit(job, [&](Result<std::string> result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }

    std::vector<workshop::Job> jobs_;
    std::unique_ptr<workshop::Workshop> workshop_;
    std::unique_ptr<process::WorkerPool> pool_;
};

TEST_F(WorkshopWorker, SaysOfEverySampleWhatTheWorkshopSays)
{
    ASSERT_FALSE(jobs_.empty());
    for (const workshop::Job& job : jobs_) {
        const auto outcome = ask(workshop::encode(job));
        ASSERT_TRUE(outcome.ok()) << job.mapping << ": " << outcome.problem().sentence();
        EXPECT_EQ(*outcome, workshop::encode(workshop_->work(job))) << job.mapping;
    }
    EXPECT_EQ(pool_->standing().deaths, 0U);
}

TEST_F(WorkshopWorker, LivesThroughWhatIsNoDocument)
{
    const std::string foreign[] = {"",
                                   "\xFF\xFE",
                                   "{",
                                   std::string(100'000, '['),
                                   "<?xml version=\"1.0\" encoding=\"windows-1258\"?><a/>",
                                   "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                                   std::string(1'000'000, '\0')};
    for (const workshop::Job& shipped : jobs_)
        for (const std::string& payload : foreign) {
            const workshop::Job job{shipped.mapping, "", payload, {{"*"}, ""}};
            const auto outcome = ask(workshop::encode(job));
            ASSERT_TRUE(outcome.ok()) << job.mapping << ": " << outcome.problem().sentence();
            EXPECT_EQ(*outcome, workshop::encode(workshop_->work(job)));
        }
    EXPECT_EQ(pool_->standing().deaths, 0U);
}

TEST_F(WorkshopWorker, RefusesAJobItCannotReadAndGoesOn)
{
    const auto outcome = ask("no job");
    EXPECT_FALSE(outcome.ok());
    EXPECT_TRUE(ask(workshop::encode(jobs_.front())).ok());
    EXPECT_EQ(pool_->standing().deaths, 0U);
}

}  // namespace
}  // namespace lienthong
