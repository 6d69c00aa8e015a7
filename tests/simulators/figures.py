"""Published figures of Hưng Yên as the simulated systems hold them: reads data/*.csv, invents nothing."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def table(name):
    """The rows of data/<name> as dictionaries."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Figure:
    """One published figure under the name its source system gives it."""

    code: str       # "TMBL"
    kind: str       # "TT", "LK" …; empty where the code says it all
    name: str       # indicator, and what of it, as published
    year: int
    part: str       # "03" for a month, "Q1", "H1", "Y"
    text: str       # Vietnamese notation as published, sign added from "giảm": "-8,75"; "…" when not available
    value: str      # the same with a decimal point: "-8.75"; empty when not available
    unit: str
    status: str     # "Ước tính", "Sơ bộ" or empty
    sender: str     # agency that reports it
    window: tuple   # (first day, last day) as dd/MM/yyyy, or ()
    source: str     # address of the report
    published: str  # month of the report, "2025-03"


def period_words(period):
    """What a published period may be called in crosswalk.csv."""
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return {"month"}
    if re.fullmatch(r"\d{4}-Q[1-4]", period):
        return {"quarter", "cumulative"}
    if re.fullmatch(r"\d{4}-01/\d{2}", period):
        return {"cumulative"} | {"06": {"half"}, "09": {"nine_months"}}.get(period[-2:], set())
    return {"year", "cumulative"} if re.fullmatch(r"\d{4}", period) else {"season"}


def last_month(period):
    """(year, month) a cumulative figure reaches to."""
    year = int(period[:4])
    if "Q" in period:
        return year, 3 * int(period[-1])
    return (year, int(period[-2:])) if len(period) > 4 else (year, 12)


def part_of(period, words):
    """Period as (year, part) for a crosswalk row with these period words."""
    year, month = last_month(period)
    if words & {"month", "cumulative", "nine_months"}:
        return year, f"{month:02d}"
    return year, {6: "H1", 12: "Y"}[month] if "Q" not in period else "Q" + period[-1]


def number_text(text):
    """The number in a published phrase, in Vietnamese notation; "không …" is zero."""
    found = re.search(r"\d[\d.]*(?:,\d+)?", text)
    if not found:
        return "0" if text.startswith("không") else "…"
    return ("-" if text.startswith("giảm") else "") + found.group().rstrip(".")


def window_of(note):
    """The days a figure covers, where the note states them."""
    days = re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", note) if note.startswith(("kỳ số liệu", "thời điểm")) else []
    days = [f"{int(d):02d}/{int(m):02d}/{y}" for d, m, y in days]
    return (days[0], days[-1]) if days else ()


def load(simulator):
    """Every figure that `simulator` serves, oldest report first."""
    rows = table("figures.csv")
    withheld = {(row["indicator"], row["measure"], row["period"], row["text"]) for row in table("withheld.csv")}
    for gap in table("not_available.csv"):
        rows.append({**gap, "unit": "%", "text": "…", "value": "", "status": "", "vintage": gap["period"], "note": ""})
    served = [row for row in table("crosswalk.csv") if row["simulator"] == simulator]
    figures = []
    for row in rows:
        if (row["indicator"], row["measure"], row["period"], row["text"]) in withheld:
            continue
        for line in served:
            words = set(line["periods"].split()) & period_words(row["period"])
            if (line["indicator"], line["measure"]) == (row["indicator"], row["measure"]) and words:
                year, part = part_of(row["period"], words)
                figures.append(Figure(line["code"], line["kind"], f'{row["indicator"]}, {row["measure"]}', year, part,
                                      number_text(row["text"]), row["value"], row["unit"], row["status"], line["sender"],
                                      window_of(row["note"]), row["source"], row["vintage"]))
    return sorted(figures, key=lambda figure: (figure.published, figure.code, figure.kind, figure.year, figure.part))
