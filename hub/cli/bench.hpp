/// Bench: runs kept messages through one mapping, in a worker of its own: foreign bytes are read where they always are.
#pragma once

#include "hub/cli/workers.hpp"
#include "hub/model/message.hpp"
#include "hub/workshop/workshop.hpp"

#include <future>
#include <memory>
#include <string>

namespace lienthong::cli {

class Bench
{
public:
    Bench(Settings settings, const std::string& mapping_file, std::string mapping) : mapping_(std::move(mapping))
    {
        settings.workers = 1;
        pool_ = start_workshop(settings, {mapping_file});
    }
    ~Bench() { pool_->stop(); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    Result<workshop::Outcome> work(const Message& message, const workshop::Scope& scope)
    {
        std::promise<Result<std::string>> promise;
        pool_->submit(workshop::encode(workshop::Job{mapping_, message.content_type, message.payload, scope}),
                      [&](Result<std::string> answer) { promise.set_value(std::move(answer)); });
        auto answer = promise.get_future().get();
        if (answer.ok())
            return workshop::decode_outcome(*answer);
        // What kills a worker is told as what it is: a message the mapping cannot take.
        const std::string& code = answer.problem().code;
        if (code != "process.worker_died" && code != "process.worker_timeout" && code != "process.worker_garbage")
            return answer.problem();
        workshop::Outcome out;
        out.verdicts.emplace_back().problems.push_back(answer.problem());
        return out;
    }

private:
    std::string mapping_;
    std::shared_ptr<process::WorkerPool> pool_;
};

}  // namespace lienthong::cli
