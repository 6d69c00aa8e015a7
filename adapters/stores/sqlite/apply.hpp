/// Apply: one submission into the store: what becomes of each record, the answer, the tally and the unnumbered leaf.
#pragma once

#include "adapters/sqlite/standing.hpp"
#include "adapters/sqlite/writer.hpp"
#include "adapters/stores/sqlite/series_memory.hpp"
#include "hub/ports/store.hpp"

#include <memory>

namespace lienthong::adapters::store {

class Apply final : public sqlite::Write
{
public:
    Apply(Application application, Store::Render render, Store::ApplyDone done, std::shared_ptr<const sqlite::Standing> standing,
          std::shared_ptr<SeriesMemory> memory, std::shared_ptr<const FigureRules> rules)
        : application_(std::move(application)), render_(std::move(render)), done_(std::move(done)),
          standing_(std::move(standing)), memory_(std::move(memory)), rules_(std::move(rules))
    {
    }

    Result<void> run(sqlite::Connection& connection) override;
    void committed() override { done_(std::move(applied_)); }
    void failed(const Problem& problem) override { done_(problem); }
    [[nodiscard]] std::size_t bytes() const override;

private:
    Application application_;
    Store::Render render_;
    Store::ApplyDone done_;
    std::shared_ptr<const sqlite::Standing> standing_;
    std::shared_ptr<SeriesMemory> memory_;
    std::shared_ptr<const FigureRules> rules_;
    Applied applied_;
};

}  // namespace lienthong::adapters::store
