#!/usr/bin/env python3
"""Proves figures and settlements without any of our software: verify_figure.py CA.pem LOG.verifier EVIDENCE.json...
Needs Python 3.8 and the openssl command. One line a file; exit code 1 when one of them is not proved."""
import base64, hashlib, json, os, re, ssl, subprocess, sys, tempfile
from datetime import datetime

KINDS = "submission", "settlement", "key", "configuration"

def need(holds, what):
    if not holds:
        raise ValueError(what)

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def b64(text):  # one text for each value
    raw = base64.b64decode(text, validate=True)
    need(base64.b64encode(raw).decode() == text, "base64 is not strict")
    return raw

def canonical(text):  # refuses double names, blanks, other order, other escapes
    value = json.loads(text)
    need(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text, "not canonical JSON")
    return value

def root_of(text, index, count, path):  # RFC 9162 section 2.1.3.2
    need(type(index) is int and type(count) is int and 0 <= index < count, "index outside")
    node, last, digest = index, count - 1, sha256(b"\0", text.encode())
    for step in path:
        need(last > 0 and re.fullmatch("[0-9a-f]{64}", step), "bad path")
        if node & 1 or node == last:
            digest = sha256(b"\1", bytes.fromhex(step), digest)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            digest = sha256(b"\1", digest, bytes.fromhex(step))
        node, last = node >> 1, last >> 1
    need(last == 0, "path too short")
    return digest

def openssl(what, *words):
    need(subprocess.run(["openssl", *words], capture_output=True).returncode == 0, what)

def verify(text, ca, verifier, place):
    e = canonical(text)
    kind = "verdict" if "verdict" in e else "observation"
    record = {kind, "record_count", "record_index", "record_path"} if kind in e else set()
    members = {"chain_pem", "checkpoint", "leaf", "leaf_index", "leaf_path", "v"} | record
    need(e.keys() == members and type(e["v"]) is int and e["v"] == 1, "wrong members")
    need(e["checkpoint"].keys() == {"cms_der_base64", "note"}, "wrong members")
    leaf = canonical(e["leaf"])
    need(type(leaf.get("v")) is int and leaf["v"] == 1 and leaf.get("kind") in KINDS, "a leaf of no known kind")
    if record:  # 1. the record is part of the submission
        count, root = ("records", "verdicts_root") if kind == "verdict" else ("accepted", "accepted_root")
        need(canonical(e[kind]) and leaf["kind"] == "submission" and leaf[count] == e["record_count"], "wrong count")
        place_in_leaf = e["record_index"], e["record_count"], e["record_path"]
        need(root_of(e[kind], *place_in_leaf).hex() == leaf[root], "record not in submission")
    body, _, line = e["checkpoint"]["note"].rpartition("\n\n")  # 2. the submission is part of the log
    body += "\n"
    origin, size, root, time, _ = re.fullmatch(r"(\S+)\n([1-9][0-9]*)\n(\S+)\ntime (\S+)\n(prev [0-9a-f]{64}\n)?", body).groups()
    need(root_of(e["leaf"], e["leaf_index"], int(size), e["leaf_path"]) == b64(root), "submission not in log")
    name, _, key = verifier.strip().split("+", 2)  # 3. the log signed the checkpoint (C2SP signed note)
    signer, signature = re.fullmatch("\u2014 (\\S+) (\\S+)\n", line).groups()
    need(signer == name == origin and b64(key)[:1] == b"\1", "another log")
    need(b64(signature)[:4] == sha256(name.encode(), b"\n", b64(key))[:4] and len(b64(signature)) == 68, "another key")
    chain = re.findall("-----BEGIN.*?-----END CERTIFICATE-----\n", e["chain_pem"], re.S)
    ders = [ssl.PEM_cert_to_DER_cert(pem) for pem in chain]
    need("".join(map(ssl.DER_cert_to_PEM_cert, ders)) == e["chain_pem"], "chain is not strict PEM")
    cms = b64(e["checkpoint"]["cms_der_base64"])  # what nothing signs in it (versions, algorithm) has one form
    head = rb"0\x82..\x06.{10}\xa0\x82..0\x82..\x02\x01\x03.{15}0\x0b\x06\t\*\x86H\x86\xf7\r\x01\x07\x01\xa0\x82.."
    p256, rsa = rb"0\n\x06\x08\*\x86H\xce=\x04\x03\x02", rb"0\r\x06\t\*\x86H\x86\xf7\r\x01\x01\x01\x05\0"
    tail = rb"1\x82..0\x82..\x02\x01\x03\x80.+(" + p256 + b"|" + rsa + rb")\x04.{60,520}"
    need(re.fullmatch(head + re.escape(b"".join(ders)) + tail, cms, re.S), "CMS of another form")
    at = str(int(datetime.fromisoformat(time).timestamp()))
    files = {"body": body.encode(), "cms": cms, "sig": b64(signature)[4:],
             "key": bytes.fromhex("302a300506032b6570032100") + b64(key)[1:]}
    for file, data in files.items():
        with open(os.path.join(place, file), "wb") as out:
            out.write(data)
    path = {file: os.path.join(place, file) for file in [*files, "again"]}
    openssl("log signature", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", path["key"], "-rawin",
            "-in", path["body"], "-sigfile", path["sig"])
    openssl("CMS", "cms", "-cmsout", "-inform", "DER", "-in", path["cms"], "-outform", "DER", "-out", path["again"])
    need(open(path["again"], "rb").read() == cms, "CMS is not strict DER")  # 4. so did the province
    openssl("province signature", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", path["cms"],
            "-content", path["body"], "-CAfile", ca, "-no-CApath", "-no-CAstore", "-attime", at, "-out", os.devnull)
    return f"{kind if record else leaf['kind']} in entry {e['leaf_index'] + 1} of {size} of {name}, sealed {time}"

if __name__ == "__main__":
    refused = 0
    with tempfile.TemporaryDirectory() as place:
        for file in sys.argv[3:]:
            try:
                print("proved", file, verify(open(file, "rb").read().decode(), sys.argv[1], open(sys.argv[2]).read(), place))
            except Exception as problem:  # whatever is wrong with a file, it is not proved
                refused += 1
                print("REFUSED", file, type(problem).__name__, problem)
    sys.exit(1 if refused or len(sys.argv) < 4 else 0)
