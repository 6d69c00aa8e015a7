"""The published figures: each is served in one place or listed as not served."""

import unittest
from decimal import Decimal

import figures


class Data(unittest.TestCase):
    def test_every_published_figure_is_served_or_listed_as_not_served(self):
        lines = figures.table("crosswalk.csv")
        for row in figures.table("figures.csv"):
            words = figures.period_words(row["period"])
            found = [line for line in lines if (line["indicator"], line["measure"]) == (row["indicator"], row["measure"])
                     and words & set(line["periods"].split())]
            self.assertEqual(len(found), 1, row)

    def test_no_two_figures_stand_in_one_place_and_texts_agree_with_values(self):
        for system in ("nrs", "lgsp", "qlvb"):
            served = figures.load(system)
            places = {(figure.code, figure.kind, figure.year, figure.part, figure.status) for figure in served}
            self.assertEqual(len(places), len(served))
            for figure in served:
                if figure.value:
                    self.assertEqual(Decimal(figure.text.replace(".", "").replace(",", ".")), Decimal(figure.value), figure)


if __name__ == "__main__":
    unittest.main()
