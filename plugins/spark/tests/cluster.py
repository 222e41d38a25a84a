"""A standalone Spark cluster on loopback: a master and workers of one core each, every one a process of its own.

    with Cluster(workers=2) as cluster, cluster.session("name") as spark: ...
    cluster.kill(0)      # the first worker with all that it has started, at once
"""
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import pyspark
from pyspark.sql import SparkSession

SPARK_CLASS = pathlib.Path(pyspark.__file__).parent / "bin" / "spark-class"
PATIENCE = 60  # seconds


class Cluster:
    def __init__(self, workers=2, memory="1g", scratch=None):
        self._scratch = tempfile.TemporaryDirectory(prefix="spark-cluster-", dir=scratch)
        self.folder = pathlib.Path(self._scratch.name)
        self._memory = memory
        self._count = workers

    def __enter__(self):
        self._started = []
        try:
            self._start("master", "org.apache.spark.deploy.master.Master")
            self.url = self._wait("master", r"Starting Spark master at (spark://\S+)")
            for i in range(self._count):
                self._start(f"worker{i}", "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory",
                            self._memory, "--work-dir", str(self.folder / f"work{i}"), self.url)
            for i in range(self._count):
                self._wait(f"worker{i}", "(Successfully registered with master)")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self._started):
            self._end(process)
        self._scratch.cleanup()

    @property
    def workers(self):
        """Their process ids, which are those of their sessions."""
        return [process.pid for process in self._started[1:]]

    def kill(self, worker):
        """SIGKILL to the worker, its executors and their Python processes."""
        self._end(self._started[1 + worker])

    @contextlib.contextmanager
    def session(self, name, **settings):
        """A session whose driver is this process, with one executor on each worker."""
        os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")  # read by the driver
        builder = SparkSession.builder.master(self.url).appName(name)
        for key, value in {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
                           "spark.driver.memory": "1g", "spark.executor.memory": self._memory,
                           "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
                           "spark.local.dir": str(self.folder / "local"),
                           "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
                           "spark.log.level": "ERROR", **settings}.items():
            builder = builder.config(key, value)
        spark = builder.getOrCreate()
        try:
            deadline = time.monotonic() + PATIENCE
            while self.executors(spark) < self._count:
                assert time.monotonic() < deadline, "the executors do not come"
                time.sleep(0.05)
            yield spark
        finally:
            spark.stop()

    @staticmethod
    def executors(spark):
        """How many the driver has."""
        return len(spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1  # one is the driver itself

    def _start(self, name, main, *arguments):
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
                       "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
        with open(self.folder / f"{name}.log", "wb") as log:
            self._started.append(subprocess.Popen(
                [str(SPARK_CLASS), main, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=self.folder,
                start_new_session=True))

    def _wait(self, name, pattern):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            log = (self.folder / f"{name}.log").read_text("utf-8", "replace")
            if found := re.search(pattern, log):
                return found[1]
            time.sleep(0.05)
        raise TimeoutError(f"{name} does not come up:\n{log[-2000:]}")

    @staticmethod
    def _end(process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
