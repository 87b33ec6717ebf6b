"""A small load generator: keep-alive connections from a few threads, the same for every server measured."""

import http.client
import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """One request: a GET, or a POST when it has a body."""

    path: str
    body: str | None = None
    cookie: str = ""
    expected: int = 200


def rate(port: int, asks: Iterable[Ask], *, seconds: float | None = None, threads: int = 4) -> float:
    """Returns requests per second; stops when the asks are used up or the time is over.

    Raises RuntimeError when an answer is not the expected one, because a fast refusal is not a figure.
    """
    shared, lock, wrong = iter(asks), threading.Lock(), []
    done = [0] * threads
    began = time.perf_counter()

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=30)
        for ask in _until(shared, lock, began, seconds):
            status = _send(connection, port, ask)
            if status != ask.expected:
                wrong.append((ask.path, status))
                return
            done[number] += 1

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if wrong:
        raise RuntimeError(f"unexpected answers: {wrong[:3]}")
    return sum(done) / (time.perf_counter() - began)


def _until(asks: Iterator[Ask], lock: threading.Lock, began: float, seconds: float | None) -> Iterator[Ask]:
    while seconds is None or time.perf_counter() - began < seconds:
        with lock:
            ask = next(asks, None)
        if ask is None:
            return
        yield ask


def _send(connection: http.client.HTTPConnection, port: int, ask: Ask) -> int:
    headers = {"Cookie": ask.cookie, "Origin": f"http://localhost:{port}", "Sec-Fetch-Site": "same-origin"}
    if ask.body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if ask.body is not None else "GET", ask.path, ask.body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def again(ask: Ask) -> Iterator[Ask]:
    """Returns the same request for ever."""
    return itertools.repeat(ask)
