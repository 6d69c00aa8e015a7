// Look-ups that succeed as the files write things allocate nothing.
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations{0};

}  // namespace

void* operator new(std::size_t size)
{
    ++allocations;
    if (void* out = std::malloc(size == 0 ? 1 : size))
        return out;
    throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, const std::nothrow_t&) noexcept
{
    std::free(memory);
}

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

TEST(Allocation, HappensInNoLookUpThatSucceeds)
{
    const Catalogue& catalogue = shipped();
    constexpr Day day = 2025y / March / 31;
    const Indicator* pupils = *catalogue.indicator("A_XI_5_1_U3", day);
    bool all = true;
    const long before = allocations;
    all = all && catalogue.indicator("A_VIII_1", day).ok();
    all = all && catalogue.area("GSO", "33", day).ok();
    all = all && catalogue.area("NAME", "Hưng Yên", day).ok();
    all = all && catalogue.agency("000.00.01.H31", day).ok();
    all = all && catalogue.agency("Chi cục Thống kê", day).ok();
    all = all && catalogue.unit("tỷ đồng").ok();
    all = all && catalogue.vintage("UT").ok();
    all = all && catalogue.is_within("GSO:33", "ISO:VN", day);
    all = all && catalogue.check_breakdown(*pupils, "SCHOOL_OWNERSHIP=NON_PUBLIC;SEX=F").ok();
    all = all && text::period_by_pattern("03/2025", "MM/yyyy").ok();
    const long after = allocations;
    EXPECT_TRUE(all);
    EXPECT_EQ(after - before, 0);
}

TEST(Allocation, IsCountedHere)
{
    const long before = allocations;
    const bool found = shipped().unit("TRIỆU ĐỒNG/LƯỢNG").ok();
    const long after = allocations;
    EXPECT_TRUE(found);
    EXPECT_GT(after, before);
}
