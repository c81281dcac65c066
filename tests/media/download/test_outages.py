"""A network that is away ends a run soon, with the right words; what came is never fetched twice."""

from __future__ import annotations

import itertools
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossover.errors import TikTokUnreachable
from crossover.media.download.connections import Timeouts, Watch
from crossover.media.download.download import Bounds
from crossover.media.download.http import MediaClient
from crossover.media.download.outages import MANY, SECONDS, Intercepted, Outages, Unanswered
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.download.queue import fetch
from crossover.media.download.sizes import ask_sizes
from tests.media.download.conftest import Time, wanted
from tests.media.download.network import HOSTS, TROUBLES, Network
from tests.media.download.server import Fault, MediaServer, cut, mp4, redirect, serve, status

PAGE = b"<!DOCTYPE html><html>Log in to the hotel's network" * 3
PORTALS = {
    "a page": status(200, PAGE, Content_Type="text/html; charset=utf-8"),
    "a page that does not say so": status(200, PAGE),
    "a page without its beginning": status(200, b"<script>location='/'", Content_Type="text/html"),
    "a redirect": redirect("https://login.hotel.example/?from=tiktok"),
    "a redirect to an address": redirect("http://192.168.0.1/login"),
    "511": status(511, PAGE),
}


class Run:
    """Runs over a network; `ends` has the last end of every file, `fetched` counts the files,
    `received` bytes."""

    def __init__(self, network: Network, folder: Path) -> None:
        self.network = network
        self.folder = folder
        self.ends: dict[str, Result] = {}
        self.fetched: Counter[str] = Counter()
        self.down: list[str] = []
        self.files: list[Wanted] = []
        self.received = 0
        self.on_received: Callable[[], None] = lambda: None

    def put(self, host: str, name: str, *faults: Fault, size: int = 3_000) -> None:
        self.network.server.put(f"/storage/v1/b/{name}", mp4(size, seed=hash(name)), *faults)
        self.files.append(wanted(self.network.link(host, name)))

    def __call__(self, *, ask: bool = True) -> None:
        network = self.network
        client = MediaClient(
            Watch(timeouts=Timeouts(silent=5), clock=network.time),
            resolve=network.resolve,
            backend=network,
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )
        missing = [one for one in self.files if self.state(one) is not LinkState.FETCHED]
        with client:
            if ask:
                ask_sizes(missing, client, workers=4)
            for one, result in fetch(
                missing,
                self.folder,
                client,
                self.receive,
                bounds=Bounds(spare=0),
                host_down=self.down.append,
            ):
                self.ends[one.key] = result
                self.fetched[one.key] += result.state is LinkState.FETCHED

    def receive(self, size: int) -> None:
        self.received += size
        self.on_received()

    def state(self, one: Wanted) -> LinkState | None:
        return self.ends[one.key].state if one.key in self.ends else None

    @property
    def states(self) -> Counter[LinkState]:
        return Counter(result.state for result in self.ends.values())

    def gets(self) -> set[int]:
        """How often bodies were asked for, by file."""
        server = self.network.server
        bodies = (r for r in server.requests if r.headers.get("range") != "bytes=0-0")
        paths = Counter(r.target.partition("?")[0] for r in bodies if r.method == "GET")
        return set(paths.values())


@pytest.fixture
def run(server: MediaServer, tmp_path: Path) -> Run:
    return Run(Network(server, Time()), tmp_path / "fetched")


