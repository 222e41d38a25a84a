"""The limits of an item in the hosts: each at the least value that the item below needs, and one below it, where the host has
to say what the command line says with the same limit, byte for byte.
"""
import functools
import json
import subprocess

import golden

ITEM = "printer, length 310 km and a machine gun"
NOTICES = {"max_input_bytes": "limit-input-size", "max_matches": "limit-matching", "max_steps": "limit-matching",
           "max_memory_bytes": "limit-memory"}


@functools.cache
def command_line(sekisho, name=None, limit=0, pack=None):
    """The JSON of the item, judged by the command line within a limit or the defaults."""
    command = [str(sekisho), "classify", "-", "--input", "jsonl", "--output", "jsonl"]
    command += [f"--{name.replace('_', '-')}", str(limit)] if name else []
    command += ["--taxonomy", str(pack)] if pack else []
    run = subprocess.run(command, input=json.dumps({"description": ITEM}).encode(), capture_output=True, check=True)
    return golden.without_id(run.stdout.decode().removesuffix("\n"), "1")


@functools.cache
def least(sekisho, name, pack=None):
    """The least limit within which the item is judged as by default."""
    low, high = 1, 2**24
    while low < high:
        middle = (low + high) // 2
        whole = f'"id":"{NOTICES[name]}"' not in command_line(sekisho, name, middle, pack)
        low, high = (low, middle) if whole else (middle + 1, high)
    assert low > 5, (name, low)
    return low


def check(test, name, judge, sekisho, pack=None):
    """`judge(limit)`: the JSON that the host gives for the item within that limit."""
    enough = least(sekisho, name, pack)
    default = command_line(sekisho, pack=pack)
    test.assertIn('"verdict":"match"', default)
    test.assertEqual(judge(enough), default, f"{name} at the limit")
    beyond = judge(enough - 1)
    test.assertEqual(beyond, command_line(sekisho, name, enough - 1, pack), f"{name} beyond the limit")
    test.assertIn(f'"id":"{NOTICES[name]}"', beyond)
    test.assertNotIn('"verdict":"no_match"', beyond)
    lists = json.loads(judge(1))["lists"]
    test.assertEqual({(row["verdict"], len(row["candidates"])) for row in lists}, {("unknown", 0)}, name)
    test.assertEqual(judge(0), default, f"{name}: 0 is the default")
