#!/usr/bin/env python3
"""imports.py LIBRARY: what the library asks of the system, of which the header says what it does without.

"Nothing is printed, no signal, locale, environment variable or network is used": none of the C library's functions for these
is asked for. The list of those that are is short enough to be spelt out; a new one has to be looked at.
"""
import re
import subprocess
import sys

# Of the C library. Memory, files to be read, locks and threads, text.
ASKED = set("""
    __cxa_atexit __cxa_finalize __cxa_thread_atexit_impl __errno_location __libc_single_threaded __register_atfork __stack_chk_fail
    __tls_get_addr abort atexit free malloc calloc realloc posix_memalign aligned_alloc
    open close fstat pread mmap munmap mprotect clock_gettime time
    pthread_mutex_lock pthread_mutex_unlock pthread_once pthread_self
    memchr memcmp memcpy memmove memset bcmp strlen strnlen strcmp strerror lround
    __memcpy_chk __memmove_chk __memset_chk __snprintf_chk snprintf
""".split())


def main():
    library = sys.argv[1]
    out = lambda *command: subprocess.run(command, capture_output=True, check=True, text=True).stdout
    names = re.findall(r" [Uw] (\w+)@(?:GLIBC_)\S+$", out("nm", "-D", "--undefined-only", library), re.M)
    others = sorted(set(names) - ASKED)
    faults = [f"it asks for {name}" for name in others]
    if len(names) < 10:
        faults.append("no names were read")
    streams = re.findall(r"_ZSt4(?:cout|cerr|clog)", out("nm", "-D", "--undefined-only", library))
    faults += [f"it prints: {name}" for name in streams]
    if "Library soname: [libsekisho.so.1]" not in out("readelf", "-d", library):
        faults.append("its name is not libsekisho.so.1")
    for fault in faults:
        print(f"{library}: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
