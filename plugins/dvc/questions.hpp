/// Questions (hỏi đáp): lists of what was asked at the portal, once a day, and what of a question leaves the worker.
///
/// Neither name nor address of who asked does, nor a word of question or answer: anything may stand in them. Whether there is an
/// answer's text is a mark. No service says since when, and none has pages, so the lists come whole.
#pragma once

#include "hub/sdk/json_text.hpp"
#include "plugins/dvc/daily_lists.hpp"

#include <string>
#include <string_view>

namespace dvc {

inline constexpr std::string_view kept_of_question[] = {"HOIDAPID", "TRALOIID", "TRANGTHAI", "MALINHVUC", "MADONVI", "MATTHCDP"};

/// Whether something is written there, be it as a text, a list or an object.
inline bool is_written(TreeView member)
{
    if (member.kind() == LIENTHONG_NODE_NULL)
        return false;
    return member.first() || member.text().find_first_not_of(" \t\r\n") != std::string_view::npos;
}

/// The question as it may leave the worker. Without NOIDUNGTRALOI nothing is said of an answer's text.
inline std::string kept_question(TreeView question)
{
    std::string out = only_members(question, kept_of_question);
    if (const TreeView answer = question.child_any_case("NOIDUNGTRALOI")) {
        out.pop_back();
        out += out.size() > 1 ? "," : "";
        out += std::string("\"marks\":{\"answer\":\"") + (is_written(answer) ? "yes" : "no") + "\"}}";
    }
    return out;
}

/// A list of questions as it may leave the worker, empty for none. Of a row that is no object nothing is known but its place.
inline std::string kept_questions(const std::string& service, TreeView rows, Step& step)
{
    std::string out;
    int at = 0;
    for (TreeView row = rows.first(); row; row = row.next(), ++at)
        if (row.kind() == LIENTHONG_NODE_OBJECT)
            out += (out.empty() ? "[" : ",") + kept_question(row);
        else
            step.set_aside.push_back(
                {{},
                 "row " + std::to_string(at) + " of " + service + " is no object, as a question is; ask who runs the portal",
                 "{\"service\":" + json_quoted(service) + ",\"row\":" + std::to_string(at) + '}',
                 {}});
    return out.empty() ? out : out + ']';
}

inline constexpr ListKind question_lists{
    "q1", "questions", "question_services", "LayDanhSachHoiDapBoCoQuan", Endpoint::integration, kept_questions};

}  // namespace dvc
