/// A store in a folder of its own that can be closed and opened again.
#pragma once

#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "tests/unit/stores/folder.hpp"
#include "tests/unit/stores/store_support.hpp"

#include <gtest/gtest.h>

namespace lienthong::testing {

class StoreFixture : public ::testing::Test
{
protected:
    void SetUp() override { reopen(); }
    void TearDown() override { expect_sum_holds(); }
    void reopen()
    {
        faces = {};
        auto opened = adapters::open_sqlite_store(path);
        ASSERT_TRUE(opened.ok()) << opened.problem().sentence();
        faces = std::move(*opened);
    }
    void expect_sum_holds()
    {
        const Tally kept = faces.store->tally().value(), counted = faces.store->recount().value();
        EXPECT_TRUE(kept.holds());
        EXPECT_EQ(kept.received, counted.received);
        EXPECT_EQ(kept.messages, counted.messages);
        EXPECT_EQ(kept.in_state, counted.in_state);
    }
    std::vector<RevisionRow> history()
    {
        ObservationFilter filter;
        filter.history = true;
        filter.limit = 100'000;
        return faces.store->observations(filter).value();
    }
    std::vector<RevisionRow> find(const std::string& indicator, const std::string& from = "", const std::string& to = "",
                                  const std::string& area = "", const std::string& agency = "")
    {
        ObservationFilter filter;
        filter.indicator = indicator;
        filter.period_from = from;
        filter.period_to = to;
        filter.area = area;
        filter.agency = agency;
        return faces.store->observations(filter).value();
    }

    Folder folder;
    std::string path = folder.file("store.db");
    adapters::SqliteStore faces;
};

}  // namespace lienthong::testing
