"""A worker process: it takes one job after another until its desk is gone, and loses nothing when it is killed.

Standard input is its tie to the desk: a byte means new work, its end that the desk has ended.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from extractor.errors import ClassifiedInput, InputError
from extractor.pipeline import Stages, review
from extractor.settings import Settings
from extractor.web.files import Files
from extractor.web.store import Store, queue
from extractor.web.store.queue import Job

ORPHANED, LOST_LEASE, TOO_LATE, BROKEN = 0, 3, 4, 5
_BEAT = 0.5
_IDLE = 1.0
_NICE = 5  # pages come first
_YOUNG = 100_000
_AFTER = {
    "load": "segment",
    "segment": "extract",
    "extract": "ground",
    "ground": "reconcile",
    "reconcile": "critique",
}
_WARM_UP = (
    "某单位2023年度部门整体支出绩效自评报告\n全年预算数100万元，全年执行数90万元，预算执行率90%。\n".encode()
)


class Told(Stages):
    """The stages of a review, the present one known while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.now = "load"

    def done(self, stage: str) -> None:
        """Go on to the next stage."""
        super().done(stage)
        self.now = _AFTER.get(stage, stage)


class Worker:
    """One job at a time; a second thread keeps its lease and leaves when the lease is lost."""

    def __init__(self, store: Store, files: Files, lease: str, job_seconds: int, settings: Settings) -> None:
        self.store, self.files, self.lease = store, files, lease
        self.job_seconds, self.settings = job_seconds, settings
        self.news = threading.Event()
        self.job: Job | None = None
        self.stages, self.since = Told(), 0.0

    def run(self) -> None:
        """Work until the process ends."""
        review(_WARM_UP, self.settings, file_name="预热")
        gc.collect()
        gc.freeze()
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._beat, daemon=True).start()
        while True:
            self.news.clear()
            job = queue.claim(self.store, self.lease)
            if job is None:
                self.news.wait(_IDLE)
            else:
                self._do(job)

    def _do(self, job: Job) -> None:
        self.stages, self.since = Told(), time.monotonic()
        self.job = job
        try:
            found = review(
                self.files.path(job.sha256), self.settings, file_name=job.file_name, stages=self.stages
            )
        except InputError as error:
            self.job = None
            secret = isinstance(error, ClassifiedInput)  # nothing of it is kept
            forget = self.files.forget if secret else None
            queue.fail(self.store, job.id, self.lease, error.reason, error.remedy, forget)
            return
        assert self.stages.document is not None
        self.job = None
        queue.finish(self.store, job.id, self.lease, self.stages.document, found)

    def _listen(self) -> None:
        while os.read(0, 4096):
            self.news.set()
        os._exit(ORPHANED)

    def _beat(self) -> None:
        """Keep the lease of the present job; a cancelled one ends this process in the midst of it."""
        while True:
            time.sleep(_BEAT)
            job = self.job
            if job is None:
                continue
            if time.monotonic() - self.since > self.job_seconds:
                queue.fail(
                    self.store,
                    job.id,
                    self.lease,
                    f"处理超过 {self.job_seconds} 秒，已停止",
                    "请拆成几个文件分别提交",
                )
                os._exit(TOO_LATE)
            if not queue.renew(self.store, job.id, self.lease, self.stages.now) and self.job is job:
                os._exit(LOST_LEASE)


def _tell(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Say where it broke, never what the report said."""
    from traceback import extract_tb  # noqa: PLC0415 - needed once, at the end

    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(extract_tb(trace)))
    sys.stderr.write(f"worker: {kind.__name__} at {places}\n")


def _end(told: threading.ExceptHookArgs) -> None:
    """A thread that breaks takes the process along: nobody would keep the lease or see a cancelled job."""
    _tell(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
    os._exit(BROKEN)


def main(data: str, lease: str, job_seconds: str) -> None:
    """Run a worker; the URL of the store is the first line of standard input, as it may hold a password."""
    sys.excepthook, threading.excepthook = _tell, _end
    gc.set_threshold(_YOUNG)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    url = bytearray()
    while (byte := os.read(0, 1)) not in (b"\n", b""):
        url += byte
    worker = Worker(
        Store(url.decode(), pooled=True),
        Files(Path(data)),
        lease,
        int(job_seconds),
        Settings.from_environment(),
    )
    worker.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
