#!/usr/bin/env python3
"""Receipts as a province's earlier reporting system might hand them over: invented, and the same for the same obligations.

Reads the answer of GET /v1/obligations on standard input, writes the list `lienthong compliance import` takes on standard output.
Most reports came in time, some late, some lack a part, some never came; how many depends on the agency.
"""
import csv
import datetime
import hashlib
import json
import sys


def share(*words):
    """A number in [0, 1) that these words always give."""
    return int.from_bytes(hashlib.sha256("|".join(words).encode()).digest()[:6], "big") / 2**48


def receipt(one, now):
    """When the report came and what it lacked; nothing where it never did, or not yet."""
    chance, reliable = share("fate", one["id"]), 0.75 + 0.24 * share("agency", one["agency"])
    closes = datetime.datetime.fromisoformat(one["closes"])
    lacking = ""
    if chance < reliable:
        received = closes - datetime.timedelta(hours=8 + 64 * share("early", one["id"]))
    else:
        rest = (chance - reliable) / (1 - reliable)
        if rest > 0.75:
            return None
        received = closes + datetime.timedelta(hours=9 + 130 * share("late", one["id"]))
        if rest > 0.5:
            lacking = "phần thuyết minh"
    if received >= now:
        return None
    return received, lacking


def main():
    answer = json.load(sys.stdin)
    now = datetime.datetime.fromisoformat(answer["as_of"])
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["form", "period", "agency", "received", "submission", "lacking"])
    for one in answer["obligations"]:
        found = receipt(one, now)
        if found:
            received, lacking = found
            name = "BC-" + hashlib.sha256(one["id"].encode()).hexdigest()[:8]
            rows.writerow([one["subject"], one["period"], one["agency"], received.isoformat(timespec="seconds"), name, lacking])


if __name__ == "__main__":
    main()
