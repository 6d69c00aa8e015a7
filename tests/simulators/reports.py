"""The published figures as documents: one for each agency and month that has any."""

import edxml
import figures


def published(receiver):
    names = {row["code"]: row["name"] for row in figures.table("senders.csv")}
    groups = {}
    for figure in figures.load("qlvb"):
        groups.setdefault((figure.published, figure.sender), []).append(figure)
    for number, ((month, sender), group) in enumerate(sorted(groups.items()), 1):
        year, month = month.split("-")
        yield edxml.Report(number, sender, names[sender], receiver, int(year), month, tuple(group))
