"""The store on SQLite and on a real PostgreSQL: leases, order, nothing twice; tables are those of the migrations."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from extractor.pipeline import Stages, review
from extractor.web.store import Store, queue
from extractor.web.store.models import Base, Entry, Event, Result
from extractor.web.store.packed import review_out

NOBODY = "postgres"


def _cluster(room: Path) -> tuple[list[str], str]:
    """The command of a new PostgreSQL that listens on a socket in `room`, and its URL; never run as root."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    home = found[-1].parent if found else None
    initdb = str(home / "initdb") if home else shutil.which("initdb")
    if initdb is None:
        pytest.skip("no PostgreSQL server on this machine: scripts/system-packages installs one")
    bins = Path(initdb).resolve().parent
    become: list[str] = []
    if os.getuid() == 0:
        try:
            account = pwd.getpwnam(NOBODY)
        except KeyError:
            pytest.skip(f"PostgreSQL refuses to run as root and there is no user {NOBODY!r} here")
        os.chown(room, account.pw_uid, account.pw_gid)
        become = ["runuser", "-u", NOBODY, "--"]
    data = room / "data"
    subprocess.run(
        [*become, str(bins / "initdb"), "-D", str(data), "-U", "desk", "-A", "trust"],
        check=True,
        capture_output=True,
    )
    run = [
        *become,
        str(bins / "postgres"),
        "-D",
        str(data),
        "-k",
        str(room),
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
    ]
    return run, f"postgresql+psycopg://desk@/postgres?host={room}"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own."""
    room = Path(
        tempfile.mkdtemp(prefix="pg-")
    )  # a socket's path is short, and the server's user must reach it
    room.chmod(0o755)
    try:
        run, url = _cluster(room)
        with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            end = time.monotonic() + 30
            while not list(room.glob(".s.PGSQL.*")) and time.monotonic() < end:
                time.sleep(0.1)
            yield url
            server.terminate()
    finally:
        shutil.rmtree(room, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    url = f"sqlite+pysqlite:///{tmp_path}/desk.sqlite3"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")
    made = Store(url)
    made.migrate()
    yield made
    if not made.sqlite:
        Base.metadata.drop_all(made.engine)
        with made.engine.begin() as connection:
            connection.exec_driver_sql("drop table alembic_version")
    made.close()


def put(store: Store, number: int = 0, **values: Any) -> str:
    entry = Entry(
        id=secrets.token_hex(16), owner="", sha256=f"{number:064x}", file_name="报告.txt", size=1, created=float(number),
        changed=0.0, **values,
    )  # fmt: skip
    with store.writing() as session:
        session.add(entry)
    return entry.id


def test_the_tables_are_those_of_the_models(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store.migrate()  # a second time changes nothing
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_job_is_given_to_one_worker_the_oldest_first(store: Store) -> None:
    ids = [put(store, n) for n in range(8)]
    given: list[str] = []

    def work(lease: str) -> None:
        while (job := queue.claim(store, lease)) is not None:
            given.append(job.id)

    hands = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(given) == sorted(ids) and len(given) == len(
        ids
    )  # which of four hands reports first is not told


def test_only_the_holder_of_a_lease_finishes(store: Store, short: bytes) -> None:
    stages = Stages()
    found = review(short, stages=stages)
    assert stages.document is not None
    job = put(store)
    assert queue.claim(store, "first") is not None and queue.claim(store, "second") is None
    assert queue.renew(store, job, "first", "extract") and not queue.renew(store, job, "second", "extract")
    with store.writing() as session:  # the first worker has been dead for a while
        session.get_one(Entry, job).lease_until = 1.0
    assert queue.claim(store, "second") is not None
    assert not queue.finish(store, job, "first", stages.document, found)
    assert queue.finish(store, job, "second", stages.document, found)
    assert not queue.finish(store, job, "second", stages.document, found)
    with store.reading() as session:
        assert review_out(session.scalars(select(Result)).one().review) == found
        entry = session.get_one(Entry, job)
        assert (entry.work, entry.year, entry.lease) == ("done", found.report.fiscal_year, None)


def test_a_job_that_kills_its_workers_is_given_up(store: Store) -> None:
    job = put(store)
    for n in range(queue.MOST_CRASHES):
        assert queue.claim(store, f"w{n}") is not None
        queue.broken(store, f"w{n}")
    assert queue.claim(store, "next") is None
    with store.reading() as session:
        entry = session.get_one(Entry, job)
        assert entry.work == "failed" and entry.remedy


def test_what_ran_when_the_server_died_runs_again_and_does_not_count_as_a_crash(store: Store) -> None:
    put(store)
    assert queue.claim(store, "old") is not None and queue.claim(store, "new") is None
    queue.release_all(store)
    assert queue.claim(store, "new") is not None
    with store.reading() as session:
        assert session.scalars(select(Entry)).one().crashes == 0


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    def half() -> None:
        with store.writing() as session:
            session.add(Event(review_id=put_id, seq=1, kind="undo", payload="{}", who="", at=0.0))
            session.flush()
            raise RuntimeError("half way")

    put_id = put(store)
    with pytest.raises(RuntimeError, match="half way"):
        half()
    with store.reading() as session:
        assert session.scalars(select(Event)).all() == []


def test_a_desk_works_on_postgresql(postgres: str, opening: Any, short: bytes) -> None:
    desk = opening(EXTRACTOR_DATABASE=postgres)
    review_id = desk.reviewed(short, "库.txt")
    path = f"/reviews/{review_id}"
    body = {"action": "set", "target": "head.total_score", "text": "91"}
    assert desk.client.post(f"{path}/corrections", json=body).json()["version"] == 1
    assert desk.client.get(f"{path}/result").json()["report"]["total_score"]["value"] == "91"
    assert [
        each["file_name"] for each in desk.client.get("/reviews", params={"q": "库"}).json()["items"]
    ] == ["库.txt"]
    assert desk.client.delete(path).status_code == 204
    assert not (desk.data / "desk.sqlite3").exists()
