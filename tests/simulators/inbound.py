#!/usr/bin/env python3
"""The national portal as a caller: pushes promotion notices to a province's route and judges what it answers.

The answer of a province is {"error_code", "message"}: 0 taken, 1 a duplicate, -1 any error, all in HTTP 200; a body that is no
JSON is answered by HTTP 500 in plain text.
"""

import argparse
import base64
import http.client
import json
import ssl
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

NEEDED = ("MaHoSo", "MaSoThue", "MaTTHC", "TenThuongNhan")


def notice(code):
    """A promotion notice; the form is base64 inside it. Everything is invented."""
    file = base64.b64encode(b"%PDF-1.4\n% don dang ky gia lap\n%%EOF\n").decode()
    return {"MaHoSo": code, "MaSoThue": "0100000000", "MaTTHC": "2.000033", "TenThuongNhan": "Công ty giả lập",
            "SoVanBan": "01/TB",
            "NgayNopHoSo": "20251120081500", "DiaChiDoanhNghiep": {"MaTinh": "33", "MaHuyen": "", "MaXa": "",
                                                                   "DiaChiChiTiet": ""},
            "TenChuongTrinhKhuyenMai": "Chương trình giả lập", "HinhThucKhuyenMai": "Giảm giá",
            "ThoiGianKhuyenMaiTu": "20251201000000",
            "ThoiGianKhuyenMaiDen": "20251231000000", "TongGiaTriHangHoa": "1000000", "TenTepDonDangKy": "don.pdf",
            "TepDonDangKy": file,
            "TaiLieuNop": [{"TenTepDinhKem": "phu-luc.pdf", "Base64": file}]}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes

    def verdict(self):
        """(error_code, message) as the portal reads them; the code is None when there is none to read."""
        try:
            value = json.loads(self.body)
            return int(value["error_code"]), str(value["message"])
        except (ValueError, KeyError, TypeError):
            return None, self.body.decode("utf-8", "replace")[:200]


class Caller:
    def __init__(self, url, authority=None, headers=None):
        self._parts = urlsplit(url)
        self._authority, self._headers = authority, headers or {}

    def push(self, body):
        parts = self._parts
        if parts.scheme == "https":
            trust = ssl.create_default_context(cafile=self._authority)
            connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=trust, timeout=60)
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            connection.request("POST", target, content, {"Content-Type": "application/json", "Charset": "utf-8", **self._headers})
            reply = connection.getresponse()
            return Reply(reply.status, reply.read())
        finally:
            connection.close()

    def checks(self, code):
        """Yields (what was checked, whether it held, what was found), one call after the other."""
        cases = [("a notice is taken and its code named", notice(code), 200, 0),
                 ("the same notice again is a duplicate", notice(code), 200, 1)]
        cases += [(f"a notice without {name} is an error",
                   {key: value for key, value in notice(code + "1").items() if key != name}, 200, -1)
                  for name in NEEDED]
        cases.append(("what is no JSON is an error of the server's", b"<xml/>", 500, None))
        for what, body, status, wanted in cases:
            reply = self.push(body)
            found, message = reply.verdict()
            held = (reply.status, found) == (status, wanted) and (wanted != 0 or code in message)
            yield what, held, f"HTTP {reply.status}, error_code {found}: {message}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="https://hub.example/XrdAdapter/RestService/forward/addtthcKhuyenMai")
    parser.add_argument("--authority", help="PEM file that vouches for the route's certificate")
    parser.add_argument("--header", action="append", default=[], help="NAME: VALUE to send along")
    parser.add_argument("--code", default="H31.03-251120-0001", help="code of the first notice")
    options = parser.parse_args()
    headers = dict(text.split(": ", 1) for text in options.header)
    failed = 0
    for what, held, found in Caller(options.url, options.authority, headers).checks(options.code):
        print(f"{'holds' if held else 'FAILS'}  {what}: {found}", flush=True)
        failed += not held
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
