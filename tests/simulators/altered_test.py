"""A source that hides, loses, changes and adds figures on order."""

import unittest

from altered import Altered

HELD = [("2025-03/USD", "25.700"), ("2025-03/VANG", "9,1"), ("2025-04/USD", "25.900")]


class Orders(unittest.TestCase):
    def held(self, altered):
        return altered.of(HELD, lambda one: one[0], lambda _, name, text: (name, text))

    def test_what_is_hidden_comes_back_and_what_is_lost_does_not(self):
        altered = Altered()
        self.assertTrue(altered.control({"hide": ["2025-03/USD"], "lose": ["2025-04"]}))
        self.assertEqual(self.held(altered), HELD[1:2])
        self.assertTrue(altered.control({"show": ["2025-03/USD", "2025-04"]}))
        self.assertEqual(self.held(altered), HELD[:2])

    def test_figures_are_changed_and_added_like_others_of_their_code(self):
        altered = Altered()
        altered.control({"change": {"2025-03/VANG": "9,2"}, "add": {"2025-05/USD": "26.000", "2025-05/BAC": "1"}})
        self.assertEqual(self.held(altered), [HELD[0], ("2025-03/VANG", "9,2"), HELD[2], ("2025-05/USD", "26.000")])

    def test_what_is_no_order_changes_nothing(self):
        altered = Altered()
        for order in ({}, {"hide": "2025-03"}, {"drop": []}, {"change": []}, {"hide": [], "published_to": "2025-03"}):
            self.assertFalse(altered.control(order))
        self.assertEqual(self.held(altered), HELD)


if __name__ == "__main__":
    unittest.main()
