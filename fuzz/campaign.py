#!/usr/bin/env python3
"""A long run of all fuzz targets in turn, with a ledger that the figures in docs/reliability.md are taken from.

  campaign.py run BUILD [--until HH:MM] [--seconds N] [--workers N] [--pids FILE] [TARGET...]
  campaign.py table BUILD

Each target gets a slice of the processor's time (--seconds, whatever else the machine does), then the next one, round
after round. What a slice did (executions, features, edges, processor time, findings) is a line of
BUILD/campaign.jsonl. New inputs stay in BUILD/corpus, findings in BUILD/findings, and a finding ends its slice, not the
run.
"""
import argparse
import datetime
import itertools
import json
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Wall-clock seconds an input may take. Generous, since a run beside other work may stand still; what is reported is
# looked at again alone.
TIMEOUT = 600


def all_targets():
    return sorted(path.name.removesuffix(".cc") for path in (ROOT / "fuzz").glob("*_fuzz.cc"))


def arguments(build, target):
    out = [str(build / "bin" / target), f"-timeout={TIMEOUT}",
           f"-report_slow_units={TIMEOUT}", "-rss_limit_mb=4096", "-print_final_stats=1",
           f"-artifact_prefix={build}/findings/{target}-"]
    dictionary = ROOT / "fuzz/dictionaries" / f"{target}.dict"
    if dictionary.exists():
        out.append(f"-dict={dictionary}")
    return out + [str(build / "corpus" / target), str(ROOT / "fuzz/corpus" / target)]


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


class Campaign:
    def __init__(self, build, pids):
        self.build, self.pids = build, pids
        self.running = set()
        self.lock = threading.Lock()
        for folder in ("findings", "logs", "corpus"):
            (build / folder).mkdir(exist_ok=True)

    def note_pids(self):
        if self.pids:
            Path(self.pids).write_text("".join(f"{pid}\n" for pid in sorted(self.running)))

    @staticmethod
    def wait(process, seconds, until):
        """Until it ends by a finding; or is asked to, by a signal that lets it say its figures."""
        asked = False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return round(usage.ru_utime + usage.ru_stime, 1)
            if not asked and (time.time() > until or processor_seconds(process.pid) > seconds):
                process.send_signal(signal.SIGINT)
                asked = True
            time.sleep(1)

    def slice(self, target, seconds, until):
        (self.build / "corpus" / target).mkdir(exist_ok=True)
        findings = set((self.build / "findings").iterdir())
        log = self.build / "logs" / f"{target}.log"
        environment = dict(os.environ, UBSAN_OPTIONS="print_stacktrace=1")
        with open(log, "wb") as out:
            process = subprocess.Popen(arguments(self.build, target), stdout=out, stderr=out, env=environment)
            with self.lock:
                self.running.add(process.pid)
                self.note_pids()
            cpu = self.wait(process, seconds, until)
        text = log.read_text(errors="replace")
        new = [p.name for p in set((self.build / "findings").iterdir()) - findings if p.name.startswith(target)]
        with self.lock:
            self.running.discard(process.pid)
            self.note_pids()
            with open(self.build / "campaign.jsonl", "a") as ledger:
                ledger.write(json.dumps({
                    "end": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
                    "target": target, "status": process.returncode, "cpu": cpu,
                    "executions": last_number(r"stat::number_of_executed_units: (\d+)", text) or
                                  last_number(r"\n#(\d+)", text),
                    "edges": last_number(r"cov: (\d+)", text), "features": last_number(r"ft: (\d+)", text),
                    "corpus": len(list((self.build / "corpus" / target).iterdir())), "findings": sorted(new)}) + "\n")

    def run(self, targets, until, seconds, workers):
        turn = itertools.cycle(targets)

        def work():
            while True:
                if until.timestamp() - time.time() < 30:
                    return
                with self.lock:
                    target = next(turn)
                self.slice(target, seconds, until.timestamp())

        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def table(build):
    rows = [json.loads(line) for line in (build / "campaign.jsonl").read_text().splitlines()]
    print("| target | executions | edges | features | processor time | findings |\n|---|---:|---:|---:|---:|---:|")
    sums = [0, 0.0, 0]
    for target in sorted({row["target"] for row in rows}):
        mine = [row for row in rows if row["target"] == target]
        executions, cpu = sum(r["executions"] for r in mine), sum(r["cpu"] for r in mine)
        findings = sum(len(r["findings"]) for r in mine)
        sums = [sums[0] + executions, sums[1] + cpu, sums[2] + findings]
        print(f"| `{target.removesuffix('_fuzz')}` | {executions:,} | {max(r['edges'] for r in mine):,} | "
              f"{max(r['features'] for r in mine):,} | {cpu / 60:.0f} min | {findings} |")
    print(f"| all | {sums[0]:,} | | | {sums[1] / 3600:.1f} h | {sums[2]} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("run", "table"))
    parser.add_argument("build", type=Path)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--until", help="UTC, HH:MM; without it one hour")
    parser.add_argument("--seconds", type=int, default=240, help="of processor time, a slice")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--pids", help="a file that always has the process ids of the running targets")
    options = parser.parse_args()
    build = options.build.resolve()
    if options.command == "table":
        table(build)
        return
    now = datetime.datetime.now(datetime.timezone.utc)
    until = now + datetime.timedelta(hours=1)
    if options.until:
        hour, minute = map(int, options.until.split(":"))
        until = now.replace(hour=hour, minute=minute, second=0)
        until += datetime.timedelta(days=until < now)
    Campaign(build, options.pids).run(options.targets or all_targets(), until, options.seconds, options.workers)


if __name__ == "__main__":
    main()
