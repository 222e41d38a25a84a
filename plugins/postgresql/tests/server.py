"""A PostgreSQL server of one's own: in a temporary folder, by a normal user, on a Unix socket only.

The server finds its extensions beside itself, so the folder gets copies of its two programs, links to the rest of the
installation, and the extension that was built: nothing is installed on the machine.
"""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

PLUGIN = pathlib.Path(__file__).resolve().parent.parent


class Server:
    """with Server(pg_config, extension, library) as server: server.sql("SELECT 1"). `variables`: the server's environment."""

    def __init__(self, pg_config, extension, library, settings=(), variables=()):
        ask = lambda name: subprocess.run([pg_config, f"--{name}"], capture_output=True, check=True, text=True).stdout.strip()
        self.bin, self.share, self.lib = (pathlib.Path(ask(name)) for name in ("bindir", "sharedir", "pkglibdir"))
        self.user = normal_user()
        self.settings, self.variables = settings, variables
        self.built = (extension, library)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sekisho-pg-"))
        self.programs, self.data = self.inside(self.bin), self.root / "data"

    def inside(self, path):
        return self.root / str(path).lstrip("/")

    def mirror(self, extension, library):
        inside = self.inside
        for folder in (self.bin, self.lib, self.share / "extension"):
            inside(folder).mkdir(parents=True)
        for name in ("postgres", "initdb", "pg_ctl"):
            shutil.copy(self.bin / name, inside(self.bin))
        own = (extension, library, PLUGIN / "sekisho.control", *PLUGIN.glob("sql/*.sql"))
        mine = {pathlib.Path(path).name for path in own}
        for folder in (self.lib, self.share, self.share / "extension"):
            for entry in folder.iterdir():
                if not (inside(folder) / entry.name).exists() and entry.name not in mine:
                    (inside(folder) / entry.name).symlink_to(entry)
        for path in own[2:]:
            shutil.copy(path, inside(self.share / "extension"))
        shutil.copy(extension, inside(self.lib))
        shutil.copy(library, inside(self.lib) / "libsekisho.so.1")
        self.root.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.root, self.user)

    def command(self, *parts):
        return [*(["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []), *map(str, parts)]

    def environment(self):
        """Programs find the server, and the server the library beside the extension."""
        return dict(os.environ, PGHOST=str(self.root), PGUSER="owner", PGDATABASE="postgres", LC_ALL="C.UTF-8",
                    LD_LIBRARY_PATH=str(self.inside(self.lib)))

    def as_user(self, *command, variables=(), check=True):
        """Runs a program as the normal user."""
        done = subprocess.run(self.command(*command), cwd=self.root, env={**self.environment(), **dict(variables)},
                              text=True, capture_output=True, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{pathlib.Path(command[0]).name}: {done.stdout}{done.stderr}")
        return done

    def __enter__(self):
        try:
            self.mirror(*self.built)
            self.as_user(self.programs / "initdb", "-D", self.data, "-U", "owner", "-A", "trust", "-E", "UTF8",
                         "--locale=C.UTF-8", "--no-sync")
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, *settings):
        options = {"listen_addresses": "''", "unix_socket_directories": f"'{self.root}'", "fsync": "off",
                   "max_wal_size": "4GB", "shared_buffers": "256MB", **dict(self.settings), **dict(settings)}
        lines = "".join(f"{name} = {value}\n" for name, value in options.items())
        conf = self.data / "postgresql.auto.conf"
        conf.write_text(lines)
        if os.geteuid() == 0:
            shutil.chown(conf, self.user)
        try:
            self.as_user(self.programs / "pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self.root / "log",
                         variables=self.variables)
        except RuntimeError as error:
            raise RuntimeError(f"{error}{(self.root / 'log').read_text()}") from error

    def stop(self):
        self.as_user(self.programs / "pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", self.data)

    def __exit__(self, *_):
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.root)

    def sql(self, *commands, database="postgres", user="owner"):
        """What psql prints, without the line end; several commands run in one session. An error is a RuntimeError."""
        options = [part for command in commands for part in ("-c", command)]
        return self.as_user(self.bin / "psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose",
                            "-d", database, "-U", user, *options).stdout.removesuffix("\n")

    def load(self, table, rows, database="postgres"):
        """Fills a table with tuples of text by COPY."""
        escape = lambda text: text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        path = self.root / "rows"
        path.write_text("".join("\t".join(map(escape, row)) + "\n" for row in rows), "utf-8")
        self.sql(f"\\copy {table} FROM '{path}'", database=database)


def normal_user():
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
