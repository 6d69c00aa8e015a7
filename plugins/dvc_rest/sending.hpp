/// Sending: dossiers on the way to the newer portal, one row each, and how far each has come.
///
/// A machine remembers nothing between a request and its answer, so the whole of a sending travels in the request's context:
/// text() writes it, read_sending() reads it back. Texts that were sent and taken are left out, so it shrinks as it goes.
#pragma once

#include "plugins/dvc_rest/portal.hpp"

#include "hub/sdk/words.hpp"

#include <array>
#include <vector>

namespace dvc_rest {

enum class Stage : char {
    number = 'n',    ///< A code of the portal's own is to be asked for.
    create = 'c',
    progress = 'p',  ///< It is there; its step is to be sent.
    status = 's',    ///< Then the state it stands at.
    settled = 'd',
    refused = 'r',
};

enum class Outcome : char {
    nothing = '-',
    created = 'c',
    known = 'k',     ///< What the portal calls it was known before.
    unnamed = 'u',   ///< The portal has it and does not say what it calls it.
    misnamed = 'm',  ///< What the hub was told it is called is no name of a dossier.
};

struct Row
{
    Stage stage = Stage::create;
    Outcome outcome = Outcome::nothing;
    bool alone = false;     ///< Not in one call with others: a call with it was refused.
    bool progressed = false, stated = false;  ///< Its step, its status was taken.
    std::string key;        ///< Of the fact: the province's code of the dossier.
    std::string code;       ///< MaHoSo at the portal.
    std::string id;         ///< idHoSo; empty until the portal said it.
    std::string state;      ///< TrangThai of its status.
    std::string dossier, step, status;  ///< JSON objects without identity; empty for none.
    std::string said;       ///< The portal's last words about it.

    [[nodiscard]] std::array<std::string*, 8> texts() { return {&key, &code, &id, &state, &dossier, &step, &status, &said}; }

    /// What the partner calls the fact, as the hub keeps it: "idHoSo", behind it MaHoSo where that is not the fact's key; "-"
    /// stands for an idHoSo that is not known yet.
    [[nodiscard]] std::string name() const { return (id.empty() ? "-" : id) + (code == key ? std::string() : ' ' + code); }
};

/// Takes a row's identity at the portal from what the hub kept. False where the text is no name of name()'s form.
inline bool read_name(std::string_view called, Row& row)
{
    Words words(called);
    const std::string_view id = words.next(), code = words.next();
    if (!is_word(id) || (!code.empty() && !is_word(code)) || !words.rest().empty() || (id == "-" && code.empty()))
        return false;
    row.id = id == "-" ? std::string_view() : id;
    row.code = code.empty() ? std::string_view(row.key) : code;
    return true;
}

struct Sending
{
    std::vector<Row> rows;

    /// The rows the next call is about, at most `most` of one stage; none when all are done with. The same before and after a
    /// call, so an answer finds the rows it is about.
    [[nodiscard]] std::vector<Row*> next(std::size_t most)
    {
        std::vector<Row*> out;
        for (const Stage stage : {Stage::number, Stage::create, Stage::progress, Stage::status}) {
            const bool singly = stage == Stage::number || stage == Stage::create;
            for (Row& row : rows) {
                if (row.stage != stage || (row.alone && !out.empty()))
                    continue;
                out.push_back(&row);
                if (singly || row.alone || out.size() == most)
                    return out;
            }
            if (!out.empty())
                return out;
        }
        return out;
    }

