"""Market price simulator: an invented register with pages chained by a link, behind X-API-Key; its prices are published ones."""

import argparse
import hmac
from urllib.parse import urlencode

import figures
import settings
import simulator
from altered import Altered
from shape import text
from simulator import json_answer

PATH = "/gia-thi-truong/v1/gia"
settings.declare("market_price", {"api_key": settings.Setting(text(), "khoa-gia-khong-that")}, {"link_elsewhere": {}})
GOODS = {"Giá vàng bình quân tháng": "VANG_9999", "Giá 1 USD bình quân tháng": "USD"}


class MarketPrice:
    name = "market_price"

    def __init__(self, options):
        self.log = simulator.Log()
        self._key = options.api_key.encode()
        self._altered = Altered()
        self._prices = [row for row in figures.table("figures.csv") if row["indicator"] in GOODS and row["value"]]

    def control(self, settings):
        """It has no settings of its own; what it holds can be altered."""
        return self._altered.control(settings)

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def answer(self, request):
        if not hmac.compare_digest(request.headers.get("X-API-Key", "").encode(), self._key):
            self.log.add("refused", {"target": request.target, "code": 403, "why": "the key is wrong"})
            return json_answer({"loi": "Khóa truy cập không đúng"}, 403)
        limit, after = request.query.get("limit", "100"), request.query.get("sau", "0")
        if request.method != "GET" or request.path != PATH or not limit.isdigit() or int(limit) == 0 or not after.isdigit():
            return json_answer({"loi": "Yêu cầu không đúng"}, 400)
        return self.page(request, int(limit), int(after))

    def page(self, request, limit, after):
        month = request.query.get("thang", "")
        held = self._altered.of(self._prices, lambda row: f'{row["period"]}/{GOODS[row["indicator"]]}',
                                lambda row, name, told: {**row, "period": name.partition("/")[0], "text": told})
        rows = [row for row in held if row["period"] == month]
        link = PATH + "?" + urlencode({"thang": month, "limit": limit, "sau": after + limit}) if after + limit < len(rows) else None
        if request.fault == "link_elsewhere":
            link = "https://attacker.invalid" + PATH
        return json_answer({"thang": month, "gia": [self.price(row) for row in rows[after:after + limit]], "next": link})

    @staticmethod
    def price(row):
        return {"maHang": GOODS[row["indicator"]], "gia": figures.number_text(row["text"]), "donVi": row["unit"], "maTinh": "33",
                "coQuan": "H31.01", "nguon": row["source"]}


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "market_price")
    simulator.serve(MarketPrice(options), options)


if __name__ == "__main__":
    main()