@pytest.mark.parametrize(
    ("trouble", "asking"),
    [
        pytest.param(
            trouble,
            asking,
            id=f"{trouble}-sizes {'asked' if asking else 'not asked'}",
            marks=[] if asking is (trouble in ("private", "silent")) else [pytest.mark.complete],
        )
        for trouble in TROUBLES
        for asking in (True, False)
    ],
)
def test_offline_it_stops_soon_and_online_the_same_goes_on(
    run: Run, trouble: str, asking: bool
) -> None:
    for n in range(60):
        run.put(HOSTS[n // 20], f"f{n}")
    network, began = run.network, run.network.time.monotonic()
    network.down["*"] = trouble
    in_between = trouble in ("private", "not TikTok's")
    with pytest.raises(TikTokUnreachable, match="log in" if in_between else "cannot be reached"):
        run(ask=asking)
    assert network.time.monotonic() - began < 600, "not a wait for each link"
    assert MANY <= len(network.tried) < 60
    assert set(network.tried) == set(HOSTS), "no host is given up untried"
    assert run.states.keys() <= {LinkState.LATER}
    assert all(result.reason for result in run.ends.values())
    assert network.server.requests == []
    network.down.clear()
    run(ask=asking)
    assert run.states == {LinkState.FETCHED: 60}
    assert run.gets() == {1}


@pytest.mark.parametrize("trouble", ["refused", "unknown"])
def test_one_host_down_of_three_costs_its_own_files_alone(run: Run, trouble: str) -> None:
    for n in range(60):
        run.put(HOSTS[0] if n < 40 else HOSTS[1 + n % 2], f"f{n}")
    run.network.down[HOSTS[0]] = trouble
    run()
    assert run.states[LinkState.FETCHED] == 20
    assert run.down == [HOSTS[0]], "said once"
    reasons = {result.reason for result in run.ends.values() if result.reason}
    assert all(HOSTS[0] in reason for reason in reasons)
    tried = run.network.tried.count(HOSTS[0])
    assert MANY <= tried < 40
    run.network.down.clear()
    run()
    assert run.states == {LinkState.FETCHED: 60}
    assert run.gets() == {1}


@pytest.mark.complete  # its clock runs for all hosts alike: a busy machine loses those that answer
def test_a_host_that_goes_down_among_others_does_not_end_the_run(run: Run) -> None:
    for n in range(90):
        run.put(HOSTS[n % 3], f"f{n}")
    run.network.down[HOSTS[1]] = "silent"
    run()
    assert run.states[LinkState.FETCHED] == 60
    assert run.down == [HOSTS[1]]


def test_a_network_that_comes_back_in_mid_run_loses_nothing(run: Run) -> None:
    for n in range(30):
        run.put(HOSTS[n % 3], f"f{n}")
    run.network.down["*"] = "unknown"
    run.network.back_after = 4
    run(ask=False)
    assert run.states == {LinkState.FETCHED: 30}
    assert run.gets() == {1}


def test_a_network_that_goes_in_mid_run_stops_it_and_nothing_comes_twice(run: Run) -> None:
    for n in range(30):
        run.put(HOSTS[n % 3], f"f{n}", size=600_000)
    run.network.gone_after = 7_500_000
    with pytest.raises(TikTokUnreachable):
        run()
    assert 0 < run.states[LinkState.FETCHED] < 30
    run.network.down.clear()
    run()
    assert run.states == {LinkState.FETCHED: 30}
    assert set(run.fetched.values()) == {1}
    assert run.received == 30 * 600_000


@pytest.mark.parametrize("portal", PORTALS)
def test_a_network_that_asks_to_log_in_marks_no_link_for_good(run: Run, portal: str) -> None:
    for n in range(40):
        run.put(HOSTS[n % 3], f"f{n}", *[PORTALS[portal]] * 99)
    with pytest.raises(TikTokUnreachable, match="log in") as raised:
        run()
    assert "browser" in raised.value.next
    assert run.states.keys() == {LinkState.LATER}
    assert len(run.ends) < 40, "most were never begun"
    for served in run.network.server.objects.values():
        served.faults.clear()
    run()
    assert run.states == {LinkState.FETCHED: 40}
    assert set(run.fetched.values()) == {1}


@pytest.mark.parametrize("portal", PORTALS)
def test_what_is_here_of_a_file_never_gives_way_to_a_login_page(run: Run, portal: str) -> None:
    run.put(HOSTS[0], "film", cut(600_000), *[PORTALS[portal]] * 9, size=1_000_000)
    run()
    assert run.states == {LinkState.LATER: 1}
    run.network.server.objects["/storage/v1/b/film"].faults.clear()
    run()
    assert run.states == {LinkState.FETCHED: 1}
    assert run.network.server.requests[-1].headers["range"] == "bytes=600000-"


@pytest.mark.parametrize(
    ("portal", "state", "said"),
    [
        ("a page", LinkState.UNFIT, "web page came in place of the file"),
        ("a redirect", LinkState.NOT_ALLOWED, "does not lead to TikTok's media hosts"),
        ("511", LinkState.LATER, "log in first"),
    ],
)
def test_what_one_host_does_while_others_answer_is_its_own_doing(
    run: Run, portal: str, state: LinkState, said: str
) -> None:
    seen, answered = threading.Event(), threading.Event()
    pages = itertools.count(1)

    def page(handler: object, served: object) -> None:
        number = next(pages)
        if number == 2:
            seen.set()
        elif number == 3:
            answered.wait(5)
        PORTALS[portal](handler, served)  # type: ignore[arg-type]

    def other(handler: object, served: object) -> None:
        seen.wait(5)
        status(500)(handler, served)  # type: ignore[arg-type]

    def other_again(handler: object, served: object) -> None:
        answered.set()
        serve(handler, served)  # type: ignore[arg-type]

    run.put(HOSTS[0], "odd", *[page] * 9)
    run.put(HOSTS[0], "other", other, other_again)
    run(ask=False)
    odd, fine = (run.ends[one.key] for one in run.files)
    assert (odd.state, fine.state) == (state, LinkState.FETCHED)
    assert said in odd.reason


@pytest.mark.parametrize(
    ("portal", "state"),
    [("a page", LinkState.UNFIT), ("a redirect", LinkState.NOT_ALLOWED)],
)
def test_what_one_host_does_after_the_others_have_ended_is_its_own_doing_too(
    run: Run, portal: str, state: LinkState
) -> None:
    ended = threading.Event()

    def page(handler: object, served: object) -> None:
        ended.wait(5)
        PORTALS[portal](handler, served)  # type: ignore[arg-type]

    run.put(HOSTS[0], "odd", *[page] * 9)
    run.put(HOSTS[0], "fine")
    run.on_received = ended.set
    run(ask=False)
    assert [run.ends[one.key].state for one in run.files] == [state, LinkState.FETCHED]


def test_a_single_file_offline_is_told_alike(run: Run) -> None:
    run.put(HOSTS[0], "f")
    run.network.down["*"] = "unknown"
    with pytest.raises(TikTokUnreachable):
        run()
    assert [result.reason for result in run.ends.values()] == [f"{HOSTS[0]} is not found"]


def test_the_addresses_of_a_host_share_the_time_for_connecting(server: MediaServer) -> None:
    time = Time()
    network = Network(server, time)
    network.down["*"] = "silent"
    client = MediaClient(
        Watch(clock=time), resolve=lambda *_: ["8.8.8.0", "8.8.8.1"], backend=network
    )
    with client, pytest.raises(Unanswered), client.open(network.link(HOSTS[0], "f")):
        pass
    assert time.waited == [5, 5]


# --- the count ------------------------------------------------------------------------------


FAILURE = Unanswered("no connection")


def failed(outages: Outages, *hosts: str) -> None:
    for host in hosts:
        outages.failed(host, FAILURE)


def test_ten_failures_in_one_moment_are_a_computer_that_wakes_up() -> None:
    time = Time()
    outages = Outages(time)
    failed(outages, *["a"] * MANY)
    assert outages.why_down("a") is None
    assert not outages.are_all_down(["a"])
    time.sleep(SECONDS)
    assert outages.why_down("a") == "no connection"
    assert outages.are_all_down(["a", None])
    assert not outages.are_all_down(["a", "b"]), "it was not tried"


def test_any_answer_ends_the_row_of_all_but_not_that_of_another_host() -> None:
    time = Time()
    outages = Outages(time)
    failed(outages, *["a"] * (MANY - 1), "b")
    time.sleep(SECONDS)
    assert outages.why_down("b") == "no connection", "all fail, and it among them"
    outages.answered("c")
    assert outages.why_down("b") is None
    assert outages.in_a_row == 0
    failed(outages, "a")
    assert outages.why_down("a") == "no connection"
    outages.answered("a")
    assert outages.why_down("a") is None


def test_what_the_last_failures_were_decides_what_is_said() -> None:
    outages = Outages(Time())
    failed(outages, "a")
    assert not outages.intercepted
    outages.failed("a", Intercepted("a page"))
    assert outages.intercepted
    assert outages.without_any_answer
    outages.answered("a")
    assert not outages.without_any_answer