    [[nodiscard]] std::string text()
    {
        std::string out;
        for (Row& row : rows) {
            out += static_cast<char>(row.stage);
            out += static_cast<char>(row.outcome);
            out += row.alone ? 'a' : '-';
            out += row.progressed ? 'p' : '-';
            out += row.stated ? 's' : '-';
            for (const std::string* one : row.texts())
                out += ' ' + std::to_string(one->size());
            out += '\n';
            for (const std::string* one : row.texts())
                out += *one;
        }
        return out;
    }
};

/// Nothing where the text is none that text() wrote.
inline std::optional<Sending> read_sending(std::string_view text)
{
    Sending out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos || end < 6 || std::string_view("ncpsdr").find(text[0]) == std::string_view::npos ||
            std::string_view("-ckum").find(text[1]) == std::string_view::npos)
            return std::nullopt;
        Row row;
        row.stage = static_cast<Stage>(text[0]);
        row.outcome = static_cast<Outcome>(text[1]);
        row.alone = text[2] == 'a';
        row.progressed = text[3] == 'p';
        row.stated = text[4] == 's';
        Words sizes(text.substr(6, end - 6));
        text.remove_prefix(end + 1);
        for (std::string* one : row.texts()) {
            const auto size = sizes.number();
            if (!size || static_cast<std::size_t>(*size) > text.size())
                return std::nullopt;
            one->assign(text.substr(0, static_cast<std::size_t>(*size)));
            text.remove_prefix(static_cast<std::size_t>(*size));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

/// The object with members before its own: `members` as JSON text without braces.
inline std::string with_members(std::string_view object, const std::string& members)
{
    const std::size_t first = object.find_first_not_of(" \t\r\n", 1);
    const bool empty = first == std::string_view::npos || object[first] == '}';
    return '{' + members + (empty ? "" : ",") + std::string(object.substr(1));
}

/// The rows of a parcel, {"rows":[{"key","called","dossier":{…},"step":{…},"status":{…}}]}. A fault is one sentence; no rows are
/// none.
inline std::string fill(Sending& sending, TreeView parcel, bool portal_codes)
{
    const TreeView rows = parcel.child("rows");
    if (rows.kind() != LIENTHONG_NODE_ARRAY)
        return "the parcel has no list of rows";
    for (TreeView at = rows.first(); at; at = at.next()) {
        const TreeView dossier = at.child("dossier"), step = at.child("step"), status = at.child("status");
        Row row;
        row.key = row.code = at.child("key").text();
        if (row.key.empty() || dossier.kind() != LIENTHONG_NODE_OBJECT || (step && step.kind() != LIENTHONG_NODE_OBJECT) ||
            (status && status.kind() != LIENTHONG_NODE_OBJECT))
            return "a row of the parcel has no key, or its dossier, step or status is no object";
        const std::string_view called = at.child("called").text();
        row.state = status.child("TrangThai").text();
        row.step = step.source();
        row.status = status.source();
        if (!called.empty() && !read_name(called, row)) {
            row.outcome = Outcome::misnamed;
            row.stage = Stage::refused;
            row.said = "its name is kept as '" + excerpt(called, 80) + "', which is no idHoSo";
        } else if (!row.id.empty()) {
            row.outcome = Outcome::known;
            row.stage = !row.step.empty() ? Stage::progress : !row.status.empty() ? Stage::status : Stage::settled;
        } else {
            row.dossier = dossier.source();
            row.stage = portal_codes && called.empty() ? Stage::number : Stage::create;
        }
        sending.rows.push_back(std::move(row));
    }
    return {};
}

/// What became of each row, as evidence, with what the portal calls it.
inline std::string receipt_of(const Sending& sending)
{
    std::string out = "{\"rows\":[";
    for (const Row& row : sending.rows) {
        // A text that was sent and not taken still stands in the row; the first one is what was refused.
        const bool refused = row.stage == Stage::refused && !row.id.empty();
        const bool step_refused = refused && !row.step.empty();
        out += out.back() == '[' ? "{" : ",{";
        out += "\"MaHoSo\":" + json_quoted(row.code) + ",\"idHoSo\":" + json_quoted(row.id);
        out += ",\"TrangThai\":" + json_quoted(row.state);
        out += ",\"dossier\":\"";
        out += row.outcome == Outcome::created                                     ? "created"
               : row.outcome == Outcome::known || row.outcome == Outcome::unnamed ? "there"
                                                                                  : "refused";
        out += std::string("\",\"progress\":\"") + (row.progressed ? "taken" : step_refused ? "refused" : "none");
        out += std::string("\",\"status\":\"") + (row.stated ? "taken" : refused && !step_refused ? "refused" : "none");
        out += "\",\"said\":" + json_quoted(row.said) + '}';
    }
    return out + "]}";
}

}  // namespace dvc_rest
