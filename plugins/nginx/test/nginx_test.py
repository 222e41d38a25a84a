#!/usr/bin/env python3
"""nginx_test.py NGINX MODULE SEKISHO PACK: the module in a real nginx on the loopback interface."""
import concurrent.futures
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "hosts"))
import limits  # noqa: E402

NGINX = MODULE = SEKISHO = PACK = ""
LINES = "application/x-ndjson"

CONF = """
load_module {module};
daemon off; worker_processes 2; pid {home}/nginx.pid; error_log {home}/error.log notice; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; sekisho_taxonomy {home}/lists.pack check=200ms;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  scgi_temp_path {home}/scgi; uwsgi_temp_path {home}/uwsgi;
  client_max_body_size 8m; client_body_buffer_size 16k; client_body_timeout 2s; client_header_timeout 2s; send_timeout 2s;
  gzip_types application/x-ndjson;
  {http}
  server {{
    {server}
    listen 127.0.0.1:{port};
    listen 127.0.0.1:{tls_port} ssl http2; ssl_certificate {home}/cert.pem; ssl_certificate_key {home}/key.pem;
    location = /classify {{ sekisho_classify on; }}
    location = /japan {{ sekisho_classify on; sekisho_lists {lists}; }}
    location = /gzip {{ sekisho_classify on; gzip on; }}
    location = /configuration {{ return 200 {count}; }}
    location = /health {{ sekisho_health; }}
    location = /version {{ sekisho_version; }}
    location = /describe {{ sekisho_describe; }}
  }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, **conf):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="sekisho-nginx-"))
        self.port, self.tls_port = free_port(), free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-keyout", self.home / "key.pem", "-out", self.home / "cert.pem"], check=True, capture_output=True)
        self.home.chmod(0o755)
        self.pack = self.home / "lists.pack"
        self.configurations = 0
        self.put(PACK)
        self.configure(**conf)
        self.process = subprocess.Popen([*self.command()], stderr=subprocess.DEVNULL)
        self.wait(lambda: self.get("/health")[0] == 200, "no answer")

    def command(self):
        return [NGINX, "-e", str(self.home / "error.log"), "-p", str(self.home), "-c", str(self.home / "nginx.conf")]

    def configure(self, lists="jp-etco,jp-feo", http="", server=""):
        self.configurations += 1
        user = "user root;" if os.getuid() == 0 else ""
        (self.home / "nginx.conf").write_text(
            CONF.format(module=MODULE, home=self.home, port=self.port, tls_port=self.tls_port, user=user, lists=lists,
                        http=http, server=server, count=self.configurations))

    def put(self, pack):
        """Puts a pack in the place of the old one, as a roll-out does: under another name first."""
        shutil.copyfile(pack, self.home / "new.pack")
        os.replace(self.home / "new.pack", self.pack)

    def test(self):
        """What nginx says of its configuration; empty: it is good."""
        said = subprocess.run([*self.command(), "-t", "-q"], capture_output=True, text=True)
        return said.stderr or "-t failed" * bool(said.returncode)

    def reload(self):
        return subprocess.run([*self.command(), "-s", "reload"], capture_output=True, text=True)

    def renew(self):
        """Reloads, and waits until no worker serves by the old configuration."""
        wanted = str(self.configurations).encode()
        assert self.reload().returncode == 0, self.log()
        self.wait(lambda: all(self.get("/configuration")[1] == wanted for _ in range(20)), "the old configuration serves on")

    def wait(self, true, what, seconds=15):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if true():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(what + "\n" + self.log())

    def log(self):
        return (self.home / "error.log").read_text("utf-8", "replace")

    def request(self, method, path, body=None, kind=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**({"Content-Type": kind} if kind else {}), **(headers or {})})
            response = connection.getresponse()
            return response.status, response.read(), dict(response.getheaders())
        finally:
            connection.close()

    def get(self, path):
        return self.request("GET", path)

    def post(self, body, kind="application/json", path="/classify", **more):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", path, data, kind, **more)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(20)
        log = self.log()
        shutil.rmtree(self.home)
        return code, log


def golden():
    """The golden items of all hosts as lines of JSON; where a checkout has none, the bundled sample."""
    path = ROOT / "tests" / "hosts" / "golden.tsv"
    path = path if path.exists() else ROOT / "taxonomy" / "sample" / "items.tsv"
    names, *rows = [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]
    known = [n for n in names if n in ("id", "description", "part_number")]
    return [json.dumps({n: row[names.index(n)] for n in known if names.index(n) < len(row)}) for row in rows]


def other_pack(home):
    """The same taxonomy under another version."""
    source = home / "taxonomy"
    shutil.copytree(ROOT / "taxonomy", source)
    manifest = source / "taxonomy.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"version": "', '"version": "9', 1), "utf-8")
    subprocess.run([SEKISHO, "taxonomy", "compile", str(source), "-o", str(home / "other.pack")], check=True,
                   capture_output=True)
    return home / "other.pack"


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        code, log = cls.server.stop()
        assert code == 0, log
        for bad in ("[alert]", "[crit]", "exited on signal"):
            assert bad not in log, log


class NginxTest(ServerTest):

    def test_golden(self):
        lines = golden()
        self.assertGreaterEqual(len(lines), 200)
        text = "\n".join(lines).encode()
        want = subprocess.run([SEKISHO, "classify", "-", "--input", "jsonl", "--output", "jsonl", "--taxonomy", PACK],
                              input=text, capture_output=True, check=True).stdout
        for path in ("/classify", "/gzip"):
            status, body, headers = self.server.post(text, LINES, path)
            self.assertEqual((status, headers["Content-Type"]), (200, LINES))
            self.assertEqual(body, want)
        for line, expected in list(zip(lines, want.splitlines()))[::20]:
            self.assertEqual(self.server.post(line.encode())[:2], (200, expected + b"\n"))

    def test_context_and_lists(self):
        item = {"description": "M4 carbine", "treaties": "us-jp-dtct", "as_of": "2024-05-30", "attributes": {}}
        said = json.loads(self.server.post(item)[1])
        self.assertEqual([t["treaty"] for t in said["treaties"]], ["us-jp-dtct"])
        self.assertEqual(said["taxonomy"]["as_of"], "2024-05-30")
        said = json.loads(self.server.post(item, path="/japan")[1])
        self.assertEqual({row["list"] for row in said["lists"]}, {"jp-etco", "jp-feo"})

    def test_health_version_describe(self):
        self.assertEqual(self.server.get("/health")[:2], (200, b'{"status":"ok"}\n'))
        version = json.loads(self.server.get("/version")[1])
        self.assertEqual((version["abi"], version["taxonomy"]["digest"][:7]), (1, "sha256:"))
        described = json.loads(self.server.get("/describe")[1])
        self.assertIn("us-usml", [row["list"] for row in described["lists"]])
        self.assertTrue(all(t["rows"] and t["conditions"] and t["title_ja"] for t in described["treaties"]))
        self.assertEqual(self.server.request("POST", "/health")[0], 405)
        self.assertEqual(self.server.request("HEAD", "/version")[1], b"")

    def test_broken_requests(self):
        for body, words in ((b"{", "not JSON"), (b"", "not JSON"), (b"[1]", "not a JSON object"),
                            (b'{"description":"a","description":"b"}', "duplicate"), (b"[" * 100000, "not JSON"),
                            (b'{"desription":"M4"}', "desription"), (b'{"description":5}', "text in quotes"),
                            (b'{"description":"\xff\xfe"}', "decode"), (b'{"id":"7"}', "neither description"),
                            (b'{"description":"M4","kind":"thing"}', "goods, technology"),
                            (b'{"description":"M4","as_of":"2026-13-01"}', "as_of"),
                            (b'{"description":"M4","treaties":"us-xx"}', "us-xx"),
                            (b'{"description":"M4","attributes":{"nonsense":"1 km"}}', "nonsense")):
            status, answer, _ = self.server.post(body)
            self.assertEqual(status, 400, answer)
            self.assertIn(words, json.loads(answer)["error"])
        self.assertEqual(self.server.post(b"{}", "text/plain")[0], 415)
        status, _, headers = self.server.get("/classify")
        self.assertEqual((status, headers["Allow"]), (405, "POST"))
        self.assertEqual(self.server.post(b"x" * (9 << 20))[0], 413)
        nul = json.loads(self.server.post(b'{"description":"M4\\u0000 carbine"}')[1])
        self.assertIn("lists", nul)

    def test_bad_lines_have_their_errors_and_lose_no_other(self):
        body = b'{"id":"1","description":"M4 carbine"}\r\n\n{"id":"2"}\nnonsense\n' + b"y" * (2 << 20) + \
            b'\n{"id":"3","description":"tank"}'
        status, answer, _ = self.server.post(body, LINES)
        said = [json.loads(line) for line in answer.splitlines()]
        self.assertEqual((status, len(said)), (200, 5))
        self.assertEqual([row.get("line") for row in said], [None, 3, 4, 5, None])
        self.assertEqual([row["id"] for row in said], ["1", "2", None, None, "3"])
        self.assertEqual(self.server.post(b"", LINES)[:2], (200, b""))

    def test_huge_body_and_slow_reader(self):
        """Ten thousand lines make some hundred megabytes of results; who does not read them holds up nobody."""
        body = b'{"description":"V-22 gearbox AN/PVS-14 night vision goggle"}\n' * 10000
        stuck = socket.create_connection(("127.0.0.1", self.server.port))
        stuck.sendall(b"POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                      b"Content-Length: %d\r\n\r\n" % len(body) + body)
        began = time.monotonic()
        self.assertEqual(self.server.post({"description": "M4"})[0], 200)
        self.assertLess(time.monotonic() - began, 5)
        time.sleep(4)  # longer than send_timeout: what comes now is what the buffers of the sockets held
        self.assertLess(self.rest_of(stuck), 50 << 20)
        stuck.close()
        self.assertEqual(self.server.post(body[:len(body) // 5], LINES)[1].count(b"\n"), 2000)
        self.assertLess(self.memory(), 400 << 20)

    @staticmethod
    def rest_of(connection):
        """Bytes until the server has ended the connection; fails when it has not."""
        connection.settimeout(5)
        size = 0
        try:
            while part := connection.recv(1 << 20):
                size += len(part)
        except ConnectionResetError:
            pass
        return size

    def memory(self):
        """Bytes that the workers have for themselves."""
        total = 0
        children = pathlib.Path(f"/proc/{self.server.process.pid}/task/{self.server.process.pid}/children")
        for pid in children.read_text().split():
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Private_Dirty"):
                    total += int(line.split()[1]) << 10
        return total

    def test_slow_and_hostile_senders(self):
        """Forty connections that send a byte now and then, or go away half-way, stop nobody."""
        head = b"POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        slow = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(40)]
        for i, connection in enumerate(slow):
            connection.sendall(head if i % 2 else b"POST /classify HT")
        for connection in slow[:20]:
            connection.close()
        self.assertEqual(self.server.post({"description": "M4"})[0], 200)
        for connection in slow[20:]:
            connection.settimeout(10)
            self.assertIn(connection.recv(100)[9:12], (b"408", b""))
            connection.close()
        gone = socket.create_connection(("127.0.0.1", self.server.port))  # asks for much, reads nothing, leaves
        gone.sendall(b"POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 40000"
                     b"\r\n\r\n" + (b'{"description":"tank"}\n' * 2000)[:40000])
        gone.close()
        self.assertEqual(self.server.get("/health")[0], 200)

    def load(self, change):
        """Requests from eight threads while `change` runs. Returns their number and the digests they were judged by."""
        done, digests, count = threading.Event(), set(), []

        def ask():
            while not done.is_set():
                status, body, _ = self.server.post({"description": "M4 carbine"})
                said = json.loads(body)
                assert status == 200 and said["lists"][0]["verdict"] == "match", body
                digests.add(said["taxonomy"]["digest"])
                count.append(1)

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            asking = [pool.submit(ask) for _ in range(8)]
            try:
                change()
            finally:
                done.set()
            for one in asking:
                one.result()
        return len(count), digests

    def version(self):
        return json.loads(self.server.get("/version")[1])["taxonomy"]["version"]

    def all_workers(self, version):
        self.server.wait(lambda: all(self.version() == version for _ in range(20)), "still not " + version)

    def test_reload_under_load(self):
        old, home = self.version(), self.server.home
        other = other_pack(home)

        def change():
            self.server.put(other)  # seen by the check of the file
            self.all_workers("9" + old)
            self.server.pack.write_bytes(pathlib.Path(PACK).read_bytes()[:-1000])  # damaged, in place
            self.server.wait(lambda: "keeping the old taxonomy" in self.server.log(), "damage was not seen")
            self.assertNotEqual(self.server.reload().returncode, 0)
            self.assertEqual(self.version(), "9" + old)
            self.server.put(PACK)
            for _ in range(3):
                self.assertEqual(self.server.reload().returncode, 0)
                time.sleep(0.3)
            self.all_workers(old)

        count, digests = self.load(change)
        self.assertEqual(len(digests), 2)
        self.assertGreater(count, 100)
        print(f"nginx: {count} requests while the taxonomy changed, none failed", file=sys.stderr)

    def test_http2_and_tls(self):
        """The same bytes in frames of HTTP/2 over TLS, whose windows hold the answer back again and again."""
        body = b'{"description":"V-22 gearbox AN/PVS-14 night vision goggle"}\n' * 2000
        url = f"https://127.0.0.1:{self.server.tls_port}/classify"
        said = subprocess.run(["curl", "-sk", "--http2", "-w", "%{stderr}%{http_version} %{http_code}", "-H", "Content-Type: " + LINES,
                               "--data-binary", "@-", url], input=body, capture_output=True, timeout=60)
        self.assertEqual(said.stderr, b"2 200")
        self.assertEqual(said.stdout, self.server.post(body, LINES)[1])

    def test_wrong_configurations(self):
        self.server.configure(lists="xx-none")
        said = self.server.test()
        self.server.configure()
        self.assertIn("xx-none", said)


class LimitsTest(ServerTest):
    GREATEST = {"max_input_bytes": 2**32 - 1, "max_matches": 2**32 - 1, "max_steps": 2**63 - 1,
                "max_memory_bytes": 2**63 - 1}

    def configure(self, **conf):
        self.server.configure(**conf)
        self.assertEqual(self.server.test(), "", conf)
        self.server.renew()

    def judged(self, path="/classify", kind="application/json"):
        status, body, _ = self.server.post({"description": limits.ITEM}, kind, path)
        self.assertEqual(status, 200, body)
        return body.decode().removesuffix("\n")

    def test_each_holds(self):
        places = []
        for name in limits.NOTICES:
            least = limits.least(SEKISHO, name, PACK)
            places += [f"location = /{name}/{limit} {{ sekisho_classify on; sekisho_{name} {limit}; }}"
                       for limit in (least, least - 1, 1, 0)]
        self.configure(server="\n".join(places))
        for kind in ("application/json", LINES):
            for name in limits.NOTICES:
                limits.check(self, name, lambda limit: self.judged(f"/{name}/{limit}", kind), SEKISHO, PACK)
        self.assertEqual(self.judged(), limits.command_line(SEKISHO, pack=PACK), "no other location has them")

    def test_inherited_and_merged(self):
        default = limits.command_line(SEKISHO, pack=PACK)
        for name, notice in limits.NOTICES.items():
            own = f"location = /own {{ sekisho_classify on; sekisho_{name} %s; }}"
            self.configure(http=f"sekisho_{name} 1;")
            self.assertIn(notice, self.judged(), "of http")
            self.configure(http=f"sekisho_{name} 1;", server=f"sekisho_{name} 0; {own % 2}")
            self.assertEqual(self.judged(), default, "of server, in the place of that of http")
            self.assertIn(notice, self.judged("/own"))
            self.configure(server=f"sekisho_{name} 1; {own % '1m'}")
            self.assertIn(notice, self.judged(), "of server")
            self.assertEqual(self.judged("/own"), default)

    def test_whole_range(self):
        every = " ".join(f"sekisho_{name} {greatest};" for name, greatest in self.GREATEST.items())
        self.configure(http="sekisho_max_steps 1;", server=every)
        self.assertEqual(self.judged(), limits.command_line(SEKISHO, pack=PACK))

    def test_sizes(self):
        for size, count in (("0", 65536), ("100k", 102400)):
            self.configure(server=f"sekisho_max_input_bytes {size};")
            for more, within in ((0, True), (1, False)):
                said = self.server.post({"description": limits.ITEM.ljust(count + more)})[1]
                self.assertEqual(b"limit-input-size" not in said, within, (size, more))

    def test_bad_values_are_faults_of_the_configuration(self):
        for name, greatest in self.GREATEST.items():
            bad = {"-1": "invalid value", "many": "invalid value", "1.5": "invalid value", "1k1": "invalid value",
                   "9223372036854775808": "invalid value", "": "invalid number of arguments",
                   "1 2": "invalid number of arguments", f"1; sekisho_{name} 2": "is duplicate"}
            if greatest < 2**32:
                bad |= {"4294967296": "takes 4294967295 at most", "4g": "takes 4294967295 at most"}
            for value, words in bad.items():
                self.server.configure(server=f"sekisho_{name} {value};")
                said = self.server.test()
                self.assertRegex(said, rf"{words}.* in .*nginx\.conf:\d+", (name, value))
                self.assertIn(f'"sekisho_{name}" directive', said)
        self.server.configure()


if __name__ == "__main__":
    NGINX, MODULE, SEKISHO, PACK = sys.argv[1:5]
    unittest.main(argv=sys.argv[:1], verbosity=2)
