#!/usr/bin/env python3
"""sbom.py TREE PACKAGES: the bill of materials of what is in PACKAGES, as PACKAGES/sekisho-VERSION.cdx.json (CycloneDX 1.5).

TREE is the build tree of the Debian packages. Nothing is guessed: what a binary is linked with is read from its ELF header and asked of
dpkg; what is compiled in from headers is in HEADERS; a package whose licence LICENCES does not know is an error, so that a new
dependency cannot come in unseen. The same packages give the same bytes."""
import datetime
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import uuid

# Source packages of the distribution -> licence (SPDX), as in NOTICE.
LICENCES = {
    "abseil": "Apache-2.0", "icu": "Unicode-3.0", "libsodium": "ISC", "re2": "BSD-3-Clause", "xxhash": "BSD-2-Clause",
    "nlohmann-json3": "MIT", "cli11": "BSD-3-Clause", "jansson": "MIT", "glibc": "LGPL-2.1-or-later",
    "gcc-12": "GPL-3.0-or-later WITH GCC-exception-3.1", "gcc-13": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "gcc-14": "GPL-3.0-or-later WITH GCC-exception-3.1",
}
# Binary -> development packages whose headers are compiled into it.
HEADERS = {
    "lib/libsekisho.so.1.0.0": ["libabsl-dev", "libxxhash-dev"],
    "bin/sekisho": ["libabsl-dev", "libxxhash-dev", "nlohmann-json3-dev", "libcli11-dev"],
    "lib/sekisho.so": [], "postgresql/sekisho.so": [], "nginx/ngx_http_sekisho_module.so": [],
}
# Binary -> the packages that bring it.
BINARIES = {
    "lib/libsekisho.so.1.0.0": ["libsekisho1_*.deb", "sekisho-*.whl", "sekisho-node-*.tgz"],
    "bin/sekisho": ["sekisho_*.deb"], "lib/sekisho.so": ["libsqlite3-mod-sekisho_*.deb"],
    "postgresql/sekisho.so": ["postgresql-*-sekisho_*.deb"], "nginx/ngx_http_sekisho_module.so": ["libnginx-mod-http-sekisho_*.deb"],
}


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def needed(path):
    """Sonames that an ELF file asks for, but for those of the project and the loader."""
    names = re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", path))
    return [n for n in names if not n.startswith(("libsekisho", "ld-linux"))]


def libraries():
    """soname -> path, as the loader has it"""
    found = {}
    for name, path in re.findall(r"^\s+(\S+) \(.*\) => (\S+)$", output("/sbin/ldconfig", "-p"), flags=re.M):
        found.setdefault(name, path)
    return found


def package_of(path):
    for candidate in (os.path.realpath(path), path, path.replace("/lib/", "/usr/lib/", 1), os.path.realpath(path).replace("/usr/lib/", "/lib/", 1)):
        run = subprocess.run(["dpkg", "-S", candidate], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if run.returncode == 0:
            return run.stdout.decode("utf-8").split(":")[0]
    sys.exit(f"sbom.py: no package has {path}")


def distribution():
    with open("/etc/os-release", encoding="utf-8") as f:
        values = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', f.read(), flags=re.M))
    return values["ID"], f"{values['ID']}-{values['VERSION_ID']}"


def third_party(package):
    version, source, architecture = output("dpkg-query", "-W", "-f", "${Version} ${source:Package} ${Architecture}", package).split()
    if source not in LICENCES:
        sys.exit(f"sbom.py: the licence of {source} ({package}) is not known here; write it into LICENCES and NOTICE")
    vendor, release = distribution()
    purl = f"pkg:deb/{vendor}/{package.replace('+', '%2B')}@{version.replace('+', '%2B')}?arch={architecture}&distro={release}"
    return {"type": "library", "bom-ref": purl, "name": package, "version": version, "purl": purl,
            "licenses": [{"expression": LICENCES[source]}]}


def own(path, kind):
    name = os.path.basename(path)
    return {"type": kind, "bom-ref": name, "name": name, "hashes": [{"alg": "SHA-256", "content": sha256(path)}],
            "licenses": [{"expression": "Apache-2.0"}]}


def main():
    tree, packages = sys.argv[1:]
    with open(os.path.join(tree, "CMakeCache.txt"), encoding="utf-8") as f:
        version = re.search(r"CMAKE_PROJECT_VERSION:\w+=(.*)", f.read()).group(1)
    with open(os.path.join(tree, "debian", "time.cmake"), encoding="utf-8") as f:
        epoch = int(re.search(r"SOURCE_DATE_EPOCH} (\d+)", f.read()).group(1))
    components, links, paths = {}, {}, libraries()
    for binary, patterns in BINARIES.items():
        path = os.path.join(tree, binary)
        files = [f for pattern in patterns for f in sorted(glob.glob(os.path.join(packages, pattern)))]
        if not files:
            continue
        on = {package_of(paths[n]) for n in needed(path)} | set(HEADERS[binary])
        refs = []
        for package in sorted(on):
            component = third_party(package)
            components[component["bom-ref"]] = component
            refs.append(component["bom-ref"])
        for file in files:
            component = own(file, "application" if binary == "bin/sekisho" else "library")
            components[component["bom-ref"]] = component
            links[component["bom-ref"]] = refs + ([] if "libsekisho" in binary else [os.path.basename(glob.glob(os.path.join(packages, "libsekisho1_*.deb"))[0])])
    pack = own(os.path.join(tree, "taxonomy.pack"), "data")
    components[pack["bom-ref"]] = pack
    library = [r for r in links if r.startswith(("libsekisho1_", "sekisho-"))]
    for ref in library:
        links[ref] = links[ref] + [pack["bom-ref"]]
    root = f"sekisho@{version}"
    links[root] = sorted(r for r in links)
    bom = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "library", "bom-ref": root, "name": "sekisho", "version": version,
                          "licenses": [{"expression": "Apache-2.0"}]},
        },
        "components": [components[r] for r in sorted(components)],
        "dependencies": [{"ref": r, "dependsOn": sorted(set(links.get(r, [])))} for r in sorted({*components, root})],
    }
    content = json.dumps(bom, sort_keys=True)
    bom["serialNumber"] = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, content))
    with open(os.path.join(packages, f"sekisho-{version}.cdx.json"), "w", encoding="utf-8") as f:
        json.dump(bom, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
