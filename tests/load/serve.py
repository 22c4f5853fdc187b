"""Asks a server on this machine from many clients at once and tells how it fared.

    entente serve --db target/load/entente.db --port 8750 &
    python3 tests/load/serve.py --port 8750 --clients 64 --seconds 60

Every client keeps one connection and asks one question after the other. Only 127.0.0.1 is asked. Exit status 1 if any
answer was not the one expected.
"""

import argparse
import asyncio
import json
import random
import time
from collections import Counter, defaultdict

NAMES = ["Germany", "Norwegen", "Canada", "France", "Polen", "country:JPN", "Sweden", "Ukraine", "Italien", "India"]
PAGE = "/"


def question(dice: random.Random) -> tuple[str, int]:
    """An address and the status it should be answered with."""
    a, b = dice.sample(NAMES, 2)
    return dice.choices(
        [
            (f"/api/v1/who?name={a}", 200),
            (f"/api/v1/who?name={a}&since={dice.randint(2012, 2026)}", 200),
            (f"/api/v1/why?a={a}&b={b}", 200),
            (f"/api/v1/ties?limit=50&offset={dice.randrange(10) * 50}", 200),
            ("/api/v1/entities?kind=country", 200),
            ("/api/v1/stats", 200),
            ("/healthz", 200),
            ("/metrics", 200),
            ("/api/v1/edges.csv", 200),
            (PAGE, 200),
            ("/api/v1/who?name=Germny", 404),
            ("/api/v1/ties?limit=x", 400),
        ],
        weights=[20, 5, 15, 10, 10, 15, 5, 2, 2, 1, 3, 3],
    )[0]


async def ask(reader, writer, target: str) -> tuple[int, int]:
    writer.write(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(" ")[1]), length


async def client(number: int, port: int, until: float, times: dict, faults: Counter) -> int:
    dice = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
    size = 0
    while time.monotonic() < until:
        target, expected = question(dice)
        started = time.perf_counter()
        try:
            status, length = await asyncio.wait_for(ask(reader, writer, target), 30)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            faults[f"{type(error).__name__} at {target}"] += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
            continue
        times[target.split("?")[0]].append(time.perf_counter() - started)
        size += length
        if status != expected:
            faults[f"{status} at {target}"] += 1
    writer.close()
    return size


async def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8750)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    times, faults = defaultdict(list), Counter()
    until = time.monotonic() + args.seconds
    sizes = await asyncio.gather(*(client(n, args.port, until, times, faults) for n in range(args.clients)))
    everything = sorted(t for route in times.values() for t in route)
    rank = lambda sorted_times, share: round(sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))] * 1000, 1)
    print(f"{len(everything)} answers, {len(everything) / args.seconds:.0f}/s, {sum(sizes) / 1e6:.0f} MB, {sum(faults.values())} faults")
    for name, route in [("all", everything), *((name, sorted(route)) for name, route in sorted(times.items()))]:
        print(f"{name:24} n {len(route):7}  p50 {rank(route, 0.5):8} ms  p99 {rank(route, 0.99):8} ms  max {rank(route, 1):8} ms")
    print(json.dumps(faults.most_common(10)))
    return 1 if faults else 0


raise SystemExit(asyncio.run(main()))
