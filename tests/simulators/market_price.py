"""Market price simulator: an invented register with pages chained by a link, behind X-API-Key; its prices are published ones."""

import argparse
import hmac
import os
from urllib.parse import urlencode

import figures
import simulator
from simulator import json_answer

PATH = "/gia-thi-truong/v1/gia"
GOODS = {"Giá vàng bình quân tháng": "VANG_9999", "Giá 1 USD bình quân tháng": "USD"}


class MarketPrice:
    name = "market_price"
    faults = ("link_elsewhere",)

    def __init__(self, options):
        self.log = simulator.Log()
        self._key = options.api_key.encode()
        self._prices = [row for row in figures.table("figures.csv") if row["indicator"] in GOODS and row["value"]]

    def control(self, settings):
        """It has no settings of its own."""
        return False

    def damage(self, request, answer):
        """What `damage` orders: half of a good answer."""
        return simulator.Answer(answer.status, answer.body[:len(answer.body) // 2], answer.content_type, answer.headers)

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
        rows = [row for row in self._prices if row["period"] == month]
        link = PATH + "?" + urlencode({"thang": month, "limit": limit, "sau": after + limit}) if after + limit < len(rows) else None
        if request.fault == "link_elsewhere":
            link = "https://attacker.invalid" + PATH
        return json_answer({"thang": month, "gia": [self.price(row) for row in rows[after:after + limit]], "next": link})

    @staticmethod
    def price(row):
        return {"maHang": GOODS[row["indicator"]], "gia": figures.number_text(row["text"]), "donVi": row["unit"], "maTinh": "33",
                "coQuan": "H31.01", "nguon": row["source"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    simulator.add_options(parser)
    parser.add_argument("--api-key", default=os.environ.get("SIM_MARKET_PRICE_KEY", "khoa-gia-khong-that"))
    options = parser.parse_args()
    simulator.serve(MarketPrice(options), options)


if __name__ == "__main__":
    main()
