/// Sending: dossiers and their steps on the way to a portal, one row each, and how far each has come.
///
/// A machine remembers nothing between a request and its answer, so the whole of a sending travels in the request's context:
/// text() writes it, read_sending() reads it back. Bodies of rows that are settled are left out, so it shrinks as it goes.
#pragma once

#include "hub/sdk/calendar.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dvc {

using namespace lienthong::sdk;

enum class Stage : char {
    look = 'l',     ///< To be asked about before anything is sent.
    fresh = 'n',    ///< To be sent as new.
    update = 'u',   ///< There already: to be sent as an update.
    step = 'p',     ///< The dossier is there; its step is to be sent.
    find = 'f',     ///< To be asked about: did it arrive?
    settled = 'd',
    refused = 'r',
    absent = 'x',   ///< Asked about, and not there as it was sent.
};

struct Row
{
    Stage stage = Stage::fresh;
    bool alone = false;     ///< Not in one call with others: a call with it was refused.
    char outcome = '-';     ///< What became of the dossier: 'c' created, 'u' updated, '-' nothing yet.
    bool stepped = false;   ///< Its step was taken.
    std::string code;       ///< MaHoSo.
    std::string state;      ///< TrangThaiHoSo.
    std::string at;         ///< ThoiDiemXuLy of its step; empty where it has none.
    std::string dossier;    ///< JSON text.
    std::string step;       ///< JSON text; empty for none.
    std::string said;       ///< The portal's last words about it.
};

struct Sending
{
    std::vector<Row> rows;

    /// The rows the next call is about, at most `most` of one stage; none when all are settled. The same before and after a
    /// call, so an answer finds the rows it is about.
    [[nodiscard]] std::vector<Row*> next(std::size_t most)
    {
        std::vector<Row*> out;
        for (const Stage stage : {Stage::look, Stage::fresh, Stage::update, Stage::step, Stage::find}) {
            for (Row& row : rows) {
                if (row.stage != stage || (row.alone && !out.empty()))
                    continue;
                out.push_back(&row);
                if (row.alone || stage == Stage::look || stage == Stage::find || out.size() == most)
                    return out;
            }
            if (!out.empty())
                return out;
        }
        return out;
    }

    [[nodiscard]] std::size_t count(Stage stage) const
    {
        std::size_t found = 0;
        for (const Row& row : rows)
            found += row.stage == stage ? 1 : 0;
        return found;
    }

    /// Stage, flags and lengths of each row on a line, then its texts one behind the other.
    [[nodiscard]] std::string text() const
    {
        std::string out;
        for (const Row& row : rows) {
            out += static_cast<char>(row.stage);
            out += row.alone ? 's' : '-';
            out += row.outcome;
            out += row.stepped ? 't' : '-';
            for (const std::string* part : parts(row))
                out += ' ' + std::to_string(part->size());
            out += '\n';
            for (const std::string* part : parts(row))
                out += *part;
        }
        return out;
    }

    [[nodiscard]] static std::vector<const std::string*> parts(const Row& row)
    {
        return {&row.code, &row.state, &row.at, &row.dossier, &row.step, &row.said};
    }
};

/// Nothing where the text is none that text() wrote.
inline std::optional<Sending> read_sending(std::string_view text)
{
    Sending out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos || end < 4 || std::string_view("lnupfdrx").find(text[0]) == std::string_view::npos)
            return std::nullopt;
        Row row;
        row.stage = static_cast<Stage>(text[0]);
        row.alone = text[1] == 's';
        row.outcome = text[2];
        row.stepped = text[3] == 't';
        std::string_view sizes = text.substr(4, end - 4);
        text.remove_prefix(end + 1);
        for (std::string* part : {&row.code, &row.state, &row.at, &row.dossier, &row.step, &row.said}) {
            if (sizes.empty() || sizes.front() != ' ')
                return std::nullopt;
            const std::size_t space = sizes.find(' ', 1);
            const auto size = read_digits(sizes.substr(1, space == std::string_view::npos ? space : space - 1));
            if (!size || static_cast<std::size_t>(*size) > text.size())
                return std::nullopt;
            sizes.remove_prefix(space == std::string_view::npos ? sizes.size() : space);
            part->assign(text.substr(0, static_cast<std::size_t>(*size)));
            text.remove_prefix(static_cast<std::size_t>(*size));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

/// The rows of a parcel, {"rows":[{"dossier":{…},"step":{…}}]}, all of them at `stage`; one without a state, which no portal would
/// take, is refused at once and holds up no other. A fault is one sentence; no rows are none.
inline std::string fill(Sending& sending, TreeView parcel, Stage stage)
{
    const TreeView rows = parcel.child("rows");
    if (rows.kind() != LIENTHONG_NODE_ARRAY)
        return "the parcel has no list of rows";
    for (TreeView at = rows.first(); at; at = at.next()) {
        const TreeView dossier = at.child("dossier"), step = at.child("step");
        Row row;
        row.stage = stage;
        row.code = dossier.child("MaHoSo").text();
        row.state = dossier.child("TrangThaiHoSo").text();
        if (row.code.empty())
            return "a row of the parcel has no dossier with MaHoSo";
        if (row.state.empty()) {
            row.stage = Stage::refused;
            row.said = "not sent: the flow's mapping has no TrangThaiHoSo for its state";
        } else {
            row.dossier = dossier.source();
            row.step = step.source();
            row.at = step.child("ThoiDiemXuLy").text();
        }
        sending.rows.push_back(std::move(row));
    }
    return {};
}

inline constexpr std::size_t most_named = 5;  ///< Refused rows whose reason stands in the sentence; the receipt has all.

/// Which rows were refused and why, for the end of a sentence; empty where none was.
inline std::string refused_rows(const Sending& sending)
{
    const std::size_t refused = sending.count(Stage::refused);
    std::string out;
    std::size_t told = 0;
    for (const Row& row : sending.rows)
        if (row.stage == Stage::refused && told++ < most_named)
            out += ' ' + row.code + " (" + row.said + ");";
    if (refused > most_named)
        out += " and others, named in the receipt";
    else if (refused != 0 && refused < sending.rows.size())
        out += " the others arrived";
    else if (refused != 0)
        out.pop_back();
    return out;
}

/// What became of each row, as evidence: [{"MaHoSo", "dossier", "step", "said"}].
inline std::string receipt_of(const Sending& sending)
{
    std::string out = "{\"rows\":[";
    for (const Row& row : sending.rows) {
        const bool refused = row.stage == Stage::refused;
        out += out.back() == '[' ? "{" : ",{";
        out += "\"MaHoSo\":" + json_quoted(row.code) + ",\"TrangThaiHoSo\":" + json_quoted(row.state) + ",\"dossier\":\"";
        out += row.outcome == 'c' ? "created" : row.outcome == 'u' ? "updated" : refused ? "refused" : "there";
        out += std::string("\",\"step\":\"") + (row.stepped ? "taken" : refused && row.outcome != '-' ? "refused" : "none");
        out += "\",\"said\":" + json_quoted(row.said) + '}';
    }
    return out + "]}";
}

}  // namespace dvc
