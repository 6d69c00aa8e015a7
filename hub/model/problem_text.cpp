#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <vector>

namespace lienthong {
namespace {

std::vector<ProblemText> sorted_table()
{
    std::vector<ProblemText> table = {
#define PROBLEM(code, vi, en, remedy_vi, remedy_en) ProblemText{code, vi, en, remedy_vi, remedy_en},
#include "hub/model/problems/access.def"
#include "hub/model/problems/catalogue.def"
#include "hub/model/problems/compliance.def"
#include "hub/model/problems/compute.def"
#include "hub/model/problems/connector.def"
#include "hub/model/problems/documents.def"
#include "hub/model/problems/flow.def"
#include "hub/model/problems/formats.def"
#include "hub/model/problems/http.def"
#include "hub/model/problems/mail.def"
#include "hub/model/problems/mapping.def"
#include "hub/model/problems/outward.def"
#include "hub/model/problems/process.def"
#include "hub/model/problems/rules.def"
#include "hub/model/problems/seal.def"
#include "hub/model/problems/settings.def"
#include "hub/model/problems/stores.def"
#include "hub/model/problems/tables.def"
#include "hub/model/problems/text.def"
#undef PROBLEM
    };
    std::sort(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    return table;
}

const std::vector<ProblemText>& table()
{
    static const std::vector<ProblemText> instance = sorted_table();
    return instance;
}

constexpr ProblemText unlisted{"unlisted", "Lỗi chưa có mô tả.", "A problem without a description.",
                               "Báo cho đơn vị vận hành kèm mã lỗi.", "Report the code to the operator."};

}  // namespace

const ProblemText& problem_text(std::string_view code)
{
    const auto& all = table();
    const auto it = std::lower_bound(all.begin(), all.end(), code,
                                     [](const ProblemText& t, std::string_view c) { return t.code < c; });
    return it != all.end() && it->code == code ? *it : unlisted;
}

std::span<const ProblemText> all_problem_texts()
{
    return table();
}

}  // namespace lienthong
